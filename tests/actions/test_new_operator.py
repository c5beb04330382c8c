"""A new operator is described in the request, after a search, and is filed together with it."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from actions.access_request import ValidateAccessRequestForm
from actions.request_draft import LEFT_OUT, OPERATOR_DETAILS, OPERATOR_SLOTS
from actions.resumption import ActionTakeUpRequest, ValidateResumptionForm
from registry.models import AuthorisationRequest, Draft, Operator, Organisation, OutboxMail
from registry.services.directory import index
from registry.vocabulary import OrganisationStatus
from tests.actions.conftest import NOON
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import (
    ADDRESS,
    answer,
    count,
    file,
    say_site_and_kind,
    stamp,
    start,
    to_the_recap,
    type_the_code,
    verify_the_code,
)

RECAP = "utter_field_request_confirmation_new_operator"
SEARCHED = "Fratelli Esempio en Italie"
ANSWERS = {
    "operator_name": "Fratelli Esempio S.p.A.",
    "operator_city": "20121 Milano",
    "operator_address": "Via Esempio 12",
    "operator_contact": "fax 02 5555 1234",
    "operator_section": "importateur",
}


def create_here(talk: Talk) -> Said:
    return answer(talk, "request_organisation", "new", "create_here")


def begin(talk: Talk, searched: str = SEARCHED) -> Said:
    """Search for somebody who is not there, then create."""
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", searched)
    return create_here(talk)


def describe(talk: Talk, **answers: str) -> Said:
    begin(talk)
    for field, typed in {**ANSWERS, **answers}.items():
        said = answer(talk, field, typed)
    return said


def to_the_recap_of_new(talk: Talk, **answers: str) -> Said:
    describe(talk, **answers)
    answer(talk, "request_name", "Luca Esempio")
    return answer(talk, "request_email", ADDRESS)


def press(talk: Talk, title: str) -> Said:
    """Press one of the last message's buttons that change a field."""
    (payload,) = [button["payload"] for button in talk.buttons() if button["title"] == title]
    values = json.loads(payload.removeprefix("/change_field"))
    return answer(talk, "request_confirmation", "change", "change_field", **values)


def change(talk: Talk, field: str, new_value: str | None = None) -> Said:
    """What a sentence does that corrects a field."""
    values = {"field": field} | ({"new_value": new_value} if new_value else {})
    return answer(talk, "request_confirmation", "change", "change_field", **values)


def press_change(talk: Talk, field: str) -> Said:
    values = {"field": field, **stamp(talk)}
    return answer(talk, "request_confirmation", "change", "change_field", **values)


def recap(talk: Talk) -> dict[str, Any]:
    return talk.messages[-1]


def add_operator(talk: Talk, name: str, city: str = "Milano", country: str = "IT") -> int:
    with talk.house.database.transaction() as session:
        operator = Operator(
            environment="production",
            status=OrganisationStatus.VALID,
            name=name,
            city=city,
            country=country,
            created_at=NOON,
        )
        index(operator)
        session.add(operator)
        session.flush()
        return operator.id


# How one gets there


def test_nobody_found_offers_a_creation(talk: Talk) -> None:
    """S42: only then."""
    start(talk)
    say_site_and_kind(talk)
    said = answer(talk, "request_organisation", SEARCHED)
    assert said == ["utter_field_request_organisation_none"]


def test_a_creation_before_any_search_is_told_to_search(talk: Talk) -> None:
    """S42, X20."""
    start(talk)
    say_site_and_kind(talk)
    assert create_here(talk) == [
        "utter_search_before_creating",
        "utter_field_request_organisation",
    ]
    assert talk.slots["request_organisation"] is None


def test_a_yes_is_no_search(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "oui")
    assert create_here(talk)[0] == "utter_search_before_creating"


def test_a_request_that_begins_with_the_wish_to_create_is_an_operators(talk: Talk) -> None:
    talk.form = "access_request_form"
    said = create_here(talk)
    assert said == ["utter_search_before_creating", "utter_field_request_environment"]
    assert talk.slots["request_kind"] == "operator"
    assert answer(talk, "request_environment", "production") == ["utter_field_request_organisation"]


