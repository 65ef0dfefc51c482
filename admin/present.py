"""Rows as an administrator reads them: words, names and dates; the same for lists, dialogs and files."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select

from admin.facts import Facts
from models.clock import OSLO
from models.i18n import _, clock_text


def in_words(facts: type[Facts], name: str, value: Any) -> Any:
    """One value as it is shown; numbers stay numbers."""
    if value is None:
        return ""
    if name in facts.several:
        return facts.all_words(name, value)
    if name in facts.words:
        return facts.word(name, value)
    match value:
        case bool():
            return _("Ja") if value else _("Nei")
        case datetime():
            return f"{value.astimezone(OSLO):%d.%m.%Y} {clock_text(value)}"
        case date():
            return value.strftime("%d.%m.%Y")
        case int() | float():
            return value
        case _other:
            return str(value)


def as_entered(value: Any) -> Any:
    """One value as a form takes it back."""
    match value:
        case Enum():
            return value.value
        case list():
            return [as_entered(one) for one in value]
        case bool() | int() | float() | None:
            return value
        case datetime():
            return value.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case _other:
            return str(value)


async def names(session: Any, facts: type[Facts], rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[Any, str]]:
    """The names behind the foreign keys of these rows: one statement a reference, whatever the number of rows."""
    found: dict[str, dict[Any, str]] = {}
    for name, reference in facts.references.items():
        ids = {row[name] for row in rows if row.get(name) is not None}
        if ids:
            key = reference.model.id  # type: ignore[attr-defined]
            pairs = (await session.execute(select(key, reference.name).where(key.in_(ids)))).all()
            found[name] = {pair[0]: pair[1] for pair in pairs}
    return found


async def rows_in_words(session: Any, facts: type[Facts], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = list(rows)
    pointed = await names(session, facts, rows)

    def show(name: str, value: Any) -> Any:
        return pointed.get(name, {}).get(value, "") if name in facts.references else in_words(facts, name, value)

    return [{name: show(name, value) for name, value in row.items()} for row in rows]
