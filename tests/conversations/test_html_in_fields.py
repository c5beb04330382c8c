"""HTML typed into any field of any form is a text like another: nothing is lost by it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from registry.references import new_reference
from tests.conversations.client import Body, Conversation
from tests.conversations.house import House
from tests.conversations.said import name_of

LANGUAGES = ("fr", "en")
HTML = ("<script>alert(1)</script>", "<b>x</b>")
REFERENCE = new_reference()

# How to come to each form: what is typed, or a button in brackets, in French and in English.
Said = tuple[str, str]
Say = Callable[[Said], list[Body]]
STATUS: list[Said] = [("où en est ma demande ?", "what is the status of my request?")]
LISTING: list[Said] = [*STATUS, ("[Je n'ai pas de référence]", "[I have no reference]")]
WITHDRAWAL: list[Said] = [
    ("comment annuler la demande déjà envoyée ?", "how do I withdraw a request I have sent?"),
    ("[Retirer une demande d'ici]", "[Withdraw a request from here]"),
]
SEARCH: list[Said] = [("trouver mon organisation", "find my organisation")]
REQUEST: list[Said] = [("[Préparer une demande ici]", "[Prepare a request here]")]
PRODUCTION = ("[Site de Production]", "[Production site]")
OPERATOR = ("[Opérateur]", "[Operator]")
# Of each conversation: an address gets only a few codes.
ADDRESS = "{address}"
ALPRO, JO, EMAIL = ("alpro",) * 2, ("Jo Muster",) * 2, (ADDRESS,) * 2
TO_THE_RECAP: list[Said] = [*REQUEST, PRODUCTION, OPERATOR, ALPRO, JO, EMAIL]
ADD = ("[Ajouter message ou contact]", "[Add a message or contact]")
RECAP = "utter_field_request_confirmation"
MILL, BELGIUM, GENT = ("Moulin Zorvane",) * 2, ("Belgique", "Belgium"), ("Gent",) * 2
STREET, PHONE = ("Kouter 12",) * 2, ("+32 470 12 34 56",) * 2
CREATE_HERE = ("[Créer un nouvel opérateur ici]", "[Create a new operator here]")
TO_A_NEW_OPERATOR: list[Said] = [*REQUEST, PRODUCTION, OPERATOR, MILL, CREATE_HERE]
# How a field is asked for again.
AGAIN = ("", "_again", "_none")


@dataclass(frozen=True)
class Field:
    """A field that is asked for after `way`: its question, and what an answer to it is followed by.

    `tells` says that what was typed is said again.
    """

    way: list[Said]
    question: str
    answer: Said
    followed_by: str
    tells: bool = False


REFERENCE_SAID = (REFERENCE, REFERENCE)
FIELDS = {
    "request_environment": Field(
        REQUEST, "utter_field_request_environment", PRODUCTION, "utter_field_request_kind"
    ),
    "request_kind": Field(
        [*REQUEST, PRODUCTION],
        "utter_field_request_kind",
        OPERATOR,
        "utter_field_request_organisation",
    ),
    "request_organisation": Field(
        [*REQUEST, PRODUCTION, OPERATOR],
        "utter_field_request_organisation",
        ALPRO,
        "utter_field_request_name",
        tells=True,
    ),
    "request_name": Field(
        [*REQUEST, PRODUCTION, OPERATOR, ALPRO],
        "utter_field_request_name",
        JO,
        "utter_field_request_email",
    ),
    "request_email": Field(
        [*REQUEST, PRODUCTION, OPERATOR, ALPRO, JO], "utter_field_request_email", EMAIL, RECAP
    ),
    "request_confirmation": Field(
        TO_THE_RECAP, RECAP, ("[Changer le nom]", "[Change the name]"), "utter_field_request_name"
    ),
    "request_contact_email": Field(
        [*TO_THE_RECAP, ADD, ("[Un e-mail de contact]", "[A contact e-mail]")],
        "utter_field_request_contact_email",
        EMAIL,
        RECAP,
    ),
    "request_contact_phone": Field(
        [*TO_THE_RECAP, ADD, ("[Un téléphone de contact]", "[A contact phone]")],
        "utter_field_request_contact_phone",
        ("+32 470 12 34 56",) * 2,
        RECAP,
    ),
    "operator_name": Field(
        TO_A_NEW_OPERATOR, "utter_field_operator_name", MILL, "utter_field_operator_country"
    ),
    "operator_country": Field(
        [*TO_A_NEW_OPERATOR, MILL],
        "utter_field_operator_country",
        BELGIUM,
        "utter_field_operator_city",
    ),
    "operator_city": Field(
        [*TO_A_NEW_OPERATOR, MILL, BELGIUM],
        "utter_field_operator_city",
        GENT,
        "utter_field_operator_address",
    ),
    "operator_address": Field(
        [*TO_A_NEW_OPERATOR, MILL, BELGIUM, GENT],
        "utter_field_operator_address",
        STREET,
        "utter_field_operator_contact",
    ),
    "operator_contact": Field(
        [*TO_A_NEW_OPERATOR, MILL, BELGIUM, GENT, STREET],
        "utter_field_operator_contact",
        PHONE,
        "utter_field_operator_section",
    ),
    "operator_section": Field(
        [*TO_A_NEW_OPERATOR, MILL, BELGIUM, GENT, STREET, PHONE],
        "utter_field_operator_section",
        ("importateur", "importer"),
        "utter_field_request_name",
    ),
    "search_text": Field(
        SEARCH, "utter_field_search_text", ALPRO, "utter_organisations_found", tells=True
    ),
    "status_reference": Field(
        STATUS, "utter_field_status_reference", REFERENCE_SAID, "utter_field_status_email"
    ),
    "status_email": Field(
        [*STATUS, REFERENCE_SAID], "utter_field_status_email", EMAIL, "utter_status_not_found"
    ),
    "listing_email": Field(
        LISTING, "utter_field_listing_email", EMAIL, "utter_mail_shown_in_demonstration"
    ),
    "withdrawal_reference": Field(
        WITHDRAWAL,
        "utter_field_withdrawal_reference",
        REFERENCE_SAID,
        "utter_field_withdrawal_email",
    ),
    "withdrawal_email": Field(
        [*WITHDRAWAL, REFERENCE_SAID],
        "utter_field_withdrawal_email",
        EMAIL,
        "utter_mail_shown_in_demonstration",
    ),
}

CODES = {
    "request_code": (
        [*TO_THE_RECAP, ("[Oui, c'est juste]", "[Yes, it is right]")],
        "utter_field_request_code",
    ),
    "listing_code": ([*LISTING, EMAIL], "utter_field_proof_code"),
    "withdrawal_code": ([*WITHDRAWAL, REFERENCE_SAID, EMAIL], "utter_field_proof_code"),
}


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def conversation(house: House, lang: str) -> Iterator[Conversation]:
    opened = Conversation.open(house, lang)
    yield opened
    opened.close()


@pytest.fixture
def say(conversation: Conversation, lang: str) -> Say:
    """Types a text or presses a button in the language, with an address of its own."""
    address = f"jo.{uuid4().hex[:10]}@example.org"

    def do(said: Said) -> list[Body]:
        text = said[LANGUAGES.index(lang)]
        if text.startswith("["):
            return conversation.press_titled(text.strip("[]"))
        return conversation.say(text.replace(ADDRESS, address))

    return do


def is_said(messages: list[Body], lang: str, response: str) -> bool:
    """Whether this is the last thing that was said."""
    return name_of(messages[-1]["text"], lang, response) == response


def assert_it_is_a_plain_text(conversation: Conversation, messages: list[Body], html: str) -> None:
    """It is kept as it was typed, and stands in no button."""
    assert html not in json.dumps([message["buttons"] for message in messages])
    typed = [line["text"] for line in conversation.history() if line["from"] == "user"]
    assert typed[-1] == html


@pytest.mark.parametrize("html", HTML)
@pytest.mark.parametrize("name", FIELDS)
def test_html_is_no_answer_and_the_field_is_asked_for_again(
    conversation: Conversation, say: Say, lang: str, name: str, html: str
) -> None:
    field = FIELDS[name]
    for said in field.way:
        say(said)
    messages = conversation.say(html)
    assert_it_is_a_plain_text(conversation, messages, html)
    assert {message["lang"] for message in messages} == {lang}
    assert any(html in message["text"] for message in messages) is field.tells
    assert any(is_said(messages, lang, f"{field.question}{how}") for how in AGAIN) or (
        # A search that finds nothing has ended; the next text begins another.
        is_said(messages, lang, "utter_organisations_not_found")
    )
    assert is_said(say(field.answer), lang, field.followed_by)


@pytest.mark.parametrize("html", HTML)
def test_html_in_the_message_is_its_text(
    conversation: Conversation, say: Say, lang: str, html: str
) -> None:
    for said in [*TO_THE_RECAP, ADD, ("[Un message]", "[A message]")]:
        say(said)
    messages = conversation.say(html)
    assert_it_is_a_plain_text(conversation, messages, html)
    assert is_said(messages, lang, RECAP)
    assert html in messages[-1]["text"]


@pytest.mark.parametrize("html", HTML)
@pytest.mark.parametrize(("way", "question"), CODES.values(), ids=CODES)
def test_html_is_no_code(
    conversation: Conversation, say: Say, lang: str, way: list[Said], question: str, html: str
) -> None:
    for said in way:
        say(said)
    messages = conversation.say(html)
    assert_it_is_a_plain_text(conversation, messages, html)
    assert question in [name_of(message["text"], lang, question) for message in messages]
