"""Turns are counted once each, without their text."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.models import Turn
from registry.services import turns


def test_a_turn_is_counted(session: Session, now: datetime) -> None:
    turns.record(session, "a", "m1", "how_long", "fr", 0.93, "answered", now)
    turn = session.scalars(select(Turn)).one()
    assert (turn.topic, turn.language, turn.confidence, turn.outcome, turn.at) == (
        "how_long",
        "fr",
        0.93,
        "answered",
        now,
    )


def test_a_message_sent_again_counts_once(session: Session, now: datetime) -> None:
    turns.record(session, "a", "m1", "how_long", "fr", 0.93, "answered", now)
    turns.record(session, "a", "m1", "how_long", "fr", 0.93, "replayed", now)
    turns.record(session, "b", "m1", None, None, None, "not_understood", now)
    outcomes = session.scalars(select(Turn.outcome).order_by(Turn.id)).all()
    assert outcomes == ["answered", "not_understood"]


@pytest.mark.parametrize("failure", sorted(turns.FAILURES))
def test_a_turn_that_failed_and_then_succeeds_counts_as_what_it_became(
    session: Session, now: datetime, failure: str
) -> None:
    turns.record(session, "a", "m1", None, "fr", None, failure, now)
    turns.record(session, "a", "m1", "how_long", "fr", 0.93, "answered", now)
    turns.record(session, "a", "m1", None, "fr", None, failure, now)
    (turn,) = session.scalars(select(Turn))
    assert (turn.topic, turn.confidence, turn.outcome) == ("how_long", 0.93, "answered")


def test_a_turn_has_no_place_for_text() -> None:
    assert set(Turn.__table__.columns.keys()) == {
        "id",
        "conversation_id",
        "message_id",
        "at",
        "topic",
        "language",
        "confidence",
        "outcome",
    }
