"""templates"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("plan", sa.SmallInteger(), nullable=False),
        sa.Column("participants", sa.SmallInteger(), nullable=False),
        sa.Column("consent", sa.SmallInteger(), nullable=False),
        sa.Column("rights", sa.SmallInteger(), nullable=False),
        sa.Column("about", sa.SmallInteger(), nullable=False),
        sa.Column("journal", sa.SmallInteger(), nullable=False),
        sa.Column("goals", sa.SmallInteger(), nullable=False),
        sa.Column("activities", sa.SmallInteger(), nullable=False),
        sa.Column("comments", sa.SmallInteger(), nullable=False),
        sa.Column("evaluation", sa.SmallInteger(), nullable=False),
        sa.Column("housing", sa.SmallInteger(), nullable=False),
        sa.Column("daytime", sa.SmallInteger(), nullable=False),
        sa.Column("health", sa.SmallInteger(), nullable=False),
        sa.Column("social", sa.SmallInteger(), nullable=False),
        sa.Column("economy", sa.SmallInteger(), nullable=False),
        sa.Column("leisure", sa.SmallInteger(), nullable=False),
        sa.Column("subject_plans", sa.SmallInteger(), nullable=False),
        sa.Column("messages", sa.SmallInteger(), nullable=False),
        sa.Column("calendar", sa.SmallInteger(), nullable=False),
        sa.Column("documents", sa.SmallInteger(), nullable=False),
        sa.Column("log", sa.SmallInteger(), nullable=False),
        sa.Column("print", sa.SmallInteger(), nullable=False),
        sa.Column("archive", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_role_template_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_template")),
        sa.UniqueConstraint("municipality_id", "kind", "role", name=op.f("uq_role_template_municipality_id_kind_role")),
    )
    with op.batch_alter_table("role_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_template_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "text_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("plan_kind", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_text_template_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_template")),
        sa.UniqueConstraint(
            "municipality_id", "name", "plan_kind", name=op.f("uq_text_template_municipality_id_name_plan_kind")
        ),
    )
    with op.batch_alter_table("text_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_template_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(
            "uq_text_template_municipality_id_name",
            ["municipality_id", "name"],
            unique=True,
            sqlite_where=sa.text("plan_kind IS NULL"),
            postgresql_where=sa.text("plan_kind IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("text_template", schema=None) as batch_op:
        batch_op.drop_index("uq_text_template_municipality_id_name")
        batch_op.drop_index(batch_op.f("ix_text_template_municipality_id"))

    op.drop_table("text_template")
    with op.batch_alter_table("role_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_template_municipality_id"))

    op.drop_table("role_template")
