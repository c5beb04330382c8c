"""All requests of an address, and one taken back: after a code sent to that address alone."""

import pytest

from actions.address_proof import MY_REQUESTS
from actions.code import ActionCodeRefused, ActionResendCode
from actions.my_requests import (
    ActionListRequests,
    ActionWithdrawRequest,
    ValidateListingForm,
    ValidateWithdrawalForm,
)
from registry.references import new_reference
from tests.actions.conftest import Clock
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import ADDRESS, file_a_request, verify_the_code

OTHER = "robin@example.org"


@pytest.fixture
def filed(talk: Talk) -> str:
    """The reference of a request that was filed in this conversation."""
    file_a_request(talk)
    talk.form = None
    return str(talk.messages[0]["reference"])


def list_of(talk: Talk, address: str) -> Said:
    talk.form = "listing_form"
    assert talk.call(ValidateListingForm, "list_my_requests") == ["utter_field_listing_email"]
    return talk.call(ValidateListingForm, answers={"listing_email": address}, text=address)


def withdrawal_of(talk: Talk, reference: str, address: str) -> Said:
    talk.form = "withdrawal_form"
    said = talk.call(ValidateWithdrawalForm, answers={"withdrawal_reference": reference})
    assert said == ["utter_field_withdrawal_email"]
    return talk.call(ValidateWithdrawalForm, answers={"withdrawal_email": address}, text=address)


def withdraw(talk: Talk, reference: str, address: str = ADDRESS) -> Said:
    withdrawal_of(talk, reference, address)
    verify_the_code(talk)
    return talk.call(ActionWithdrawRequest, "code_accepted")


# All requests


def test_the_address_is_asked_for_and_proven_by_a_code(talk: Talk, filed: str) -> None:
    assert list_of(talk, ADDRESS) == ["utter_field_proof_code"]
    assert talk.messages[-1]["email"] == ADDRESS


def test_after_the_code_each_request_is_told_with_its_status(talk: Talk, filed: str) -> None:
    list_of(talk, ADDRESS)
    verify_the_code(talk)
    assert talk.call(ActionListRequests) == ["utter_my_requests", "utter_request_line"]
    assert (talk.messages[1]["reference"], talk.messages[1]["status"]) == (filed, "Demandé")
    assert talk.messages[1]["date"] == "23 novembre 2026"
    assert {talk.slots[slot] for slot in MY_REQUESTS.slots} == {None}


def test_without_the_code_nothing_is_told(talk: Talk, filed: str) -> None:
    list_of(talk, ADDRESS)
    assert talk.call(ActionListRequests) == ["utter_request_not_verified"]


def test_an_address_without_requests_is_told_so_after_the_code_alone(talk: Talk) -> None:
    assert list_of(talk, OTHER) == ["utter_field_proof_code"]
    verify_the_code(talk)
    assert talk.call(ActionListRequests) == ["utter_no_requests"]


def test_what_is_no_address_is_asked_for_again(talk: Talk) -> None:
    assert list_of(talk, "camille") == ["utter_field_listing_email_again"]
    assert talk.slots["listing_email"] is None


def test_a_question_in_between_asks_for_the_code_again_and_sends_none(
    talk: Talk, filed: str
) -> None:
    list_of(talk, ADDRESS)
    talk.slots["requested_slot"] = "listing_code"
    assert talk.call(ValidateListingForm, "how_long") == ["utter_field_proof_code"]


def test_a_wrong_code_is_said_to_be_wrong(talk: Talk, filed: str) -> None:
    list_of(talk, ADDRESS)
    said = talk.call(ActionCodeRefused, "code_refused", {"code_outcome": "wrong"})
    assert said == ["utter_code_wrong"]


def test_a_new_code_can_be_had(talk: Talk, filed: str) -> None:
    list_of(talk, ADDRESS)
    talk.slots["requested_slot"] = "listing_code"
    assert talk.call(ActionResendCode, "resend_code") == ["utter_code_resent"]


# Taking one back


def test_a_request_is_taken_back_after_the_code(talk: Talk, filed: str) -> None:
    assert withdraw(talk, filed) == ["utter_request_withdrawn"]
    list_of(talk, ADDRESS)
    verify_the_code(talk)
    talk.call(ActionListRequests)
    assert talk.messages[1]["status"] == "Annulé"


def test_without_the_code_nothing_is_taken_back(talk: Talk, filed: str) -> None:
    withdrawal_of(talk, filed, ADDRESS)
    assert talk.call(ActionWithdrawRequest, "code_accepted") == ["utter_request_not_verified"]


def test_unknown_and_not_yours_sound_alike(talk: Talk, filed: str) -> None:
    assert withdraw(talk, new_reference()) == ["utter_status_not_found"]
    assert withdraw(talk, filed, OTHER) == ["utter_status_not_found"]


def test_a_request_taken_back_cannot_be_taken_back_again(talk: Talk, filed: str) -> None:
    withdraw(talk, filed)
    assert withdraw(talk, filed) == ["utter_request_not_withdrawable"]


def test_a_withdrawal_whose_answer_was_lost_is_told_again_whatever_is_said(
    talk: Talk, filed: str, clock: Clock
) -> None:
    withdrawal_of(talk, filed, ADDRESS)
    slots = {**talk.slots, "requested_slot": "withdrawal_code"}
    verify_the_code(talk)
    talk.call(ActionWithdrawRequest, "code_accepted")
    talk.slots = slots
    clock.move(minutes=30)
    assert talk.call(ValidateWithdrawalForm, "how_long") == []
    assert talk.slots["withdrawal_code"] is not None
    assert talk.call(ActionWithdrawRequest) == ["utter_request_withdrawn"]


def test_a_mistyped_reference_is_asked_for_again(talk: Talk) -> None:
    talk.form = "withdrawal_form"
    said = talk.call(ValidateWithdrawalForm, answers={"withdrawal_reference": "TR-1111"})
    assert said == ["utter_field_withdrawal_reference_again"]
