"""A person with something of each kind in the register, and a draft that proves their address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from registry.models import ConversationSession
from registry.services import feedback, sessions, turns
from registry.services.drafts import DraftState
from registry.services.requests import FiledRequest
from registry.vocabulary import Journey

ADDRESS = "camille.exemple@example.org"


@dataclass(frozen=True)
class Known:
    """What is known of Camille: a conversation with a thumb down, and the request filed in it."""

    conversation: str
    filed: FiledRequest


@pytest.fixture
def known(
    session: Session,
    now: datetime,
    hash_key: str,
    add_operator: Callable[..., object],
    file: Callable[..., FiledRequest],
) -> Known:
    conversation = sessions.create(session, "fr", hash_key, 24, now).conversation_id
    filed = file(
        session,
        add_operator(session),
        conversation_id=conversation,
        message="Bonjour, ici Camille.",
        contact_email="bureau@example.org",
        contact_phone="+32 2 000 00 00",
    )
    turns.record(session, conversation, "m1", "how_long", "fr", 0.9, "answered", now)
    feedback.give(session, conversation, "m1", -1, "Camille attend toujours", now)
    return Known(conversation, filed)


@pytest.fixture
def proven(
    session: Session,
    now: datetime,
    hash_key: str,
    short_draft: Callable[..., DraftState],
    verify: Callable[..., None],
) -> Callable[..., DraftState]:
    """A draft with an accepted code in a conversation of its own: `proven(journey, email=…)`."""

    def prove(journey: Journey, email: str = ADDRESS, at: datetime = now) -> DraftState:
        conversation = sessions.create(session, "fr", hash_key, 24, at).conversation_id
        draft = short_draft(session, journey, conversation_id=conversation, email=email)
        verify(session, draft, at)
        return draft

    return prove


@pytest.fixture
def ends(session: Session) -> Callable[[str], datetime | None]:
    """When a conversation's session was ended."""
    return lambda conversation: session.get_one(ConversationSession, conversation).revoked_at
