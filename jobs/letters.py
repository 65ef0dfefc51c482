"""Writes the texts of notices. A mail, `texts/<notice>/<language>.txt`: the subject first, then the paragraphs. A text
message, `texts/<notice>/sms.<language>.txt`: all of it.

Either says that something happened, never what; all it may carry from a plan is its short name (F136).
"""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from models.i18n import LANGUAGES, SOURCE
from models.notices.rules import Notice

TEXTS = Path(__file__).parent / "texts"
pens = Environment(
    loader=FileSystemLoader(TEXTS),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Text:
    language: str
    subject: str
    plain: str
    html: str


def write(kind: Notice, language: str, **values: str) -> Text:
    """The notice in the recipient's language, or in bokmål when there is no such one."""
    language = _known(language)
    written = pens.get_template(f"{kind}/{language}.txt").render(values)
    subject, plain = written.split("\n\n", maxsplit=1)
    paragraphs = [paragraph.splitlines() for paragraph in plain.strip().split("\n\n")]
    html = pens.get_template("layout.html").render(
        language=language, subject=subject, paragraphs=paragraphs, alone=values.get("link"), code=values.get("code")
    )
    return Text(language, subject, plain.strip() + "\n", html)


def write_sms(kind: Notice, language: str, **values: str) -> str:
    """As `write`, in the few words of a text message. A code's last line lets the phone offer it to our page alone."""
    return pens.get_template(f"{kind}/sms.{_known(language)}.txt").render(values).strip()


def _known(language: str) -> str:
    return language if language in LANGUAGES else SOURCE
