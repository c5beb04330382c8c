"""Takes one turn of a conversation as a transaction.

Rasa saves what a failing turn did, forgets that a message was answered already, and
takes ``/intent`` typed by anyone as a command. This processor replaces that part of it:
a turn is answered once, from what was offered, and is saved whole or not at all.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.failures import (
    NOTHING_SAVED,
    OUTCOME_UNKNOWN,
    PayloadNotOffered,
    TurnFailed,
    UnknownConversation,
)
from bot.fields import in_place, is_answer
from bot.meaning import Place, Understood
from bot.messages import Message, answer, offered_title, responses_of, story
from bot.parts import parts_of
from bot.payloads import parse_payload
from bot.place import YES_OR_NO, place_in, said_last
from bot.router import route

SWITCH_INTENTS = ("switch_to_french", "switch_to_english")
# Said before what is repeated; it is not repeated itself.
REPEATING = "utter_repeating"
# The actions that are told the whole conversation, and how much of one that never ends.
MOST_LINES_TOLD = 500
TOLD_THE_STORY = {"validate_ticket_form", "action_open_ticket"}


@dataclass(frozen=True)
class Turn:
    """A taken turn: what was said, and what the gateway keeps figures of.

    One that was answered before has the outcome that it had then.
    """

    messages: list[Message]
    topic: str
    confidence: float
    language: str
    outcome: str
    replayed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the turn as the gateway's contract has it."""
        return {
            "messages": self.messages,
            "turn": {
                "topic": self.topic,
                "confidence": round(self.confidence, 4),
                "language": self.language,
                "outcome": self.outcome,
                "replayed": self.replayed,
            },
        }


# Whether the action server has answered a call in the turn that is being taken.
an_action_ran: ContextVar[bool] = ContextVar("an_action_ran")


class WatchedEndpoint(EndpointConfig):
    """An action endpoint that notes when an action has run.

    A call tells an action what this turn brought, the state is in the slots; to those that
    hand the conversation to a person it tells, by ``story_before``, what was said before too.
    """

    def __init__(
        self, endpoint: EndpointConfig, story_before: Callable[[str], Awaitable[list[Any]]]
    ) -> None:
        super().__init__(url=endpoint.url, **endpoint.kwargs)
        self._endpoint = endpoint
        self._story_before = story_before

    async def request(self, *arguments: Any, **call: Any) -> Any:
        """Pass the call on and note its reply."""
        if call["json"]["next_action"] in TOLD_THE_STORY:
            call["json"] = await self._with_story(call["json"])
        reply = await self._endpoint.request(*arguments, **call)
        an_action_ran.set(True)
        return reply

    async def _with_story(self, body: dict[str, Any]) -> dict[str, Any]:
        tracker = body["tracker"]
        before = await self._story_before(tracker["sender_id"])
        return {**body, "tracker": {**tracker, "events": [*before, *tracker["events"]]}}


