"""The fields that take what is typed: which there are, and what is heard in them.

What cannot be the answer of its field is heard as soon as its topic is likely; what may be it,
only when the topic is sure.
"""

from typing import Any

from bot import answers, shapes
from bot.answers import Fit, Kind

KINDS = {
    "request_organisation": Kind.ORGANISATION,
    "request_name": Kind.NAME,
    "request_email": Kind.EMAIL,
    "request_message": Kind.MESSAGE,
    "request_contact_email": Kind.EMAIL,
    "request_contact_phone": Kind.NUMBER,
    "operator_name": Kind.ORGANISATION,
    "operator_country": Kind.PLACE,
    "operator_city": Kind.PLACE,
    "operator_address": Kind.ADDRESS,
    "operator_contact": Kind.CONTACT,
    "operator_section": Kind.CHOICE,
    "operator_activity": Kind.CHOICE,
    "operator_region": Kind.PLACE,
    "operator_coordinates": Kind.NUMBER,
    "operator_eori": Kind.NUMBER,
    "operator_vat": Kind.NUMBER,
    "operator_identifier": Kind.NUMBER,
    "operator_control_body": Kind.ORGANISATION,
    "operator_valid_from": Kind.NUMBER,
    "operator_valid_to": Kind.NUMBER,
    "search_text": Kind.ORGANISATION,
    "status_email": Kind.EMAIL,
    "listing_email": Kind.EMAIL,
    "withdrawal_email": Kind.EMAIL,
    "export_email": Kind.EMAIL,
    "erasure_email": Kind.EMAIL,
    "resumption_email": Kind.EMAIL,
    "ticket_question": Kind.QUESTION,
    "ticket_email": Kind.EMAIL,
}

# What describes a new operator.
OF_AN_OPERATOR = tuple(field for field in KINDS if field.startswith("operator_"))

# "Is it mandatory?" is about the field that is asked for: it is understood once more together
# with what the field is called. Which words, and where, was tried out; for the message these
# keep best apart what is asked about it and what is asked in it.
CALLED = {
    **{
        field: {"fr": "champs opérateur : {}", "en": "operator fields : {}"}
        for field in OF_AN_OPERATOR
    },
    "request_organisation": {"fr": "mon organisation : {}", "en": "my organisation : {}"},
    "request_name": {"fr": "mon identité : {}", "en": "my identity : {}"},
    "request_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "request_message": {"fr": "{} (request message)", "en": "{} (request message)"},
    "request_contact_email": {"fr": "Contact Email : {}", "en": "Contact Email : {}"},
    "request_contact_phone": {"fr": "message, téléphone : {}", "en": "message, phone : {}"},
    "search_text": {"fr": "chercher l'organisation : {}", "en": "find organisation : {}"},
    "status_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "listing_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "withdrawal_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "export_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "erasure_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "resumption_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
    "ticket_email": {"fr": "mon e-mail : {}", "en": "my e-mail : {}"},
}
# The topics that such a question may be of.
ABOUT = {
    **dict.fromkeys(OF_AN_OPERATOR, ("operator_fields", "create_operator", "privacy")),
    "request_organisation": ("organisation_not_found", "create_operator", "which_role"),
    "request_name": ("privacy",),
    "request_email": ("which_email", "privacy"),
    "request_message": ("request_message",),
    "request_contact_email": ("request_message", "which_email", "privacy"),
    "request_contact_phone": ("request_message", "privacy"),
    "search_text": ("find_organisation", "organisation_not_found", "which_role"),
    "status_email": ("which_email", "privacy"),
    "listing_email": ("which_email", "privacy"),
    "withdrawal_email": ("which_email", "privacy"),
    "export_email": ("which_email", "privacy"),
    "erasure_email": ("which_email", "privacy"),
    "resumption_email": ("which_email", "privacy"),
    "ticket_email": ("which_email", "privacy"),
}

# How sure a topic must be, tried on 419 answers and 244 questions that are in no test. A message
# that is taken for a question can hardly be said in another way: there it must be surest.
LIKELY = 0.5
SURE = 0.9
NEVER = 2.0
# Of a question about the field itself; it may be a little less sure than another topic.
LIKELY_ABOUT = 0.3
SURE_ABOUT_A_MESSAGE = 0.97
MARGIN_OF_THE_FIELD = 0.1
# A language that nobody asked for is worse than one that has to be asked for again.
SWITCH_LIKELY = 0.8
# "Aide-moi": who says a command to somebody names nothing.
LIKELY_COMMAND = 0.6

COMMANDS = frozenset(
    (
        "cancel",
        "create_here",
        "go_back",
        "help",
        "repeat",
        "start_over",
        "stuck",
        "switch_to_english",
        "switch_to_french",
        "talk_to_human",
        "where_am_i",
    )
)
# "Oui", "c'est fait", "urgent": no field can do anything with these but say what it asks for.
NEVER_HEARD = frozenset(("affirm", "deny", "done", "feedback_positive", "hurry", "out_of_scope"))
# "I can't find it" is about the field, if it may be.
YIELD_TO_THE_FIELD = NEVER_HEARD | {"stuck"}
# "We are importers, Alpro", "I'm looking for Alpro", a reference: who says these names something.
SAID_OF_A_VALUE = frozenset(
    (
        "check_status",
        "find_organisation",
        "request_authority",
        "request_control_body",
        "request_operator",
    )
)

