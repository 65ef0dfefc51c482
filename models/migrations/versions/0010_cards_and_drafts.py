"""what people may do themselves: cards, pictures, drafts, age and service messages"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "age_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("under_15", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_age_policy_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_age_policy")),
        sa.UniqueConstraint("municipality_id", "kind", name=op.f("uq_age_policy_municipality_id_kind")),
    )

    with op.batch_alter_table("age_policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_age_policy_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "service_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("severity", sa.String(32), nullable=False),
        sa.Column("text_nb", sa.String(500), nullable=False),
        sa.Column("text_nn", sa.String(500), nullable=True),
        sa.Column("text_en", sa.String(500), nullable=True),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_service_message_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_message")),
    )

    with op.batch_alter_table("service_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_message_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_draft_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_draft_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("plan_id", "account_id", "place", name=op.f("uq_draft_plan_id_account_id_place")),
    )

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "join_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("pid_index", sa.String(100), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_join_request_account_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_join_request_municipality_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_join_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )

    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_picture_municipality_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_picture_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("person_id", name=op.f("uq_picture_person_id")),
    )

    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "young_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_young_sign_in_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_young_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_young_sign_in")),
    )

    with op.batch_alter_table("young_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_young_sign_in_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_young_sign_in_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.add_column(sa.Column("id_porten", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("idle_minutes", sa.Integer(), nullable=False, server_default="35"))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_visible", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("mobile_visible", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("person", "mobile_visible")
    op.drop_column("person", "email_visible")
    op.drop_column("municipality", "idle_minutes")
    op.drop_column("municipality", "id_porten")
    with op.batch_alter_table("young_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_young_sign_in_person_id"))
        batch_op.drop_index(batch_op.f("ix_young_sign_in_municipality_id"))
    op.drop_table("young_sign_in")
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_municipality_id"))
    op.drop_table("picture")
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_request_plan_id"))
        batch_op.drop_index(batch_op.f("ix_join_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_join_request_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_join_request_account_id"))
    op.drop_table("join_request")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_draft_account_id"))
    op.drop_table("draft")
    with op.batch_alter_table("service_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_message_municipality_id"))
    op.drop_table("service_message")
    with op.batch_alter_table("age_policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_age_policy_municipality_id"))
    op.drop_table("age_policy")
