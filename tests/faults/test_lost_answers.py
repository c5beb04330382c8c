"""The work was done and its answer was lost; the newcomer does something else than send again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from registry.models import VerificationCode
from tests.conversations.house import House
from tests.faults.answers import assert_said, said_as
from tests.faults.conftest import LANGUAGES
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused, reference_in
from tests.faults.sign_up import (
    CHANGE_OF_SITE,
    FILE,
    FILED,
    FORM,
    NAMES,
    SIGN_UP,
    Said,
    step_named,
    take,
    walk_to,
)

CODE_STEP = "code typed, filed"
CONFIRM_STEP = "confirmed, code sent"
CANCEL = "action_cancel_journey"
# In a second request the kind of the first is proposed.
AGAIN = {"environment": ("utter_field_request_kind_before",)}
CANCELLING = {"fr": {"text": "annuler"}, "en": {"text": "cancel"}}


def lose(newcomer: Newcomer, said: Said, proxy: FaultProxy, calls: tuple[str, ...]) -> str:
    """Send it; the last of these calls is carried out, its reply is lost. Returns the message_id.

    The calls are those that the message makes up to the lost one.
    """
    message_id = str(uuid4())
    proxy.calls.clear()
    proxy.strike(Fault.DROP_AFTER, after_calls=len(calls) - 1)
    refused = newcomer.send(said, message_id)
    proxy.lift()
    assert_refused(refused, "outcome_unknown", newcomer.lang)
    assert proxy.calls == list(calls)
    return message_id


def another_code(code: str) -> str:
    """Six digits that are not this code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def expire_codes(house: House) -> None:
    """As if ten minutes had passed."""
    past = datetime.now(UTC) - timedelta(minutes=1)
    with house.database.transaction() as session:
        session.execute(update(VerificationCode).values(expires_at=past))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "then", ["a wrong code", "an expired code", "cancel", "a question", "the recap", "a new code"]
)
def test_after_a_lost_filing_whatever_is_said_tells_that_it_is_filed(
    then: str, lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    confirm = walk_to(newcomer, CONFIRM_STEP)
    recap = confirm.said(newcomer)
    take(newcomer, confirm)
    code, new_code = newcomer.code(), newcomer.button("/resend_code")
    lose(newcomer, {"text": code}, proxy, (FORM, FILE))
    if then == "an expired code":
        expire_codes(house)
    said: dict[str, Said] = {
        "a wrong code": {"text": another_code(code)},
        "an expired code": {"text": code},
        "cancel": CANCELLING[lang],
        "a question": {"payload": "/help"},
        "the recap": recap,
        "a new code": new_code,
    }
    messages = newcomer.heard(newcomer.send(said[then]))
    assert_said(messages[-len(FILED) :], FILED, lang)
    assert reference_in(messages) == newcomer.assert_filed_once()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_a_lost_cancel_the_next_answer_takes_the_sign_up_on(
    lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    walk_to(newcomer, "name")
    lose(newcomer, CANCELLING[lang], proxy, (FORM, CANCEL))
    # They did not see that it was cancelled, and answer the question that they do see.
    for step in SIGN_UP[NAMES.index("name") :]:
        take(newcomer, step)
    newcomer.assert_filed_once()


def test_a_lost_cancel_sent_again_is_answered(house: House, proxy: FaultProxy) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    walk_to(newcomer, "name")
    message_id = lose(newcomer, CANCELLING["fr"], proxy, (FORM, CANCEL))
    messages = newcomer.heard(newcomer.send(CANCELLING["fr"], message_id))
    assert_said(messages, ("utter_request_cancelled",), "fr")


def test_a_lost_refusal_sent_again_is_answered(house: House, proxy: FaultProxy) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    for step in SIGN_UP[: NAMES.index(CODE_STEP) + 1]:
        take(newcomer, step)
    # The same request once more, which the register refuses.
    for step in SIGN_UP[: NAMES.index(CODE_STEP)]:
        take(newcomer, replace(step, answer=AGAIN.get(step.name, step.answer)))
    said = step_named(CODE_STEP).said(newcomer)
    message_id = lose(newcomer, said, proxy, (FORM, FILE))
    messages = newcomer.heard(newcomer.send(said, message_id))
    # Both are true: nothing was filed this time, and what was prepared is dropped.
    answers = ("utter_request_already_open", "utter_request_cancelled")
    assert any(said_as(messages[-1], answer, "fr") for answer in answers), messages
    newcomer.assert_filed_once()


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER])
def test_a_change_of_site_whose_answer_was_lost_is_whole(
    fault: Fault, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "en")
    walk_to(newcomer, CONFIRM_STEP)
    for step in CHANGE_OF_SITE:
        said, message_id = step.said(newcomer), str(uuid4())
        for number in range(len(step.calls)):
            proxy.strike(fault, after_calls=number)
            assert_refused(newcomer.send(said, message_id), "outcome_unknown", "en")
            proxy.lift()
        try:
            assert_said(newcomer.heard(newcomer.send(said, message_id)), step.answer, "en")
        except AssertionError as error:
            error.add_note(f"at the step: {step.name}")
            raise
    newcomer.assert_filed_once()


def test_a_code_sent_twice_leaves_the_newer_one_good(house: House, proxy: FaultProxy) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said = walk_to(newcomer, CONFIRM_STEP).said(newcomer)
    message_id = lose(newcomer, said, proxy, (FORM,))
    newcomer.heard(newcomer.send(said, message_id))
    messages = newcomer.heard(newcomer.send({"text": newcomer.code()}))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()
