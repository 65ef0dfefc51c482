"""Which language a request is answered in."""

from starlette.datastructures import Headers

from models.i18n import LANGUAGES, SOURCE


def spoken(headers: Headers) -> str:
    """The language of the cookie, else the browser's first that we know."""
    for part in headers.get("cookie", "").split(";"):
        name, _eq, value = part.strip().partition("=")
        if name == "language" and value in LANGUAGES:
            return value
    wanted = [part.split(";")[0].strip()[:2].lower() for part in headers.get("accept-language", "").split(",")]
    known = {"no": SOURCE, **{language: language for language in LANGUAGES}}
    return next((known[language] for language in wanted if language in known), SOURCE)