@pytest.mark.parametrize("kind", ["authority", "control_body"])
def test_authorities_and_control_bodies_are_not_created(talk: Talk, kind: str) -> None:
    """S43, X25."""
    start(talk)
    say_site_and_kind(talk, kind)
    said = answer(talk, "request_organisation", "Zorvane")
    assert said == ["utter_field_request_organisation_none_no_creation"]
    assert create_here(talk) == ["utter_create_operators_only"]
    assert talk.slots["request_organisation"] is None


@pytest.mark.parametrize(
    ("kind", "response"),
    [("operator", "utter_none_of_these"), ("authority", "utter_none_of_these_no_creation")],
)
def test_none_of_those_shown_offers_a_creation_to_operators_alone(
    talk: Talk, kind: str, response: str
) -> None:
    start(talk)
    say_site_and_kind(talk, kind)
    answer(talk, "request_organisation", "be")
    assert answer(talk, "request_organisation", "none", "none_of_these") == [response]


@pytest.mark.parametrize("typed", ["non", "aucune", "none"])
def test_a_typed_no_to_those_shown_is_none_of_these(talk: Talk, typed: str) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "be-org")
    assert answer(talk, "request_organisation", typed) == ["utter_none_of_these"]


def test_a_kind_that_nobody_creates_ends_the_creation(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    change(talk, "request_kind")
    assert answer(talk, "request_kind", "authority", "request_authority") == [
        "utter_field_request_organisation"
    ]


def test_who_chose_an_organisation_may_still_create_one(talk: Talk) -> None:
    """The only one found was taken, and was not the right one."""
    to_the_recap(talk)
    assert create_here(talk)[0].startswith("utter_field_operator_name")


# The fields


def test_what_was_searched_for_is_proposed_as_the_name(talk: Talk) -> None:
    assert begin(talk) == ["utter_field_operator_name_proposed"]
    assert talk.messages[-1]["name"] == "Fratelli Esempio"
    assert press(talk, "Garder ce nom") == ["utter_field_operator_city"]
    assert talk.slots["operator_name"] == "Fratelli Esempio"


@pytest.mark.parametrize("typed", ["oui", "yes", "garder ce nom"])
def test_yes_keeps_the_proposed_name(talk: Talk, typed: str) -> None:
    begin(talk)
    answer(talk, "operator_name", typed)
    assert talk.slots["operator_name"] == "Fratelli Esempio"


def test_a_number_is_not_proposed_as_a_name(talk: Talk) -> None:
    assert begin(talk, "BE-ORG-OP-999999") == ["utter_field_operator_name"]
    assert answer(talk, "operator_name", "oui") == ["utter_field_operator_name_again"]


def test_a_postal_code_after_the_name_is_not_proposed(talk: Talk) -> None:
    start(talk)
    say_site_and_kind(talk)
    answer(talk, "request_organisation", "Fratelli Esempio")
    answer(talk, "request_organisation", "20121 Zorvane")
    create_here(talk)
    assert talk.messages[-1]["name"] == "Fratelli Esempio"


def test_the_country_of_the_search_is_taken_and_told(talk: Talk) -> None:
    begin(talk)
    assert answer(talk, "operator_name", "Fratelli Esempio") == ["utter_field_operator_city"]
    assert talk.messages[-1]["country"] == "Italie"


def test_without_one_the_country_is_asked_for(talk: Talk) -> None:
    begin(talk, "Fratelli Esempio")
    assert answer(talk, "operator_name", "Fratelli Esempio") == ["utter_field_operator_country"]
    assert answer(talk, "operator_country", "en Itallie") == ["utter_field_operator_city"]
    assert talk.slots["operator_country"] == "IT"


def test_the_fields_are_asked_for_one_by_one(talk: Talk) -> None:
    """S45, S46, S48."""
    begin(talk)
    asked = [answer(talk, field, typed)[-1] for field, typed in ANSWERS.items()]
    assert asked == [
        "utter_field_operator_city",
        "utter_field_operator_address",
        "utter_field_operator_contact",
        "utter_field_operator_section",
        "utter_field_request_name",
    ]


def test_the_sections_are_those_of_the_country_as_buttons(talk: Talk) -> None:
    """X23."""
    describe(talk, operator_section="")
    titles = [button["title"] for button in talk.buttons()]
    assert titles[0] == "Importateur bio (ORGANIC IMPORTER)"
    assert len(titles) == 11
    assert press(talk, titles[0]) == ["utter_field_request_name"]
    assert talk.slots["operator_activity"] == "Organic Importer"


def test_the_activity_is_asked_for_where_there_is_a_choice(talk: Talk) -> None:
    assert describe(talk, operator_section="distribution") == ["utter_field_operator_activity"]
    assert press(talk, "Distribution") == ["utter_field_request_name"]


def test_a_section_of_another_country_is_asked_for_again(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    assert change(talk, "operator_country", "Pérou") == ["utter_field_operator_section"]
    assert talk.slots["operator_activity"] is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("operator_name", "<b>"),
        ("operator_city", "75011"),
        ("operator_address", "info@example.org"),
        ("operator_contact", "12"),
        ("operator_section", "exportateur"),
    ],
)
def test_what_cannot_be_used_is_said_and_helped_with(talk: Talk, field: str, typed: str) -> None:
    begin(talk)
    for before, said in ANSWERS.items():
        if before == field:
            break
        answer(talk, before, said)
    assert answer(talk, field, typed) == [f"utter_field_{field}_again"]
    answer(talk, field, typed)
    assert answer(talk, field, typed) == [f"utter_field_{field}_help"]
    assert talk.slots[field] is None


