"""All that is held of an address is given, to whoever proved it: theirs, and nobody else's."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import AuditEntry, Base
from registry.services import drafts, privacy
from registry.services.drafts import UnknownDraft
from registry.services.requests import DraftIncomplete, NotVerified
from registry.services.tickets import Line, open_ticket
from registry.vocabulary import Journey, Speaker
from tests.registry.privacy.conftest import ADDRESS, Known

# The tables without anything of a person: figures, the audit itself. The rest
# must be told, or this list is where to say why not.
WITHOUT_PERSONS = {"organisation_identifiers", "activities", "turns", "audit"}
TOLD = {
    # Of the directory, the operators that the person created.
    "organisations": "operators",
    "users": "person",
    "authorisation_requests": "requests",
    "request_events": "requests",
    "tickets": "questions",
    "ticket_events": "questions",
    "drafts": "drafts",
    "outbox": "mails",
    "verification_codes": "codes",
    "sessions": "conversations",
    "feedback": "feedback",
    "feedback_comments": "feedback",
}


def exported(session: Session, draft_id: str, hash_key: str, now: datetime) -> dict:
    """The export as it travels: through JSON and back."""
    return json.loads(json.dumps(privacy.export(session, draft_id, hash_key, now)))


def test_every_table_with_persons_is_told() -> None:
    assert set(Base.metadata.tables) == WITHOUT_PERSONS | set(TOLD)
    assert set(TOLD.values()) <= {holding.name for holding in privacy.HOLDINGS}


def test_everything_is_given_under_readable_names(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    held = exported(session, proven(Journey.DATA_EXPORT).id, hash_key, now)
    assert (held["address"], held["exported_at"]) == (ADDRESS, "2026-11-23T09:00:00+00:00")
    assert held["person"] == [{"email": ADDRESS, "name": "Camille Exemple", "language": "fr"}]
    (request,) = held["requests"]
    assert request["reference"] == known.filed.reference
    assert (request["status"], request["message"]) == ("Requested", "Bonjour, ici Camille.")
    assert request["contact_phone"] == "+32 2 000 00 00"
    assert [step["to"] for step in request["history"]] == ["Requested"]
    assert [draft["for"] for draft in held["drafts"]] == ["access_request"]
    assert held["drafts"][0]["fields"]["full_name"] == "Camille Exemple"
    assert [mail["kind"] for mail in held["mails"]] == ["code", "request_filed", "code"]
    assert [bool(code["accepted_at"]) for code in held["codes"]] == [True, True]
    assert len(held["conversations"]) == 2
    assert [given["comment"] for given in held["feedback"]] == ["Camille attend toujours"]


def test_a_question_to_a_person_is_given_whole_where_its_conversation_is_theirs(
    session: Session, now: datetime, hash_key: str, known: Known, proven, short_draft
) -> None:
    for conversation in (known.conversation, "robin"):
        draft = short_draft(
            session, Journey.TICKET, conversation_id=conversation, question="Pourquoi ?"
        )
        open_ticket(session, draft.id, [Line(Speaker.PERSON, "bonjour")], None, now)
    held = exported(session, proven(Journey.DATA_EXPORT).id, hash_key, now)
    own, other = held["questions"]
    assert (own["question"], own["name"]) == ("Pourquoi ?", "Camille Exemple")
    assert [line["text"] for line in own["conversation"]] == ["bonjour"]
    assert set(other) == {"email", "asked_at"}


def test_no_code_is_given(
    session: Session, now: datetime, hash_key: str, proven, sent_code
) -> None:
    draft = proven(Journey.DATA_EXPORT)
    assert sent_code(session) not in json.dumps(exported(session, draft.id, hash_key, now))


def test_of_an_address_without_anything_little_is_given(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_EXPORT, "robin@example.org")
    held = exported(session, draft.id, hash_key, now)
    filled = {name for name, rows in held.items() if isinstance(rows, list) and rows}
    assert filled == {"mails", "codes", "conversations"}


def test_what_others_typed_with_the_address_is_theirs(
    session: Session, now: datetime, hash_key: str, add_operator, full_draft, file, proven
) -> None:
    """Robin mistyped an address, and has Camille's as the contact in a request."""
    operator = add_operator(session)
    full_draft(session, operator, conversation_id="robin", email=ADDRESS, message="Secret")
    file(session, operator, conversation_id="2", email="robin@example.org", contact_email=ADDRESS)
    held = exported(session, proven(Journey.DATA_EXPORT).id, hash_key, now)
    assert [draft["fields"] for draft in held["drafts"]] == [
        {"email": ADDRESS},
        {"contact_email": ADDRESS},
    ]
    assert [set(row) for row in held["contact_of_others"]] == [{"contact_email", "filed_at"}]
    assert "Secret" not in json.dumps(held)
    assert "robin" not in json.dumps(held)


def test_without_a_code_nothing_is_given(
    session: Session, now: datetime, hash_key: str, known: Known, short_draft
) -> None:
    draft = short_draft(session, Journey.DATA_EXPORT)
    with pytest.raises(NotVerified):
        privacy.export(session, draft.id, hash_key, now)
    assert session.scalars(select(AuditEntry)).all() == []


def test_the_code_of_another_journey_opens_nothing(
    session: Session, now: datetime, hash_key: str, proven
) -> None:
    for journey in (Journey.OWN_REQUESTS, Journey.DATA_ERASURE):
        draft = proven(journey, f"{journey}@example.org")
        with pytest.raises(UnknownDraft):
            privacy.export(session, draft.id, hash_key, now)


def test_a_draft_without_an_address_is_incomplete(
    session: Session, now: datetime, hash_key: str
) -> None:
    draft = drafts.open_draft(session, "conversation-1", Journey.DATA_EXPORT, now)
    with pytest.raises(DraftIncomplete):
        privacy.export(session, draft.id, hash_key, now)


def test_the_audit_keeps_that_it_was_given(
    session: Session, now: datetime, hash_key: str, known: Known, proven
) -> None:
    draft = proven(Journey.DATA_EXPORT)
    privacy.export(session, draft.id, hash_key, now)
    (entry,) = session.scalars(select(AuditEntry))
    assert (entry.action, entry.actor_kind, entry.at) == ("exported", "requester", now)
    assert entry.counts["requests"] == 1


def test_the_file_may_be_fetched_for_half_an_hour_once_it_was_offered(
    session: Session, now: datetime, hash_key: str, proven
) -> None:
    draft = proven(Journey.DATA_EXPORT)
    conversation = draft.conversation_id
    assert privacy.file_offered(session, conversation, now) is None
    privacy.offer_export(session, draft.id, hash_key, now)
    privacy.offer_export(session, draft.id, hash_key, now)
    assert privacy.file_offered(session, conversation, now) == draft.id
    assert privacy.file_offered(session, "another", now) is None
    last = now + timedelta(minutes=29)
    assert privacy.file_offered(session, conversation, last) == draft.id
    assert privacy.file_offered(session, conversation, now + timedelta(minutes=30)) is None


def test_a_file_without_a_code_is_not_offered(
    session: Session, now: datetime, hash_key: str, short_draft
) -> None:
    draft = short_draft(session, Journey.DATA_EXPORT)
    with pytest.raises(NotVerified):
        privacy.offer_export(session, draft.id, hash_key, now)
    assert privacy.file_offered(session, draft.conversation_id, now) is None
