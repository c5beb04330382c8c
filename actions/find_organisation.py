"""Finds an organisation in the directory, outside of a request."""

from sqlalchemy.orm import Session

from actions.base import PlainAction, RegisterAction
from actions.organisation_buttons import choice_of
from actions.organisation_search import search
from actions.turn import Events, Turn, set_slots
from registry.vocabulary import Environment

SEARCH_SLOTS = ("search_text", "search_before")
SHORTEST_SEARCH = 2


class ValidateSearchForm(PlainAction):
    """Asks for a name, a town or a number."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "validate_search_form"

    def act(self, turn: Turn) -> Events:
        """Accept a text that can be searched for, or ask."""
        typed = turn.answers().get("search_text")
        if typed is None:
            turn.say("utter_field_search_text")
            return []
        if sum(letter.isalnum() for letter in typed) < SHORTEST_SEARCH:
            turn.say("utter_field_search_text_again")
            return set_slots(search_text=None)
        return set_slots(search_text=typed)


class ActionShowOrganisations(RegisterAction):
    """Searches and shows what was found; each button prepares a request for one."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_show_organisations"

    def act(self, session: Session, turn: Turn) -> Events:
        """Search on the guide's site, or on Production where none was chosen."""
        text = turn.slot("search_text") or ""
        site = Environment(turn.slot("guide_site") or Environment.PRODUCTION)
        # Whoever asks for a search begins a new one.
        before = turn.slot("search_before") if turn.intent == "search_further" else None
        searched = search(session, text, before=before, environment=site)
        found = searched.found
        site_name = self.house.terms.say(f"environment_{site}", turn.language)
        if not found.organisations:
            turn.say("utter_organisations_not_found", typed=text, environment=site_name)
        else:
            buttons = choice_of(found, "request_access", self.house, turn.language)
            how = "_similar" if found.only_similar else "_more" if found.more else ""
            turn.say(f"utter_organisations_found{how}", buttons=buttons, environment=site_name)
        return set_slots(search_text=None, search_before=searched.typed)
