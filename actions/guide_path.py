"""The guide's path: its steps in their order, and the way about in them. No Rasa here.

Step 1 of the guide creates the EU Login account, step 2 requests the role (S05, S21). From
the choice of the role on, each kind of organisation has a way of its own (S29).
"""

from dataclasses import dataclass, replace

KINDS = ("operator", "control_body", "authority")

# S07, S08: the two sites' addresses.
SITE_URLS = {
    "production": "https://webgate.ec.europa.eu/tracesnt/login",
    "training": "https://webgate.training.ec.europa.eu/tracesnt",
}

STEP_ONE = ("open_home", "fill_form", "set_password")
TO_THE_ROLE = ("log_in", "choose_role")
# S38, S52; for control bodies the guide gives no walk-through, and the step says so.
FINDING = {kind: f"find_{kind}" for kind in KINDS}
AFTER_FINDING = ("confirm_request", "see_profile", "wait")
# S42: off the way, for operators that really cannot be found.
CREATING = "create_operator"
FINISHED = "finished"

STEPS = (*STEP_ONE, *TO_THE_ROLE, *FINDING.values(), CREATING, *AFTER_FINDING)
FIRST_STEP = STEP_ONE[0]
FIRST_OF_STEP_TWO = TO_THE_ROLE[0]
LAST_STEP = AFTER_FINDING[-1]
# Where "step 1" and "step 2" of the guide begin, and what is shown when one of them is done.
FIRST_OF = {"1": FIRST_STEP, "2": FIRST_OF_STEP_TWO}
AFTER = {"1": FIRST_OF_STEP_TWO, "2": LAST_STEP}
# Where somebody else than the kind in hand is still to be found or asked for.
BEFORE_SENDING = (*FINDING.values(), CREATING, AFTER_FINDING[0])


@dataclass(frozen=True)
class Place:
    """Where someone is in the guide: the site, the kind of organisation, the step."""

    site: str | None = None
    kind: str | None = None
    step: str | None = None
    is_left: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether a step, or the end, is what the conversation is at."""
        return bool(self.site and self.step) and not self.is_left

    @property
    def is_under_way(self) -> bool:
        """Whether a step is shown that is not the end."""
        return self.is_shown and self.step != FINISHED

    def at(self, step: str) -> "Place":
        """The place at another step; a step of one kind alone tells the kind."""
        kinds = {found: kind for kind, found in FINDING.items()} | {CREATING: "operator"}
        return replace(self, step=step, kind=kinds.get(step, self.kind), is_left=False)


def way(kind: str | None) -> tuple[str, ...]:
    """Return the steps that a kind of organisation goes through, in their order."""
    finding = (FINDING[kind],) if kind else ()
    return (*STEP_ONE, *TO_THE_ROLE, *finding, *AFTER_FINDING)


def step_after(place: Place) -> str | None:
    """Return the next step, FINISHED after the last; None where the kind must be known first."""
    if place.step == CREATING:
        # S51: creation and request are recorded together, no window is to be confirmed.
        return AFTER_FINDING[1]
    if place.step in (LAST_STEP, FINISHED):
        return FINISHED
    if place.step == TO_THE_ROLE[-1] and place.kind is None:
        return None
    steps = way(place.kind)
    return steps[steps.index(str(place.step)) + 1]


def step_told(place: Place, step: str) -> str | None:
    """Return the step that comes next for who told where they are; None where that is no help.

    "I am logged in" leads to the role from wherever the guide thinks one is. From the
    account on, only the login leads over to the second of the guide's steps.
    """
    if step not in way(place.kind):
        return None
    is_near = number_of(step) == number_of(place.step or "")
    return step if is_near or step in TO_THE_ROLE else None


def step_when_finished(number: str, place: Place) -> str:
    """Return the step to show when "step 1" or "step 2" is said to be finished."""
    if place.step is None or number_of(place.step) < number:
        return AFTER[number]
    if number_of(place.step) > number:
        return place.step
    return FINISHED if place.step in (LAST_STEP, FINISHED) else AFTER[number]


def step_before(place: Place) -> str | None:
    """Return the step before; None at the first."""
    if place.step == FINISHED:
        return LAST_STEP
    if place.step == CREATING:
        return FINDING["operator"]
    steps = way(place.kind)
    index = steps.index(str(place.step))
    return steps[index - 1] if index else None


def step_on_site(place: Place, site: str) -> str:
    """Return the step to show when a site is chosen: the same, or where this site begins.

    S22: the account serves both sites, only step 2 is done again.
    """
    if place.step is None:
        return FIRST_STEP
    is_again = place.step == FINISHED or place.site not in (None, site)
    return FIRST_OF_STEP_TWO if is_again and place.step not in STEP_ONE else place.step


def is_behind(step: str, place: Place) -> bool:
    """Say whether a step lies before the place on its way."""
    steps = way(place.kind)
    return step in steps and place.step in steps and steps.index(step) < steps.index(place.step)


def number_of(step: str) -> str:
    """Return which of the guide's two steps this one belongs to: ``1`` or ``2``."""
    return "1" if step in STEP_ONE else "2"
