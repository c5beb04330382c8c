"""Finding an organisation, and telling a request's status to whoever may know it."""

import pytest

from actions.find_organisation import ActionShowOrganisations, ValidateSearchForm
from actions.status import ActionShowStatus, ValidateStatusForm
from registry.references import new_reference, new_ticket_reference
from registry.services import drafts, tickets
from registry.services.requests import decisions
from registry.services.requests.decisions import Decider
from registry.vocabulary import ActorKind, Journey
from tests.actions.talk import Said, Talk
from tests.actions.test_access_request import ADDRESS, file_a_request


def test_what_was_found_is_shown_as_buttons_that_prepare_a_request(talk: Talk) -> None:
    talk.slots["search_text"] = "alpro"
    assert talk.call(ActionShowOrganisations) == ["utter_organisations_found"]
    button, none_of_these = talk.buttons()
    assert none_of_these == {"title": "Non, une autre", "payload": "/none_of_these"}
    assert button["title"] == "ALPRO Comm.V.A. (exemple) (BE-ORG-OP-5) – Wevelgem"
    assert button["payload"].startswith('/request_access{"organisation_id": ')


def test_the_guides_site_is_searched(talk: Talk) -> None:
    talk.slots |= {"search_text": "alpro", "guide_site": "training", "language": "en"}
    talk.call(ActionShowOrganisations)
    assert talk.messages[0]["environment"] == "Training"


def search(talk: Talk, text: str, intent: str = "search_further") -> list[str]:
    talk.slots["search_text"] = text
    talk.call(ActionShowOrganisations, intent)
    return [button["title"].partition(" (")[0] for button in talk.buttons()[:-1]]


def test_what_is_typed_next_narrows_what_was_found(talk: Talk) -> None:
    assert len(search(talk, "be-org", "inform")) == 4
    assert len(search(talk, "douane", "find_organisation")) > 1
    assert len(search(talk, "à Aalst")) == 2
    assert search(talk, "douanekantoor")[0].startswith("douanekantoor AALST")


def test_what_narrows_it_to_nothing_is_searched_for_alone(talk: Talk) -> None:
    search(talk, "à Aalst", "find_organisation")
    assert search(talk, "Alpro") == ["ALPRO Comm.V.A."]


def test_a_search_that_is_asked_for_begins_anew(talk: Talk) -> None:
    search(talk, "alpro", "find_organisation")
    assert len(search(talk, "Belgique", "find_organisation")) > 1


def test_nothing_found_is_said(talk: Talk) -> None:
    talk.slots["search_text"] = "Moulin Introuvable"
    assert talk.call(ActionShowOrganisations) == ["utter_organisations_not_found"]


@pytest.mark.parametrize("typed", ["a", "?", "…", "1"])
def test_what_cannot_be_searched_for_is_asked_again(talk: Talk, typed: str) -> None:
    said = talk.call(ValidateSearchForm, answers={"search_text": typed})
    assert said == ["utter_field_search_text_again"]
    assert talk.slots["search_text"] is None


def test_reference_and_address_are_asked_for_in_turn(talk: Talk) -> None:
    assert talk.call(ValidateStatusForm) == ["utter_field_status_reference"]
    reference = new_reference()
    assert talk.call(ValidateStatusForm, answers={"status_reference": reference.lower()}) == [
        "utter_field_status_email"
    ]
    assert talk.slots["status_reference"] == reference
    assert talk.call(ValidateStatusForm, answers={"status_email": f"c'est {ADDRESS}"}) == []
    assert talk.slots["status_email"] == ADDRESS


@pytest.mark.parametrize("typed", ["TR-7K3M-9QXW-X", "je ne sais plus", "123456"])
def test_a_mistyped_reference_is_asked_for_again(talk: Talk, typed: str) -> None:
    said = talk.call(ValidateStatusForm, answers={"status_reference": typed})
    assert said == ["utter_field_status_reference_again"]


def test_the_status_is_told_to_whoever_knows_both(talk: Talk) -> None:
    file_a_request(talk)
    reference = talk.messages[0]["reference"]
    talk.slots |= {"status_reference": reference, "status_email": ADDRESS}
    assert talk.call(ActionShowStatus) == ["utter_status_requested"]
    told = talk.messages[0]
    assert (told["organisation"], told["environment"]) == ("ALPRO Comm.V.A.", "Production")
    assert told["date"] == "23 novembre 2026"
    assert talk.slots["status_email"] is None


