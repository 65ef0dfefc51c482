"""`python -m tests.features`: which functions of the parity list a test shows, and which none does."""

import contextlib
import csv
import io
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).parent / "features.csv"


def features() -> dict[str, str]:
    """The titles by number."""
    with LIST.open(newline="", encoding="utf-8") as file:
        return {row["number"]: row["title"] for row in csv.DictReader(file)}


class Collected:
    """Counts the tests that carry each number."""

    def __init__(self) -> None:
        self.shown: Counter[str] = Counter()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        for item in items:
            self.shown.update({str(number) for mark in item.iter_markers("feature") for number in mark.args})


def collected() -> Counter[str]:
    """How many tests show each number. Raises RuntimeError when they cannot be collected."""
    plugin, said = Collected(), io.StringIO()
    with contextlib.redirect_stdout(said):
        answer = pytest.main(["--collect-only", "-qq", "-p", "no:cacheprovider", "tests"], plugins=[plugin])
    if answer is not pytest.ExitCode.OK:
        raise RuntimeError(said.getvalue())
    return plugin.shown


def main() -> int:
    try:
        known, shown = features(), collected()
    except RuntimeError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - this is a command
        return 1
    lacking = [number for number in known if not shown[number]]
    lines = [f"{number:<5}{known[number]}" for number in lacking]
    total = f"{len(known) - len(lacking)} of {len(known)} functions have a test; {len(lacking)} have none."
    print("\n".join([*lines, "", total]))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
