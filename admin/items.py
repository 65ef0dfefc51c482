"""Form items for amis, drawn as the browser's own fields: reachable by keyboard, screen reader and thumb."""

from collections.abc import Iterable
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args

from fastapi_amis_admin.amis.components import FormItem
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from admin.entry import asked, options
from admin.facts import Facts, is_choice, plain_type
from admin.present import as_entered
from models.i18n import _

A_GLANCE = 10
"""How many names one can look through without a search."""


def choices(viewer: Any, facts: type[Facts], name: str, kind: Any) -> list[dict[str, Any]]:
    offered = facts.offered(viewer, name, kind)
    return [{"value": as_entered(member), "label": facts.word(name, member)} for member in offered]


def yes_or_no() -> list[dict[str, Any]]:
    return [{"value": True, "label": _("Ja")}, {"value": False, "label": _("Nei")}]


def chosen_among(listed: list[dict[str, str]]) -> dict[str, Any]:
    """Rows to choose one of; with a search above them when there are many."""
    return {"type": "house-select", "options": listed, "searchable": len(listed) > A_GLANCE}


async def form_items(session: Any, viewer: Any, facts: type[Facts], schema: type[BaseModel]) -> list[FormItem]:
    """One item a field, in the order of the schema."""
    return [await _item(session, viewer, facts, name, info) for name, info in asked(schema)]


async def _item(session: Any, viewer: Any, facts: type[Facts], name: str, info: FieldInfo) -> FormItem:
    kind = plain_type(info.annotation)
    item: dict[str, Any] = {"name": name, "label": facts.label_of(name), "required": info.is_required()}
    if name in facts.hints:
        item["description"] = _(facts.hints[name])
    if not info.is_required() and info.default_factory is None and info.default is not None:
        item["value"] = as_entered(info.default)
        item["always"] = NoneType not in get_args(info.annotation)
    if name in facts.references:
        return FormItem(**item, **chosen_among(await options(session, viewer, facts.references[name])))
    return FormItem(**item, **_shape(viewer, facts, name, kind), **_limits(info.metadata))


def _shape(viewer: Any, facts: type[Facts], name: str, kind: Any) -> dict[str, Any]:
    if name in facts.several:
        return {"type": "house-checks", "options": choices(viewer, facts, name, facts.several[name])}
    if is_choice(kind):
        return {"type": "house-select", "options": choices(viewer, facts, name, kind)}
    if kind is bool:
        return {"type": "house-select", "options": yes_or_no()}
    if isinstance(kind, type) and issubclass(kind, datetime):
        return {"type": "house-input", "inputType": "datetime-local"}
    if isinstance(kind, type) and issubclass(kind, date):
        return {"type": "house-input", "inputType": "date"}
    if kind is int:
        return {"type": "house-input", "inputType": "number"}
    return {"type": "house-text" if name in facts.long else "house-input"}


def _limits(metadata: Iterable[Any]) -> dict[str, Any]:
    longest = next((limit.max_length for limit in metadata if getattr(limit, "max_length", None)), None)
    return {"maxLength": longest} if longest else {}
