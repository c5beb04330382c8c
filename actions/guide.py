"""The guide through both steps: moves as the message asks, and shows the step reached.

The place is kept in the slots ``guide_…``, which only this action changes. The texts are
responses ``utter_guide_<step>`` (S07-S66); the path is in ``guide_path``.
"""

from dataclasses import replace

from actions import guide_path
from actions.base import PlainAction
from actions.guide_path import FINISHED, SITE_URLS, STEPS, Place
from actions.house import House
from actions.topic_buttons import topic_buttons
from actions.turn import Events, Turn, set_slots

GUIDE_SLOTS = ("guide_site", "guide_kind", "guide_step", "guide_left")
LEFT = "yes"

# What usually keeps people at a step: the topics offered to who is stuck there.
PROBLEMS = {
    "open_home": ("where_link", "start_registration", "already_have_account"),
    "fill_form": ("step1_fields", "page_language", "email_already_registered"),
    "set_password": ("no_email", "link_expired", "email_already_registered"),
    "log_in": ("forgot_password", "account_locked", "second_factor"),
    "choose_role": ("which_role", "acronyms", "wrong_personal_data"),
    "find_operator": ("organisation_not_found", "duplicate_or_blocked_creation"),
    "create_operator": ("operator_fields", "duplicate_or_blocked_creation"),
    "find_control_body": ("which_role", "organisation_not_found"),
    "find_authority": ("organisation_not_found", "acronyms"),
    "confirm_request": ("request_message", "who_validates"),
    "see_profile": ("status_meaning", "request_rejected"),
    "wait": ("how_long", "who_validates", "request_rejected"),
    FINISHED: ("how_long", "who_validates", "request_rejected"),
}
# "Yes" to one of these is a wish to see the step.
ASKING_TO_RESUME = (
    "utter_guide_left",
    "utter_guide_paused",
    "utter_guide_place_kept",
    "utter_guide_under_way",
    "utter_greeting_back",
)
# "Yes" to one of these is a wish to be guided.
OFFERING_TO_GUIDE = tuple(f"utter_request_{kind}" for kind in guide_path.KINDS)
# What is answered inside a form too; anything else of the guide would lead away from it.
ANSWERED_IN_FORMS = (
    "already_have_account",
    "request_operator",
    "request_control_body",
    "request_authority",
)


def place_of(turn: Turn) -> Place:
    """Return where the conversation stands in the guide."""
    site, kind, step, left = (turn.slot(name) for name in GUIDE_SLOTS)
    return Place(site, kind, step, left == LEFT)


def show(turn: Turn, house: House, place: Place) -> Events:
    """Show the place's step, the end included; return the events that keep the place."""
    site = place.site or ""
    turn.say(
        f"utter_guide_{place.step}",
        site=house.terms.say(f"environment_{site}", turn.language),
        site_url=SITE_URLS[site],
    )
    return keep(place)


def tell_place(turn: Turn, house: House, place: Place, response: str) -> None:
    """Say a response that names the step and the site of the place."""
    turn.say(
        response,
        step=house.terms.say(f"guide_step_{place.step}", turn.language),
        number=guide_path.number_of(place.step or ""),
        site=house.terms.say(f"environment_{place.site}", turn.language),
    )


def keep(place: Place) -> Events:
    """Return the events that make this the conversation's place."""
    return set_slots(
        guide_site=place.site,
        guide_kind=place.kind,
        guide_step=place.step,
        guide_left=LEFT if place.is_left else None,
    )


