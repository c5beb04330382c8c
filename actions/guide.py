"""The guide through both steps: where someone is in it, and the step to show.

The place is two slots, ``guide_site`` and ``guide_step``, which only this action changes.
The texts are responses ``utter_guide_<step>`` (S07-S66).
"""

from actions.base import PlainAction
from actions.turn import Events, Turn, set_slots

# Step 1 of the guide creates the EU Login account, step 2 requests the role (S05, S21).
STEPS = (
    "open_home",
    "fill_form",
    "set_password",
    "log_in",
    "choose_operator",
    "find_operator",
    "confirm_request",
    "see_profile",
    "wait",
)
FIRST_STEP = STEPS[0]
FIRST_OF_STEP_TWO = "log_in"
FINISHED = "finished"

# S07, S08: the two sites' addresses.
SITE_URLS = {
    "production": "https://webgate.ec.europa.eu/tracesnt/login",
    "training": "https://webgate.training.ec.europa.eu/tracesnt",
}


class ActionGuide(PlainAction):
    """Moves in the guide as the message asks and shows the step reached."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_guide"

    def act(self, turn: Turn) -> Events:
        """Choose what to do by the intent."""
        moves = {
            "start_registration": self._start,
            "already_have_account": self._skip_to_step_two,
            "choose_environment": self._choose_site,
            "done": self._go_on,
            "go_back": self._go_back,
            "stuck": self._help,
            "where_am_i": self._show_place,
        }
        return moves[turn.intent](turn)

    def _start(self, turn: Turn) -> Events:
        turn.say("utter_guide_overview")
        return set_slots(guide_site=None, guide_step=None)

    def _skip_to_step_two(self, turn: Turn) -> Events:
        """S06: with an account, step 1 need not be done again."""
        turn.say("utter_already_have_account")
        site = turn.slot("guide_site")
        if site is None:
            turn.say("utter_guide_choose_site")
            return set_slots(guide_step=FIRST_OF_STEP_TWO)
        return self._show(turn, site, FIRST_OF_STEP_TWO)

    def _choose_site(self, turn: Turn) -> Events:
        site = turn.entity("environment")
        if site not in SITE_URLS:
            turn.say("utter_guide_choose_site")
            return []
        step = turn.slot("guide_step")
        if step is None:
            step = FIRST_STEP
        elif step == FINISHED or site != turn.slot("guide_site"):
            # S22: the account serves both sites, only step 2 is done again.
            step = FIRST_OF_STEP_TWO if step not in STEPS[:3] else step
        return self._show(turn, site, step)

    def _go_on(self, turn: Turn) -> Events:
        site, step = turn.slot("guide_site"), turn.slot("guide_step")
        if site is None or step is None:
            return self._not_started(turn)
        if step in (STEPS[-1], FINISHED):
            turn.say("utter_guide_finished", site=self._site_name(turn, site))
            return set_slots(guide_step=FINISHED)
        return self._show(turn, site, STEPS[STEPS.index(step) + 1])

    def _go_back(self, turn: Turn) -> Events:
        site, step = turn.slot("guide_site"), turn.slot("guide_step")
        if site is None or step is None:
            return self._not_started(turn)
        if step == FIRST_STEP:
            turn.say("utter_guide_first_step")
            return []
        before = STEPS[-1] if step == FINISHED else STEPS[STEPS.index(step) - 1]
        return self._show(turn, site, before)

    def _help(self, turn: Turn) -> Events:
        if turn.slot("guide_site") is None:
            return self._not_started(turn)
        turn.say("utter_guide_stuck")
        return []

    def _show_place(self, turn: Turn) -> Events:
        site, step = turn.slot("guide_site"), turn.slot("guide_step")
        if site is None or step is None:
            return self._not_started(turn)
        if step == FINISHED:
            turn.say("utter_guide_finished", site=self._site_name(turn, site))
            return []
        return self._show(turn, site, step)

    def _not_started(self, turn: Turn) -> Events:
        if turn.slot("guide_step"):
            turn.say("utter_guide_choose_site")
        else:
            turn.say("utter_guide_not_started")
        return []

    def _show(self, turn: Turn, site: str, step: str) -> Events:
        turn.say(f"utter_guide_{step}", site=self._site_name(turn, site), site_url=SITE_URLS[site])
        return set_slots(guide_site=site, guide_step=step)

    def _site_name(self, turn: Turn, site: str) -> str:
        return self.house.terms.say(f"environment_{site}", turn.language)
