"""Codes prove an address: few tries, a short life, and no message counted twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.models import Draft, OutboxMail, VerificationCode
from registry.services import drafts, verification
from registry.services.verification import CodeRequest
from registry.vocabulary import CodeOutcome, DraftStatus, Journey

MESSAGE_NUMBERS = count()


@pytest.fixture
def ask(hash_key: str, now: datetime) -> Callable[..., CodeRequest]:
    """Asks for a code, its draft made open: `ask(session, conversation_id=…, email=…, at=…)`."""

    def do(
        session: Session,
        *,
        conversation_id: str = "a",
        email: str = "camille@example.org",
        draft_id: str = "draft",
        draft_version: int = 4,
        at: datetime = now,
    ) -> CodeRequest:
        if drafts.get(session, draft_id) is None:
            session.add(
                Draft(
                    id=draft_id,
                    conversation_id=conversation_id,
                    journey=f"the journey of {draft_id}",
                    fields={},
                    version=draft_version,
                    state=DraftStatus.OPEN,
                    created_at=now,
                    updated_at=now,
                )
            )
        return verification.request_code(
            session,
            conversation_id=conversation_id,
            draft_id=draft_id,
            draft_version=draft_version,
            journey=Journey.WITHDRAWAL,
            email=email,
            language="fr",
            hash_key=hash_key,
            now=at,
        )

    return do


@pytest.fixture
def type_code(hash_key: str, now: datetime) -> Callable[..., CodeOutcome]:
    """Types a code in a message of its own: `type_code(session, code, at=…, message_id=…)`."""

    def do(
        session: Session,
        code: str,
        *,
        conversation_id: str = "a",
        message_id: str | None = None,
        at: datetime = now,
    ) -> CodeOutcome:
        return verification.check_code(
            session,
            conversation_id=conversation_id,
            message_id=message_id or f"message-{next(MESSAGE_NUMBERS)}",
            code=code,
            hash_key=hash_key,
            now=at,
        )

    return do


def other(code: str) -> str:
    """Six digits that are not `code`."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_is_accepted(session: Session, ask, type_code, sent_code) -> None:
    assert ask(session) == CodeRequest(sent=True, retry_after_seconds=0)
    assert not verification.verified_address(session, "draft", 4)
    assert type_code(session, sent_code(session)) is CodeOutcome.ACCEPTED
    assert verification.verified_address(session, "draft", 4)


def test_a_code_has_six_digits_and_is_kept_only_hashed(session: Session, ask, sent_code) -> None:
    ask(session)
    code = sent_code(session)
    row = session.scalars(select(VerificationCode)).one()
    assert len(code) == 6
    assert code.isdigit()
    kept = f"{row.code_hash} {row.address_hash}"
    assert len(kept) == 129
    assert "camille" not in kept


def test_the_mail_goes_to_the_address_in_its_language(session: Session, ask) -> None:
    ask(session, email=" camille@example.org ")
    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.kind, mail.recipient, mail.language) == ("code", "camille@example.org", "fr")
    assert set(mail.parameters) == {"code", "journey"}
    assert mail.parameters["journey"] == "withdrawal"


def test_five_wrong_codes_exhaust_it(session: Session, ask, type_code, sent_code) -> None:
    ask(session)
    code = sent_code(session)
    outcomes = [type_code(session, other(code)) for _ in range(5)]
    assert outcomes == ["wrong", "wrong", "wrong", "wrong", "exhausted"]
    assert type_code(session, code) is CodeOutcome.EXHAUSTED
    assert not verification.verified_address(session, "draft", 4)


def test_a_new_code_replaces_the_exhausted_one(session: Session, ask, type_code, sent_code) -> None:
    ask(session)
    code = sent_code(session)
    for _ in range(5):
        type_code(session, other(code))
    ask(session)
    assert type_code(session, sent_code(session)) is CodeOutcome.ACCEPTED


def test_a_code_lives_ten_minutes(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session)
    code = sent_code(session)
    late = type_code(session, code, at=now + timedelta(minutes=10))
    assert late is CodeOutcome.EXPIRED
    assert not verification.verified_address(session, "draft", 4)


def test_digits_are_taken_for_a_code_until_an_hour_after_it_expired(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session)
    digits, expiry = other(sent_code(session)), now + timedelta(minutes=10)
    late = expiry + timedelta(minutes=59)
    assert type_code(session, digits, at=late) is CodeOutcome.EXPIRED
    too_late = expiry + timedelta(hours=1)
    assert type_code(session, digits, at=too_late) is CodeOutcome.NONE_AWAITED


def test_once_a_code_was_accepted_no_other_digits_are_taken_for_one(
    session: Session, ask, type_code, sent_code
) -> None:
    """A postcode or a number, typed after the request was filed or the list shown."""
    ask(session)
    code = sent_code(session)
    type_code(session, code)
    assert type_code(session, other(code)) is CodeOutcome.NONE_AWAITED
    assert verification.verified_address(session, "draft", 4)


def test_once_its_draft_is_closed_digits_are_taken_for_no_code_but_the_right_ones(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session)
    code = sent_code(session)
    drafts.cancel(session, "draft", now)
    assert type_code(session, other(code)) is CodeOutcome.NONE_AWAITED
    assert type_code(session, code) is CodeOutcome.ACCEPTED
    with pytest.raises(drafts.DraftClosed):
        drafts.save_field(session, "draft", "email", "camille@example.org", now)


def test_a_message_sent_again_counts_once(session: Session, ask, type_code, sent_code) -> None:
    ask(session)
    code = sent_code(session)
    outcomes = [type_code(session, other(code), message_id="same") for _ in range(9)]
    assert set(outcomes) == {"wrong"}
    assert session.scalars(select(VerificationCode.attempts)).one() == 1
    assert type_code(session, code) is CodeOutcome.ACCEPTED


