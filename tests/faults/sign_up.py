"""The sign-up as data: each step, what is said, the actions it calls, what is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.faults.answers import assert_said
from tests.faults.newcomer import Newcomer

Said = dict[str, str]

FORM = "validate_access_request_form"
FILE = "action_file_request"
STATUS_FORM = "validate_status_form"
STATUS = "action_show_status"
WITHDRAWAL_FORM = "validate_withdrawal_form"
WITHDRAW = "action_withdraw_request"
LISTING_FORM = "validate_listing_form"
LIST = "action_list_requests"
BEGIN = "action_begin_journey"
END = "action_end_journey"
CODE_ASKED = ("utter_field_proof_code", "utter_mail_shown_in_demonstration")

FILED = (
    "utter_request_filed",
    "utter_decided_by_national_authority",
    "utter_mail_shown_in_demonstration",
)


@dataclass(frozen=True)
class Step:
    """One message of the newcomer: the actions it calls in order, the responses it gets."""

    name: str
    said: Callable[[Newcomer], Said]
    calls: tuple[str, ...]
    answer: tuple[str, ...]


def pressing(start: str, title: str = "") -> Callable[[Newcomer], Said]:
    """A button of the answer before, by the start of its payload and of its title."""
    return lambda newcomer: newcomer.button(start, title)


def typing(text: str) -> Callable[[Newcomer], Said]:
    """A text, the same for everyone."""
    return lambda _: {"text": text}


SIGN_UP = (
    Step("start", pressing("/request_access"), (BEGIN, FORM), ("utter_field_request_environment",)),
    Step(
        "environment",
        pressing('/choose_environment{"environment": "production"}'),
        (FORM,),
        ("utter_field_request_kind",),
    ),
    Step(
        "kind",
        pressing("/request_operator"),
        (FORM,),
        ("utter_field_request_organisation",),
    ),
    Step(
        "organisation search",
        typing("colza"),
        (FORM,),
        ("utter_field_request_organisation_results",),
    ),
    Step(
        "organisation chosen",
        pressing("/choose_organisation", "Colzagro"),
        (FORM,),
        ("utter_field_request_name",),
    ),
    Step(
        "name",
        lambda newcomer: {"text": newcomer.name},
        (FORM,),
        ("utter_field_request_email",),
    ),
    Step(
        "e-mail",
        lambda newcomer: {"text": newcomer.email},
        (FORM,),
        ("utter_field_request_confirmation",),
    ),
    Step(
        "confirmed, code sent",
        pressing("/confirm_request"),
        (FORM,),
        ("utter_field_request_code", "utter_mail_shown_in_demonstration"),
    ),
    Step(
        "code typed, filed",
        lambda newcomer: {"text": newcomer.code()},
        (FORM, FILE, END),
        FILED,
    ),
    Step(
        "status asked for",
        pressing("/check_status"),
        (BEGIN, STATUS_FORM),
        ("utter_field_status_reference",),
    ),
    Step(
        "reference",
        lambda newcomer: {"text": newcomer.assert_filed_once()},
        (STATUS_FORM,),
        ("utter_field_status_email",),
    ),
    Step(
        "e-mail of the request",
        lambda newcomer: {"text": newcomer.email},
        (STATUS_FORM, STATUS, END),
        ("utter_status_requested",),
    ),
)
NAMES = tuple(step.name for step in SIGN_UP)

# From the status: the request taken back, and then all requests shown; each after a code.
AFTERWARDS = (
    Step(
        "withdrawal",
        pressing('/withdraw_here{"reference"'),
        (BEGIN, WITHDRAWAL_FORM),
        ("utter_field_withdrawal_email",),
    ),
    Step(
        "e-mail of the withdrawal",
        lambda newcomer: {"text": newcomer.email},
        (WITHDRAWAL_FORM,),
        CODE_ASKED,
    ),
    Step(
        "code of the withdrawal",
        lambda newcomer: {"text": newcomer.code()},
        (WITHDRAWAL_FORM, WITHDRAW, END),
        ("utter_request_withdrawn",),
    ),
    Step(
        "status asked for again",
        pressing("/check_status"),
        (BEGIN, STATUS_FORM),
        ("utter_field_status_reference",),
    ),
    Step(
        "no reference",
        pressing("/list_my_requests"),
        (STATUS_FORM, BEGIN, LISTING_FORM),
        ("utter_field_listing_email",),
    ),
    Step(
        "e-mail of the listing",
        lambda newcomer: {"text": newcomer.email},
        (LISTING_FORM,),
        CODE_ASKED,
    ),
    Step(
        "code of the listing",
        lambda newcomer: {"text": newcomer.code()},
        (LISTING_FORM, LIST, END),
        ("utter_my_requests", "utter_request_line"),
    ),
)

# From the recap: the other site, so another organisation (S22), and on to the filing.
CHANGE_OF_SITE = (
    Step(
        "change the site",
        pressing('/change_field{"field": "request_environment"'),
        (FORM,),
        ("utter_field_request_environment",),
    ),
    Step(
        "the other site",
        pressing('/choose_environment{"environment": "training"}'),
        (FORM,),
        ("utter_field_request_organisation",),
    ),
    SIGN_UP[NAMES.index("organisation search")],
    Step(
        "organisation chosen there",
        pressing("/choose_organisation", "Colzagro"),
        (FORM,),
        ("utter_field_request_confirmation",),
    ),
    SIGN_UP[NAMES.index("confirmed, code sent")],
    SIGN_UP[NAMES.index("code typed, filed")],
)


def step_named(name: str) -> Step:
    """The step of that name."""
    return SIGN_UP[NAMES.index(name)]


def take(newcomer: Newcomer, step: Step, message_id: str | None = None) -> list[dict[str, Any]]:
    """Take a step that must succeed; returns the answer's messages."""
    messages = newcomer.heard(newcomer.send(step.said(newcomer), message_id))
    assert_said(messages, step.answer, newcomer.lang)
    return messages


def walk_to(newcomer: Newcomer, name: str) -> Step:
    """Take every step before the one of that name, and return that one."""
    for step in SIGN_UP[: NAMES.index(name)]:
        take(newcomer, step)
    return step_named(name)
