"""The file opens in a Norwegian spreadsheet, and runs nothing there."""

import pandas as pd
import pytest

from reports.statistics.csv import write

TITLES = {"name": "Navn", "count": "Antall"}


def lines(*rows: tuple[str, int], titles: dict[str, str] = TITLES) -> list[str]:
    return write(pd.DataFrame(rows, columns=["name", "count"]), titles).decode("utf-8-sig").split("\r\n")


@pytest.mark.feature("F205")
def test_semicolons_a_byte_order_mark_and_windows_line_ends() -> None:
    frame = pd.DataFrame({"name": ["Åse"], "count": [3]})
    assert write(frame, TITLES) == b"\xef\xbb\xbfNavn;Antall\r\n\xc3\x85se;3\r\n"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_text_that_would_run_is_marked_as_text(first: str) -> None:
    assert lines((f"{first}HYPERLINK(1)", 1))[1] == f"'{first}HYPERLINK(1);1"


@pytest.mark.parametrize("first", ["\r", "\n"])
def test_a_line_break_in_front_is_marked_and_quoted(first: str) -> None:
    assert f'"\'{first}=1+1";1'.encode() in write(pd.DataFrame({"name": [f"{first}=1+1"], "count": [1]}), TITLES)


def test_a_title_is_marked_as_well() -> None:
    assert lines(("Åse", 1), titles={"name": "=Navn", "count": "Antall"})[0] == "'=Navn;Antall"


def test_a_number_below_zero_stays_a_number() -> None:
    assert lines(("Åse", -3))[1] == "Åse;-3"


def test_a_separator_inside_a_name_does_not_make_a_column() -> None:
    assert lines(('Sør; "nord"', 1))[1] == '"Sør; ""nord""";1'


def test_a_report_with_no_rows_still_has_its_titles() -> None:
    assert lines() == ["Navn;Antall", ""]