def test_the_recap_tells_all_in_the_language(talk: Talk) -> None:
    talk.slots["language"] = "en"
    assert to_the_recap_of_new(talk) == [RECAP]
    told = {name: recap(talk)[name] for name in ("operator", "country", "contact", "section")}
    assert told == {
        "operator": "Fratelli Esempio S.p.A.",
        "country": "Italy",
        "contact": "fax +390255551234",
        "section": "Organic importer (ORGANIC IMPORTER)",
    }
    assert (recap(talk)["activity"], recap(talk)["details"]) == ("Organic Importer", "–")


# An existing organisation


def test_an_existing_organisation_leaves_the_operator_out(talk: Talk) -> None:
    to_the_recap(talk)
    assert {talk.slots[slot] for slot in OPERATOR_SLOTS} == {LEFT_OUT}


def test_another_search_drops_the_new_operator(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "request_organisation")
    said = answer(talk, "request_organisation", "alpro")
    assert said == ["utter_organisation_taken", "utter_field_request_confirmation"]
    assert {talk.slots[slot] for slot in OPERATOR_SLOTS} == {LEFT_OUT}


def test_who_comes_back_to_the_creation_finds_what_was_said(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "request_organisation")
    assert create_here(talk) == [RECAP]
    assert recap(talk)["city"] == "20121 Milano"


def test_after_another_search_another_operator_is_described(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "request_organisation")
    answer(talk, "request_organisation", "Zorvane")
    create_here(talk)
    assert talk.slots["operator_name"] is None
    assert talk.slots["operator_city"] is None
    assert talk.slots["request_name"] == "Luca Esempio"


# Those that may be meant


def test_a_very_similar_operator_is_shown_first(talk: Talk) -> None:
    """S42, X20."""
    known = add_operator(talk, "Fratelli Esempio", city="Roma")
    said = begin(talk, "Zorvane en Italie")
    answer(talk, "operator_name", "Fratelli Esempio SRL")
    said = answer(talk, "operator_city", "Milano")
    assert said == ["utter_field_operator_is_new"]
    assert [button["title"] for button in talk.buttons()] == [
        "Fratelli Esempio – Roma",
        "Non, créer le mien",
    ]
    said = answer(
        talk,
        "request_organisation",
        str(known),
        "choose_organisation",
        organisation_id=str(known),
    )
    assert said == ["utter_field_request_name"]
    assert talk.slots["operator_name"] == LEFT_OUT


def is_new(talk: Talk, value: str, intent: str) -> Said:
    return answer(talk, "operator_is_new", value, intent)


