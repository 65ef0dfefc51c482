"""goals that are measured or in history, promises that were not kept, dates of revision, «Om meg selv» as an item"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

GOAL: dict[str, Any] = {
    "historic_at": sa.DateTime(timezone=True),
    "measure": sa.LargeBinary(),
    **dict.fromkeys(("baseline", "target", "scale_low", "scale_high"), sa.Float()),
    "measured_by_id": sa.Uuid(),
}
ACTIVITY: dict[str, Any] = {
    "cancel_reason": sa.LargeBinary(),
    "missed_at": sa.DateTime(timezone=True),
    "missed_by": sa.Uuid(),
    "missed_note": sa.LargeBinary(),
}


def _table(name: str, **columns: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))


ID, MOMENT = sa.Uuid(), sa.DateTime(timezone=True)
plan = _table("plan", id=ID, municipality_id=ID, made_at=MOMENT, about=sa.LargeBinary())
about = _table(
    "about", id=ID, municipality_id=ID, plan_id=ID, added_at=MOMENT, revision=sa.Integer(), text=sa.LargeBinary()
)
role_template = _table("role_template", evaluation=sa.SmallInteger(), cooperation=sa.SmallInteger())
grant = _table(
    "grant", id=ID, municipality_id=ID, participant_id=ID, element=sa.String(), item_id=ID, level=sa.SmallInteger()
)


def as_evaluation(level: Any) -> Any:
    return sa.case((level == 4, 4), (level > 0, 1), else_=0)


def upgrade() -> None:
    for name, kind in GOAL.items():
        op.add_column("goal", sa.Column(name, kind, nullable=True))
    for name, kind in ACTIVITY.items():
        op.add_column("activity", sa.Column(name, kind, nullable=True))
    op.add_column("plan", sa.Column("home_hidden", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("plan", sa.Column("revise_on", sa.Date(), nullable=True))
    op.add_column("plan", sa.Column("revised_on", sa.Date(), nullable=True))
    op.add_column("role_template", sa.Column("cooperation", sa.SmallInteger(), nullable=False, server_default="0"))
    op.execute(sa.update(role_template).values(cooperation=as_evaluation(role_template.c.evaluation)))
    _grant_cooperation()
    told = sa.select(plan.c.id, plan.c.municipality_id, plan.c.id, plan.c.made_at, sa.literal(0), plan.c.about)
    columns = ["id", "municipality_id", "plan_id", "added_at", "revision", "text"]
    op.execute(sa.insert(about).from_select(columns, told.where(plan.c.about.is_not(None))))
    op.drop_column("plan", "about")


def downgrade() -> None:
    op.add_column("plan", sa.Column("about", sa.LargeBinary(), nullable=True))
    told = sa.select(about.c.text).where(about.c.id == plan.c.id).scalar_subquery()
    op.execute(sa.update(plan).values(about=told))
    op.execute(sa.delete(grant).where(grant.c.element == "cooperation"))
    op.drop_column("role_template", "cooperation")
    for name in ("revised_on", "revise_on", "home_hidden"):
        op.drop_column("plan", name)
    for name in reversed(ACTIVITY):
        op.drop_column("activity", name)
    for name in reversed(GOAL):
        op.drop_column("goal", name)


def _grant_cooperation() -> None:
    """Who takes part already reads about the cooperation if they read evaluations; coordinators may do everything."""
    bind = op.get_bind()
    asked = sa.select(grant.c.municipality_id, grant.c.participant_id, as_evaluation(grant.c.level).label("level"))
    found = bind.execute(asked.where(grant.c.element == "evaluation", grant.c.item_id.is_(None))).mappings().all()
    rows = [{"id": uuid4(), "element": "cooperation", "item_id": None, **row} for row in found]
    if rows:
        bind.execute(sa.insert(grant), rows)
