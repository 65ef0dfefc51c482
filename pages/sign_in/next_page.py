"""Where to go after signing in: only ever a page of our own."""

from urllib.parse import quote, urlsplit

HOME = "/plans"


def safe_next(address: str | None) -> str:
    """The address when it is a path on this site; else the plan list (no open redirects)."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\", "/login", "/logout")):
        return HOME
    parts = urlsplit(address)
    return HOME if parts.scheme or parts.netloc or any(ord(sign) < 33 for sign in address) else address


def login_url(address: str, path: str = "/login") -> str:
    wanted = safe_next(address)
    return path if wanted == HOME else f"{path}?next={quote(wanted, safe='/')}"