def test_no_creates_ones_own(talk: Talk) -> None:
    add_operator(talk, "Fratelli Esempio", city="Roma")
    begin(talk, "Zorvane en Italie")
    answer(talk, "operator_name", "Fratelli Esempio SRL")
    answer(talk, "operator_city", "Milano")
    assert is_new(talk, "yes", "deny") == ["utter_field_operator_address"]


def test_yes_takes_the_only_one_that_is_shown(talk: Talk) -> None:
    known = add_operator(talk, "Fratelli Esempio", city="Roma")
    begin(talk, "Zorvane en Italie")
    answer(talk, "operator_name", "Fratelli Esempio SRL")
    answer(talk, "operator_city", "Milano")
    assert is_new(talk, "no", "affirm") == ["utter_organisation_taken", "utter_field_request_name"]
    assert talk.slots["request_organisation"] == str(known)


def test_yes_to_several_has_one_chosen(talk: Talk) -> None:
    for city in ("Roma", "Torino"):
        add_operator(talk, "Fratelli Esempio", city=city)
    begin(talk, "Zorvane en Italie")
    answer(talk, "operator_name", "Fratelli Esempio SRL")
    answer(talk, "operator_city", "Milano")
    assert is_new(talk, "no", "affirm") == ["utter_field_operator_is_new"]


def test_the_very_same_is_not_created_and_the_name_or_city_can_change(talk: Talk) -> None:
    add_operator(talk, "Fratelli Esempio", city="Milano")
    begin(talk, "Zorvane en Italie")
    answer(talk, "operator_name", "FRATELLI ESEMPIO")
    assert answer(talk, "operator_city", "20121 Milano") == ["utter_operator_exists"]
    assert is_new(talk, "yes", "deny") == ["utter_operator_exists"]
    assert press(talk, "Changer la ville") == ["utter_field_operator_city"]
    assert answer(talk, "operator_city", "Roma") == ["utter_field_operator_is_new"]


def test_another_name_is_held_against_the_directory_anew(talk: Talk) -> None:
    add_operator(talk, "Pastificio Modello", city="Roma")
    to_the_recap_of_new(talk)
    assert change(talk, "operator_name", "Pastificio Modello") == ["utter_field_operator_is_new"]


def test_who_has_the_same_identifier_is_shown(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "operator_vat")
    answer(talk, "operator_vat", "IT12345678901")
    file_it(talk)
    other = Talk(talk.house, conversation_id="conversation-2")
    to_the_recap_of_new(other, operator_name="Zorvane", operator_city="Roma")
    press_change(other, "operator_vat")
    assert answer(other, "operator_vat", "IT12345678901") == ["utter_field_operator_is_new"]
    assert other.buttons()[0]["title"] == (
        "Fratelli Esempio S.p.A. – 20121 Milano (nouveau, pas encore accepté)"
    )


# Corrections and details


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("operator_region", "Lombardia", "région : Lombardia"),
        ("operator_coordinates", "45,4642 N 9,19 E", "coordonnées : 45.4642, 9.19"),
        ("operator_eori", "it 123", "EORI : IT123"),
        ("operator_vat", "12345678901", "TVA : IT12345678901"),
        ("operator_identifier", "REA MI-1234", "autre identifiant : REA MI-1234"),
        ("operator_valid_from", "1er janvier 2027", "valable à partir du 1 janvier 2027"),
        ("operator_valid_to", "31/12/2027", "valable jusqu'au 31 décembre 2027"),
    ],
)
def test_a_detail_is_added_from_the_recap(talk: Talk, field: str, typed: str, told: str) -> None:
    """S47, S49."""
    to_the_recap_of_new(talk)
    assert press_change(talk, "operator_details") == ["utter_which_operator_detail"]
    assert press_change(talk, field) == [f"utter_field_{field}"]
    assert answer(talk, field, typed) == [RECAP]
    assert recap(talk)["details"] == told
    press_change(talk, field)
    assert answer(talk, field, "aucun") == [RECAP]
    assert recap(talk)["details"] == "–"


