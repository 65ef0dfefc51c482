"""What a desk or an action states about its columns: their names in words, their choices, and what they point to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from inspect import signature
from types import NoneType
from typing import Any, ClassVar, get_args

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel

from models.clock import local_day
from models.i18n import _

Scope = Callable[..., ColumnElement[bool]]
"""`(viewer)`, or `(viewer, today)` where the day matters, to the rows the viewer may see."""
Words = Mapping[Any, str] | Callable[[Any], str]
"""Choices to sentences marked with `N_`, or a function that gives the words in the language being spoken."""


class Undeclared(TypeError):
    """A desk or an action leaves a fact out; raised when the class is made, so that it never reaches a server."""


def own_municipality(model: type[SQLModel]) -> Scope:
    """The scope of a table that belongs to municipalities: the viewer's own, nothing else."""
    return lambda viewer: model.municipality_id == viewer.municipality_id  # type: ignore[attr-defined]


def scoped(scope: Scope, session: Any, viewer: Any) -> ColumnElement[bool]:
    """The scope's clause for this viewer, today if it asks for a day."""
    dated = len(signature(scope).parameters) > 1
    return scope(viewer, local_day(session.clock.now())) if dated else scope(viewer)


@dataclass(frozen=True)
class Reference:
    """What a foreign key points to: shown by `name`, chosen among the rows in `scope`, never as an id."""

    model: type[SQLModel]
    name: Any
    scope: Scope | None = None

    def clause(self, session: Any, viewer: Any) -> ColumnElement[bool]:
        return scoped(self.scope or own_municipality(self.model), session, viewer)


class Facts:
    """Words for columns, by the column's name. Everything is marked with `N_` and translated when shown."""

    labels: ClassVar[Mapping[str, str]] = {}
    hints: ClassVar[Mapping[str, str]] = {}
    words: ClassVar[Mapping[str, Words]] = {}
    references: ClassVar[Mapping[str, Reference]] = {}
    long: ClassVar[frozenset[str]] = frozenset()
    several: ClassVar[Mapping[str, type[Enum]]] = {}
    """Columns that hold a list of words, each with the words there are."""

    @classmethod
    def label_of(cls, name: str) -> str:
        return _(cls.labels[name])

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        """The choices of a column that this viewer may make."""
        return kind  # type: ignore[no-any-return]

    @classmethod
    def word(cls, name: str, value: Any) -> str:
        """One choice in words."""
        words = cls.words[name]
        return words(value) if callable(words) else _(words[value])

    @classmethod
    def all_words(cls, name: str, values: Iterable[Any]) -> str:
        """Several choices in words, in the order they were defined."""
        return ", ".join(cls.word(name, one) for one in cls.several[name] if one in values)

    @classmethod
    def demand_words(cls, kinds: Mapping[str, Any]) -> None:
        """Refuse a column without a label, or a choice without words."""
        for name, kind in kinds.items():
            if name not in cls.labels:
                raise Undeclared(f"{cls.__name__}: column {name!r} has no label")
            if (is_choice(kind) or name in cls.several) and name not in cls.words:
                raise Undeclared(f"{cls.__name__}: the choices of {name!r} have no words")


def plain_type(annotation: Any) -> Any:
    """The type behind `X | None` and `Annotated`."""
    inner = [part for part in get_args(annotation) if part is not NoneType]
    return plain_type(inner[0]) if inner and not isinstance(annotation, type) else annotation


def is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
