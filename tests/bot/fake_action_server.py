"""An action server of the tests: it answers or fails as it is told, and remembers its calls."""

from collections.abc import Callable
from typing import Any

from rasa.utils.endpoints import EndpointConfig

Reply = dict[str, Any]


def saying(*responses: str, events: list[dict[str, Any]] | None = None) -> Reply:
    """A reply that utters these responses."""
    return {"events": events or [], "responses": [{"response": name} for name in responses]}


class FakeActionServer(EndpointConfig):
    """Stands where `ActionEndpoint` stands."""

    def __init__(self) -> None:
        super().__init__(url="http://actions.invalid/webhook", enable_selective_domain=True)
        self.calls: list[str] = []
        # What the latest call was told of the conversation.
        self.told: list[dict[str, Any]] = []
        self.healthy = True
        self._answers: dict[str, Callable[[], Reply]] = {
            "action_work": lambda: saying("utter_done"),
            "action_loop": lambda: saying(
                "utter_done", events=[{"event": "followup", "name": "action_loop"}]
            ),
            "action_keep_silent": lambda: saying(),
            "validate_access_request_form": lambda: saying("utter_name_asked"),
        }

    def answers(self, action: str, reply: Reply) -> None:
        """From now on `action` replies so."""
        self._answers[action] = lambda: reply

    def fails(self, action: str, error: BaseException) -> None:
        """From now on a call of `action` raises."""

        def fail() -> Reply:
            raise error

        self._answers[action] = fail

    async def request(self, *_: Any, **call: Any) -> Reply:
        """Answer as told."""
        action = call["json"]["next_action"]
        self.calls.append(action)
        self.told = call["json"]["tracker"]["events"]
        reply = self._answers[action]()
        # Rasa takes the responses apart.
        return {**reply, "responses": [dict(response) for response in reply["responses"]]}

    async def is_healthy(self) -> bool:
        """Answer as told."""
        return self.healthy
