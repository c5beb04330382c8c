"""An index by which an organisation is found by its EORI or VAT number."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEX = "ix_organisation_identifiers_value"


def upgrade() -> None:
    op.create_index(INDEX, "organisation_identifiers", ["value"])


def downgrade() -> None:
    op.drop_index(INDEX, "organisation_identifiers")