class ActionGuide(PlainAction):
    """Moves in the guide as the message asks and shows the step reached."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_guide"

    def act(self, turn: Turn) -> Events:
        """Choose what to do by the intent."""
        moves = {
            "start_registration": self._start,
            "restart_guide": self._restart,
            "already_have_account": self._skip_to_step_two,
            "choose_environment": self._choose_site,
            "request_operator": self._choose_kind,
            "request_control_body": self._choose_kind,
            "request_authority": self._choose_kind,
            "show_step": self._show_asked,
            "done": self._go_on,
            "affirm": self._hear_yes,
            "deny": self._hear_no,
            "go_back": self._go_back,
            "stuck": self._help,
            "where_am_i": self._show_place,
        }
        if turn.active_form and turn.intent not in ANSWERED_IN_FORMS:
            turn.say("utter_form_under_way")
            return []
        return moves[turn.intent](turn, place_of(turn))

    def _start(self, turn: Turn, place: Place) -> Events:
        if place.is_under_way or place.is_left:
            tell_place(turn, self.house, place, "utter_guide_under_way")
            return []
        site = self._site_named(turn)
        if site:
            return show(turn, self.house, Place(site, place.kind).at(guide_path.FIRST_STEP))
        return self._restart(turn, place)

    def _restart(self, turn: Turn, place: Place) -> Events:
        """Begin anew, or at the step that a button names."""
        step = turn.entity("guide_step")
        if step in STEPS:
            return self._go_to(turn, place, step)
        turn.say("utter_guide_overview")
        return keep(Place(kind=place.kind))

    def _skip_to_step_two(self, turn: Turn, place: Place) -> Events:
        """S06: with an account, step 1 need not be done again."""
        turn.say("utter_already_have_account")
        is_past = place.is_under_way and place.step not in guide_path.STEP_ONE
        if is_past or turn.active_form:
            return []
        if place.step == FINISHED:
            # At the end for one site, it is most likely the other that is meant (S22).
            place = Place(kind=place.kind)
        place = replace(place, site=place.site or self._site_named(turn))
        return self._go_to(turn, place, guide_path.FIRST_OF_STEP_TWO)

    def _choose_site(self, turn: Turn, place: Place) -> Events:
        site = turn.entity("environment")
        if site not in SITE_URLS:
            turn.say("utter_guide_choose_site")
            return []
        step = guide_path.step_on_site(place, site)
        return show(turn, self.house, replace(place, site=site).at(step))

    def _choose_kind(self, turn: Turn, place: Place) -> Events:
        """Answer "I am an operator", and go that way where the role is being chosen (S29)."""
        kind = turn.intent.removeprefix("request_")
        is_choosing = place.step == guide_path.TO_THE_ROLE[-1]
        is_another = place.step in guide_path.BEFORE_SENDING and place.kind != kind
        if place.is_under_way and not turn.active_form and (is_choosing or is_another):
            return show(turn, self.house, place.at(guide_path.FINDING[kind]))
        if place.is_under_way and not turn.active_form and place.kind != kind:
            turn.say("utter_guide_kind_noted", kind=self._kind_name(turn, kind))
        else:
            turn.say(f"utter_request_{kind}")
        return keep(replace(place, kind=kind))

    def _show_asked(self, turn: Turn, place: Place) -> Events:
        """Show the step of a button, or the beginning of "step 1" or "step 2"."""
        number = turn.entity("step_number")
        asked = turn.entity("guide_step") or guide_path.FIRST_OF.get(number or "")
        if asked not in STEPS:
            return self._show_place(turn, place)
        if number and place.is_under_way and guide_path.number_of(place.step or "") == number:
            return self._show_place(turn, place)
        if not number and place.is_under_way and guide_path.is_behind(asked, place):
            # Looked up again: whoever reads it has not gone back.
            show(turn, self.house, place.at(asked))
            tell_place(turn, self.house, place, "utter_guide_place_kept")
            return []
        return self._go_to(turn, place, asked)

    def _go_on(self, turn: Turn, place: Place) -> Events:
        number = turn.entity("step_number")
        if number in guide_path.AFTER:
            return self._go_to(turn, place, guide_path.step_when_finished(number, place))
        if not place.is_shown:
            return self._not_under_way(turn, place)
        kind = turn.entity("kind")
        if place.step == guide_path.TO_THE_ROLE[-1] and kind in guide_path.FINDING:
            # "Operator. Done": the role is the news, whatever else was said.
            return show(turn, self.house, place.at(guide_path.FINDING[kind]))
        told = guide_path.step_told(place, turn.entity("step_next") or "")
        step = told or guide_path.step_after(place)
        if step is None:
            turn.say("utter_guide_choose_kind")
            return []
        return show(turn, self.house, place.at(step))

    def _hear_yes(self, turn: Turn, place: Place) -> Events:
        """Take "ok" after a step for "done", after the overview for the question of the site."""
        if "utter_guide_overview" in turn.last_answer:
            turn.say("utter_guide_choose_site")
        elif "utter_guide_choose_kind" in turn.last_answer:
            turn.say("utter_guide_choose_kind")
        elif set(OFFERING_TO_GUIDE) & set(turn.last_answer):
            return self._start(turn, place)
        elif set(ASKING_TO_RESUME) & set(turn.last_answer):
            return self._show_place(turn, place)
        elif f"utter_guide_{place.step}" in turn.last_answer:
            return self._go_on(turn, place)
        elif place.is_under_way:
            tell_place(turn, self.house, place, "utter_guide_place_kept")
        else:
            turn.say("utter_yes_to_what")
        return []

    def _hear_no(self, turn: Turn, place: Place) -> Events:
        turn.say("utter_guide_not_yet" if place.is_under_way else "utter_no_to_what")
        return []

    def _go_back(self, turn: Turn, place: Place) -> Events:
        if not place.is_shown:
            return self._not_under_way(turn, place)
        step = guide_path.step_before(place)
        if step is None:
            turn.say("utter_guide_first_step")
            return []
        return show(turn, self.house, place.at(step))

    def _help(self, turn: Turn, place: Place) -> Events:
        if not place.is_shown:
            turn.say("utter_stuck_outside_guide")
            return []
        offered = (*PROBLEMS[str(place.step)], "where_am_i", "contact_support")
        turn.say("utter_guide_stuck", buttons=topic_buttons(offered, self.house, turn))
        return []

    def _show_place(self, turn: Turn, place: Place) -> Events:
        if place.site is None or place.step is None:
            return self._not_under_way(turn, place)
        return show(turn, self.house, place.at(place.step))

    def _not_under_way(self, turn: Turn, place: Place) -> Events:
        if place.is_left:
            tell_place(turn, self.house, place, "utter_guide_paused")
        elif place.step:
            turn.say("utter_guide_choose_site")
        else:
            turn.say("utter_guide_not_started")
        return []

    def _site_named(self, turn: Turn) -> str | None:
        """Return the site that a sentence names beside its matter, where it names one only."""
        named = set(turn.entities("environment"))
        return named.pop() if len(named) == 1 else None

    def _kind_name(self, turn: Turn, kind: str) -> str:
        return self.house.terms.say(f"kind_{kind}", turn.language)

    def _go_to(self, turn: Turn, place: Place, step: str) -> Events:
        """Show a step; where the site is not known, ask for it first."""
        if place.site is None:
            turn.say("utter_guide_choose_site")
            return keep(place.at(step))
        return show(turn, self.house, place.at(step))


class ActionTellPlace(PlainAction):
    """Follows words that lead nowhere ("thank you") with where we are in the guide."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_tell_place"

    def act(self, turn: Turn) -> Events:
        """Tell the place where a guide is under way and no form asks anything."""
        place = place_of(turn)
        if place.is_under_way and not turn.active_form:
            tell_place(turn, self.house, place, "utter_guide_place_kept")
        return []
