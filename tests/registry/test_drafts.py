"""Drafts keep each field, and their version tells whether anything changed."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from registry.services import drafts
from registry.services.drafts import DraftClosed, UnknownDraft


def test_a_journey_has_one_open_draft_per_conversation(session: Session, now: datetime) -> None:
    first = drafts.open_draft(session, "a", "request_access", now)
    assert drafts.open_draft(session, "a", "request_access", now) == first
    assert drafts.open_draft(session, "b", "request_access", now).id != first.id
    assert drafts.open_draft(session, "a", "new_operator", now).id != first.id


def test_a_new_draft_is_empty(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    assert (dict(draft.fields), draft.version, draft.state) == ({}, 0, "open")


def test_the_version_moves_only_when_a_value_changes(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    assert drafts.save_field(session, draft.id, "full_name", "Camille", now).version == 1
    assert drafts.save_field(session, draft.id, "full_name", "Camille", now).version == 1
    changed = drafts.save_field(session, draft.id, "full_name", "Camille E.", now)
    assert (changed.version, changed.fields) == (2, {"full_name": "Camille E."})


def test_nothing_takes_a_field_out(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    drafts.save_field(session, draft.id, "message", "Merci", now)
    assert drafts.save_field(session, draft.id, "message", None, now).fields == {}
    assert drafts.save_field(session, draft.id, "message", None, now).version == 2


def test_fields_are_there_in_the_next_transaction(database, now: datetime) -> None:
    with database.transaction() as session:
        draft = drafts.open_draft(session, "a", "request_access", now)
        drafts.save_field(session, draft.id, "organisation_id", 7, now)
    with database.transaction() as session:
        kept = drafts.get(session, draft.id)
    assert kept is not None
    assert (kept.fields, kept.version) == ({"organisation_id": 7}, 1)


def test_a_cancelled_draft_takes_no_field(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    assert drafts.cancel(session, draft.id, now).state == "cancelled"
    with pytest.raises(DraftClosed):
        drafts.save_field(session, draft.id, "full_name", "Camille", now)


def test_cancelling_twice_changes_nothing(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    assert drafts.cancel(session, draft.id, now) == drafts.cancel(session, draft.id, now)


def test_after_a_cancelled_draft_a_new_one_opens(session: Session, now: datetime) -> None:
    draft = drafts.open_draft(session, "a", "request_access", now)
    drafts.cancel(session, draft.id, now)
    assert drafts.open_draft(session, "a", "request_access", now).id != draft.id


def test_an_unknown_draft_is_said(session: Session, now: datetime) -> None:
    assert drafts.get(session, "none") is None
    with pytest.raises(UnknownDraft):
        drafts.save_field(session, "none", "full_name", "Camille", now)
    with pytest.raises(UnknownDraft):
        drafts.cancel(session, "none", now)
