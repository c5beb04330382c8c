"""A mail that is given up says so; what was sent before forgets to whom it went."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("given_up_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE outbox SET recipient = '' WHERE sent_at IS NOT NULL")


def downgrade() -> None:
    # The code of before would try them again, to nobody.
    op.execute("DELETE FROM outbox WHERE given_up_at IS NOT NULL")
    op.drop_column("outbox", "given_up_at")