MOST_WORDS_ABOUT_A_MESSAGE = 7


def fit(field: str, text: str) -> Fit:
    """Say whether ``text`` is the answer of ``field``, may be it, or cannot be it."""
    return answers.fit(KINDS[field], text)


def is_answer(field: str | None, text: str) -> bool:
    """Say whether ``text`` is surely the answer of ``field``: then nothing else is asked in it."""
    return field in KINDS and fit(field, text) is Fit.ANSWER


def is_asked_of_a_person(field: str | None, topic: str) -> bool:
    """Say whether ``topic`` is a question where one is asked for: "I'm stuck" is no command."""
    return KINDS.get(field) is Kind.QUESTION and topic == "stuck"


def question_about(field: str | None, text: str, language: str) -> str | None:
    """Return ``text`` with what its field is called, where it may ask about the field."""
    if field not in KINDS or not _may_ask_about(field, text):
        return None
    # Not format(): what is typed may hold braces.
    return CALLED[field][language].replace("{}", text)


def heard(
    field: str, text: str, topic: dict[str, Any], about: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Return the topic that is heard of a text typed into ``field``; none where it is the answer.

    ``topic`` is the likeliest of the text alone, ``about`` that of ``question_about``: each a
    name and a confidence.
    """
    found = fit(field, text)
    if found is Fit.ANSWER:
        return None
    if about and about["name"] not in ABOUT[field]:
        about = None
    if about and _is_surer(about, topic, field):
        return about
    enough = _confidence_to_hear(found, field, text, topic["name"])
    if topic["name"] not in NEVER_HEARD and topic["confidence"] >= enough:
        return topic
    # There is no answer to lose.
    may_be_heard = found is Fit.NO_ANSWER and about and about["confidence"] >= LIKELY_ABOUT
    return about if may_be_heard else None


def may_be_called_so(field: str, text: str, topic: str) -> bool:
    """Say whether a text that is taken for a command may be what an organisation is called."""
    is_said = shapes.is_a_sentence(text) or shapes.has_small_words(text)
    is_name = fit(field, text) is not Fit.NO_ANSWER and not is_said
    return KINDS[field] is Kind.ORGANISATION and topic in COMMANDS and is_name


def _is_surer(about: dict[str, Any], topic: dict[str, Any], field: str) -> bool:
    """Say whether a question is more surely ``about`` the field itself than of ``topic``."""
    is_open = topic["confidence"] < SURE
    if KINDS[field] is Kind.MESSAGE:
        return is_open and about["confidence"] >= SURE_ABOUT_A_MESSAGE
    is_surer = about["confidence"] >= topic["confidence"] - MARGIN_OF_THE_FIELD
    yields = topic["name"] in YIELD_TO_THE_FIELD or (is_open and is_surer)
    return yields and about["confidence"] >= LIKELY


def _confidence_to_hear(found: Fit, field: str, text: str, topic: str) -> float:
    """Return how sure ``topic`` must be to be heard where ``text`` was typed."""
    kind = KINDS[field]
    if found is Fit.NO_ANSWER:
        return SWITCH_LIKELY if topic.startswith("switch_to_") else LIKELY
    if shapes.is_question(text):
        return SURE
    if is_asked_of_a_person(field, topic):
        return NEVER
    if topic in COMMANDS:
        return _confidence_to_obey(kind, text, topic)
    if kind in (Kind.ORGANISATION, Kind.ADDRESS, Kind.CHOICE):
        is_told = shapes.is_a_sentence(text)
    else:
        # "My work mail" is a poor answer, "lost my password" is none.
        is_told = kind in (Kind.EMAIL, Kind.NUMBER, Kind.CONTACT) and topic not in ABOUT[field]
    return SURE if is_told and topic not in SAID_OF_A_VALUE else NEVER


def _confidence_to_obey(kind: Kind, text: str, command: str) -> float:
    # "French fields" may be a name, "in French please" is none.
    if command.startswith("switch_to_") and not shapes.has_small_words(text):
        return NEVER
    is_said = shapes.is_a_sentence(text) and not shapes.holds_a_name(text)
    return LIKELY_COMMAND if is_said and kind is not Kind.MESSAGE else SURE


def _may_ask_about(field: str, text: str) -> bool:
    kind, found = KINDS[field], fit(field, text)
    if kind is Kind.QUESTION:
        return False
    if kind is Kind.MESSAGE:
        is_short = len(shapes.words(text)) <= MOST_WORDS_ABOUT_A_MESSAGE
        return found is Fit.PERHAPS and is_short and shapes.is_question(text)
    if found is not Fit.NO_ANSWER:
        return False
    if kind in (Kind.ORGANISATION, Kind.ADDRESS, Kind.CHOICE):
        # "Où est le café" may be an organisation.
        return text.rstrip().endswith("?") or shapes.is_a_sentence(text)
    return shapes.is_question(text) or shapes.tells_a_lack(text)
