"""A frame as a file that Norwegian spreadsheets open: semicolons, a byte order mark, no live formulas."""

from typing import Any

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is marked as text; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write(frame: pd.DataFrame, titles: dict[str, str]) -> bytes:
    """The file's bytes, with a title for each column; can be slow, so run it in a thread."""
    titled = frame.map(harmless).rename(columns={key: harmless(title) for key, title in titles.items()})
    return titled.to_csv(sep=";", index=False, lineterminator="\r\n").encode("utf-8-sig")
