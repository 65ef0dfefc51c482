"""How long a session has left, as a browser is told it (F26)."""

from datetime import datetime
from typing import TypedDict

from models.accounts.proof import Viewer
from permissions.sign_in.sessions import TOUCH
from permissions.viewer import LONGEST


class TimeLeft(TypedDict):
    """Seconds left if nothing more is done, and whether it ends then whatever is done."""

    left: int
    last: bool


def time_left(viewer: Viewer, now: datetime, *, is_using: bool = True) -> TimeLeft:
    """As it will be when the request has been answered: a request that uses the session makes it last longer."""
    latest = viewer.signed_in_at + LONGEST
    is_touched = is_using and viewer.seen_at < now - TOUCH
    idle = viewer.ends_at - viewer.seen_at
    ends = min(now + idle, latest) if is_touched and viewer.ends_at < latest else viewer.ends_at
    return {"left": int((ends - now).total_seconds()), "last": ends == latest}
