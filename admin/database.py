"""The framework insists on a database of its own. It gets one that refuses: all queries use the request's session."""

from typing import Any

from sqlalchemy_database import AsyncDatabase


class ClosedDatabase(AsyncDatabase):  # type: ignore[misc]
    """Raises whenever the framework reaches for it, so that no code path of its own can read, write or commit."""

    def __new__(cls) -> "ClosedDatabase":
        return object.__new__(cls)

    def __init__(self) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise RuntimeError(f"admin has no database of its own: {name!r} was asked of it")

    @property
    def session(self) -> Any:
        raise RuntimeError("admin has no session of its own")
