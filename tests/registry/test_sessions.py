"""A token opens one conversation until it expires or is revoked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import ConversationSession
from registry.services import sessions
from registry.services.sessions import SessionState, UnknownSession


def test_a_token_finds_its_conversation(session: Session, now: datetime, hash_key: str) -> None:
    new = sessions.create(session, "fr", hash_key, 24, now)
    assert new.expires_at == now + timedelta(hours=24)
    found = sessions.find(session, new.token, hash_key, now)
    assert found == SessionState(new.conversation_id, "fr", new.expires_at)


def test_tokens_and_conversations_differ(session: Session, now: datetime, hash_key: str) -> None:
    made = [sessions.create(session, "en", hash_key, 24, now) for _ in range(20)]
    assert len({new.token for new in made}) == len({new.conversation_id for new in made}) == 20


def test_the_token_is_not_kept(session: Session, now: datetime, hash_key: str) -> None:
    new = sessions.create(session, "fr", hash_key, 24, now)
    row = session.scalars(select(ConversationSession)).one()
    assert new.token not in (row.id, row.token_hash)
    assert sessions.find(session, row.token_hash, hash_key, now) is None


@pytest.mark.parametrize("token", ["", "unknown", "é", "x" * 5000])
def test_another_token_finds_nothing(
    session: Session, now: datetime, hash_key: str, token: str
) -> None:
    sessions.create(session, "fr", hash_key, 24, now)
    assert sessions.find(session, token, hash_key, now) is None


def test_a_token_expires(session: Session, now: datetime, hash_key: str) -> None:
    new = sessions.create(session, "fr", hash_key, 1, now)
    last = now + timedelta(minutes=59, seconds=59)
    assert sessions.find(session, new.token, hash_key, last)
    assert sessions.find(session, new.token, hash_key, now + timedelta(hours=1)) is None


def test_a_revoked_token_opens_nothing(session: Session, now: datetime, hash_key: str) -> None:
    new = sessions.create(session, "fr", hash_key, 24, now)
    sessions.revoke(session, new.conversation_id, now)
    assert sessions.find(session, new.token, hash_key, now) is None


def test_a_session_that_is_to_end_is_good_until_then(
    session: Session, now: datetime, hash_key: str
) -> None:
    new = sessions.create(session, "fr", hash_key, 24, now)
    at = now + timedelta(minutes=10)
    sessions.revoke(session, new.conversation_id, at)
    found = sessions.find(session, new.token, hash_key, now)
    assert found == SessionState(new.conversation_id, "fr", new.expires_at, is_ending=True)
    assert sessions.find(session, new.token, hash_key, at) is None
    sessions.revoke(session, new.conversation_id, now)
    assert sessions.find(session, new.token, hash_key, now) is None


def test_conversations_are_forgotten_some_days_after_their_session_or_once_it_was_ended(
    session: Session, now: datetime, hash_key: str
) -> None:
    left = sessions.create(session, "fr", hash_key, 1, now).conversation_id
    ended = sessions.create(session, "fr", hash_key, 24, now).conversation_id
    sessions.revoke(session, ended, now)

    def due(**later: int) -> set[str]:
        return set(sessions.to_forget(session, 7, now + timedelta(**later), limit=10))

    assert due() == due(days=7) == {ended}
    assert due(days=7, hours=1) == {ended, left}
    assert len(sessions.to_forget(session, 7, now + timedelta(days=8), limit=1)) == 1
    sessions.remove(session, ended)
    sessions.remove(session, ended)
    assert due(days=8) == {left}


def test_the_language_can_change(session: Session, now: datetime, hash_key: str) -> None:
    new = sessions.create(session, "fr", hash_key, 24, now)
    sessions.set_language(session, new.conversation_id, "en")
    found = sessions.find(session, new.token, hash_key, now)
    assert found is not None
    assert found.lang == "en"


def test_an_unknown_session_is_said(session: Session, now: datetime) -> None:
    with pytest.raises(UnknownSession):
        sessions.set_language(session, "none", "en")
    with pytest.raises(UnknownSession):
        sessions.revoke(session, "none", now)
