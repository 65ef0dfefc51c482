"""Nothing lands that does not belong to everybody: paths of a machine, hosts of a registry, unfinished work."""

import re
from pathlib import Path

import pytest

from models.people.rules import is_national_id
from tests.house.sources import kept_files, named

BINARY = (".png", ".woff2", ".ico", ".jpg", ".pdf")
TEXTS = [path for path in kept_files() if path.suffix not in BINARY and path != Path(__file__)]
NEVER = (
    r"registry\.npmjs|files\.pythonhosted|pypi\.org|registry\.yarnpkg",
    r"(?<![\w.-])/(?:home|Users|root|work)/[A-Za-z.]",
    r"\b(?:TODO|FIXME|XXX|HACK)\b",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
)


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_no_path_of_a_machine_no_registry_no_secret_and_nothing_unfinished(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall("|".join(NEVER), text) == []


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_no_eleven_digits_are_a_real_fodselsnummer(path: Path) -> None:
    if path.name.startswith(("requirements", "package-lock")):
        return
    elevens = re.findall(r"(?<![\w.])\d{11}(?![\w.])", path.read_text(encoding="utf-8"))
    assert [number for number in elevens if is_national_id(number, synthetic=False)] == []
