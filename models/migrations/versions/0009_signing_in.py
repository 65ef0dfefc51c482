"""signing in"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_log_row_actor_id_at", "log_row", ["actor_id", "at"], unique=False)

    op.create_table(
        "account_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("mobile", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_change_account_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_account_change_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_change")),
    )

    with op.batch_alter_table("account_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_change_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_change_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("pid_index", sa.String(100), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_identity_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )

    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(
            "uq_identity_account_id",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_identity_pid_index",
            ["pid_index"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "personal_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_index", sa.String(100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_personal_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_code")),
        sa.UniqueConstraint("code_index", name=op.f("uq_personal_code_code_index")),
    )

    with op.batch_alter_table("personal_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_code_account_id"), ["account_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_index", sa.String(100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_index", name=op.f("uq_recovery_code_code_index")),
    )

    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False)

    op.create_table(
        "terms_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_terms_acceptance_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms_acceptance")),
        sa.UniqueConstraint("account_id", "version", name=op.f("uq_terms_acceptance_account_id_version")),
    )

    op.create_table(
        "id_porten_flow",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("next", sa.String(500), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id_token", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_id_porten_flow_invitation_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sign_in_session.id"], name=op.f("fk_id_porten_flow_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_porten_flow")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_id_porten_flow_state_hash")),
    )

    with op.batch_alter_table("id_porten_flow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_id_porten_flow_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_id_porten_flow_session_id"), ["session_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("totp_step", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("password_by_mail", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", sa.String(32), nullable=False, server_default="first_password"))
        batch_op.add_column(sa.Column("mailed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("municipality_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("plan_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("made_by", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_invitation_person_id"), "person", ["person_id"], ["id"])

    with op.batch_alter_table("one_time_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(32), nullable=False, server_default="email"))
        batch_op.add_column(sa.Column("purpose", sa.String(32), nullable=False, server_default="sign_in"))
        batch_op.add_column(sa.Column("target", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("method", sa.String(32), nullable=False, server_default="email"))
        batch_op.add_column(sa.Column("address", sa.String(60), nullable=True))
        batch_op.add_column(sa.Column("browser", sa.String(60), nullable=True))
        batch_op.add_column(sa.Column("id_porten_sid", sa.String(200), nullable=True))
        batch_op.add_column(sa.Column("id_token", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix_sign_in_session_id_porten_sid"), ["id_porten_sid"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("id_porten_flow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_id_porten_flow_session_id"))
        batch_op.drop_index(batch_op.f("ix_id_porten_flow_invitation_id"))
    op.drop_table("id_porten_flow")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_id_porten_sid"))
    op.drop_column("sign_in_session", "id_token")
    op.drop_column("sign_in_session", "id_porten_sid")
    op.drop_column("sign_in_session", "browser")
    op.drop_column("sign_in_session", "address")
    op.drop_column("sign_in_session", "method")
    op.drop_column("one_time_code", "target")
    op.drop_column("one_time_code", "purpose")
    op.drop_column("one_time_code", "channel")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_person_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))
        batch_op.drop_column("made_by")
        batch_op.drop_column("plan_id")
        batch_op.drop_column("person_id")
        batch_op.drop_column("municipality_id")
        batch_op.drop_column("mailed")
        batch_op.drop_column("purpose")
    op.drop_column("delivery", "address")
    op.drop_column("account", "password_by_mail")
    op.drop_column("account", "totp_step")
    op.drop_column("account", "totp_secret")
    op.drop_table("terms_acceptance")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_account_id"))
    op.drop_table("recovery_code")
    with op.batch_alter_table("personal_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_code_account_id"))
    op.drop_table("personal_code")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_identity_pid_index",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_identity_account_id",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.drop_table("identity")
    with op.batch_alter_table("account_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_change_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_account_change_account_id"))
    op.drop_table("account_change")
    op.drop_index("ix_log_row_actor_id_at", table_name="log_row")
