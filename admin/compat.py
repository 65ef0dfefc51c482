"""Restores the private names that fastapi-amis-admin 0.7.3 takes from FastAPI, SQLModel and SQLAlchemy.

Import this before anything of the framework. Each name has a test of its own, so that an upgrade that
moves one says which.
"""

import warnings
from collections import deque
from typing import Any

import fastapi._compat as fastapi_compat
import fastapi.utils as fastapi_utils
import sqlmodel._compat as sqlmodel_compat
from fastapi._compat import ModelField
from pydantic.fields import FieldInfo
from sqlmodel.sql.sqltypes import AutoString

SEQUENCES: dict[Any, Any] = {kind: kind for kind in (list, tuple, set, frozenset, deque)}


def one_default(info: FieldInfo) -> FieldInfo:
    """A plain copy: SQLModel's fields may carry both `default` and `default_factory`, which pydantic refuses."""
    default: Any = {"default_factory": info.default_factory} if info.default_factory else {"default": info.default}
    copy = FieldInfo(annotation=info.annotation, title=info.title, description=info.description, **default)
    copy.metadata = list(info.metadata)
    return copy


def _cloned_field(field: ModelField, **_: Any) -> ModelField:
    return ModelField(field_info=one_default(field.field_info), name=field.name, mode=field.mode)


def _settable(name: str, compute: Any) -> property:
    key = f"_amis_{name}"

    def read(field: ModelField) -> Any:
        return field.__dict__[key] if key in field.__dict__ else compute(field.field_info)

    return property(read, lambda field, value: field.__dict__.__setitem__(key, value))


def _takes_none(info: FieldInfo) -> bool:
    return type(None) in getattr(info.annotation, "__args__", ())


def restore() -> None:
    """Put the names back; safe to call again."""
    fastapi_compat.sequence_annotation_to_type = SEQUENCES  # type: ignore[attr-defined]
    fastapi_utils.create_cloned_field = _cloned_field  # type: ignore[attr-defined]
    sqlmodel_compat.post_init_field_info = lambda field_info: None  # type: ignore[attr-defined]
    ModelField.type_ = _settable("type_", lambda info: info.annotation)  # type: ignore[attr-defined]
    ModelField.outer_type_ = _settable("outer_type_", lambda info: info.annotation)  # type: ignore[attr-defined]
    ModelField.required = _settable("required", lambda info: info.is_required())  # type: ignore[attr-defined]
    ModelField.allow_none = _settable("allow_none", _takes_none)  # type: ignore[attr-defined]
    AutoString.python_type = property(lambda column: str)  # type: ignore[method-assign,assignment]


restore()
# The framework is dormant and speaks pydantic 1 throughout; its warnings would drown ours.
warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"fastapi_amis_admin|sqlalchemy_database")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import fastapi_amis_admin.admin
    import fastapi_amis_admin.models  # noqa: F401
