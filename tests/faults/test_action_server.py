"""The action server fails at every step of the sign-up, in every way, in both languages."""

from collections.abc import Sequence
from uuid import uuid4

import pytest

from tests.conversations.house import House
from tests.faults.answers import assert_said
from tests.faults.conftest import LANGUAGES
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused, reference_in
from tests.faults.sign_up import AFTERWARDS, FILE, FILED, SIGN_UP, Step, take, walk_to

# After these two, and where no action of the turn has run before, surely nothing was saved.
LEAVE_NOTHING = (Fault.REFUSE, Fault.RAISE)
CODE_STEP = "code typed, filed"


def code_of(fault: Fault, actions_run_before: int) -> str:
    """What the house may say of a turn's effects after this fault."""
    is_sure = fault in LEAVE_NOTHING and not actions_run_before
    return "nothing_saved" if is_sure else "outcome_unknown"


def take_all_in_spite_of(
    fault: Fault, steps: Sequence[Step], newcomer: Newcomer, proxy: FaultProxy
) -> None:
    """Each step in spite of the fault; a failure names its step."""
    for step in steps:
        try:
            take_in_spite_of(fault, step, newcomer, proxy)
        except AssertionError as error:
            error.add_note(f"at the step: {step.name}")
            raise


def take_in_spite_of(fault: Fault, step: Step, newcomer: Newcomer, proxy: FaultProxy) -> None:
    """Each action of the step fails once; then the same message is answered as it should be."""
    said, message_id = step.said(newcomer), str(uuid4())
    for number in range(len(step.calls)):
        before = newcomer.conversation.history()
        proxy.strike(fault, after_calls=number)
        refused = newcomer.send(said, message_id)
        proxy.lift()
        assert_refused(refused, code_of(fault, number), newcomer.lang)
        assert newcomer.conversation.history() == before
    proxy.calls.clear()
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, step.answer, newcomer.lang)
    assert proxy.calls == list(step.calls)
    # Answered once, it is the same answer for ever, and no action runs again.
    assert newcomer.heard(newcomer.send(said, message_id)) == messages
    assert proxy.calls == list(step.calls)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_every_step_loses_nothing_and_files_once(
    fault: Fault, lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    take_all_in_spite_of(fault, SIGN_UP, newcomer, proxy)
    newcomer.assert_filed_once()


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_every_step_afterwards_takes_back_once(
    fault: Fault, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "en")
    for step in SIGN_UP:
        take(newcomer, step)
    take_all_in_spite_of(fault, AFTERWARDS, newcomer, proxy)
    newcomer.assert_withdrawn_once()


@pytest.mark.parametrize("fault", Fault)
def test_the_code_typed_again_files_once_and_tells_the_same_reference(
    fault: Fault, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said = walk_to(newcomer, CODE_STEP).said(newcomer)
    proxy.strike(fault, after_calls=1)
    refused = newcomer.send(said)
    assert proxy.calls[-1] == FILE or fault is Fault.REFUSE
    proxy.lift()
    assert_refused(refused, code_of(fault, 1), "fr")

    messages = newcomer.heard(newcomer.send(said))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()

    once_more = newcomer.heard(newcomer.send(said))
    assert_said(once_more, ("utter_code_already_used",), "fr")
    newcomer.assert_filed_once()


def test_a_late_filing_and_the_same_message_again_meet_in_one_request(
    house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "en")
    step = walk_to(newcomer, CODE_STEP)
    said, message_id = step.said(newcomer), str(uuid4())
    proxy.strike(Fault.DELAY, after_calls=1)
    assert_refused(newcomer.send(said, message_id), "outcome_unknown", "en")
    proxy.release()  # the late call is on its way while the message is sent again
    messages = newcomer.heard(newcomer.send(said, message_id))
    proxy.lift()
    assert_said(messages, FILED, "en")
    assert reference_in(messages) == newcomer.assert_filed_once()


def test_health_says_that_the_action_server_does_not_answer(
    house: House, proxy: FaultProxy
) -> None:
    proxy.strike(Fault.REFUSE)
    assert house.failing_parts() == ("actions",)
    proxy.lift()
    assert house.failing_parts() == ()


def test_what_needs_no_action_is_answered_while_the_action_server_is_down(
    house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    proxy.strike(Fault.REFUSE)
    answer = newcomer.heard(newcomer.send({"text": "qui valide ma demande ?"}))
    assert_said(answer, ("utter_who_validates",), "fr")
