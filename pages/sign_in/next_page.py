"""Where to go after signing in: only ever a page of our own."""

from urllib.parse import quote, urlsplit
from uuid import UUID

from models.base import HouseSession
from permissions.sign_in.places import must_choose

HOME = "/plans"
LONGEST = 500
"""Signs in an address that is remembered; browsers write all but ASCII in other signs."""


def is_ours(address: str | None) -> bool:
    """A path on this site, and nothing that a browser could take for another site (no open redirects)."""
    if not address or len(address) > LONGEST or not address.isascii():
        return False
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and all(ord(sign) >= 33 for sign in address)


def safe_next(address: str | None) -> str:
    """The address when it is a page of ours beyond signing in; else the plan list."""
    return address if address and is_ours(address) and not address.startswith(("/login", "/logout", "/terms")) else HOME


def login_url(address: str | None, path: str = "/login") -> str:
    wanted = safe_next(address)
    return path if wanted == HOME else f"{path}?next={quote(wanted, safe='/')}"


async def landing(session: HouseSession, account_id: UUID, address: str | None) -> str:
    """As `safe_next`; but first to choosing, for who has never chosen among several municipalities (F53)."""
    wanted = safe_next(address)
    return f"/me/switch?next={quote(wanted, safe='/')}" if await must_choose(session, account_id) else wanted
