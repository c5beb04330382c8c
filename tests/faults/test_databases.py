"""A database is locked or broken for longer than anyone waits for it."""

from uuid import uuid4

import pytest

from tests.conversations.house import House
from tests.faults.answers import assert_said
from tests.faults.aside import result_of, sending
from tests.faults.conftest import LANGUAGES
from tests.faults.databases import locked, without_table
from tests.faults.fault_proxy import Fault, FaultProxy
from tests.faults.newcomer import Newcomer, assert_refused, reference_in
from tests.faults.polling import eventually
from tests.faults.sign_up import (
    FILE,
    FILED,
    FORM,
    SIGN_UP,
    STATUS,
    take,
    walk_to,
)

CODE_STEP = "code typed, filed"
# A table that each action needs; the filing comes to its own after it wrote the request.
TABLES = {FORM: "drafts", FILE: "request_events", STATUS: "authorisation_requests"}
CONVERSATIONS = "conversations.db"
REGISTER = "registry.db"


def test_conversations_that_cannot_be_written_refuse_the_turn(house: House) -> None:
    newcomer = Newcomer.arrive(house, "fr")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    before = newcomer.conversation.history()
    with locked(house.settings.var_dir / CONVERSATIONS):
        assert_refused(newcomer.send(said, message_id), "outcome_unknown", "fr")
    assert newcomer.conversation.history() == before
    # The request was filed before its answer could be kept: it is told, and not filed again.
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "fr")
    assert reference_in(messages) == newcomer.assert_filed_once()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", ["conversations", "conversation_turns"])
def test_conversations_that_cannot_be_read_are_never_begun_anew(
    table: str, lang: str, house: House
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    step = walk_to(newcomer, "e-mail")
    before = newcomer.conversation.history()
    said, message_id = step.said(newcomer), str(uuid4())
    with without_table(house.settings.var_dir / CONVERSATIONS, table):
        assert_refused(newcomer.send(said, message_id), "store_unavailable", lang)
        history = newcomer.conversation.http.get(
            "/api/history", headers=newcomer.conversation.authorization
        )
        opened = newcomer.conversation.http.post("/api/session", json={"lang": lang})
    assert opened.status_code == 503
    assert newcomer.conversation.history() == before
    take(newcomer, step, message_id)
    if table == "conversation_turns":
        assert_refused(history, "store_unavailable", lang)


def test_health_says_that_the_conversations_cannot_be_read(house: House) -> None:
    with without_table(house.settings.var_dir / CONVERSATIONS, "conversations"):
        assert house.failing_parts() == ("tracker_store",)
    assert house.failing_parts() == ()


def test_a_register_locked_too_long_for_an_action_saves_nothing(
    house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, "en")
    said, message_id = walk_to(newcomer, CODE_STEP).said(newcomer), str(uuid4())
    proxy.strike(Fault.DELAY, after_calls=1)
    with (
        sending(newcomer, said, message_id) as sent,
    ):
        proxy.wait_until_struck()
        proxy.statuses.clear()
        with locked(house.settings.var_dir / REGISTER):
            proxy.release()
            # This house's bot waits one second, the action server five for its database.
            assert_refused(result_of(sent), "outcome_unknown", "en")
            eventually(lambda: proxy.statuses == [500])
    assert newcomer.references() == []
    messages = newcomer.heard(newcomer.send(said, message_id))
    assert_said(messages, FILED, "en")
    assert reference_in(messages) == newcomer.assert_filed_once()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_action_that_raises_in_the_register_saves_nothing_at_any_step(
    lang: str, house: House, proxy: FaultProxy
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    for step in SIGN_UP:
        if step.calls[-1] not in TABLES:
            take(newcomer, step)
            continue
        said, message_id = step.said(newcomer), str(uuid4())
        before = newcomer.conversation.history()
        proxy.statuses.clear()
        with without_table(house.settings.var_dir / REGISTER, TABLES[step.calls[-1]]):
            refused = newcomer.send(said, message_id)
        # The action server's own reply, which the fault proxy only imitates.
        assert proxy.statuses == [*(200 for _ in step.calls[:-1]), 500]
        code = "nothing_saved" if len(step.calls) == 1 else "outcome_unknown"
        assert_refused(refused, code, lang)
        assert newcomer.conversation.history() == before
        take(newcomer, step, message_id)
    newcomer.assert_filed_once()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_register_locked_too_long_for_the_gateway_refuses_the_turn(
    lang: str, house: House
) -> None:
    newcomer = Newcomer.arrive(house, lang)
    step = walk_to(newcomer, "name")
    said, message_id = step.said(newcomer), str(uuid4())
    with locked(house.settings.var_dir / REGISTER):
        assert_refused(newcomer.send(said, message_id), "store_unavailable", lang)
    take(newcomer, step, message_id)
