"""What the description of a life area must be. Pure: raises Invalid with a sentence beside it."""

from models.i18n import _
from models.refusals import Invalid
from models.rich_text import clean, plain, too_much
from models.texts import says_something


def check_area_text(text: str) -> None:
    """Looks at the words as they will be kept."""
    if not says_something(plain(clean(text))):
        raise Invalid(text=_("Skriv noe om livsområdet."))
    if problem := too_much(clean(text)):
        raise Invalid(text=problem)
