"""plans"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("short_name", sa.String(40), nullable=False),
        sa.Column("elements", sa.JSON(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_key.id"], name=op.f("fk_plan_key_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_plan_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_key_id"), ["key_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "plan_span",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_plan_span_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_span_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_span_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_span")),
    )
    with op.batch_alter_table("plan_span", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_span_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index("ix_plan_span_plan_id_valid_from", ["plan_id", "valid_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_span_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(32), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_revision_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_revision_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index("uq_revision_item_id_number", ["item_id", "number"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("uq_revision_item_id_number")
        batch_op.drop_index(batch_op.f("ix_revision_plan_id"))
        batch_op.drop_index(batch_op.f("ix_revision_municipality_id"))

    op.drop_table("revision")
    with op.batch_alter_table("plan_span", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_span_unit_id"))
        batch_op.drop_index("ix_plan_span_plan_id_valid_from")
        batch_op.drop_index(batch_op.f("ix_plan_span_municipality_id"))

    op.drop_table("plan_span")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_plan_key_id"))

    op.drop_table("plan")
