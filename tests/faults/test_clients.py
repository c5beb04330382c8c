"""Someone hangs up in the middle of a turn, or sends the same message twice at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.conversations.house import House
from tests.faults.answers import assert_said
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, reference_in
from tests.faults.polling import eventually
from tests.faults.sign_up import FILED, NAMES, walk_to

CODE_STEP = "code typed, filed"
CONFIRM_STEP = "confirmed, code sent"
HANG_UP_SECONDS = 0.3


def test_a_turn_is_recorded_though_the_client_hung_up(house: House, proxy: FaultProxy) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    proxy.strike(Fault.DELAY, after_calls=1)
    with pytest.raises(httpx.ReadTimeout):
        newcomer.conversation.http.post(
            "/api/messages",
            json={"message_id": message_id, **said},
            headers=newcomer.conversation.authorization,
            timeout=HANG_UP_SECONDS,
        )
    proxy.lift()
    eventually(lambda: len(newcomer.conversation.history()) == len(before) + len(FILED))
    after = newcomer.conversation.history()
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "fr")
    assert newcomer.conversation.history() == after
    assert reference_in(messages) == newcomer.assert_filed_once()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_message_sent_twice_at_once_is_one_turn(name: str, house: House) -> None:
    newcomer = Newcomer.arrive(house, "en")
    step = walk_to(newcomer, name)
    said, message_id = step.said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    at_once = threading.Barrier(2)

    def send() -> httpx.Response:
        at_once.wait()
        return newcomer.send(said, message_id)

    with ThreadPoolExecutor(max_workers=2) as threads:
        sent = [threads.submit(send) for _ in range(2)]
        first, second = (newcomer.heard(one.result()) for one in sent)
    assert first == second
    assert_said(first, step.answer, "en")
    typed = 0 if name == CODE_STEP else 1  # the history does not show what the server made
    assert len(newcomer.conversation.history()) == len(before) + typed + len(first)
    codes_by_now = 1 if NAMES.index(name) >= NAMES.index(CONFIRM_STEP) else 0
    assert newcomer.mails("code") == codes_by_now


def test_two_tabs_that_type_the_code_at_once_file_once(house: House) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said = walk_to(newcomer, CODE_STEP).said(newcomer)
    with ThreadPoolExecutor(max_workers=2) as threads:
        sent = [threads.submit(newcomer.send, said, str(uuid4())) for _ in range(2)]
        answers = [newcomer.heard(one.result()) for one in sent]
    longest = max(answers, key=len)
    assert_said(longest, FILED, "fr")
    assert_said(min(answers, key=len), ("utter_code_already_used",), "fr")
    assert reference_in(longest) == newcomer.assert_filed_once()
