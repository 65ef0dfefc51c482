"""A list's filters: which fields are offered, and what a value typed into one means in SQL."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from fastapi_amis_admin.amis.components import FormItem
from sqlalchemy import ColumnElement, Label

from admin.entry import options
from admin.facts import Facts, is_choice, plain_type
from admin.items import choices, chosen_among, yes_or_no
from models.clock import OSLO
from models.i18n import _
from models.refusals import Invalid
from models.texts import sayable

SEARCH = "q"


def kind_of(column: Any) -> Any:
    """Of a column of a table; what is worked out and has a name of its own, is a yes or a no."""
    if isinstance(column, Label):
        return bool
    return plain_type(column.class_.model_fields[column.key].annotation)


async def filter_items(session: Any, viewer: Any, facts: type[Facts], columns: list[Any]) -> list[FormItem]:
    return [await _item(session, viewer, facts, column) for column in columns]


async def _item(session: Any, viewer: Any, facts: type[Facts], column: Any) -> FormItem:
    name, kind = column.key, kind_of(column)
    item: dict[str, Any] = {"name": name, "label": facts.label_of(name), "none": _("Alle")}
    if name in facts.references:
        return FormItem(**item, **chosen_among(await options(session, viewer, facts.references[name])))
    if is_choice(kind):
        return FormItem(**item, type="house-select", options=choices(viewer, facts, name, kind))
    if kind is bool:
        return FormItem(**item, type="house-select", options=yes_or_no())
    dated = isinstance(kind, type) and issubclass(kind, date)
    return FormItem(**item, type="house-input", inputType="date" if dated else "text")


def search_item(label: str) -> FormItem:
    return FormItem(name=SEARCH, label=label, type="house-input", inputType="search")


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column holds the text, letters of any size; `%` and `_` mean themselves."""
    return column.icontains(text, autoescape=True)  # type: ignore[no-any-return]


def clauses(columns: list[Any], asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """What the viewer asked for; unknown names are ignored, values that make no sense are refused."""
    texts = [(column, sayable(asked.get(column.key, "")).strip()) for column in columns]
    return [_clause(column, text) for column, text in texts if text]


def _clause(column: Any, text: str) -> ColumnElement[bool]:
    kind = kind_of(column)
    try:
        meaning: ColumnElement[bool] = _meaning(column, kind, text)
    except ValueError:
        raise Invalid(**{column.key: _("Verdien kan ikke brukes.")}) from None
    return meaning


def _meaning(column: Any, kind: Any, text: str) -> Any:
    if is_choice(kind):
        return column == _member(kind, text)
    if kind is bool:
        return column.is_(text in ("true", "1"))
    if kind is UUID:
        return column == UUID(text)
    if kind is int:
        return column == int(text)
    if kind is datetime:
        start = datetime.combine(date.fromisoformat(text), time(), OSLO)
        return column.between(start, start + timedelta(days=1))
    return column == date.fromisoformat(text) if kind is date else contains(column, text)


def _member(kind: Any, text: str) -> Any:
    for member in kind:
        if str(member.value) == text:
            return member
    raise ValueError(text)
