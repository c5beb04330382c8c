"""A thumb is kept with its turn's topic and language; why it was given is kept apart."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.models import Feedback, FeedbackComment
from registry.services import feedback, turns
from registry.services.feedback import UnknownMessage


@pytest.fixture
def answered(session: Session, now: datetime) -> None:
    turns.record(session, "a", "m1", "how_long", "fr", 0.93, "answered", now)


def comments(session: Session) -> list[str]:
    return list(session.scalars(select(FeedbackComment.comment)))


def test_a_thumb_has_the_topic_and_the_language_of_its_turn(
    session: Session, now: datetime, answered: None
) -> None:
    feedback.give(session, "a", "m1", 1, None, now)
    (given,) = session.scalars(select(Feedback))
    assert (given.score, given.topic, given.language, given.at) == (1, "how_long", "fr", now)
    assert comments(session) == []


def test_the_last_one_counts(session: Session, now: datetime, answered: None) -> None:
    feedback.give(session, "a", "m1", -1, None, now)
    feedback.give(session, "a", "m1", -1, "too long", now)
    feedback.give(session, "a", "m1", -1, "too short", now)
    assert comments(session) == ["too short"]
    feedback.give(session, "a", "m1", 1, None, now)
    assert session.scalars(select(Feedback.score)).all() == [1]
    assert comments(session) == []


def test_the_words_have_no_place_among_the_figures() -> None:
    assert "comment" not in Feedback.__table__.columns


@pytest.mark.parametrize(("conversation", "message"), [("b", "m1"), ("a", "m2")])
def test_nothing_is_kept_for_a_message_of_another_conversation(
    session: Session, now: datetime, answered: None, conversation: str, message: str
) -> None:
    with pytest.raises(UnknownMessage):
        feedback.give(session, conversation, message, 1, None, now)
    assert session.scalars(select(Feedback)).all() == []


def test_there_are_two_thumbs(session: Session, now: datetime, answered: None) -> None:
    with pytest.raises(IntegrityError):
        feedback.give(session, "a", "m1", 5, None, now)
