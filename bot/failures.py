"""How a turn can fail, and what is known of its effects then."""

NOTHING_SAVED = "nothing_saved"
OUTCOME_UNKNOWN = "outcome_unknown"


class TurnFailed(BaseException):
    """The turn must be undone: nothing is saved in the tracker, nothing is said.

    A ``BaseException``, because Rasa catches ``Exception`` around every action and then
    goes on as if the action had succeeded (``MessageProcessor._run_action``).

    ``code`` is ``NOTHING_SAVED`` when no effect of the turn remains anywhere, and
    ``OUTCOME_UNKNOWN`` when an action may have written to the register.
    """

    def __init__(self, code: str, cause: str) -> None:
        super().__init__(f"{code}: {cause}")
        self.code = code


class UnknownConversation(Exception):
    """No conversation was opened under this sender."""


class PayloadNotOffered(Exception):
    """The payload is none of those that this conversation's buttons carried."""
