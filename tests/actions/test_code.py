"""A code that was refused, or asked for once more: what is said, and what is never said."""

from collections.abc import Callable

import pytest

from actions.access_request import ValidateAccessRequestForm
from actions.address_proof import FORMS
from actions.code import OUTCOMES, ActionCodeRefused, ActionResendCode
from actions.conversation import ActionCancelJourney, ActionStartOver
from registry.mail.render import render
from registry.models import AuthorisationRequest, VerificationCode
from registry.vocabulary import CodeOutcome, Journey
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import (
    FILED,
    answer,
    count,
    file,
    to_the_recap,
    type_the_code,
)

JOURNEYS = (Journey.ACCESS_REQUEST, *(form.journey for form in FORMS.values()))


def confirmed(talk: Talk) -> Talk:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    return talk


def refuse(talk: Talk, outcome: str) -> Said:
    return talk.call(ActionCodeRefused, "code_refused", {"code_outcome": outcome})


def filed_without_knowing(talk: Talk) -> Talk:
    """The request was filed and the answer lost: the slots are as before the code was typed."""
    confirmed(talk)
    slots = dict(talk.slots)
    type_the_code(talk)
    file(talk)
    talk.slots = slots
    return talk


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_refusal_is_told_by_its_outcome_and_leaves_the_form_as_it_is(
    talk: Talk, outcome: str
) -> None:
    slots = dict(confirmed(talk).slots)
    assert refuse(talk, outcome) == [f"utter_code_{outcome}"]
    assert talk.slots == slots


def test_every_refusal_of_the_register_has_its_words() -> None:
    """`accepted` is a payload of its own; where none is awaited, the gateway refuses itself."""
    assert set(OUTCOMES) == set(CodeOutcome) - {CodeOutcome.ACCEPTED, CodeOutcome.NONE_AWAITED}


def test_an_outcome_that_there_is_not_fails_and_says_nothing(talk: Talk) -> None:
    confirmed(talk)
    with pytest.raises(ValueError, match="unknown outcome"):
        refuse(talk, "accepted")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_after_a_lost_filing_a_refusal_does_not_say_that_nothing_is_filed(
    talk: Talk, outcome: str
) -> None:
    assert refuse(filed_without_knowing(talk), outcome) == []


def test_after_a_lost_filing_no_new_code_is_sent(talk: Talk) -> None:
    filed_without_knowing(talk)
    assert talk.call(ActionResendCode, "resend_code") == []
    assert count(talk, VerificationCode) == 1


def test_after_a_lost_filing_a_cancel_tells_that_it_is_filed(talk: Talk) -> None:
    filed_without_knowing(talk)
    assert talk.call(ActionCancelJourney, "cancel") == FILED
    assert count(talk, AuthorisationRequest) == 1


def test_after_a_lost_filing_the_form_goes_on_to_say_it(talk: Talk) -> None:
    """All its slots are full then, so that the rule runs the filing, which says it again."""
    filed_without_knowing(talk)
    assert talk.call(ValidateAccessRequestForm, "how_long") == []
    talk.ask_next()
    assert talk.slots["requested_slot"] is None
    assert file(talk) == FILED
    assert count(talk, AuthorisationRequest) == 1


@pytest.mark.parametrize("prepare", [confirmed, filed_without_knowing])
def test_starting_over_never_says_that_nothing_was_filed(
    talk: Talk, prepare: Callable[[Talk], Talk]
) -> None:
    requests = count(prepare(talk), AuthorisationRequest)
    said = talk.call(ActionStartOver, "start_over")
    assert said == ["utter_started_over", "utter_greeting"]
    assert count(talk, AuthorisationRequest) == requests


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mail_of_each_journey_says_something_else_that_its_code_does(language: str) -> None:
    parameters = {"code": "042137"}
    bodies = {render("code", language, {**parameters, "journey": one}).body for one in JOURNEYS}
    assert len(bodies) == len(JOURNEYS)
