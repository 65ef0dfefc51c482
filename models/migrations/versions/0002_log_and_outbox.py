"""log and outbox"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("log_row_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_link")),
        sa.UniqueConstraint("chain_id", "number", name=op.f("uq_log_link_chain_id_number")),
        sa.UniqueConstraint("log_row_id", name=op.f("uq_log_link_log_row_id")),
    )
    op.create_table(
        "log_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("element", sa.String(32), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_row")),
    )
    with op.batch_alter_table("log_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_row_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_log_row_at", ["at"], unique=False)
        batch_op.create_index("ix_log_row_municipality_id_at", ["municipality_id", "at"], unique=False)
        batch_op.create_index("ix_log_row_plan_id_at", ["plan_id", "at"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(32), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint(
            "plan_id", "account_id", "room", "hour", name=op.f("uq_opening_plan_id_account_id_room_hour")
        ),
    )
    op.create_table(
        "queued_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("element", sa.String(32), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("once_key", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_notice")),
        sa.UniqueConstraint("once_key", name=op.f("uq_queued_notice_once_key")),
    )
    with op.batch_alter_table("queued_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queued_notice_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(200), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["queued_notice.id"], name=op.f("fk_delivery_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index("ix_delivery_state_due_at", ["state", "due_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_state_due_at")
        batch_op.drop_index(batch_op.f("ix_delivery_notice_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_account_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("queued_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queued_notice_plan_id"))

    op.drop_table("queued_notice")
    op.drop_table("opening")
    with op.batch_alter_table("log_row", schema=None) as batch_op:
        batch_op.drop_index("ix_log_row_plan_id_at")
        batch_op.drop_index("ix_log_row_municipality_id_at")
        batch_op.drop_index("ix_log_row_at")
        batch_op.drop_index(batch_op.f("ix_log_row_item_id"))

    op.drop_table("log_row")
    op.drop_table("log_link")
