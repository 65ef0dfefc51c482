"""The consent on paper (F117): the text, who sees what, and room to sign; readable by machines, in its language."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from models.i18n import speaking
from reports.prints.consent_form import Sheet, drawn

pytestmark = pytest.mark.feature("F117")
MADE_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHEET = Sheet("Samtykke", "Du bestemmer selv.\n\nÆ, ø, å, ŋ og đ.", ["Anne kan lese mål."], ["Per, Planeier"])


def made(sheet: Sheet = SHEET, language: str = "nb") -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(drawn(language, "Individuell plan", "R.S.", "Fjordvik", sheet, MADE_AT)))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_says_its_language_and_title(language: str) -> None:
    with speaking(language):
        pdf = made(language=language)
    assert str(pdf.Root.Lang) == language
    assert str(pdf.docinfo["/Title"]) == "Samtykke"


def test_it_is_made_also_when_nothing_is_decided() -> None:
    assert len(made(Sheet("", "", [], [])).pages) == 1


def test_a_long_text_goes_on_over_several_pages() -> None:
    assert len(made(Sheet("Samtykke", "Ord. " * 5_000, SHEET.told, SHEET.signers)).pages) > 3


def test_it_holds_nothing_that_acts() -> None:
    pdf = made()
    assert not pdf.attachments
    assert "/OpenAction" not in pdf.Root or str(pdf.Root.OpenAction.get("/S", "")) != "/JavaScript"


def test_it_says_when_it_was_made_and_nothing_of_chance() -> None:
    drawings = [drawn("nb", "Individuell plan", "R.S.", "Fjordvik", SHEET, MADE_AT) for _ in range(2)]
    assert drawings[0] == drawings[1]
    pdf = made()
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261120090000")
