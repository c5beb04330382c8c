"""First tables, and the triggers that keep request_events as written."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ENVIRONMENTS = ("production", "training")
REQUEST_STATUSES = ("Requested", "Valid", "Suspended", "Rejected", "Cancelled", "Removed")

# In the order in which they can be made.
TABLES = (
    "organisations",
    "organisation_identifiers",
    "activities",
    "users",
    "authorisation_requests",
    "request_events",
    "sessions",
    "drafts",
    "verification_codes",
    "outbox",
    "turns",
)

SQLITE_REFUSE = """
CREATE TRIGGER request_events_refuse_{change} BEFORE {CHANGE} ON request_events
BEGIN
    SELECT RAISE(ABORT, 'request_events is append-only');
END
"""

POSTGRESQL_FUNCTION = """
CREATE FUNCTION request_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'request_events is append-only';
END
$$
"""

POSTGRESQL_REFUSE = """
CREATE TRIGGER request_events_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON request_events
FOR EACH STATEMENT EXECUTE FUNCTION request_events_refuse()
"""


def upgrade() -> None:
    _create_organisations()
    _create_requests()
    _create_conversations()
    _create_triggers()


def downgrade() -> None:
    # Indexes and triggers go with their tables.
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION request_events_refuse()")


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _where(condition: sa.TextClause) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}


def _create_triggers() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_REFUSE)
    else:
        for change in ("update", "delete"):
            op.execute(SQLITE_REFUSE.format(change=change, CHANGE=change.upper()))


def _create_organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("environment", _word("environment", *ENVIRONMENTS), nullable=False),
        sa.Column("kind", _word("kind", "operator", "control_body", "authority"), nullable=False),
        sa.Column(
            "status", _word("status", "New", "Valid", "Suspended", "Rejected"), nullable=False
        ),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("search_text", sa.String(700), nullable=False),
        sa.Column("number_key", sa.String(40)),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("address", sa.String(300)),
        sa.Column("city", sa.String(150)),
        sa.Column("administrative_region", sa.String(150)),
        sa.Column("latitude", sa.Double()),
        sa.Column("longitude", sa.Double()),
        sa.Column("is_example", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("traces_number", sa.String(40)),
        sa.Column("code", sa.String(40)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone", sa.String(40)),
        sa.Column("fax", sa.String(40)),
        sa.Column("email", sa.String(254)),
        sa.Column("website", sa.String(300)),
        sa.Column("legal_list", sa.String(150)),
        sa.Column("role", _word("role", "CAFOP", "CAOPL", "CO", "CCA", "RCA", "LAU", "BCP")),
        sa.Column("is_national", sa.Boolean()),
        sa.Column("parent_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisations.id"], name=op.f("fk_organisations_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint(
            "environment", "kind", "code", name=op.f("uq_organisations_environment_kind_code")
        ),
        sa.UniqueConstraint(
            "environment", "traces_number", name=op.f("uq_organisations_environment_traces_number")
        ),
    )
    op.create_index(
        "ix_organisations_environment_number_key", "organisations", ["environment", "number_key"]
    )

    op.create_table(
        "organisation_identifiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("type", _word("type", "EORI", "VAT", "other"), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_identifiers_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_identifiers")),
        sa.UniqueConstraint(
            "organisation_id",
            "type",
            "value",
            name=op.f("uq_organisation_identifiers_organisation_id_type_value"),
        ),
    )

    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(60), nullable=False),
        sa.Column("section_label", sa.String(150), nullable=False),
        sa.Column("section_code", sa.String(60), nullable=False),
        sa.Column("activity", sa.String(150), nullable=False),
        sa.Column("identifier", sa.String(60)),
        sa.Column("control_body_id", sa.Integer()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("publication_date", sa.Date()),
        sa.Column("application_date", sa.Date()),
        sa.ForeignKeyConstraint(
            ["control_body_id"], ["organisations.id"], name=op.f("fk_activities_control_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_activities_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    op.create_index("ix_activities_organisation_id", "activities", ["organisation_id"])


def _create_requests() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("email_language", sa.String(2), nullable=False),
        sa.CheckConstraint("email_language IN ('fr', 'en')", name=op.f("ck_users_email_language")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )

    op.create_table(
        "authorisation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("environment", _word("environment", *ENVIRONMENTS), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("requested_role", sa.String(32), nullable=False),
        sa.Column("message", sa.String(1000)),
        sa.Column("contact_email", sa.String(254)),
        sa.Column("contact_phone", sa.String(40)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("status", _word("status", *REQUEST_STATUSES), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("reason", sa.String(1000)),
        sa.CheckConstraint(
            "language IN ('fr', 'en')", name=op.f("ck_authorisation_requests_language")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_authorisation_requests_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_authorisation_requests_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation_requests")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_authorisation_requests_draft_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_authorisation_requests_reference")),
    )
    op.create_index(
        "ix_authorisation_requests_organisation_id", "authorisation_requests", ["organisation_id"]
    )
    op.create_index(
        "uq_authorisation_requests_open",
        "authorisation_requests",
        ["user_id", "organisation_id", "requested_role", "environment"],
        unique=True,
        **_where(sa.text("status = 'Requested'")),
    )

    op.create_table(
        "request_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            _word(
                "actor_kind",
                "requester",
                "national_authority",
                "organisation_administrator",
                "commission",
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.String(64)),
        sa.Column("from_status", _word("from_status", *REQUEST_STATUSES)),
        sa.Column("to_status", _word("to_status", *REQUEST_STATUSES), nullable=False),
        sa.Column("reason", sa.String(1000)),
        sa.ForeignKeyConstraint(
            ["request_id"], ["authorisation_requests.id"], name=op.f("fk_request_events_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_events")),
    )
    op.create_index("ix_request_events_request_id", "request_events", ["request_id"])


def _create_conversations() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("lang IN ('fr', 'en')", name=op.f("ck_sessions_lang")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])

    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("journey", sa.String(40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", _word("state", "open", "filed", "cancelled"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(
        "uq_drafts_open",
        "drafts",
        ["conversation_id", "journey"],
        unique=True,
        **_where(sa.text("state = 'open'")),
    )

    op.create_table(
        "verification_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.Column("last_message_id", sa.String(64)),
        sa.Column(
            "last_outcome",
            _word("last_outcome", "accepted", "wrong", "expired", "exhausted", "none_awaited"),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_codes")),
    )
    op.create_index(
        "ix_verification_codes_address_hash_created_at",
        "verification_codes",
        ["address_hash", "created_at"],
    )
    op.create_index(
        "ix_verification_codes_conversation_id", "verification_codes", ["conversation_id"]
    )
    op.create_index("ix_verification_codes_draft_id", "verification_codes", ["draft_id"])

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.String(200)),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_outbox_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_unsent_due_at", "outbox", ["due_at"], **_where(sa.text("sent_at IS NULL"))
    )

    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("language", sa.String(8)),
        sa.Column("confidence", sa.Double()),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name=op.f("uq_turns_conversation_id_message_id")
        ),
    )
    op.create_index("ix_turns_at", "turns", ["at"])