def ask_status(talk: Talk, reference: str, address: str) -> Said:
    talk.slots |= {"status_reference": reference, "status_email": address}
    return talk.call(ActionShowStatus)


def test_unknown_and_not_yours_sound_alike(talk: Talk) -> None:
    file_a_request(talk)
    reference, unknown = talk.messages[0]["reference"], new_reference()
    told = []
    for asked, address in ((reference, "someone.else@example.org"), (unknown, ADDRESS)):
        assert ask_status(talk, asked, address) == ["utter_status_not_found"]
        assert talk.messages[0].pop("reference") == asked
        told.append((talk.messages, talk.events))
    assert told[0] == told[1]


def test_the_address_is_known_in_whatever_case_it_is_typed(talk: Talk) -> None:
    file_a_request(talk)
    reference = talk.messages[0]["reference"]
    assert ask_status(talk, reference, ADDRESS.upper()) == ["utter_status_requested"]


def test_a_mistyped_address_is_asked_for_again_and_the_reference_kept(talk: Talk) -> None:
    reference = new_reference()
    talk.slots["status_reference"] = reference
    said = talk.call(ValidateStatusForm, answers={"status_email": "camille"})
    assert said == ["utter_field_status_email_again"]
    assert talk.slots["status_reference"] == reference
    assert talk.slots["status_email"] is None


def test_a_number_finds_the_one_organisation_that_has_it(talk: Talk) -> None:
    talk.slots |= {"search_text": "be-org-op-5", "language": "en"}
    assert talk.call(ActionShowOrganisations) == ["utter_organisations_found"]
    button, _ = talk.buttons()
    assert button["title"] == "ALPRO Comm.V.A. (example) (BE-ORG-OP-5) – Wevelgem"
    assert talk.slots["search_text"] is None


def test_the_search_form_asks_first_and_keeps_what_it_is_told(talk: Talk) -> None:
    assert talk.call(ValidateSearchForm, "find_organisation") == ["utter_field_search_text"]
    assert talk.call(ValidateSearchForm, answers={"search_text": "alpro"}) == []
    assert talk.slots["search_text"] == "alpro"


# A question to a person


def ask_a_person(talk: Talk) -> str:
    """Open a ticket for the address and return its reference."""
    with talk.house.database.transaction() as session:
        now = talk.house.now()
        draft = drafts.open_draft(session, talk.conversation_id, Journey.TICKET, now)
        for field, value in (("question", "Pourquoi ?"), ("email", ADDRESS), ("language", "fr")):
            drafts.save_field(session, draft.id, field, value, now)
        return tickets.open_ticket(session, draft.id, (), None, now).reference


def test_a_question_to_a_person_has_a_status_too(talk: Talk) -> None:
    reference = ask_a_person(talk)
    typed = {"status_reference": reference.lower()}
    talk.slots |= typed
    assert talk.call(ValidateStatusForm, answers=typed) == ["utter_field_status_email"]
    assert talk.slots["status_reference"] == reference
    assert ask_status(talk, reference, ADDRESS) == ["utter_ticket_open"]
    with talk.house.database.transaction() as session:
        tickets.answer(session, reference, "Parce que.", "desk-1", None, talk.house.now())
    assert ask_status(talk, reference, ADDRESS) == ["utter_ticket_answered"]
    with talk.house.database.transaction() as session:
        tickets.close(session, reference, "desk-1", talk.house.now())
    assert ask_status(talk, reference, ADDRESS) == ["utter_ticket_closed"]


def test_a_question_that_is_unknown_or_not_yours_sounds_alike(talk: Talk) -> None:
    for reference, address in (
        (ask_a_person(talk), "someone.else@example.org"),
        (new_ticket_reference(), ADDRESS),
    ):
        assert ask_status(talk, reference, address) == ["utter_ticket_not_found"]


@pytest.mark.parametrize(("told", "said"), [("Le numéro est faux.",) * 2, (None, "non indiqué")])
def test_what_was_decided_is_told_with_its_reason(talk: Talk, told: str | None, said: str) -> None:
    file_a_request(talk)
    reference = talk.messages[0]["reference"]
    decider = Decider(ActorKind.NATIONAL_AUTHORITY, "be-7")
    with talk.house.database.transaction() as session:
        decisions.accept(session, reference, decider, talk.house.now())
        decisions.suspend(session, reference, decider, told, talk.house.now())
    assert ask_status(talk, reference, ADDRESS) == ["utter_status_suspended"]
    assert talk.messages[0]["reason"] == said
