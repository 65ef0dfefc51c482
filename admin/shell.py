"""The HTML around the generated screens: ours, escaped, with the navigation drawn on the server."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from admin.translations import AMIS_LOCALES
from models.i18n import LANGUAGES, _, current_language
from permissions import menu

FRAME = "medvirk.admin.frame"
HERE = Path(__file__).parent
STATIC = HERE / "static"
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Frame:
    """For whom a page is drawn: nobody until the guard has let them in."""

    viewer: Any = None
    administers: bool = False
    demo: bool = False

    @property
    def places(self) -> list[tuple[str, str, bool]]:
        """The main menu, as on all other pages; none for nobody."""
        return menu.places(self.viewer, "/admin/") if self.viewer else []


def frame_of(request: Request) -> Frame:
    frame: Frame = request.scope.get(FRAME, Frame())
    return frame


def as_data(json: str) -> Markup:
    """JSON that cannot end the element it stands in, whatever it holds."""
    return Markup(json.translate(UNSAFE))  # noqa: S704 - every letter HTML could act on is escaped above


def render(request: Request, name: str, **values: Any) -> str:
    language = current_language()
    spoken = {"_": _, "lang": language, "locale": AMIS_LOCALES[language], "languages": list(LANGUAGES.items())}
    return TEMPLATES.get_template(name).render(**spoken, frame=frame_of(request), address=request.url.path, **values)


def message(request: Request, heading: str, advice: str = "") -> str:
    """A page that only says something, with the way back."""
    return render(request, "message.html", heading=heading, advice=advice)
