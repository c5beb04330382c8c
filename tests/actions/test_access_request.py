"""A request for access: taken field by field, confirmed, verified, filed once."""

import json
import re

import pytest
from sqlalchemy import func, select

from actions.access_request import ActionFileRequest, ValidateAccessRequestForm
from actions.code import ActionResendCode
from registry.models import AuthorisationRequest, Draft, Organisation, OutboxMail, VerificationCode
from registry.services import verification
from registry.vocabulary import OrganisationStatus
from tests.actions.talk import Said, Talk

FORM = "access_request_form"
ADDRESS = "camille@example.org"
FILED = ["utter_request_filed", "utter_decided_by_national_authority", "utter_confirmation_mailed"]


def start(talk: Talk) -> Said:
    talk.form = FORM
    said = talk.call(ValidateAccessRequestForm, "request_access")
    talk.ask_next()
    return said


def answer(talk: Talk, slot: str, value: str, intent: str = "inform", **entities: str) -> Said:
    said = talk.call(ValidateAccessRequestForm, intent, entities, {slot: value}, text=value)
    talk.ask_next()
    return said


def say_site_and_kind(talk: Talk, kind: str = "operator") -> Said:
    answer(talk, "request_environment", "production")
    return answer(talk, "request_kind", kind, f"request_{kind}")


def to_the_recap(talk: Talk, organisation: str = "alpro") -> Said:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", organisation)
    answer(talk, "request_name", "Camille Exemple")
    return answer(talk, "request_email", ADDRESS)


def stamp(talk: Talk) -> dict[str, str]:
    recap = talk.messages[-1]
    return {"draft_id": recap["draft_id"], "draft_version": str(recap["draft_version"])}


def count(talk: Talk, table: type) -> int:
    with talk.house.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def type_the_code(talk: Talk) -> None:
    verify_the_code(talk)
    answer(talk, "request_code", "accepted", "code_accepted")


def verify_the_code(talk: Talk) -> None:
    """What the gateway does with the six digits of the latest mail."""
    with talk.house.database.transaction() as session:
        mail = session.scalars(
            select(OutboxMail).where(OutboxMail.kind == "code").order_by(OutboxMail.id.desc())
        ).first()
        assert mail is not None
        outcome = verification.check_code(
            session,
            conversation_id=talk.conversation_id,
            message_id=f"code-{mail.id}",
            code=mail.parameters["code"],
            hash_key=talk.house.hash_key,
            now=talk.house.now(),
        )
        assert outcome == "accepted"


def file(talk: Talk) -> Said:
    return talk.call(ActionFileRequest, "code_accepted")


def file_a_request(talk: Talk) -> Said:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    type_the_code(talk)
    return file(talk)


# The fields


def test_the_form_begins_with_the_site(talk: Talk) -> None:
    assert start(talk) == ["utter_field_request_environment"]


def test_then_the_kind_is_asked_for(talk: Talk) -> None:
    """S29."""
    start(talk)
    assert answer(talk, "request_environment", "production") == ["utter_field_request_kind"]


def test_site_and_kind_of_the_guide_are_taken_over_and_named(talk: Talk) -> None:
    talk.slots |= {"guide_site": "training", "guide_kind": "authority"}
    assert start(talk) == ["utter_field_request_organisation"]
    assert talk.messages[-1]["environment"] == "Formation"


def test_a_sites_name_alone_corrects_the_site(talk: Talk) -> None:
    talk.slots |= {"guide_site": "production", "guide_kind": "operator"}
    start(talk)
    said = answer(talk, "request_organisation", "Training", environment="training")
    assert said == ["utter_field_request_organisation"]
    assert talk.slots["request_environment"] == "training"
    assert talk.slots["request_organisation"] is None


