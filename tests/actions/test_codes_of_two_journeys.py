"""Two journeys of one conversation with a code each: whoever comes back needs no new one."""

import pytest
from sqlalchemy import select

from actions.access_request import ValidateAccessRequestForm
from actions.my_requests import ActionListRequests, ValidateListingForm
from registry.models import OutboxMail
from registry.services import verification
from registry.vocabulary import CodeOutcome
from tests.actions.conftest import Clock
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import (
    ADDRESS,
    FILED,
    answer,
    file,
    start,
    to_the_recap,
)
from tests.actions.test_my_requests import list_of


def codes(talk: Talk) -> list[str]:
    """The codes mailed so far, in their order."""
    with talk.house.database.transaction() as session:
        mails = select(OutboxMail).where(OutboxMail.kind == "code").order_by(OutboxMail.id)
        return [mail.parameters["code"] for mail in session.scalars(mails)]


def type_digits(talk: Talk, code: str) -> CodeOutcome:
    """What the gateway does with six digits."""
    with talk.house.database.transaction() as session:
        return verification.check_code(
            session,
            conversation_id=talk.conversation_id,
            message_id=f"{code} after {len(codes(talk))} codes",
            code=code,
            hash_key=talk.house.hash_key,
            now=talk.house.now(),
        )


def confirm(talk: Talk) -> Said:
    to_the_recap(talk)
    return answer(talk, "request_confirmation", "confirmed", "affirm")


def come_back_to_the_list(talk: Talk) -> Said:
    talk.form = "listing_form"
    return talk.call(ValidateListingForm, "list_my_requests")


@pytest.fixture
def parked(talk: Talk) -> Talk:
    """A request left at its code, then all requests asked for, as far as their code."""
    confirm(talk)
    list_of(talk, ADDRESS)
    talk.slots["requested_slot"] = "listing_code"
    return talk


def test_the_first_code_counts_again_for_whoever_comes_back_to_a_request(parked: Talk) -> None:
    first, _ = codes(parked)
    assert start(parked) == ["utter_field_request_code"]
    assert len(codes(parked)) == 2
    assert type_digits(parked, first) is CodeOutcome.ACCEPTED
    answer(parked, "request_code", "accepted", "code_accepted")
    assert file(parked) == FILED


def test_out_of_another_form_a_request_is_taken_up_as_it_was_left(parked: Talk) -> None:
    """Rasa's form brings all that it holds as if it were answered just now."""
    kept = ("request_organisation", "request_name", "request_email", "request_confirmation")
    answers = {slot: parked.slots[slot] for slot in kept}
    parked.form = "access_request_form"
    said = parked.call(ValidateAccessRequestForm, "request_access", answers=answers)
    assert said == ["utter_field_request_code"]
    assert len(codes(parked)) == 2


def test_so_does_the_first_code_of_the_list(talk: Talk) -> None:
    list_of(talk, ADDRESS)
    confirm(talk)
    first, _ = codes(talk)
    assert come_back_to_the_list(talk) == ["utter_field_proof_code"]
    assert len(codes(talk)) == 2
    assert type_digits(talk, first) is CodeOutcome.ACCEPTED
    assert talk.call(ActionListRequests) == ["utter_no_requests"]


def test_after_the_list_was_shown_too(parked: Talk) -> None:
    first, second = codes(parked)
    assert type_digits(parked, second) is CodeOutcome.ACCEPTED
    assert parked.call(ActionListRequests) == ["utter_no_requests"]
    parked.slots["requested_slot"] = None
    assert start(parked) == ["utter_field_request_code"]
    assert type_digits(parked, first) is CodeOutcome.ACCEPTED


def test_a_code_that_expired_meanwhile_is_replaced(parked: Talk, clock: Clock) -> None:
    clock.move(minutes=11)
    assert start(parked) == ["utter_field_request_code"]
    *_, newest = codes(parked)
    assert len(codes(parked)) == 3
    assert type_digits(parked, newest) is CodeOutcome.ACCEPTED


def test_where_the_address_had_too_many_the_recap_waits(parked: Talk, clock: Clock) -> None:
    clock.move(minutes=11)
    assert come_back_to_the_list(parked) == ["utter_field_proof_code"]
    assert start(parked) == ["utter_too_many_codes"]
    assert parked.slots["requested_slot"] == "request_confirmation"
    assert len(codes(parked)) == 3
