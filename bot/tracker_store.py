"""Keeps the conversations in SQL, turn by turn, and fails loudly.

Rasa's own SQL store reads every event of a conversation for every message, so that the
hundredth message takes many times as long as the first, and its wrapper turns a failed
read into a fresh, empty conversation. Here a conversation's state (slots, running form)
is kept beside its turns: a turn reads the state alone, and whatever fails raises.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

BUSY_TIMEOUT_MS = 5_000

METADATA = sa.MetaData()

CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)

TURNS = sa.Table(
    "conversation_turns",
    METADATA,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.String(64), nullable=False),
    sa.Column("events", sa.Text, nullable=False),
    sa.UniqueConstraint("sender_id", "message_id"),
)


class TrackerStoreConflict(Exception):
    """The conversation has moved on since it was read: another process took a turn."""


@dataclass(frozen=True)
class _Stored:
    """Where a tracker came from: the turns stored then, and the events that only set it up."""

    turns: int
    setup_events: int


class ConversationStore(TrackerStore):
    """A row a conversation with its state, and a row a turn with its events."""

    def __init__(self, host: str, domain: Domain | None = None, **_: Any) -> None:
        super().__init__(domain)
        self.engine = sa.create_engine(host, pool_pre_ping=True)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
        METADATA.create_all(self.engine)

    def check(self) -> None:
        """Raise SQLAlchemy's error when the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(sa.select([CONVERSATIONS.c.turns]).limit(1)).fetchall()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation in its present state, ``None`` where there is none.

        Its events are those that set this state up; what was said is in ``turns_of``.
        """
        with self.engine.connect() as connection:
            row = connection.execute(
                sa.select([CONVERSATIONS.c.turns, CONVERSATIONS.c.state]).where(
                    CONVERSATIONS.c.sender_id == sender_id
                )
            ).first()
        if row is None:
            return None
        events = _setup_events(json.loads(row.state))
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored = _Stored(row.turns, len(tracker.events))
        return tracker

    async def create_tracker(
        self, sender_id: str, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """Return an empty conversation; nothing is stored before its first turn is saved."""
        return self.init_tracker(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the turn just taken and the state after it, in one transaction.

        Raises ``TrackerStoreConflict`` when the stored conversation is not the one read.
        """
        stored = getattr(tracker, "stored", _Stored(0, 0))
        events = list(tracker.events)[stored.setup_events :]
        state = json.dumps(_state(tracker), ensure_ascii=False)
        with self.engine.begin() as connection:
            self._advance(connection, tracker.sender_id, stored.turns, state)
            connection.execute(
                TURNS.insert().values(
                    sender_id=tracker.sender_id,
                    number=stored.turns + 1,
                    message_id=tracker.latest_message.message_id,
                    events=json.dumps([event.as_dict() for event in events], ensure_ascii=False),
                )
            )

    async def turn_of(self, sender_id: str, message_id: str) -> list[Event] | None:
        """Return the events of the turn that answered this message, ``None`` if none did."""
        with self.engine.connect() as connection:
            events = connection.execute(
                sa.select([TURNS.c.events]).where(
                    TURNS.c.sender_id == sender_id, TURNS.c.message_id == message_id
                )
            ).scalar()
        return None if events is None else deserialise_events(json.loads(events))

    def turns_with(self, sender_id: str, payload: str) -> Iterator[list[Event]]:
        """Yield the events of the turns that hold this text, the latest turn first."""
        # Compared as it is stored, so that the other turns need not be read into events.
        stored = json.dumps(payload, ensure_ascii=False)
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select([TURNS.c.events])
                .where(TURNS.c.sender_id == sender_id)
                .order_by(TURNS.c.number.desc())
            )
            for row in rows:
                if stored in row.events:
                    yield deserialise_events(json.loads(row.events))

    async def latest_turn(self, sender_id: str) -> list[Event]:
        """Return the events of the turn taken last."""
        with self.engine.connect() as connection:
            events = connection.execute(
                sa.select([TURNS.c.events])
                .where(TURNS.c.sender_id == sender_id)
                .order_by(TURNS.c.number.desc())
                .limit(1)
            ).scalar()
        return deserialise_events(json.loads(events))

    async def events_of(self, sender_id: str) -> list[Event]:
        """Return every event of the conversation, in order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select([TURNS.c.events])
                .where(TURNS.c.sender_id == sender_id)
                .order_by(TURNS.c.number)
            ).fetchall()
        return [event for row in rows for event in deserialise_events(json.loads(row.events))]

    async def delete(self, sender_id: str) -> None:
        """Erase the conversation."""
        with self.engine.begin() as connection:
            for table in (TURNS, CONVERSATIONS):
                connection.execute(sa.delete(table).where(table.c.sender_id == sender_id))

    @staticmethod
    def _advance(connection: Any, sender_id: str, turns: int, state: str) -> None:
        if turns == 0:
            connection.execute(
                CONVERSATIONS.insert().values(sender_id=sender_id, turns=1, state=state)
            )
            return
        moved = connection.execute(
            sa.update(CONVERSATIONS)
            .where(CONVERSATIONS.c.sender_id == sender_id, CONVERSATIONS.c.turns == turns)
            .values(turns=turns + 1, state=state)
        )
        if moved.rowcount != 1:
            raise TrackerStoreConflict(f"not at turn {turns} any more")


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    slots = {
        name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value
    }
    return {"slots": slots, "active_loop": tracker.active_loop_name}


def _setup_events(state: dict[str, Any]) -> list[Event]:
    """Return the events after which a tracker is in ``state`` and listens."""
    events: list[Event] = [SessionStarted()]
    events += [SlotSet(name, value) for name, value in state["slots"].items()]
    if state["active_loop"]:
        events.append(ActiveLoop(state["active_loop"]))
        events.append(ActionExecuted(state["active_loop"]))
    events.append(ActionExecuted("action_listen"))
    return events


def _prepare_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
