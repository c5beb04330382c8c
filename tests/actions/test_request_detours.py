"""Off the straight way through a request: stale buttons, lost answers, changes of mind."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from actions.access_request import ActionFileRequest, ValidateAccessRequestForm
from actions.conversation import ActionCancelJourney
from actions.find_organisation import ActionShowOrganisations
from actions.house import House
from actions.request_draft import FORM_SLOTS
from registry.models import AuthorisationRequest, Draft, Operator, Organisation, OutboxMail
from registry.services import directory
from registry.services.verification import MOST_CODES
from registry.transitions import Actor, move
from registry.vocabulary import (
    ActorKind,
    AuthorisationStatus,
    Environment,
    OrganisationKind,
    OrganisationStatus,
)
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import (
    ADDRESS,
    FORM,
    answer,
    count,
    file,
    file_a_request,
    say_site_and_kind,
    stamp,
    start,
    to_the_recap,
    type_the_code,
)

OTHER_ADDRESS = "robin@example.org"


def press_change(talk: Talk, field: str, button: dict[str, str]) -> Said:
    values = {"field": field, **button}
    return answer(talk, "request_confirmation", "change", "change_field", **values)


def press_confirm(talk: Talk, button: dict[str, str]) -> Said:
    return answer(talk, "request_confirmation", "confirmed", "confirm_request", **button)


def press_found(talk: Talk, organisation_id: int) -> Said:
    """A button of a search made earlier: it starts a request and carries no draft."""
    talk.form = FORM
    chosen = str(organisation_id)
    return answer(talk, "request_organisation", chosen, "request_access", organisation_id=chosen)


def code_mails(talk: Talk) -> list[str]:
    """To whom codes were sent, in order."""
    with talk.house.database.transaction() as session:
        mails = select(OutboxMail.recipient).where(OutboxMail.kind == "code")
        return list(session.scalars(mails.order_by(OutboxMail.id)))


def the_draft(talk: Talk) -> tuple[int, dict[str, object]]:
    with talk.house.database.transaction() as session:
        draft = session.scalars(select(Draft)).one()
        return draft.version, dict(draft.fields)


def reject_the_chosen_organisation(talk: Talk) -> None:
    with talk.house.database.transaction() as session:
        chosen = session.get(Organisation, int(talk.slots["request_organisation"]))
        assert chosen is not None
        chosen.status = OrganisationStatus.REJECTED


@pytest.fixture
def add(house: House) -> Callable[..., int]:
    """Adds an operator and gives its id."""

    def do(
        name: str,
        environment: Environment = Environment.PRODUCTION,
        status: OrganisationStatus = OrganisationStatus.VALID,
    ) -> int:
        with house.database.transaction() as session:
            operator = Operator(
                name=name,
                country="BE",
                environment=environment,
                status=status,
                created_at=house.now(),
            )
            directory.index(operator)
            session.add(operator)
            session.flush()
            return int(operator.id)

    return do


# Choosing an organisation


def test_an_organisation_found_before_starts_the_request_with_its_site(
    talk: Talk, add: Callable[..., int]
) -> None:
    assert press_found(talk, add("Moulin", Environment.TRAINING)) == ["utter_field_request_name"]
    assert talk.slots["request_environment"] == "training"


def test_an_authority_found_before_brings_its_kind(talk: Talk) -> None:
    with talk.house.database.transaction() as session:
        authority = session.scalars(
            select(Organisation.id).where(Organisation.kind == OrganisationKind.AUTHORITY)
        ).first()
    assert authority is not None
    assert press_found(talk, authority) == ["utter_field_request_name"]
    assert talk.slots["request_kind"] == "authority"


def test_a_rejected_organisation_is_refused_when_it_is_chosen_and_not_at_the_end(
    talk: Talk, add: Callable[..., int]
) -> None:
    """The search never shows it, but a button may be older than the decision."""
    rejected = add("Moulin", status=OrganisationStatus.REJECTED)
    assert press_found(talk, rejected) == ["utter_field_request_organisation_unavailable"]
    assert talk.slots["request_organisation"] is None


def test_more_than_five_results_are_said_to_be_more(talk: Talk, add: Callable[..., int]) -> None:
    for number in range(6):
        add(f"Moulin {number}")
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", "moulin")
    assert said == ["utter_field_request_organisation_more"]
    assert len(talk.buttons()) == 6
    talk.slots["search_text"] = "moulin"
    assert talk.call(ActionShowOrganisations) == ["utter_organisations_found_more"]


def test_the_same_site_again_keeps_the_organisation(talk: Talk) -> None:
    to_the_recap(talk)
    press_change(talk, "request_environment", stamp(talk))
    said = answer(talk, "request_environment", "production")
    assert said == ["utter_field_request_confirmation"]


# Stale buttons


def test_a_stale_choice_of_organisation_writes_nothing(talk: Talk, add: Callable[..., int]) -> None:
    add("Moulin Un")
    add("Moulin Zwei")
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "moulin")
    first, second = (
        json.loads(button["payload"].removeprefix("/choose_organisation"))
        for button in talk.buttons()[:2]
    )
    for pressed in (first, second):
        chosen = pressed["organisation_id"]
        said = answer(talk, "request_organisation", chosen, "choose_organisation", **pressed)
    assert said == ["utter_recap_changed", "utter_field_request_name"]
    assert talk.slots["request_organisation"] == first["organisation_id"]


def test_a_button_of_another_draft_sends_no_code(talk: Talk) -> None:
    to_the_recap(talk)
    said = press_confirm(talk, {**stamp(talk), "draft_id": "0" * 32})
    assert said == ["utter_recap_changed", "utter_field_request_confirmation"]
    assert code_mails(talk) == []


def test_a_draft_of_another_conversation_is_not_taken_over(talk: Talk, house: House) -> None:
    to_the_recap(talk)
    stranger = Talk(house, "conversation-2")
    stranger.slots["request_draft"] = talk.slots["request_draft"]
    assert start(stranger) == ["utter_field_request_environment"]
    assert stranger.slots["request_draft"] != talk.slots["request_draft"]


# Changes of mind around the code


def test_an_address_changed_while_its_code_is_awaited_is_confirmed_anew(talk: Talk) -> None:
    to_the_recap(talk)
    press_confirm(talk, stamp(talk))
    press_change(talk, "request_email", stamp(talk))
    said = answer(talk, "request_email", OTHER_ADDRESS)
    assert said == ["utter_field_request_confirmation"]
    press_confirm(talk, stamp(talk))
    assert code_mails(talk) == [ADDRESS, OTHER_ADDRESS]


def test_confirming_while_a_field_is_being_changed_sends_no_code(talk: Talk) -> None:
    """The recap's buttons stay on the screen while the address is typed anew."""
    to_the_recap(talk)
    recap = stamp(talk)
    press_change(talk, "request_email", recap)
    press_confirm(talk, recap)
    assert code_mails(talk) == []


