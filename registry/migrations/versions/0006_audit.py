"""The audit of what was done with a person's data, and the triggers that keep it as written."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQLITE_REFUSE = """
CREATE TRIGGER audit_refuse_{change} BEFORE {CHANGE} ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END
$$
"""

POSTGRESQL_REFUSE = """
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
"""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "requester",
                "national_authority",
                "organisation_administrator",
                "commission",
                name="actor_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_address_hash", "audit", ["address_hash"])
    op.create_index("ix_audit_draft_id", "audit", ["draft_id"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_REFUSE)
    else:
        for change in ("update", "delete"):
            op.execute(SQLITE_REFUSE.format(change=change, CHANGE=change.upper()))


def downgrade() -> None:
    op.drop_table("audit")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuse()")
