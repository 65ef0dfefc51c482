"""What comes in: schemas made of the fields a desk lists, and foreign keys checked against the viewer's own rows."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator, model_validator
from pydantic.fields import FieldInfo
from sqlalchemy import select
from sqlmodel import SQLModel

from admin.compat import one_default
from admin.facts import Reference
from models.alphabet import in_alphabet
from models.clock import OSLO
from models.i18n import _
from models.refusals import Conflict, Invalid, NotFound
from models.texts import sayable


class Entry(BaseModel):
    """Typed text is trimmed, an empty field is no value, and what is not asked for is ignored."""

    model_config = ConfigDict(extra="ignore")

    seen: str | None = Field(default=None, exclude=True)
    """The fingerprint of what the form showed when it opened, so that nobody overwrites what they never saw."""

    @model_validator(mode="before")
    @classmethod
    def _trim(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        trimmed = {key: sayable(value).strip() if isinstance(value, str) else value for key, value in values.items()}
        return {key: None if value == "" else value for key, value in trimmed.items()}

    @field_validator("*", mode="after")
    @classmethod
    def _in_norway(cls, value: Any) -> Any:
        """A browser's field for a moment knows no time zone: it is read as it was shown, in Norwegian time."""
        return value.replace(tzinfo=OSLO) if isinstance(value, datetime) and value.tzinfo is None else value


def entry_schema(model: type[SQLModel], names: Iterable[str], title: str) -> type[Entry]:
    """A schema with just these columns of the table, each with its own limits."""
    fields: dict[str, Any] = {name: (info.annotation, one_default(info)) for name, info in _infos(model, names)}
    return create_model(title, __base__=Entry, **fields)


def _infos(model: type[SQLModel], names: Iterable[str]) -> Iterable[tuple[str, Any]]:
    return ((name, model.model_fields[name]) for name in names)


def asked(schema: type[BaseModel]) -> Iterable[tuple[str, FieldInfo]]:
    """The fields that people fill in."""
    return ((name, info) for name, info in schema.model_fields.items() if not info.exclude)


def fingerprint(values: Mapping[str, Any]) -> str:
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def demand_unchanged(entry: Entry, values: Mapping[str, Any]) -> None:
    """Raises Conflict when the form showed other values than there are now."""
    if entry.seen is not None and entry.seen != fingerprint(values):
        raise Conflict


def as_id(text: str) -> UUID:
    """An id from an address; one that cannot be an id is as unknown as any other."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


async def demand_own(session: Any, viewer: Any, references: Mapping[str, Reference], values: Mapping[str, Any]) -> None:
    """Every foreign key written points to a row the viewer may point to."""
    for name, reference in references.items():
        value = values.get(name)
        if value is None:
            continue
        key = reference.model.id  # type: ignore[attr-defined]
        if await session.scalar(select(key).where(key == value, reference.clause(session, viewer))) is None:
            raise Invalid(**{name: _("Velg en av dem som står i listen.")})


async def options(session: Any, viewer: Any, reference: Reference) -> list[dict[str, str]]:
    """What a foreign key may be set to, by name."""
    key = reference.model.id  # type: ignore[attr-defined]
    mine = select(key, reference.name).where(reference.clause(session, viewer))
    query = mine.order_by(in_alphabet(reference.name), key).limit(1000)
    return [{"value": str(id_), "label": text} for id_, text in (await session.execute(query)).all()]