def test_no_code_is_said_to_be_sent_to_an_address_that_gets_none(talk: Talk) -> None:
    to_the_recap(talk)
    recap = stamp(talk)
    press_change(talk, "request_email", recap)
    press_confirm(talk, recap)
    said = answer(talk, "request_email", OTHER_ADDRESS)
    assert "utter_field_request_code" not in said or OTHER_ADDRESS in code_mails(talk)


def test_another_organisation_while_the_code_is_awaited_is_shown_in_the_recap_first(
    talk: Talk, add: Callable[..., int]
) -> None:
    """What was confirmed is not what would be filed any more."""
    to_the_recap(talk)
    press_confirm(talk, stamp(talk))
    said = press_found(talk, add("Moulin"))
    assert said[-1] == "utter_field_request_confirmation"


def test_too_many_codes_keep_the_recap_open(talk: Talk, house: House) -> None:
    """The limit is the address's, whoever asks for codes to it."""
    for number in range(MOST_CODES):
        other = Talk(house, f"other-conversation-{number}")
        to_the_recap(other)
        press_confirm(other, stamp(other))
    to_the_recap(talk)
    assert press_confirm(talk, stamp(talk)) == ["utter_too_many_codes"]
    assert talk.slots["requested_slot"] == "request_confirmation"
    assert code_mails(talk) == [ADDRESS] * MOST_CODES


def test_a_code_for_an_earlier_state_of_the_draft_files_nothing(talk: Talk, house: House) -> None:
    to_the_recap(talk)
    press_confirm(talk, stamp(talk))
    other_tab = Talk(house, slots=dict(talk.slots), form=FORM, messages=talk.messages)
    press_change(other_tab, "request_email", stamp(other_tab))
    answer(other_tab, "request_email", OTHER_ADDRESS)
    type_the_code(talk)
    assert file(talk) == ["utter_request_not_verified"]
    assert count(talk, AuthorisationRequest) == 0


# What the filing may answer


def test_a_request_that_is_valid_already_is_not_filed_again(talk: Talk) -> None:
    file_a_request(talk)
    with talk.house.database.transaction() as session:
        request = session.scalars(select(AuthorisationRequest)).one()
        decider = Actor(ActorKind.NATIONAL_AUTHORITY, "authority:1")
        now = talk.house.now()
        move(session, request, AuthorisationStatus.VALID, decider, None, now)
    assert file_a_request(talk) == ["utter_request_already_valid"]
    assert count(talk, AuthorisationRequest) == 1


