"""The search texts of all organisations anew: without legal forms, in Latin letters."""

import sqlalchemy as sa
from alembic import context, op

from registry.services.directory import search_text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

organisations = sa.table(
    "organisations",
    *(sa.column(name) for name in ("id", "name", "city", "traces_number", "code", "search_text")),
)


def upgrade() -> None:
    if context.is_offline_mode():  # a script of statements alone cannot read the names
        return
    columns = organisations.c
    rows = op.get_bind().execute(
        sa.select(columns.id, columns.name, columns.city, columns.traces_number, columns.code)
    )
    for row in rows.all():
        text = search_text(row.name, row.city, row.traces_number or row.code)
        op.execute(organisations.update().where(columns.id == row.id).values(search_text=text))


def downgrade() -> None:
    """Nothing to take back: an import of the same organisations writes the texts of its time."""