@pytest.mark.parametrize("field", [f for f in OPERATOR_DETAILS if f != "operator_control_body"])
def test_a_detail_that_cannot_be_used_may_be_left_out(talk: Talk, field: str) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, field)
    assert answer(talk, field, "?!") == [f"utter_field_{field}_again"]
    answer(talk, field, "?!")
    assert answer(talk, field, "?!") == ["utter_operator_detail_help"]
    assert answer(talk, field, "none") == [RECAP]


def test_who_wants_another_detail_leaves_out_the_one_that_is_asked_for(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "operator_eori")
    assert answer(talk, "operator_eori", "?!") == ["utter_field_operator_eori_again"]
    assert change(talk, "operator_details") == ["utter_which_operator_detail"]
    assert press_change(talk, "operator_region") == ["utter_field_operator_region"]
    assert answer(talk, "operator_region", "Lombardia") == [RECAP]


def test_a_control_body_is_searched_for(talk: Talk, add_control_body) -> None:
    """S49."""
    for name, code in (("Certimodello", "IT-BIO-901"), ("Certimodello Sud", "IT-BIO-902")):
        add_control_body(name, code)
    to_the_recap_of_new(talk)
    press_change(talk, "operator_control_body")
    assert answer(talk, "operator_control_body", "Zorvane") == [
        "utter_field_operator_control_body_again"
    ]
    assert answer(talk, "operator_control_body", "oui") == [
        "utter_field_operator_control_body_again"
    ]
    assert answer(talk, "operator_control_body", "certimodello") == [
        "utter_field_operator_control_body_results"
    ]
    assert press(talk, "Certimodello Sud (IT-BIO-902)") == [RECAP]
    assert recap(talk)["details"] == "organisme de contrôle : Certimodello Sud (IT-BIO-902)"
    press_change(talk, "operator_control_body")
    assert answer(talk, "operator_control_body", "IT-BIO-901") == [RECAP]


def test_a_control_body_is_one_of_the_site(talk: Talk, add_control_body) -> None:
    add_control_body("Certimodello", "IT-BIO-901")
    to_the_recap_of_new(talk)
    press_change(talk, "operator_control_body")
    answer(talk, "operator_control_body", "IT-BIO-901")
    assert change(talk, "request_environment", "training") == [RECAP]
    assert (recap(talk)["environment"], recap(talk)["details"]) == ("Formation", "–")