def test_who_is_told_to_type_another_organisation_is_still_asked_for_one(talk: Talk) -> None:
    """The text says "type another name": the form must be there to take it."""
    to_the_recap(talk)
    press_confirm(talk, stamp(talk))
    type_the_code(talk)
    reject_the_chosen_organisation(talk)
    assert file(talk) == ["utter_field_request_organisation_unavailable"]
    assert ("followup", FORM) in [(event["event"], event.get("name")) for event in talk.events]
    assert talk.slots["request_email"] == ADDRESS


# Answers lost on their way: the register has moved on, the conversation has not


def lost(talk: Talk, take: Callable[[], Said]) -> tuple[Said, list[dict[str, object]]]:
    """Take a step whose answer is lost: what it would have said; the slots are as before."""
    before = dict(talk.slots)
    said, messages = take(), talk.messages
    talk.slots = before
    return said, messages


def go_on(talk: Talk, intent: str = "resume_journey") -> Said:
    """What Rasa's form does where it begins again: all that it holds is validated anew."""
    talk.slots["requested_slot"] = None
    held = {slot: talk.slots[slot] for slot in FORM_SLOTS if talk.slots.get(slot) is not None}
    return talk.call(ValidateAccessRequestForm, intent, answers=held)


def test_a_request_that_was_put_aside_goes_on_with_its_next_question_alone(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "alpro")
    assert go_on(talk) == ["utter_field_request_name"]


def test_a_request_that_was_put_aside_at_its_recap_shows_it_again(talk: Talk) -> None:
    to_the_recap(talk)
    assert go_on(talk) == ["utter_field_request_confirmation"]


def test_a_start_within_the_guide_gives_the_same_answer_again(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_kind": "operator"}
    said, _ = lost(talk, lambda: start(talk))
    assert start(talk) == said == ["utter_field_request_organisation"]


def test_a_start_with_an_organisation_gives_the_same_answer_again(
    talk: Talk, add: Callable[..., int]
) -> None:
    found = add("Moulin")
    said, _ = lost(talk, lambda: press_found(talk, found))
    assert press_found(talk, found) == said == ["utter_field_request_name"]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("request_environment", "production"),
        ("request_kind", "operator"),
        ("request_organisation", "alpro"),
        ("request_name", "je m'appelle Camille Exemple"),
        ("request_email", ADDRESS),
    ],
)
def test_an_answer_to_a_field_gives_the_same_answer_again(
    talk: Talk, slot: str, value: str
) -> None:
    start(talk)
    for known, given in (
        ("request_environment", "production"),
        ("request_kind", "operator"),
        ("request_organisation", "alpro"),
        ("request_name", "Camille Exemple"),
        ("request_email", ADDRESS),
    ):
        if known == slot:
            break
        answer(talk, known, given)
    said, messages = lost(talk, lambda: answer(talk, slot, value))
    assert answer(talk, slot, value) == said
    assert talk.messages == messages


def test_a_refused_filing_gives_the_same_answer_again(talk: Talk) -> None:
    """Else the same code, typed again, fails for ever."""
    file_a_request(talk)
    to_the_recap(talk)
    press_confirm(talk, stamp(talk))
    type_the_code(talk)
    said, _ = lost(talk, lambda: file(talk))
    assert file(talk) == said == ["utter_request_already_open"]


def test_after_a_cancel_whose_answer_was_lost_the_next_answer_is_still_taken(talk: Talk) -> None:
    """Else every answer fails for ever: the conversation is in the form, its draft is closed."""
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "alpro")
    lost(talk, lambda: talk.call(ActionCancelJourney, "cancel"))
    assert answer(talk, "request_name", "Camille Exemple")


def test_a_cancel_whose_answer_was_lost_can_be_said_again(talk: Talk) -> None:
    start(talk)
    said, _ = lost(talk, lambda: talk.call(ActionCancelJourney, "cancel"))
    assert talk.call(ActionCancelJourney, "cancel") == said == ["utter_request_cancelled"]


def test_an_interrupted_step_writes_nothing(talk: Talk) -> None:
    to_the_recap(talk)
    before = the_draft(talk)
    talk.call(ValidateAccessRequestForm, "how_long")
    assert the_draft(talk) == before
    assert talk.call(ActionFileRequest, "how_long") == ["utter_request_not_verified"]
    assert count(talk, AuthorisationRequest) == 0
