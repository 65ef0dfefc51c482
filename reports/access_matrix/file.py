"""The matrix as a file: what its name ends with, says which."""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from models.labels import LABELS
from models.rights import Element, Level, Role
from models.templates.tables import RoleTemplate
from permissions.access_matrix import Cell, cells
from reports.access_matrix.page import page

TITLES = (
    *("rolle", "del", "nivå", "plan", "grunnlag", "samtykke", "ellers", "overstyrt", "spør om", "svar", "begrunnelse"),
    "nivået er standard i",
)


def write(file: Path, standard: Iterable[RoleTemplate]) -> None:
    """`standard` are the rights that each role begins with. Raises ValueError for a name with another ending."""
    match file.suffix.lower():
        case ".csv":
            content = table(list(cells()), list(standard))
        case ".html":
            content = page(list(cells()), list(standard))
        case _:
            raise ValueError(f"{file.name} must end with .csv or .html.")
    file.write_bytes(content)


def table(found: Iterable[Cell], standard: Iterable[RoleTemplate]) -> bytes:
    """All cells, as Norwegian spreadsheets open them."""
    usual = _usual(standard)
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES)
    writer.writerows((*cell, ", ".join(usual.get((cell.role, cell.element, cell.level), ()))) for cell in found)
    return text.getvalue().encode("utf-8-sig")


def _usual(standard: Iterable[RoleTemplate]) -> dict[tuple[str, str, str], list[str]]:
    """The kinds of plan in which a role begins with the level."""
    usual: dict[tuple[str, str, str], list[str]] = {}
    for row in standard:
        for element, level in row.levels().items():
            place = LABELS[Role][row.role], LABELS[Element][element], LABELS[Level][level]
            usual.setdefault(place, []).append(row.kind.value)
    return usual
