"""The seed's tables of text."""

import csv
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"
"""What any municipality begins with."""


@cache
def read_csv(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
