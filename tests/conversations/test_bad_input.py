"""Whatever is sent, a plain sentence comes back and the conversation goes on."""

import json
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.conversations.client import Body, Conversation
from tests.conversations.house import House
from tests.conversations.said import name_of

LANGUAGES = ("fr", "en")
START = {"fr": "Préparer une demande ici", "en": "Prepare a request here"}
PRODUCTION = {"fr": "Site de Production", "en": "Production site"}
OPERATOR = {"fr": "Opérateur", "en": "Operator"}
WHO_VALIDATES = {"fr": "qui valide ma demande ?", "en": "who validates my request?"}

# Typed texts that are told to be unusable, with the error's code.
REFUSED = {
    "empty": ("", "text_empty"),
    "blank": (" \t\n ", "text_empty"),
    "control characters": ("\x00\x01\x07\x1b", "text_empty"),
    "1,001 characters": ("a" * 1_001, "text_too_long"),
}
# Typed texts that are messages like any other: nothing happens but an answer.
STRANGE = {
    "emoji only": "🙂🙂🙂",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "SQL": "'; DROP TABLE organisations; --",
    "a slot command": '/inform{"request_name":"Mallory"}',
    "another command": '/code_accepted{"request_code":"accepted"}',
    "back": "/back",
    "session start": "/session_start",
    "a journey": "/request_access",
    "slashes": "////",
    "brackets": "[]",
    "null": "null",
    "a template": "{request_email} {0} {{7*7}} %s",
    "1,000 characters": "bio " * 250,
}
THIRD_LANGUAGES = (
    "Wie kann ich mich bei TRACES registrieren, bitte?",
    "¿Cómo puedo registrarme en TRACES, por favor?",
    "Jak mogę się zarejestrować w systemie TRACES?",
)
# Bodies that are no message at all.
NO_MESSAGES = {
    "no JSON": b"hello",
    "an empty list": b"[]",
    "null": b"null",
    "a number": b"7",
    "nothing": b"",
    "a text that is a list": json.dumps({"message_id": str(uuid4()), "text": ["a"]}).encode(),
    "text and payload": json.dumps(
        {"message_id": str(uuid4()), "text": "a", "payload": "/help"}
    ).encode(),
    "no message_id": json.dumps({"text": "a"}).encode(),
    "half a surrogate": b'{"message_id": "' + str(uuid4()).encode() + b'", "text": "\\ud800"}',
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
def in_form(conversation: Conversation, lang: str) -> Conversation:
    """A conversation whose form asks for the organisation."""
    conversation.press_titled(START[lang])
    conversation.press_titled(PRODUCTION[lang])
    conversation.press_titled(OPERATOR[lang])
    return conversation


def names(messages: list[Body], lang: str, expected: str) -> list[str]:
    return [name_of(message["text"], lang, expected) for message in messages]


def goes_on(conversation: Conversation, lang: str) -> bool:
    """The next question is answered in the same language."""
    messages = conversation.say(WHO_VALIDATES[lang])
    return names(messages, lang, "utter_who_validates")[0] == "utter_who_validates"


def form_goes_on(in_form: Conversation, lang: str) -> bool:
    """The organisation, still asked for, is taken."""
    answered = names(in_form.say("alpro"), lang, "utter_organisation_taken")
    return answered == ["utter_organisation_taken", "utter_field_request_name"]


def send_body(conversation: Conversation, body: bytes) -> httpx.Response:
    headers = {**conversation.authorization, "Content-Type": "application/json"}
    return conversation.http.post("/api/messages", content=body, headers=headers)


def is_error_in(response_body: Body, lang: str, code: str) -> bool:
    error = response_body["error"]
    typically = {"fr": (" est ", "Votre", "Cet", "Ce "), "en": (" is ", "Your", "This")}
    return error["code"] == code and any(word in error["message"] for word in typically[lang])


@pytest.mark.parametrize("text, code", REFUSED.values(), ids=REFUSED)
def test_an_unusable_text_is_told_so(
    conversation: Conversation, lang: str, text: str, code: str
) -> None:
    answer = conversation.send({"text": text})
    assert answer.status_code == 400
    assert is_error_in(answer.json(), lang, code)
    assert goes_on(conversation, lang)


@pytest.mark.parametrize("text, code", REFUSED.values(), ids=REFUSED)
def test_an_unusable_text_leaves_a_form_where_it_was(
    in_form: Conversation, lang: str, text: str, code: str
) -> None:
    assert is_error_in(in_form.send({"text": text}).json(), lang, code)
    assert form_goes_on(in_form, lang)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_is_only_a_text(conversation: Conversation, lang: str, text: str) -> None:
    (message,) = conversation.say(text)
    assert message["lang"] == lang
    assert "no response" not in name_of(message["text"], lang, None)
    assert goes_on(conversation, lang)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_text_leaves_a_form_where_it_was(
    in_form: Conversation, lang: str, text: str
) -> None:
    in_form.say(text)
    assert form_goes_on(in_form, lang)


def test_a_slash_makes_no_command_of_a_word(conversation: Conversation, lang: str) -> None:
    """Rasa would erase the conversation at "/restart"; here it is the word, answered as such."""
    messages = conversation.say("/restart")
    assert names(messages[:1], lang, "utter_started_over") == ["utter_started_over"]
    assert len([line for line in conversation.history() if line["from"] == "user"]) == 1


@pytest.mark.parametrize(
    "text",
    ["<b>Jo Muster</b>", "'; DROP TABLE users; --", "Jo Muster 4711", "Jo " + "Muster" * 83],
    ids=["HTML", "SQL", "digits", "500 characters"],
)
def test_what_is_no_name_is_refused_as_a_name(in_form: Conversation, lang: str, text: str) -> None:
    in_form.say("alpro")
    refused = names(in_form.say(text), lang, "utter_field_request_name_again")
    assert refused == ["utter_field_request_name_again"]
    accepted = names(in_form.say("Jo Muster"), lang, "utter_field_request_email")
    assert accepted == ["utter_field_request_email"]


@pytest.mark.parametrize(
    "text",
    ["jo.example.org", "jo@", "<img src=x onerror=alert(1)>", "a" * 500],
    ids=["no @", "no domain", "HTML", "500 characters"],
)
def test_what_is_no_address_is_refused_as_one(in_form: Conversation, lang: str, text: str) -> None:
    in_form.say("alpro")
    in_form.say("Jo Muster")
    refused = names(in_form.say(text), lang, "utter_field_request_email_again")
    assert refused == ["utter_field_request_email_again"]
    accepted = names(in_form.say("jo@example.org"), lang, "utter_field_request_confirmation")
    assert accepted == ["utter_field_request_confirmation"]


def test_two_hundred_answers_to_one_question_lose_nothing(in_form: Conversation, lang: str) -> None:
    told = "utter_field_request_organisation"
    for number in range(200):
        messages = in_form.say(f"Qzxwv Kjhgf {number}")
        assert names(messages, lang, told)[0].startswith(told)
    assert form_goes_on(in_form, lang)


@pytest.mark.parametrize("body", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_what_is_no_message_is_refused(conversation: Conversation, lang: str, body: bytes) -> None:
    answer = send_body(conversation, body)
    assert answer.status_code == 400
    assert is_error_in(answer.json(), lang, "bad_request")
    assert goes_on(conversation, lang)


def test_what_is_no_message_leaves_a_form_where_it_was(in_form: Conversation, lang: str) -> None:
    for body in NO_MESSAGES.values():
        assert is_error_in(send_body(in_form, body).json(), lang, "bad_request")
    assert in_form.send({"text": "a" * 100_000}).status_code == 413
    assert form_goes_on(in_form, lang)


def test_a_hundred_kilobytes_are_refused_unread(conversation: Conversation, lang: str) -> None:
    answer = conversation.send({"text": "a" * 100_000})
    assert answer.status_code == 413
    assert is_error_in(answer.json(), lang, "body_too_large")
    assert goes_on(conversation, lang)


@pytest.mark.parametrize(
    "payload", ["/code_accepted", '/choose_organisation{"organisation_id": "1"}', "/restart", "x"]
)
def test_a_payload_that_was_not_offered_is_refused(
    in_form: Conversation, lang: str, payload: str
) -> None:
    answer = in_form.send({"payload": payload})
    assert answer.status_code == 409
    assert is_error_in(answer.json(), lang, "payload_not_offered")
    assert goes_on(in_form, lang)


@pytest.mark.parametrize("text", THIRD_LANGUAGES)
def test_a_third_language_is_told_which_two_are_spoken(
    conversation: Conversation, lang: str, text: str
) -> None:
    assert names(conversation.say(text), lang, "utter_other_language") == ["utter_other_language"]
    assert goes_on(conversation, lang)


@pytest.mark.parametrize("text", THIRD_LANGUAGES)
def test_a_third_language_leaves_a_form_where_it_was(
    in_form: Conversation, lang: str, text: str
) -> None:
    assert {message["lang"] for message in in_form.say(text)} == {lang}
    assert form_goes_on(in_form, lang)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_what_was_typed_stands_in_the_history_as_text(
    conversation: Conversation, text: str
) -> None:
    conversation.say(text)
    typed = [line["text"] for line in conversation.history() if line["from"] == "user"]
    assert typed == [text.lstrip("/").strip() or "."]