def test_a_validity_does_not_end_before_it_begins(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    press_change(talk, "operator_valid_from")
    answer(talk, "operator_valid_from", "01/06/2027")
    press_change(talk, "operator_valid_to")
    said = answer(talk, "operator_valid_to", "31/05/2027")
    assert said == ["utter_field_operator_valid_to_again"]


def test_what_of_the_operator_is_to_change_is_asked_back(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    assert press_change(talk, "operator") == ["utter_what_of_operator"]
    assert answer(talk, "request_confirmation", "refused", "deny") == [
        "utter_what_to_change_of_new_operator"
    ]


def test_the_operator_said_with_a_value_is_its_name(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    assert change(talk, "operator", "Zorvane") == [RECAP]
    assert recap(talk)["operator"] == "Zorvane"


@pytest.mark.parametrize(
    ("field", "titles"),
    [
        ("either_name", ["Le nom de l'opérateur", "Votre nom"]),
        ("either_address", ["L'adresse de l'opérateur", "Votre e-mail"]),
    ],
)
def test_what_may_be_eithers_is_asked_back(talk: Talk, field: str, titles: list[str]) -> None:
    to_the_recap_of_new(talk)
    assert change(talk, field) == ["utter_which_is_meant"]
    assert [button["title"] for button in talk.buttons()] == titles
    assert press(talk, titles[0])[0].startswith("utter_field_operator_")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("14 via Esempio", ("address", "14 via Esempio")),
        ("a@example.org", ("email", "a@example.org")),
    ],
)
def test_an_address_that_was_said_shows_whose_it_is(
    talk: Talk, value: str, told: tuple[str, str]
) -> None:
    to_the_recap_of_new(talk)
    assert change(talk, "either_address", value) == [RECAP]
    assert recap(talk)[told[0]] == told[1]


def test_a_value_that_was_said_goes_with_the_answer(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    change(talk, "either_name", "Zorvane Exemple")
    assert press(talk, "Votre nom : Zorvane Exemple") == [RECAP]
    assert recap(talk)["name"] == "Zorvane Exemple"


def test_before_the_other_is_known_only_the_operators_can_be_meant(talk: Talk) -> None:
    describe(talk)
    assert change(talk, "either_name", "Zorvane") == ["utter_field_request_name"]
    assert talk.slots["operator_name"] == "Zorvane"


def test_a_field_of_an_operator_cannot_be_changed_in_a_request_without_one(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    button = {"field": "operator_city", **stamp(talk)}
    press_change(talk, "request_organisation")
    answer(talk, "request_organisation", "alpro")
    said = answer(talk, "request_confirmation", "change", "change_field", **button)
    assert said == ["utter_recap_changed", "utter_field_request_confirmation"]


# Filing


def file_it(talk: Talk) -> Said:
    answer(talk, "request_confirmation", "confirmed", "affirm")
    type_the_code(talk)
    return file(talk)


def test_operator_and_request_are_filed_together(talk: Talk) -> None:
    """S51, X19."""
    to_the_recap_of_new(talk)
    assert file_it(talk) == [
        "utter_request_filed",
        "utter_operator_created",
        "utter_decided_by_national_authority",
        "utter_confirmation_mailed",
    ]
    with talk.house.database.transaction() as session:
        request = session.scalars(select(AuthorisationRequest)).one()
        assert request.organisation.name == "Fratelli Esempio S.p.A."
        assert (request.organisation.status, request.status) == ("New", "Requested")
        kinds = session.scalars(select(OutboxMail.kind).order_by(OutboxMail.id)).all()
        assert kinds == ["code", "request_filed_for_new_operator"]
    assert all(talk.slots[slot] is None for slot in OPERATOR_SLOTS)


def test_before_the_code_nothing_is_created(talk: Talk) -> None:
    before = count(talk, Organisation)
    to_the_recap_of_new(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    assert file(talk)[0] == "utter_request_not_verified"
    assert (count(talk, Organisation), count(talk, AuthorisationRequest)) == (before, 0)


def test_one_that_was_created_meanwhile_is_shown_instead(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    answer(talk, "request_confirmation", "confirmed", "affirm")
    type_the_code(talk)
    add_operator(talk, "Fratelli Esempio S.p.A.", city="Milano")
    assert file(talk) == []
    assert talk.events[-1]["name"] == "access_request_form"
    talk.slots["requested_slot"] = None
    assert talk.call(ValidateAccessRequestForm, "code_accepted") == ["utter_operator_exists"]
    assert count(talk, AuthorisationRequest) == 0


def test_each_answer_is_saved_in_the_one_draft(talk: Talk) -> None:
    describe(talk)
    with talk.house.database.transaction() as session:
        fields = session.scalars(select(Draft)).one().fields
    assert {name: fields[name] for name in ("searched", "organisation_id", *ANSWERS)} == {
        "searched": SEARCHED,
        "organisation_id": "new",
        **ANSWERS,
        "operator_contact": "fax +390255551234",
        "operator_section": "ORGANIC IMPORTER",
    }


def test_a_draft_that_was_closed_is_taken_up_whole(talk: Talk) -> None:
    """Its answer was lost: what the form holds comes into a new draft."""
    to_the_recap_of_new(talk)
    with talk.house.database.transaction() as session:
        session.scalars(select(Draft)).one().state = "cancelled"
    assert answer(talk, "request_name", "Marco Esempio") == [RECAP]
    assert file_it(talk)[0] == "utter_request_filed"


def test_a_request_begun_elsewhere_is_taken_up_with_its_operator(talk: Talk) -> None:
    to_the_recap_of_new(talk)
    other = Talk(talk.house, conversation_id="conversation-2", form="resumption_form")
    other.call(ValidateResumptionForm, answers={"resumption_email": ADDRESS})
    verify_the_code(other)
    assert other.call(ActionTakeUpRequest, "code_accepted") == ["utter_request_taken_up"]
    other.form, other.slots["requested_slot"] = "access_request_form", None
    assert other.call(ValidateAccessRequestForm, "code_accepted") == [RECAP]
    assert recap(other)["address"] == "Via Esempio 12"
