"""Where a request comes from: exactly, for the brake on guessing, and roughly, for what a person is shown."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import Request

from models.i18n import LANGUAGES
from permissions.sign_in.sessions import Came

CHOSEN = "language_chosen"
"""The cookie that says, for a while, that the language was chosen here before signing in (F30)."""

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox"}
BROWSERS |= {"Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {mark: mark for mark in ("iPhone", "iPad", "Android", "Windows")} | {"Mac OS": "Mac", "Linux": "Linux"}
"""The first that the browser's own words contain is what it is: later ones are named by many others too."""


def client_address(request: Request) -> str:
    """The client's network address; as a proxy of ours tells it, when it was one of those that asked."""
    direct = request.client.host if request.client else ""
    trusted = {one.strip() for one in request.app.state.settings.trusted_proxies.split(",")}
    passed_on = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    address = direct
    while address in trusted and passed_on:
        address = passed_on.pop()
    return address if _read(address) else direct


def came(request: Request) -> Came:
    """Roughly where from, with what, and in which language if they just chose one."""
    chosen = request.cookies.get(CHOSEN, "")
    return Came(
        rough(client_address(request)) or None,
        browser(request.headers.get("user-agent", "")) or None,
        chosen if chosen in LANGUAGES else None,
    )


def rough(address: str) -> str:
    """The network the address is in, as people write it; empty when it is no address."""
    match _read(address):
        case IPv4Address() as known:
            return str(known).rpartition(".")[0] + ".x"
        case IPv6Address() as known:
            return str(ip_network(f"{known}/48", strict=False).network_address) + "x"
        case _:
            return ""


def browser(user_agent: str) -> str:
    """In two words, such as «Chrome, Android»; empty when it says nothing we know."""
    found = [next((name for mark, name in known.items() if mark in user_agent), None) for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None
