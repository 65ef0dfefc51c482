"""What an entry in «Sist jeg var her» must be. Pure: raises Invalid with a sentence."""

from models.i18n import _
from models.plans.rules.goals import too_long
from models.plans.rules.words import Mood
from models.refusals import Invalid
from models.texts import says_something

TEXT = 5_000


def check_entry(mood: Mood | None, text: str) -> None:
    """A mood says enough on its own, and so do words."""
    if mood is None and not says_something(text):
        raise Invalid(text=_("Skriv noe, eller velg hvordan det går."))
    if len(text) > TEXT:
        raise Invalid(text=too_long(text, TEXT))