def test_a_message_sent_again_keeps_its_outcome_after_the_code_expired(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session)
    code = sent_code(session)
    type_code(session, code, message_id="same")
    later = type_code(session, code, message_id="same", at=now + timedelta(hours=1))
    assert later is CodeOutcome.ACCEPTED


def test_an_accepted_code_typed_again_is_accepted_again(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session)
    code = sent_code(session)
    assert [type_code(session, code) for _ in range(7)] == ["accepted"] * 7
    assert type_code(session, code, at=now + timedelta(minutes=30)) is CodeOutcome.ACCEPTED
    assert session.scalars(select(VerificationCode.attempts)).one() == 0


def test_a_conversation_without_a_code_awaits_none(session: Session, type_code) -> None:
    assert type_code(session, "123456") is CodeOutcome.NONE_AWAITED


def test_a_code_is_no_use_in_another_conversation(
    session: Session, ask, type_code, sent_code
) -> None:
    ask(session, conversation_id="a")
    outcome = type_code(session, sent_code(session), conversation_id="b")
    assert outcome is CodeOutcome.NONE_AWAITED


def test_an_address_gets_three_codes_an_hour_in_all_conversations(
    session: Session, ask, now: datetime
) -> None:
    for minutes, conversation in ((0, "a"), (10, "b"), (20, "c")):
        assert ask(session, conversation_id=conversation, at=now + timedelta(minutes=minutes)).sent
    refused = ask(
        session,
        conversation_id="d",
        email="CAMILLE@example.org ",
        at=now + timedelta(minutes=30),
    )
    assert refused == CodeRequest(sent=False, retry_after_seconds=30 * 60)
    assert ask(session, email="dominique@example.org", at=now + timedelta(minutes=30)).sent
    assert ask(session, at=now + timedelta(minutes=60)).sent


def test_an_address_gets_three_codes_an_hour_over_all_journeys(
    session: Session, ask, short_draft, now: datetime
) -> None:
    for journey in (Journey.ACCESS_REQUEST, Journey.OWN_REQUESTS, Journey.WITHDRAWAL):
        draft = short_draft(session, journey, conversation_id=journey)
        at = {"draft_id": draft.id, "draft_version": draft.version, "conversation_id": journey}
        assert ask(session, **at).sent
    again = short_draft(session, Journey.WITHDRAWAL, conversation_id="later")
    refused = ask(session, draft_id=again.id, conversation_id="later")
    assert refused == CodeRequest(sent=False, retry_after_seconds=60 * 60)


def test_a_code_of_one_draft_never_proves_another(
    session: Session, ask, type_code, sent_code
) -> None:
    """Both were sent in one conversation: the one that is awaited is the latest."""
    ask(session, draft_id="first")
    code = sent_code(session)
    ask(session, draft_id="second")
    assert type_code(session, code) is CodeOutcome.WRONG
    assert type_code(session, sent_code(session)) is CodeOutcome.ACCEPTED
    assert not verification.verified_address(session, "first", 4)
    assert verification.verified_address(session, "second", 4)


def test_the_code_of_a_parked_draft_is_awaited_again(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    ask(session, draft_id="first")
    code = sent_code(session)
    type_code(session, other(code))
    ask(session, draft_id="second")
    assert verification.await_again(session, "first", 4, now)
    assert verification.await_again(session, "first", 4, now)
    tries = select(VerificationCode.attempts).where(VerificationCode.draft_id == "first")
    assert session.scalars(tries).all() == [1]
    assert type_code(session, code) is CodeOutcome.ACCEPTED
    assert verification.verified_address(session, "first", 4)
    assert not verification.verified_address(session, "second", 4)
    assert ask(session).sent
    assert not ask(session).sent  # awaiting again counted as no code of its own


def test_a_code_that_cannot_be_typed_is_not_awaited_again(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    assert not verification.await_again(session, "first", 4, now)
    ask(session, draft_id="first")
    wrong = other(sent_code(session))
    assert not verification.await_again(session, "first", 5, now)
    assert not verification.await_again(session, "first", 4, now + timedelta(minutes=10))
    for _ in range(5):
        type_code(session, wrong)
    assert not verification.await_again(session, "first", 4, now)


def test_a_hundred_wrong_codes_end_exhausted_whatever_is_asked_anew(
    session: Session, ask, type_code, sent_code, now: datetime
) -> None:
    """At most fifteen guesses an hour at a million codes."""
    sent = judged = 0
    for number in range(100):
        if number % 10 == 0:
            sent += ask(session, at=now + timedelta(seconds=number)).sent
        right = sent_code(session)
        outcome = type_code(session, other(right), at=now + timedelta(seconds=number))
        assert outcome in (CodeOutcome.WRONG, CodeOutcome.EXHAUSTED)
        judged = session.scalars(select(func.sum(VerificationCode.attempts))).one()
    assert outcome is CodeOutcome.EXHAUSTED
    assert (sent, judged) == (3, 15)
    assert type_code(session, right, at=now + timedelta(seconds=100)) is CodeOutcome.EXHAUSTED
    assert not verification.verified_address(session, "draft", 4)


def test_a_refused_code_sends_no_mail(session: Session, ask) -> None:
    for _ in range(5):
        ask(session)
    assert len(session.scalars(select(OutboxMail)).all()) == 3


def test_a_change_of_the_draft_needs_a_new_code(
    session: Session, now: datetime, add_operator, full_draft, verify
) -> None:
    draft = full_draft(session, add_operator(session))
    verify(session, draft)
    assert verification.verified_address(session, draft.id, draft.version)
    changed = drafts.save_field(session, draft.id, "email", "dominique@example.org", now)
    assert not verification.verified_address(session, draft.id, changed.version)
