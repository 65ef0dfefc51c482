"""what else people write in a plan: life areas, journals, evaluations, measurements and what a plan must contain"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("numbered", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("checked", sa.JSON(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_content_point_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_point")),
        sa.UniqueConstraint(
            "municipality_id", "kind", "numbered", name=op.f("uq_content_point_municipality_id_kind_numbered")
        ),
    )
    with op.batch_alter_table("content_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_content_point_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "about",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_about_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_about_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about")),
    )
    with op.batch_alter_table("about", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_about_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_about_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "cooperation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("purpose", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_cooperation_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_cooperation_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation")),
    )
    with op.batch_alter_table("cooperation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cooperation_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cooperation_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "life_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("area", sa.String(32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_life_area_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_life_area_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_area")),
    )
    with op.batch_alter_table("life_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_life_area_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_life_area_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "uq_life_area_plan_id_area",
            ["plan_id", "area"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "goal_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_picture_goal_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_goal_picture_municipality_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_picture")),
        sa.UniqueConstraint("goal_id", name=op.f("uq_goal_picture_goal_id")),
    )
    with op.batch_alter_table("goal_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_picture_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_contribution_municipality_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_contribution_participant_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_contribution_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "evaluation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("expectations", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_evaluation_author_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_evaluation_goal_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_evaluation_municipality_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_evaluation_participant_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_evaluation_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evaluation_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("mood", sa.String(32), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_journal_entry_author_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_journal_entry_municipality_id")
        ),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_journal_entry_participant_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_journal_entry_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "measurement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_measurement_author_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_measurement_goal_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_measurement_municipality_id")),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"], name=op.f("fk_measurement_participant_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_measurement_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )
    with op.batch_alter_table("measurement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measurement_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurement_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurement_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurement_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurement_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "subject_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("may_contact", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["participant.id"], name=op.f("fk_subject_plan_contact_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_subject_plan_municipality_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_subject_plan_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_plan")),
    )
    with op.batch_alter_table("subject_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_plan_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subject_plan_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    for name in ("measurement", "goal_picture", "evaluation", "subject_plan", "journal_entry", "contribution"):
        op.drop_table(name)
    for name in ("life_area", "cooperation", "about", "content_point"):
        op.drop_table(name)
