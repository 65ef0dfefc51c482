"""The published matrix as files: what stands in them is what the policy answered, and nothing is left out."""

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from typer.testing import CliRunner

from main import cli
from models.labels import LABELS
from models.plans.rules.rights import level_name
from models.rights import Element, Level, PlanKind, Role
from permissions.access_matrix import OPEN_THE_PLAN, Cell, cells
from reports.access_matrix.file import TITLES, write
from seed.load import standard_roles
from tests.hamlet import role_rows, standard_levels


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    for name in ("matrix.csv", "MATRIX.HTML"):
        write(folder / name, standard_roles())
    return folder


@pytest.fixture(scope="module")
def lines(files: Path) -> list[list[str]]:
    text = (files / "matrix.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


@pytest.fixture(scope="module")
def page(files: Path) -> Any:
    return html.document_fromstring((files / "MATRIX.HTML").read_bytes())


def said(part: Any) -> str:
    return " ".join(part.text_content().split())


@pytest.mark.feature("N25")
def test_the_sheet_holds_every_cell_in_order(lines: list[list[str]]) -> None:
    head, *rows = lines
    assert tuple(head) == TITLES
    assert [tuple(row[:-1]) for row in rows] == [tuple(cell) for cell in cells()]


@pytest.mark.feature("N25")
@pytest.mark.feature("F124")
@pytest.mark.parametrize("kind", PlanKind)
@pytest.mark.parametrize("role", Role)
def test_the_sheet_marks_the_levels_a_role_begins_with(lines: list[list[str]], kind: PlanKind, role: Role) -> None:
    marked = {(row[1], row[2]) for row in lines if row[0] == LABELS[Role][role] and kind.value in row[-1].split(", ")}
    usual = standard_levels(kind, role).items()
    assert marked == {(LABELS[Element][element], LABELS[Level][level]) for element, level in usual}


@pytest.mark.feature("N25")
def test_the_page_gives_every_role_every_answer_at_the_door(page: Any) -> None:
    told: dict[tuple[str, ...], list[str]] = {}
    for table in page.xpath("//table[starts-with(caption, 'Planen er: ')]"):
        state = said(table.find("caption")).removeprefix("Planen er: ")
        for row in table.xpath("tbody/tr"):
            basis, consent, *answers = [said(one) for one in row]
            told[state, basis, consent] = answers
    roles = list(LABELS[Role].values())
    doors = [cell for cell in cells() if cell.asked == OPEN_THE_PLAN and not cell.otherwise]
    assert len(doors) > 1_000
    for cell in doors:
        row = next(
            found
            for place in ((cell.basis, cell.consent), (cell.basis, "uansett"), ("uansett", "uansett"))
            if (found := told.get((cell.state, *place)))
        )
        assert row[roles.index(cell.role)] == expected(cell)


def expected(cell: Cell) -> str:
    words = cell.answer.capitalize()
    return words if cell.answer == "ja" else f"{words} {cell.reason}"


@pytest.mark.feature("N25")
@pytest.mark.feature("F122")
@pytest.mark.parametrize("kind", PlanKind)
def test_the_page_shows_what_each_role_begins_with(page: Any, kind: PlanKind) -> None:
    [table] = page.xpath(f"//table[caption='{LABELS[PlanKind][kind]}']")
    names = [row["label"] for row in role_rows() if row["kind"] == kind]
    assert [said(one) for one in table.xpath("thead//th")[1:]] == names
    roles = [Role(row["role"]) for row in role_rows() if row["kind"] == kind]
    for row, element in zip(table.xpath("tbody/tr"), Element, strict=True):
        levels = [level_name(element, standard_levels(kind, role)[element]) for role in roles]
        assert [said(one) for one in row] == [LABELS[Element][element], *levels]


@pytest.mark.feature("N25")
def test_the_page_names_every_part_in_each_of_its_tables_about_levels(page: Any) -> None:
    tables = page.xpath("//table[thead/tr/th[1]='Del av planen'][starts-with(caption, 'Hva hvert nivå gir')]")
    assert tables
    for table in tables:
        named = re.split(", ", ", ".join(said(one) for one in table.xpath("tbody/tr/th")))
        assert sorted(named) == sorted(LABELS[Element].values())


@pytest.mark.feature("N25")
def test_the_page_stands_alone_and_can_be_read_by_all(page: Any) -> None:
    assert page.get("lang") == "nb"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//script | //link | //img | //@src | //@style") == []
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert {address[1:] for address in page.xpath("//@href")} <= set(page.xpath("//@id"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(one.get("scope") in ("row", "col") for one in page.iter("th"))
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in page.xpath("//*[@role='region']"))


@pytest.mark.feature("N25")
def test_both_files_are_the_same_every_time(files: Path, tmp_path: Path) -> None:
    for name in ("matrix.csv", "MATRIX.HTML"):
        write(tmp_path / name, standard_roles())
        assert (tmp_path / name).read_bytes() == (files / name).read_bytes()


@pytest.mark.feature("N25")
@pytest.mark.parametrize("name", ["matrix.csv", "matrix.html"])
def test_the_command_writes_the_file_without_a_database(tmp_path: Path, name: str) -> None:
    ran = CliRunner().invoke(cli, ["access-matrix", str(tmp_path / name)], env={"MEDVIRK_DATA_DIR": "/dev/null/none"})
    assert ran.exit_code == 0, ran.output
    assert (tmp_path / name).stat().st_size > 10_000


@pytest.mark.feature("N25")
@pytest.mark.parametrize("name", ["matrix.pdf", "matrix", "nowhere/matrix.csv", ".csv"])
def test_the_command_says_in_one_line_what_it_cannot_do(tmp_path: Path, name: str) -> None:
    ran = CliRunner().invoke(cli, ["access-matrix", str(tmp_path / name)])
    assert ran.exit_code == 1
    assert len(ran.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
