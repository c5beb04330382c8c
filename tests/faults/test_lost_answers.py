"""The work was done and its answer was lost; the newcomer does something else than send again."""

from uuid import uuid4

import pytest

from tests.conversations.house import House
from tests.faults.answers import assert_said, said_as
from tests.faults.conftest import LANGUAGES
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused, reference_in
from tests.faults.sign_up import CHANGE_OF_SITE, FILED, Said, take, walk_to

CODE_STEP = "code typed, filed"
CONFIRM_STEP = "confirmed, code sent"
# Each of them says that nothing is filed.
NOT_FILED = (
    "utter_request_cancelled",
    "utter_request_not_verified",
    "utter_code_wrong",
    "utter_code_expired",
    "utter_code_exhausted",
)


def lose(newcomer: Newcomer, said: Said, proxy: FaultProxy, after_calls: int = 0) -> str:
    """Send it; it is done, its answer is lost. Returns the message's id."""
    message_id = str(uuid4())
    proxy.strike(Fault.DROP_AFTER, after_calls=after_calls)
    refused = newcomer.send(said, message_id)
    proxy.lift()
    assert_refused(refused, "outcome_unknown", newcomer.lang)
    return message_id


def another_code(code: str) -> str:
    """Six digits that are not this code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("then", ["a wrong code", "cancel", "a question", "the recap again"])
def test_after_a_lost_filing_nothing_says_that_nothing_is_filed(
    then: str, lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    confirmation = newcomer_confirms(newcomer)
    code = newcomer.code()
    lose(newcomer, {"text": code}, proxy, after_calls=1)
    reference = newcomer.assert_filed_once()
    said: dict[str, Said] = {
        "a wrong code": {"text": another_code(code)},
        "cancel": {"payload": "/cancel"},
        "a question": {"payload": "/help"},
        "the recap again": confirmation,
    }
    if then == "cancel":
        said["cancel"] = {"text": {"fr": "annuler", "en": "cancel"}[lang]}
    messages = newcomer.heard(newcomer.send(said[then]))
    for message in messages:
        wrong = [response for response in NOT_FILED if said_as(message, response, lang)]
        assert wrong == [], f"{reference} is filed, yet: {message['text']}"
    newcomer.assert_filed_once()


def newcomer_confirms(newcomer: Newcomer) -> Said:
    """Take every step up to the code; returns the recap's button that was pressed."""
    step = walk_to(newcomer, CONFIRM_STEP)
    pressed = step.said(newcomer)
    take(newcomer, step)
    return pressed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_after_a_lost_cancel_the_conversation_goes_on(
    lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    step = walk_to(newcomer, "name")
    lose(newcomer, {"text": {"fr": "annuler", "en": "cancel"}[lang]}, proxy)
    newcomer.heard(newcomer.send(step.said(newcomer)))


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
    message_id = lose(newcomer, said, proxy)
    newcomer.heard(newcomer.send(said, message_id))
    messages = newcomer.heard(newcomer.send({"text": newcomer.code()}))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()
