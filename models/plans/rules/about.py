"""What «Om meg selv» must be. Pure: raises Invalid with a sentence."""

from models.refusals import Invalid
from models.rich_text import too_much


def check_about(text: str) -> None:
    """Nothing at all is allowed: what one has told of oneself, one may take back."""
    if problem := too_much(text):
        raise Invalid(text=problem)
