"""consents that are provisional, cancelled or recorded; participants the owner decides on; plans that are deleted"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NO = {"nullable": False, "server_default": sa.false()}
COLUMNS: dict[str, dict[str, tuple[Any, dict[str, Any]]]] = {
    "consent": {
        "form_id": (sa.Uuid(), {}),
        "provisional": (sa.Boolean(), NO),
        "given_on": (sa.Date(), {}),
        "cancelled_at": (sa.DateTime(timezone=True), {}),
    },
    "consent_signature": {"on_behalf": (sa.Boolean(), NO)},
    "grant": {"overridden": (sa.Boolean(), NO)},
    "municipality": {
        "digital_consent": (sa.Boolean(), NO),
        "owner_approval": (sa.String(32), {"nullable": False, "server_default": "either"}),
    },
    "participant": {
        "workplace": (sa.String(100), {}),
        "awaits_approval": (sa.Boolean(), NO),
        "rights_revision": (sa.Integer(), {"nullable": False, "server_default": "0"}),
    },
    "person": {"blocked_address": (sa.Boolean(), NO)},
    "plan": {
        "destroy_on": (sa.Date(), {}),
        "delete_reason": (sa.String(32), {}),
        "delete_remark": (sa.LargeBinary(), {}),
    },
}
"""By table and name: what is added."""


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, (kind, options) in columns.items():
            op.add_column(table, sa.Column(name, kind, **options))
    op.drop_column("consent", "form_version")


def downgrade() -> None:
    op.add_column("consent", sa.Column("form_version", sa.Integer(), nullable=True))
    for table, columns in reversed(COLUMNS.items()):
        for name in reversed(columns):
            op.drop_column(table, name)
