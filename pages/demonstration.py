"""Whether a request may be shown what only a demonstration shows: one-time codes on the page."""

from starlette.requests import Request

FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def is_demonstration(request: Request) -> bool:
    """The house is one (its settings and its database say so), and nobody has passed the request on from elsewhere."""
    return bool(request.app.state.demo) and not any(header in request.headers for header in FORWARDED)
