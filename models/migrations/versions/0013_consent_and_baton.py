"""proposals, handovers, tasks and waiting lists; consent forms and plan templates; ages, and people kept apart"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORD, BYTES, MOMENT, KEY = sa.String(32), sa.LargeBinary(), sa.DateTime(timezone=True), sa.Uuid()
Columns = list[tuple[str, Any, bool]]
"""Name, type, and whether it may be null."""

TABLES: dict[str, tuple[Columns, dict[str, str], tuple[str, ...]]] = {
    "age_step": (
        [
            *(("kind", WORD, False), ("age", sa.Integer(), False), ("new_consent", sa.Boolean(), False)),
            *(("review_guardians", sa.Boolean(), False), ("source", sa.String(300), False)),
            ("in_use", sa.Boolean(), False),
        ],
        {},
        ("municipality_id", "kind", "age"),
    ),
    "kept_apart": (
        [
            *(("first_id", KEY, False), ("second_id", KEY, False), ("made_at", MOMENT, False), ("made_by", KEY, False)),
            *(("ended_at", MOMENT, True), ("ended_by", KEY, True)),
        ],
        {"first_id": "person", "second_id": "person"},
        (),
    ),
    "consent_form": (
        [
            *(("kind", WORD, False), ("version", sa.Integer(), False), ("title", sa.String(200), False)),
            *(("body", sa.Text(), False), ("made_at", MOMENT, False), ("made_by", KEY, True)),
        ],
        {},
        ("municipality_id", "kind", "version"),
    ),
    "plan_template": (
        [
            *(("kind", WORD, False), ("name", sa.String(100), False), ("description", sa.String(500), False)),
            *(("parts", sa.JSON(), False), ("in_use", sa.Boolean(), False), ("changed_at", MOMENT, False)),
            ("changed_by", KEY, True),
        ],
        {},
        ("municipality_id", "kind", "name"),
    ),
    "plan_template_item": (
        [
            *(("template_id", KEY, False), ("element", WORD, False), ("numbered", sa.Integer(), False)),
            *(("title", sa.String(200), False), ("body", sa.Text(), False)),
        ],
        {"template_id": "plan_template"},
        (),
    ),
    "proposal": (
        [
            *(("plan_id", KEY, False), ("participant_id", KEY, False), ("kind", WORD, False), ("state", WORD, False)),
            *(("wanted", sa.JSON(), False), ("proposed_at", MOMENT, False), ("proposed_by", KEY, False)),
            *(("answered_at", MOMENT, True), ("answered_by", KEY, True), ("method", WORD, True)),
            ("remark", BYTES, True),
        ],
        {"plan_id": "plan", "participant_id": "participant"},
        (),
    ),
    "consent_scan": (
        [
            *(("consent_id", KEY, False), ("name", sa.String(200), False), ("media_type", sa.String(40), False)),
            *(("content", BYTES, True), ("added_at", MOMENT, False), ("added_by", KEY, False)),
        ],
        {},
        ("consent_id",),
    ),
    "handover": (
        [
            *(("plan_id", KEY, False), ("from_id", KEY, False), ("to_id", KEY, False), ("state", WORD, False)),
            *(("stays_as", WORD, True), ("note", BYTES, True), ("offered_at", MOMENT, False)),
            *(("offered_by", KEY, False), ("answered_at", MOMENT, True)),
        ],
        {"plan_id": "plan", "from_id": "participant", "to_id": "participant"},
        (),
    ),
    "task": (
        [
            *(("plan_id", KEY, False), ("kind", WORD, False), ("participant_id", KEY, True)),
            *(("facts", sa.JSON(), False), ("due_on", sa.Date(), True), ("once_key", sa.String(200), False)),
            *(("made_at", MOMENT, False), ("made_by", KEY, True), ("done_at", MOMENT, True), ("done_by", KEY, True)),
        ],
        {"plan_id": "plan", "participant_id": "participant"},
        ("once_key",),
    ),
    "coordinator_wanted": (
        [
            *(("person_id", KEY, False), ("kind", WORD, False), ("asked_on", sa.Date(), False)),
            *(("recorded_at", MOMENT, False), ("recorded_by", KEY, False), ("consent_method", WORD, True)),
            *(("consent_on", sa.Date(), True), ("appointed_id", KEY, True), ("appointed_on", sa.Date(), True)),
            ("ended_on", sa.Date(), True),
        ],
        {"person_id": "person", "appointed_id": "person"},
        (),
    ),
    "administration_visit": (
        [
            *(("plan_id", KEY, False), ("account_id", KEY, False), ("reason", BYTES, True)),
            *(("began_at", MOMENT, False), ("ends_at", MOMENT, False)),
        ],
        {"plan_id": "plan", "account_id": "account"},
        (),
    ),
    "begun_plan": (
        [
            *(("account_id", KEY, False), ("content", BYTES, True)),
            *(("begun_at", MOMENT, False), ("saved_at", MOMENT, False)),
        ],
        {"account_id": "account"},
        (),
    ),
}
"""By name: the columns, where the indexed ones refer to, and what is unique together."""


def upgrade() -> None:
    for name, (columns, references, unique) in TABLES.items():
        op.create_table(name, *_columns(name, columns), *_constraints(name, references, unique))
        for column in ("municipality_id", *references):
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)


def _columns(name: str, columns: Columns) -> list[sa.Column[Any]]:
    owned: Columns = [("id", KEY, False), ("municipality_id", KEY, False)]
    return [sa.Column(column, kind, nullable=nullable) for column, kind, nullable in owned + columns]


def _constraints(name: str, references: dict[str, str], unique: tuple[str, ...]) -> list[Any]:
    refers = {"municipality_id": "municipality"} | references
    if name == "consent_scan":
        refers["consent_id"] = "consent"
    found: list[Any] = [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))]
    for column, target in refers.items():
        found.append(sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{name}_{column}")))
    if unique:
        found.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")))
    return found
