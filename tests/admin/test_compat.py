"""Each private name the framework takes is there, and says what the framework expects of it."""

# mypy: disable-error-code="attr-defined"

from enum import Enum
from typing import Any

import fastapi._compat
import fastapi.utils
import pytest
import sqlmodel._compat
from fastapi._compat import ModelField
from fastapi_amis_admin.admin import ModelAdmin
from fastapi_amis_admin.models import TextChoices
from pydantic.fields import FieldInfo
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString

from admin import compat


def field(annotation: Any, **more: Any) -> ModelField:
    return ModelField(field_info=FieldInfo(annotation=annotation, **more), name="x")


def test_sequence_annotation_to_type() -> None:
    assert fastapi._compat.sequence_annotation_to_type[list] is list


def test_field_annotation_is_scalar_sequence() -> None:
    assert fastapi._compat.field_annotation_is_scalar_sequence(list[int])


def test_undefined_means_no_default() -> None:
    assert field(str).default is fastapi._compat.Undefined


def test_create_cloned_field_leaves_the_original_alone() -> None:
    original = field(str, default="a")
    clone = fastapi.utils.create_cloned_field(original)
    clone.field_info.default = "b"
    assert original.field_info.default == "a"


def test_create_cloned_field_takes_a_field_with_two_defaults() -> None:
    class Two(SQLModel):
        x: str = Field(default_factory=lambda: "made")

    info = Two.model_fields["x"]
    info.default = "given"
    assert compat.one_default(info).get_default(call_default_factory=True) == "made"


@pytest.mark.parametrize("name", ["type_", "outer_type_"])
def test_type_of_a_model_field(name: str) -> None:
    assert getattr(field(int), name) is int


def test_required_can_be_asked_and_set() -> None:
    one = field(int)
    assert one.required
    one.required = False
    assert not one.required


def test_allow_none_can_be_asked_and_set() -> None:
    one = field(int | None)
    assert one.allow_none
    one.allow_none = False
    assert not one.allow_none


def test_post_init_field_info() -> None:
    assert sqlmodel._compat.post_init_field_info(FieldInfo()) is None


def test_text_columns_are_text() -> None:
    assert AutoString().python_type is str


def test_the_framework_imports() -> None:
    assert issubclass(TextChoices, Enum)
    assert ModelAdmin.__name__ == "ModelAdmin"
