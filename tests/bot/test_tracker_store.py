"""Conversations survive, stay fast, and fail loudly rather than begin anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from bot.tracker_store import ConversationStore, TrackerStoreConflict

SENDER = "conversation-1"


@pytest.fixture
def take_turn(store: ConversationStore, run) -> Callable[..., None]:
    """Adds a turn to the conversation: what the user said, then these events."""

    def take(message_id: str, *events, text: str = "bonjour", sender: str = SENDER) -> None:
        tracker = run(store.get_or_create_tracker(sender))
        tracker.update(UserUttered(text, message_id=message_id))
        tracker.update_with_events(list(events), store.domain)
        tracker.update(ActionExecuted("action_listen"))
        run(store.save(tracker))

    return take


def test_an_unknown_conversation_is_none(store: ConversationStore, run) -> None:
    assert run(store.retrieve(SENDER)) is None
    assert run(store.events_of(SENDER)) == []
    assert run(store.turn_of(SENDER, "message-1")) is None


def test_the_latest_turn_is_the_one_taken_last(store: ConversationStore, take_turn, run) -> None:
    take_turn("message-1", text="bonjour")
    take_turn("message-2", text="qui valide ?")
    said = [event.text for event in run(store.latest_turn(SENDER)) if event.type_name == "user"]
    assert said == ["qui valide ?"]


def test_slots_and_running_form_survive(store: ConversationStore, take_turn, run) -> None:
    take_turn(
        "message-1",
        SlotSet("language", "en"),
        ActiveLoop("access_request_form"),
        SlotSet("requested_slot", "request_name"),
    )
    tracker = run(store.retrieve(SENDER))
    assert tracker.get_slot("language") == "en"
    assert tracker.get_slot("requested_slot") == "request_name"
    assert tracker.active_loop_name == "access_request_form"
    assert tracker.latest_action_name == "action_listen"


def test_a_slot_that_was_emptied_is_empty(store: ConversationStore, take_turn, run) -> None:
    take_turn("message-1", SlotSet("request_name", "Camille Exemple"))
    take_turn("message-2", SlotSet("request_name", None))
    assert run(store.retrieve(SENDER)).get_slot("request_name") is None


def test_a_form_that_ended_is_over(store: ConversationStore, take_turn, run) -> None:
    take_turn("message-1", ActiveLoop("access_request_form"))
    take_turn("message-2", ActiveLoop(None))
    assert run(store.retrieve(SENDER)).active_loop_name is None


def test_a_turns_events_are_found_by_its_message(store: ConversationStore, take_turn, run) -> None:
    take_turn("message-1", BotUttered("Bonjour."), text="bonjour")
    take_turn("message-2", BotUttered("Deux jours."), text="combien de temps ?")
    events = run(store.turn_of(SENDER, "message-2"))
    assert [event.text for event in events if hasattr(event, "text")] == [
        "combien de temps ?",
        "Deux jours.",
    ]
    assert run(store.turn_of(SENDER, "message-3")) is None
    assert run(store.turn_of("somebody-else", "message-2")) is None


def test_the_whole_conversation_is_kept_in_order(store: ConversationStore, take_turn, run) -> None:
    for number in range(12):
        take_turn(f"message-{number}", text=f"texte {number}")
    said = [event.text for event in run(store.events_of(SENDER)) if isinstance(event, UserUttered)]
    assert said == [f"texte {number}" for number in range(12)]


def test_another_instance_reads_what_one_has_written(
    store: ConversationStore, take_turn, run
) -> None:
    take_turn("message-1", SlotSet("language", "en"))
    other = ConversationStore(str(store.engine.url), store.domain)
    assert run(other.retrieve(SENDER)).get_slot("language") == "en"


def test_the_fiftieth_turn_reads_no_more_than_the_second(
    store: ConversationStore, take_turn, run
) -> None:
    events_read = []
    for number in range(50):
        take_turn(f"message-{number}", SlotSet("language", "en"), BotUttered("Bonjour."))
        events_read.append(len(run(store.retrieve(SENDER)).events))
    assert len(set(events_read)) == 1


def test_a_conversation_that_has_moved_on_is_not_overwritten(
    store: ConversationStore, take_turn, run
) -> None:
    take_turn("message-1")
    one, other = run(store.retrieve(SENDER)), run(store.retrieve(SENDER))
    for tracker, message_id in ((one, "message-2"), (other, "message-3")):
        tracker.update(UserUttered("bonjour", message_id=message_id))
    run(store.save(one))
    before = run(store.events_of(SENDER))
    with pytest.raises(TrackerStoreConflict):
        run(store.save(other))
    assert run(store.events_of(SENDER)) == before


def test_two_that_open_the_same_conversation_do_not_both_succeed(
    store: ConversationStore, run
) -> None:
    def opened() -> DialogueStateTracker:
        tracker = run(store.create_tracker(SENDER))
        tracker.update(UserUttered("", message_id="opening"))
        return tracker

    one, other = opened(), opened()
    run(store.save(one))
    with pytest.raises(IntegrityError):
        run(store.save(other))


def test_a_message_is_answered_in_one_turn_only(store: ConversationStore, take_turn, run) -> None:
    take_turn("message-1")
    before = run(store.events_of(SENDER))
    with pytest.raises(IntegrityError):
        take_turn("message-1", SlotSet("language", "en"))
    assert run(store.events_of(SENDER)) == before
    assert run(store.retrieve(SENDER)).get_slot("language") == "fr"


def test_the_same_message_id_in_another_conversation_is_another_message(
    store: ConversationStore, take_turn, run
) -> None:
    take_turn("opening")
    take_turn("opening", sender="conversation-2")
    assert run(store.turn_of("conversation-2", "opening"))


def test_a_created_conversation_is_not_stored_before_its_first_turn(
    store: ConversationStore, run
) -> None:
    run(store.create_tracker(SENDER))
    assert run(store.retrieve(SENDER)) is None


def test_deleting_erases_the_conversation_and_no_other(
    store: ConversationStore, take_turn, run, tmp_path: Path
) -> None:
    take_turn("message-1", text="à effacer")
    take_turn("message-1", sender="conversation-2", text="à garder")
    run(store.delete(SENDER))
    assert run(store.retrieve(SENDER)) is None
    assert run(store.events_of(SENDER)) == []
    assert run(store.events_of("conversation-2"))


def test_deleting_what_is_not_there_changes_nothing(store: ConversationStore, run) -> None:
    run(store.delete(SENDER))


def test_an_unreadable_database_raises_and_gives_no_fresh_conversation(
    tmp_path: Path, store: ConversationStore, take_turn, run
) -> None:
    take_turn("message-1")
    store.engine.dispose()
    for left_over in tmp_path.glob("conversations.db-*"):
        left_over.unlink()
    (tmp_path / "conversations.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(DatabaseError):
        run(store.retrieve(SENDER))
    with pytest.raises(DatabaseError):
        run(store.get_or_create_tracker(SENDER))
    with pytest.raises(DatabaseError):
        store.check()


def test_a_database_that_cannot_be_opened_raises_at_once(tmp_path: Path) -> None:
    with pytest.raises(OperationalError):
        ConversationStore(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}", Domain.empty())


def test_a_lost_table_shows_in_the_check(store: ConversationStore) -> None:
    store.check()
    with store.engine.begin() as connection:
        connection.execute("DROP TABLE conversations")
    with pytest.raises(OperationalError):
        store.check()


def test_the_turns_that_offered_a_payload_are_found_latest_first(
    store: ConversationStore, take_turn
) -> None:
    payload = '/choose_environment{"environment": "production"}'
    offering = {"buttons": [{"title": "Site de Production", "payload": payload}]}
    take_turn("message-1", BotUttered("un", offering))
    take_turn("message-2", BotUttered("deux"))
    take_turn("message-3", BotUttered("trois", offering))
    found = [
        event.text
        for events in store.turns_with(SENDER, payload)
        for event in events
        if isinstance(event, BotUttered)
    ]
    assert found == ["trois", "un"]
    assert list(store.turns_with(SENDER, "/never_offered")) == []
