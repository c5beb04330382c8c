"""A process is killed in the middle of a turn and comes back by itself."""

import os
import signal
from uuid import uuid4

import httpx
import pytest

from tests.conversations.house import House
from tests.faults.answers import assert_said
from tests.faults.aside import result_of, sending
from tests.faults.databases import locked
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused, reference_in
from tests.faults.sign_up import FILED, step_named, take, walk_to

CODE_STEP = "code typed, filed"


def kill(house: House, name: str) -> None:
    """Kill it without warning."""
    os.kill(house.pid_of(name), signal.SIGKILL)


@pytest.mark.parametrize("fault", [Fault.DELAY, Fault.DELAY_AFTER])
def test_the_bot_killed_before_and_after_the_filing(
    fault: Fault, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    proxy.strike(fault, after_calls=1)
    with sending(newcomer, said, message_id) as sent:
        proxy.wait_until_struck()
        killed = house.pid_of("bot")
        kill(house, "bot")
        assert_refused(result_of(sent), "outcome_unknown", "fr")
    proxy.lift()
    house.wait_until_ready()
    assert house.pid_of("bot") != killed
    assert newcomer.conversation.history() == before
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()


def test_the_gateway_killed_in_a_turn_that_the_bot_ends(house: House, proxy: FaultProxy) -> None:
    newcomer = Newcomer.arrive(house, "en")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    proxy.strike(Fault.DELAY_AFTER, after_calls=1)
    with sending(newcomer, said, message_id) as sent:
        proxy.wait_until_struck()
        kill(house, "gateway")
        with pytest.raises(httpx.TransportError):
            result_of(sent)
    proxy.lift()
    house.wait_until_ready()
    # Nobody waited for the answer any more; it is kept all the same.
    assert len(newcomer.conversation.history()) == len(before) + len(FILED)
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "en")
    assert reference_in(messages) == newcomer.assert_filed_once()
    assert newcomer.conversation.history()[-len(messages) :] == [
        {"from": "assistant", **message} for message in messages
    ]


def test_the_action_server_killed_while_it_waits_for_the_register(
    house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    proxy.strike(Fault.DELAY, after_calls=1)
    with sending(newcomer, said, message_id) as sent:
        proxy.wait_until_struck()
        with locked(house.settings.var_dir / "registry.db"):
            proxy.release()
            kill(house, "actions")
            assert_refused(result_of(sent), "outcome_unknown", "fr")
    proxy.lift()
    house.wait_until_ready()
    assert newcomer.references() == []
    assert newcomer.conversation.history() == before
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()


def test_the_worker_killed_before_it_sends_a_mail_sends_it_once(house: House) -> None:
    newcomer = Newcomer.arrive(house, "en")
    step = walk_to(newcomer, "confirmed, code sent")
    kill(house, "worker")
    take(newcomer, step)
    take(newcomer, step_named(CODE_STEP))
    assert len(newcomer.conversation.mails_to(newcomer.email, at_least=2)) == 2
    newcomer.assert_filed_once()
