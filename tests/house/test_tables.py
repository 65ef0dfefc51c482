"""What the schema promises: tenancy, retention, sealing and names."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ForeignKeyConstraint, LargeBinary, String
from sqlmodel import SQLModel

from models.base import Retention, Row
from models.sealing import Sealed
from models.tables import metadata
from tests.house.sources import listed

HERE = Path(__file__).parent
TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)


def models(kind: type[Any] = Row) -> list[type[Row]]:
    return [found for sub in kind.__subclasses__() for found in ([sub] if hasattr(sub, "__table__") else models(sub))]


def test_every_table_is_a_row() -> None:
    assert {model.__tablename__ for model in models()} == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_table_says_how_long_its_rows_are_kept(model: type[Row]) -> None:
    assert "keeps" in vars(model)
    assert isinstance(model.keeps, Retention)


@pytest.mark.feature("F4")
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_belongs_to_a_municipality_or_is_listed(table: Any) -> None:
    belongs = "municipality_id" in table.c
    assert belongs or table.name in listed("house/global_tables.txt"), "give the table a municipality_id"


def test_the_list_of_global_tables_holds_nothing_else() -> None:
    assert listed("house/global_tables.txt").keys() <= set(metadata.tables)


def sealed_columns() -> list[Any]:
    return [column for table in TABLES for column in table.c if isinstance(column.type, Sealed)]


def test_every_sealed_purpose_is_unique_and_as_it_always_was() -> None:
    kept = [line for line in (HERE / "purposes.txt").read_text().splitlines() if not line.startswith("#")]
    purposes = [column.type.purpose for column in sealed_columns()]
    assert len(purposes) == len(set(purposes))
    assert sorted(purposes) == kept, "what was sealed under the old name can no longer be opened"


def test_bytes_that_are_not_sealed_are_hashes_and_salts() -> None:
    plain = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.c
        if isinstance(column.type, LargeBinary) and not isinstance(column.type, Sealed)
    }
    assert {name.split(".")[1] for name in plain} <= {"hash", "state_hash", "token_hash", "digest", "salt", "wrapped"}


def test_every_free_text_of_a_person_or_a_plan_is_sealed() -> None:
    texts = (String, LargeBinary)
    private = {"title", "description", "extent", "text", "remark", "about", "national_id", "mobile", "email", "secret"}
    open_ = [f"{t.name}.{c.name}" for t in TABLES for c in t.c if c.name in private and isinstance(c.type, texts)]
    assert open_ == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_constraint_has_a_name_of_its_own(table: Any) -> None:
    named = [constraint for constraint in table.constraints if isinstance(constraint, ForeignKeyConstraint)]
    assert all(constraint.name for constraint in named)
    assert all(len(str(index.name)) < 63 for index in table.indexes)


def test_the_log_has_no_foreign_keys_for_it_outlives_what_it_tells_of() -> None:
    assert [t.name for t in TABLES if t.name.startswith("log_") and t.foreign_keys] == []


def test_every_key_is_made_by_the_application() -> None:
    assert [table.name for table in TABLES if table.primary_key.columns.keys() != ["id"]] == []
    assert [model.__name__ for model in models() if not model.model_fields["id"].default_factory] == []
