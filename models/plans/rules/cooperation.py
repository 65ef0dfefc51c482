"""What each contributes, and other services: what such words must be. Pure: raises Invalid with sentences."""

from models.i18n import _
from models.plans.rules.goals import TITLE, too_long
from models.refusals import Invalid
from models.texts import says_something

CONTRIBUTION = 5_000
PURPOSE = 2_000
CONTACT = 500


def check_contribution(text: str) -> None:
    if not says_something(text):
        raise Invalid(text=_("Skriv hva som er bidraget."))
    if len(text) > CONTRIBUTION:
        raise Invalid(text=too_long(text, CONTRIBUTION))


def check_cooperation(*, title: str, purpose: str, contact: str) -> None:
    limits = (("title", title, TITLE), ("purpose", purpose, PURPOSE), ("contact", contact, CONTACT))
    problems = {field: too_long(text, most) for field, text, most in limits if len(text) > most}
    if not says_something(title):
        problems["title"] = _("Skriv hvilken tjeneste det gjelder.")
    if problems:
        raise Invalid(**problems)