def test_the_only_organisation_found_is_taken_and_said(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", "be-org-op-5")
    assert said == ["utter_organisation_taken", "utter_field_request_name"]
    assert talk.messages[0]["organisation"].startswith("ALPRO Comm.V.A. (exemple)")


@pytest.mark.parametrize("typed", ["Beanworks", "seeds grains", "Verrebroek"])
def test_the_only_one_found_by_a_part_of_its_name_is_asked_about(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", typed)
    assert said == ["utter_field_request_organisation_one"]
    beanworks, none_of_these = talk.buttons()
    assert beanworks["title"].startswith("Beanworks Seeds and Grains bvba")
    assert none_of_these == {"title": "Non, une autre", "payload": "/none_of_these"}


@pytest.mark.parametrize(
    "typed", ["beanworks seeds and grains", "Beanworks Seeds & Grains BVBA", "beanworks seed grain"]
)
def test_who_types_the_whole_name_need_not_choose(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", typed)
    assert said == ["utter_organisation_taken", "utter_field_request_name"]


def test_the_only_one_that_is_similar_is_not_taken_without_being_chosen(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", "Établissements Colzagro de la Lys")
    assert said == ["utter_field_request_organisation_one"]
    assert [button["title"] for button in talk.buttons()] == [
        "Colzagro (exemple) (BE-ORG-OP-4) – Lichtervelde",
        "Non, une autre",
    ]
    assert talk.slots["request_organisation"] is None


def test_several_organisations_are_buttons_that_carry_the_draft(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    assert answer(talk, "request_organisation", "co") == [
        "utter_field_request_organisation_results"
    ]
    *payloads, none_of_these = [button["payload"] for button in talk.buttons()]
    assert none_of_these == "/none_of_these"
    carried = [json.loads(payload.removeprefix("/choose_organisation")) for payload in payloads]
    assert len(payloads) > 1
    assert all(set(c) == {"organisation_id", "draft_id", "draft_version"} for c in carried)
    said = answer(
        talk,
        "request_organisation",
        carried[0]["organisation_id"],
        "choose_organisation",
        **carried[0],
    )
    assert said == ["utter_field_request_name"]


def test_an_organisation_that_is_not_found_is_told_with_what_was_typed(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", "Moulin Introuvable")
    assert said == ["utter_field_request_organisation_none"]
    assert talk.messages[0]["typed"] == "Moulin Introuvable"


def test_a_second_message_narrows_the_search_and_another_name_begins_a_new_one(
    talk: Talk,
) -> None:
    start(talk)
    say_site_and_kind(talk, "authority")
    answer(talk, "request_organisation", "Aalst")
    assert len(talk.buttons()) == 3
    said = answer(talk, "request_organisation", "douanekantoor")
    assert said == ["utter_field_request_organisation_one"]
    answer(talk, "request_organisation", "Clermont bureau")
    assert "Clermont" in talk.messages[0]["organisation"]


@pytest.mark.parametrize("typed", ["oui", "ok merci"])
def test_what_names_nothing_is_not_searched_for(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk, "operator")
    assert answer(talk, "request_organisation", typed) == ["utter_field_request_organisation_none"]


@pytest.mark.parametrize("typed", ["the customs office in Aalst", "BE0001"])
def test_what_is_typed_tells_the_kind_better_than_what_was_said(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk, "operator")
    answer(talk, "request_organisation", typed)
    names = [button["title"] for button in talk.buttons()]
    assert talk.slots["request_kind"] == "authority" or "Aalst Customs" in names[0]


def test_an_organisation_of_another_kind_is_dropped_with_its_kind(talk: Talk) -> None:
    to_the_recap(talk)
    button = {"field": "request_kind", **stamp(talk)}
    answer(talk, "request_confirmation", "change", "change_field", **button)
    said = answer(talk, "request_kind", "authority", "request_authority")
    assert said == ["utter_field_request_organisation"]
    assert talk.slots["request_organisation"] is None


@pytest.mark.parametrize("typed", ["non", "Camille", "<b>Camille Exemple</b>", "C " * 300])
def test_what_is_no_name_is_asked_for_in_other_words(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "alpro")
    assert answer(talk, "request_name", typed) == ["utter_field_request_name_again"]
    assert talk.slots["request_name"] is None


@pytest.mark.parametrize("typed", ["camille", "camille@", "camille@example", "a@b.org c@d.org"])
def test_what_is_no_address_is_asked_for_in_other_words(talk: Talk, typed: str) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "change", "change_field", field="request_email")
    assert answer(talk, "request_email", typed) == ["utter_field_request_email_again"]


def test_the_recap_says_everything_and_no_code_is_sent_before_it(talk: Talk) -> None:
    assert to_the_recap(talk) == ["utter_field_request_confirmation"]
    recap = talk.messages[-1]
    told = (recap["environment"], recap["organisation"], recap["number"], recap["name"])
    assert told == ("Production", "ALPRO Comm.V.A.", "BE-ORG-OP-5", "Camille Exemple")
    assert recap["email"] == ADDRESS
    assert count(talk, OutboxMail) == 0


def test_an_interruption_asks_again_and_writes_nothing(talk: Talk) -> None:
    to_the_recap(talk)
    version = stamp(talk)["draft_version"]
    assert talk.call(ValidateAccessRequestForm, "who_validates") == [
        "utter_field_request_confirmation"
    ]
    assert stamp(talk)["draft_version"] == version


# The recap


def test_yes_sends_one_code(talk: Talk) -> None:
    to_the_recap(talk)
    assert answer(talk, "request_confirmation", "confirmed", "affirm") == [
        "utter_field_request_code"
    ]
    assert count(talk, VerificationCode) == 1


def test_the_demonstration_says_where_the_mail_is(demo_talk: Talk) -> None:
    to_the_recap(demo_talk)
    said = answer(demo_talk, "request_confirmation", "confirmed", "affirm")
    assert said == ["utter_field_request_code", "utter_mail_shown_in_demonstration"]


def test_confirming_twice_sends_one_code(talk: Talk) -> None:
    to_the_recap(talk)
    button = stamp(talk)
    for _ in range(2):
        said = answer(talk, "request_confirmation", "confirmed", "confirm_request", **button)
        assert said == ["utter_field_request_code"]
    assert count(talk, VerificationCode) == 1


def test_a_confirmation_whose_answer_was_lost_sends_no_second_code(talk: Talk) -> None:
    to_the_recap(talk)
    slots = dict(talk.slots)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    talk.slots = slots
    said = answer(talk, "request_confirmation", "confirmed", "affirm")
    assert said == ["utter_field_request_code"]
    assert count(talk, VerificationCode) == 1


def test_no_asks_what_to_change(talk: Talk) -> None:
    to_the_recap(talk)
    assert answer(talk, "request_confirmation", "refused", "deny") == ["utter_what_to_change"]


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("request_environment", "utter_field_request_environment"),
        ("request_organisation", "utter_field_request_organisation"),
        ("request_name", "utter_field_request_name"),
        ("request_email", "utter_field_request_email"),
    ],
)
def test_a_field_is_changed_from_the_recap(talk: Talk, field: str, asked: str) -> None:
    to_the_recap(talk)
    button = {"field": field, **stamp(talk)}
    said = answer(talk, "request_confirmation", "change", "change_field", **button)
    assert said == [asked]


def test_another_site_needs_another_organisation(talk: Talk) -> None:
    """S22: nothing is shared between the sites."""
    to_the_recap(talk)
    answer(talk, "request_confirmation", "change", "change_field", field="request_environment")
    said = answer(talk, "request_environment", "training")
    assert said == ["utter_field_request_organisation"]


def test_a_button_of_an_earlier_recap_changes_nothing(talk: Talk) -> None:
    to_the_recap(talk)
    old = stamp(talk)
    answer(talk, "request_confirmation", "change", "change_field", field="request_name", **old)
    answer(talk, "request_name", "Claude Muster")
    said = answer(talk, "request_confirmation", "confirmed", "confirm_request", **old)
    assert said == ["utter_recap_changed", "utter_field_request_confirmation"]
    assert count(talk, VerificationCode) == 0


# The code


def test_a_new_code_is_sent_on_asking(talk: Talk) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    assert talk.call(ActionResendCode, "resend_code") == ["utter_code_resent"]
    assert count(talk, VerificationCode) == 2


def test_an_address_gets_no_more_than_three_codes_an_hour(talk: Talk) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    talk.call(ActionResendCode, "resend_code")
    talk.call(ActionResendCode, "resend_code")
    assert talk.call(ActionResendCode, "resend_code") == ["utter_too_many_codes"]
    assert talk.messages[0]["minutes"] == 60


def test_no_code_is_sent_where_none_is_awaited(talk: Talk) -> None:
    assert talk.call(ActionResendCode, "resend_code") == ["utter_button_no_longer_applies"]
    assert count(talk, VerificationCode) == 0


# The filing


def test_a_verified_request_is_filed_with_its_reference(talk: Talk) -> None:
    assert file_a_request(talk) == FILED
    assert re.fullmatch(r"TR-\w{4}-\w{4}-\w", talk.messages[0]["reference"])
    assert count(talk, AuthorisationRequest) == 1
    assert talk.slots["request_email"] is None


def test_the_demonstration_promises_no_mail(demo_talk: Talk) -> None:
    assert file_a_request(demo_talk)[-1] == "utter_mail_shown_in_demonstration"


def test_a_filing_whose_answer_was_lost_is_told_again_and_not_done_again(talk: Talk) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    type_the_code(talk)
    slots = dict(talk.slots)
    file(talk)
    reference = talk.messages[0]["reference"]
    # The bot has undone the turn: its slots are as before, and the code comes once more.
    talk.slots = slots | {"request_code": None}
    assert answer(talk, "request_code", "accepted", "code_accepted") == []
    assert file(talk) == FILED
    assert talk.messages[0]["reference"] == reference
    assert count(talk, AuthorisationRequest) == 1


def test_without_an_accepted_code_nothing_is_filed(talk: Talk) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    answer(talk, "request_code", "accepted", "code_accepted")
    assert file(talk) == ["utter_request_not_verified"]
    assert count(talk, AuthorisationRequest) == 0
    assert ("followup", FORM) in [(event["event"], event.get("name")) for event in talk.events]


def test_a_second_request_for_the_same_is_refused(talk: Talk) -> None:
    file_a_request(talk)
    assert file_a_request(talk) == ["utter_request_already_open"]
    assert count(talk, AuthorisationRequest) == 1
    assert count(talk, Draft) == 2


def test_an_organisation_that_was_suspended_meanwhile_is_told(talk: Talk) -> None:
    to_the_recap(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    type_the_code(talk)
    with talk.house.database.transaction() as session:
        chosen = session.get(Organisation, int(talk.slots["request_organisation"]))
        assert chosen is not None
        chosen.status = OrganisationStatus.REJECTED
    assert file(talk) == ["utter_field_request_organisation_unavailable"]
    assert count(talk, AuthorisationRequest) == 0
