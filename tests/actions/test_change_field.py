"""Corrections by sentence in the forms of a few fields; the router found what they mean."""

import pytest

from actions.change_field import ActionChangeField
from actions.my_requests import ActionListRequests, ValidateListingForm, ValidateWithdrawalForm
from actions.status import ValidateStatusForm
from registry.references import new_reference
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import ADDRESS, verify_the_code

OTHER = "robin@example.org"
FORMS = {
    "status_form": ValidateStatusForm,
    "listing_form": ValidateListingForm,
    "withdrawal_form": ValidateWithdrawalForm,
}


def answer(talk: Talk, form: str, slot: str, value: str) -> Said:
    talk.form = form
    return talk.call(FORMS[form], answers={slot: value}, text=value)


def correct(talk: Talk, field: str, value: str | None = None) -> Said:
    """The correction, then the form, which goes on with the slots as they are now."""
    told = {"field": field} | ({"new_value": value} if value else {})
    said = talk.call(ActionChangeField, "change_field", told)
    assert talk.form is not None
    return said + talk.call(FORMS[talk.form], "change_field", told)


def test_another_reference_replaces_the_one_given(talk: Talk) -> None:
    reference = new_reference()
    answer(talk, "status_form", "status_reference", new_reference())
    assert correct(talk, "status_reference", reference.lower()) == ["utter_field_status_email"]
    assert talk.slots["status_reference"] == reference


def test_an_address_may_be_told_before_it_is_asked_for(talk: Talk) -> None:
    talk.form = "status_form"
    assert correct(talk, "status_email", ADDRESS) == ["utter_field_status_reference"]
    assert talk.slots["status_email"] == ADDRESS


def test_what_cannot_be_a_reference_is_refused_as_where_it_is_asked_for(talk: Talk) -> None:
    answer(talk, "status_form", "status_reference", new_reference())
    said = correct(talk, "status_reference", "TR-1234")
    assert said == ["utter_field_status_reference_again"]


def test_a_field_that_is_only_said_to_be_wrong_is_asked_for_again(talk: Talk) -> None:
    answer(talk, "withdrawal_form", "withdrawal_reference", new_reference())
    assert correct(talk, "withdrawal_reference") == ["utter_field_withdrawal_reference"]
    assert talk.slots["withdrawal_reference"] is None


def test_while_a_code_is_awaited_another_address_gets_one_of_its_own(talk: Talk) -> None:
    assert answer(talk, "listing_form", "listing_email", ADDRESS) == ["utter_field_proof_code"]
    assert correct(talk, "listing_email", OTHER) == ["utter_field_proof_code"]
    assert talk.messages[0]["email"] == OTHER
    verify_the_code(talk)
    assert talk.call(ActionListRequests) == ["utter_no_requests"]


def test_a_code_of_the_address_before_proves_nothing_of_the_new_one(talk: Talk) -> None:
    answer(talk, "listing_form", "listing_email", ADDRESS)
    verify_the_code(talk)
    correct(talk, "listing_email", OTHER)
    assert talk.call(ActionListRequests) == ["utter_request_not_verified"]


def test_the_address_may_be_asked_for_again_while_a_code_is_awaited(talk: Talk) -> None:
    answer(talk, "listing_form", "listing_email", ADDRESS)
    assert correct(talk, "listing_email") == ["utter_field_listing_email"]
    assert answer(talk, "listing_form", "listing_email", OTHER) == ["utter_field_proof_code"]
    assert talk.messages[0]["email"] == OTHER


@pytest.mark.parametrize("form", [None, "status_form"])
def test_a_button_of_a_request_that_has_ended_changes_nothing(talk: Talk, form: str | None) -> None:
    talk.form = form
    button = {"field": "request_email", "draft_id": "0" * 32, "draft_version": "1"}
    said = talk.call(ActionChangeField, "change_field", button)
    assert (said, talk.events) == (["utter_button_no_longer_applies"], [])
