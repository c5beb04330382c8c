"""Goes on in the language just chosen: what was said last is said again in it."""

from actions.base import PlainAction
from actions.guide import place_of, show
from actions.guide_path import Place
from actions.turn import Events, Turn

FORM_QUESTION = "utter_field_"
# What was said about languages, misunderstandings or mails is no answer that anyone waits for.
NOT_SAID_AGAIN = frozenset(
    (
        "utter_language_switched",
        "utter_language_continues",
        "utter_repeating",
        "utter_mail_shown_in_demonstration",
        "utter_other_language",
        "utter_not_understood",
        "utter_not_understood_again",
        "utter_guide_place_kept",
        "utter_unsure",
    )
)


class ActionGoOnInLanguage(PlainAction):
    """Follows the words "I'll go on in English"; a form asks its question again by itself."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_go_on_in_language"

    def act(self, turn: Turn) -> Events:
        """Say the last answer again where that needs no values, else ask what is wanted."""
        place = place_of(turn)
        shown = f"utter_guide_{place.step}" if place.site else None
        answers = [response for response in turn.last_answer if _is_an_answer(response)]
        needing = [response for response in answers if turn.needed_values(response)]
        # Half an answer would mislead: what cannot be said whole is not said again.
        if set(needing) - {shown} or not answers:
            self._ask_what_next(turn, place)
            return []
        for response in answers:
            if response == shown:
                show(turn, self.house, place)
            else:
                turn.say(response)
        return []

    def _ask_what_next(self, turn: Turn, place: Place) -> None:
        if turn.active_form:
            return
        if place.is_under_way:
            show(turn, self.house, place)
        else:
            turn.say("utter_what_next")


def _is_an_answer(response: str) -> bool:
    return response not in NOT_SAID_AGAIN and not response.startswith(FORM_QUESTION)