class TurnProcessor(MessageProcessor):
    """Rasa's processor with our turns.

    A message's metadata say what it is: ``kind`` is ``text``, ``payload`` (a button of
    this conversation) or ``server_payload`` (made by our own server), ``opens`` is true
    for the one that opens a conversation.
    """

    def __init__(
        self, *arguments: Any, action_endpoint: EndpointConfig | None = None, **rest: Any
    ) -> None:
        # An agent that only parses has no action server.
        watched = WatchedEndpoint(action_endpoint, self.story_before) if action_endpoint else None
        super().__init__(*arguments, action_endpoint=watched, **rest)

    async def story_before(self, sender_id: str) -> list[dict[str, Any]]:
        """Return what was said in the turns that are saved, as an action is told it.

        Of an endless conversation only the end is told: the call must not become too large.
        """
        return story(await self.tracker_store.events_of(sender_id))[-MOST_LINES_TOLD:]

    async def handle_message(self, message: UserMessage) -> Turn:
        """Take the turn of ``message`` and return it once it is saved.

        Raises ``UnknownConversation``, ``PayloadNotOffered``, ``TurnFailed``.
        """
        an_action_ran.set(False)
        try:
            return await self._take_turn(message)
        except (TurnFailed, Exception) as failure:
            if an_action_ran.get():
                # What it wrote stays written, whatever became of the rest of the turn.
                raise TurnFailed(OUTCOME_UNKNOWN, repr(failure)) from failure
            raise

    async def _take_turn(self, message: UserMessage) -> Turn:
        answered = await self.tracker_store.turn_of(message.sender_id, message.message_id)
        tracker = await self._read_tracker(message)
        if answered is not None:
            return _replayed(answered, tracker)
        await self._understand(message, tracker)
        await self._decide_and_act(message, tracker)
        messages = answer(tracker.events)
        if not messages:
            raise TurnFailed(NOTHING_SAVED, "the turn said nothing")
        tracker.update(SlotSet("last_answer", responses_of(tracker.events, self.domain)))
        await self.save_tracker(tracker)
        return _turn(tracker.latest_message, tracker, messages, replayed=False)

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Understand a typed text in its place (the router's), as Rasa's parse data."""
        parsed = await super().parse_message(message, tracker, only_output_properties)
        place = await self._place(tracker)
        ranking = in_place(parsed["intent_ranking"], place.requested_field)
        answers = is_answer(_answerable(place), message.text, parsed["answers"], parsed["intent"])
        # Each part takes as long as a whole message, and an answer has no topics.
        parts = [] if answers else await self._topics_of_parts(message.text, place, tracker)
        meaning = route(_understood(parsed, ranking, parts, answers), place)
        parsed["topic"] = ranking[0]
        parsed["intent"] = {"name": meaning.intent, "confidence": meaning.confidence}
        parsed["entities"] = meaning.entities
        return parsed

    async def _place(self, tracker: DialogueStateTracker | None) -> Place:
        if tracker is None:
            return Place(language="fr", requested_field=None)
        asks_yes_or_no = not YES_OR_NO.isdisjoint(said_last(tracker))
        events = await self.tracker_store.latest_turn(tracker.sender_id) if asks_yes_or_no else []
        return place_in(tracker, events)

    async def _topics_of_parts(
        self, text: str, place: Place, tracker: DialogueStateTracker | None
    ) -> list[dict[str, Any]]:
        topics = []
        for part in parts_of(text):
            parsed = await super().parse_message(UserMessage(part), tracker)
            topics.append(in_place(parsed["intent_ranking"], place.requested_field)[0])
        return topics

    async def _read_tracker(self, message: UserMessage) -> DialogueStateTracker:
        tracker = await self.tracker_store.retrieve(message.sender_id)
        if tracker is not None:
            return tracker
        if not message.metadata.get("opens"):
            raise UnknownConversation(message.sender_id)
        return await self.fetch_tracker_and_update_session(
            message.sender_id, message.output_channel
        )

    async def _understand(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        if message.metadata["kind"] == "payload":
            turns = self.tracker_store.turns_with(message.sender_id, message.text)
            title = offered_title(turns, message.text)
            if title is None:
                raise PayloadNotOffered
            # Kept under its title: the payload would be taken for one that was offered here.
            message.parse_data = parse_payload(message.text) | {"text": title}
            message.text = title
        elif message.metadata["kind"] == "server_payload":
            message.parse_data = parse_payload(message.text)
            message.text = ""
        await self._handle_message_with_tracker(message, tracker)

    async def _decide_and_act(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        language_before = tracker.get_slot("language")
        await self.run_action_extract_slots(message.output_channel, tracker)
        switched = tracker.get_slot("language") != language_before
        asked_for = tracker.latest_message.intent["name"] in SWITCH_INTENTS
        if switched and not asked_for and not message.metadata.get("opens"):
            await self._say(tracker, message.output_channel, "utter_language_continues")
        if tracker.latest_message.intent["name"] == "repeat":
            await self._say_again(tracker, message.output_channel)
            return
        await self._run_prediction_loop(message.output_channel, tracker)

    async def _say(
        self, tracker: DialogueStateTracker, output_channel: OutputChannel, response: str
    ) -> None:
        action = self._get_action(response)
        events = await action.run(output_channel, self.nlg, tracker, self.domain)
        tracker.update_with_events(events, self.domain)

    async def _say_again(
        self, tracker: DialogueStateTracker, output_channel: OutputChannel
    ) -> None:
        """Say the latest turn's answer again, word for word and with its buttons."""
        await self._say(tracker, output_channel, REPEATING)
        for event in await self.tracker_store.latest_turn(tracker.sender_id):
            if isinstance(event, BotUttered) and event.metadata.get("utter_action") != REPEATING:
                tracker.update(BotUttered(event.text, event.data, event.metadata))

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> Any:
        """Predict as Rasa does; a turn that finds no end fails instead of stopping."""
        try:
            return super().predict_next_with_tracker_if_should(tracker)
        except ActionLimitReached as error:
            raise TurnFailed(NOTHING_SAVED, "too many actions in one turn") from error

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        return await super()._run_action(
            _FailsLoudly(action), tracker, output_channel, nlg, prediction
        )


class _FailsLoudly(Action):
    """An action whose failure ends the turn, where Rasa would go on without it."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def name(self) -> str:
        return self._action.name()

    def event_for_successful_execution(self, prediction: PolicyPrediction) -> Event:
        return self._action.event_for_successful_execution(prediction)

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        try:
            return await self._action.run(output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            raise TurnFailed(NOTHING_SAVED, f"{self.name()}: {error!r}") from error


def _answerable(place: Place) -> str | None:
    """Return the field that what is typed here may answer."""
    return place.requested_field or ("search_text" if place.has_searched else None)


def _understood(
    parsed: dict[str, Any],
    ranking: list[dict[str, Any]],
    parts: list[dict[str, Any]],
    answers: bool,
) -> Understood:
    return Understood(
        text=parsed["text"],
        topic=ranking[0]["name"],
        confidence=ranking[0]["confidence"],
        ranking=ranking,
        entities=parsed["entities"],
        language=parsed["language"]["name"],
        language_confidence=parsed["language"]["confidence"],
        command=parsed.get("command"),
        parts=parts,
        answers_field=answers,
    )


def _replayed(events: list[Event], tracker: DialogueStateTracker) -> Turn:
    user_message = next(event for event in events if isinstance(event, UserUttered))
    return _turn(user_message, tracker, answer(events), replayed=True)


def _turn(
    user_message: UserUttered,
    tracker: DialogueStateTracker,
    messages: list[Message],
    replayed: bool,
) -> Turn:
    topic = user_message.parse_data["topic"]
    return Turn(
        messages=messages,
        topic=topic["name"],
        confidence=topic["confidence"],
        language=tracker.get_slot("language"),
        outcome=_outcome(user_message.intent["name"]),
        replayed=replayed,
    )


def _outcome(intent: str) -> str:
    if intent in ("not_understood", "not_understood_again", "unsure", "two_topics"):
        return intent.removesuffix("_again")
    return "form" if intent == "inform" else "answered"
