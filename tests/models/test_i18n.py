"""Dates the Norwegian way, and one language for each request."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from models.i18n import (
    LANGUAGES,
    _,
    clock_text,
    current_language,
    day_text,
    moment_text,
    ngettext,
    number_text,
    relative_day,
    short_day_text,
    speaking,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("language", "text"), [("nb", "fredag 20. november"), ("nn", "fredag 20. november"), ("en", "Friday 20 November")]
)
@pytest.mark.feature("F30")
def test_a_day_is_written_in_the_language(language: str, text: str) -> None:
    with speaking(language):
        assert day_text(TODAY) == text


def test_another_year_is_named() -> None:
    assert day_text(date(2027, 1, 4), TODAY) == "mandag 4. januar 2027"


def test_the_hour_is_the_one_in_norway() -> None:
    assert moment_text(datetime(2026, 11, 14, 9, 42, tzinfo=UTC)) == "lørdag 14. november kl. 10.42"


def test_a_moment_after_midnight_in_norway_belongs_to_the_next_day() -> None:
    assert day_text(datetime(2026, 6, 20, 22, 30, tzinfo=UTC)) == "søndag 21. juni"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "i dag"),
        (1, "i morgen"),
        (-1, "i går"),
        (2, "om 2 dager"),
        (7, "om 7 dager"),
        (8, "lørdag 28. november"),
        (-2, "for 2 dager siden"),
        (-7, "for 7 dager siden"),
        (-8, "torsdag 12. november"),
        (60, "tirsdag 19. januar 2027"),
    ],
)
def test_near_days_are_told_in_words(days: int, text: str) -> None:
    assert relative_day(TODAY + timedelta(days=days), TODAY) == text


@pytest.mark.parametrize("language", ["se", "", "../nb", "EN"])
def test_an_unknown_language_falls_back_to_bokmal(language: str) -> None:
    with speaking(language):
        assert current_language() == "nb"


async def test_two_requests_do_not_mix_their_languages() -> None:
    async def request(language: str) -> str:
        with speaking(language):
            await asyncio.sleep(0)
            return day_text(TODAY)

    assert await asyncio.gather(request("en"), request("nb")) == ["Friday 20 November", "fredag 20. november"]


def test_the_language_ends_with_its_block() -> None:
    with speaking("nn"), speaking("en"):
        pass
    assert current_language() == "nb"


def test_bokmal_translates_to_itself() -> None:
    assert _("Skriv en tittel.") == "Skriv en tittel."
    assert ngettext("dag", "dager", 2) == "dager"


@pytest.mark.feature("F30")
def test_the_three_languages_call_themselves_by_their_own_names() -> None:
    assert LANGUAGES == {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@pytest.mark.parametrize(("language", "written"), [("nb", "10.42"), ("nn", "10.42"), ("en", "10:42")])
def test_the_time_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    moment = datetime(2026, 11, 14, 9, 42, tzinfo=UTC)
    with speaking(language):
        assert clock_text(moment) == written
        assert moment_text(moment).endswith(written)


@pytest.mark.parametrize(
    ("value", "norwegian", "english"),
    [
        (3.0, "3", "3"),
        (2.5, "2,5", "2.5"),
        (1200.25, "1\N{NO-BREAK SPACE}200,25", "1\N{NO-BREAK SPACE}200.25"),
        (-0.0001, "\N{MINUS SIGN}0,0001", "\N{MINUS SIGN}0.0001"),
        (0.0, "0", "0"),
        (100.0, "100", "100"),
    ],
)
def test_a_number_is_written_with_the_decimals_it_has(value: float, norwegian: str, english: str) -> None:
    assert number_text(value) == norwegian
    with speaking("en"):
        assert number_text(value) == english


def test_a_day_in_figures() -> None:
    assert short_day_text(date(2026, 3, 1)) == "01.03.2026"
    with speaking("en"):
        assert short_day_text(date(2026, 3, 1)) == "01/03/2026"
