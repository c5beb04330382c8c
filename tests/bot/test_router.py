"""The same words mean different things in different places: the router's table of meanings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.fields import KINDS
from bot.meaning import Meaning, Place, Understood
from bot.nlu.entity_patterns import find_entities
from bot.router import (
    LANGUAGE_SURE,
    NEVER_PROPOSED,
    SAID_TO_THE_ASSISTANT,
    SURE,
    SURE_IN_A_FIELD,
    TWO_TOPICS_SURE,
    UNSURE,
    USELESS_IN_A_FIELD,
    route,
)

ANYWHERE = Place(language="fr", requested_field=None)


def understood(
    text: str,
    topic: str = "out_of_scope",
    confidence: float = 0.9,
    *,
    language: str = "fr",
    language_confidence: float = 0.99,
    command: str | None = None,
    answers_field: bool = False,
) -> Understood:
    """What the graph makes of `text`: its entities are those that it really finds."""
    other = "how_long" if topic != "how_long" else "who_validates"
    second = {"name": other, "confidence": (1 - confidence) / 2}
    third = {"name": "greet", "confidence": (1 - confidence) / 4}
    return Understood(
        text=text,
        topic=topic,
        confidence=confidence,
        ranking=[{"name": topic, "confidence": confidence}, second, third],
        entities=find_entities(text),
        language=language,
        language_confidence=language_confidence,
        command=command,
        answers_field=answers_field,
    )


def asked_for(field: str, language: str = "fr") -> Place:
    return Place(language=language, requested_field=field)


def values(meaning: Meaning, entity: str) -> list[Any]:
    return [found["value"] for found in meaning.entities if found["entity"] == entity]


# Free-text fields keep their answers


@pytest.mark.parametrize("field", sorted(KINDS))
@pytest.mark.parametrize(
    ("text", "topic"),
    [("Control Union", "request_control_body"), ("Combien & Cie", "how_long")],
)
def test_what_answers_its_field_is_its_answer_however_sure_a_topic_is(
    field: str, text: str, topic: str
) -> None:
    message = understood(text, topic, 0.99, answers_field=True)
    assert route(message, asked_for(field)).intent == "inform"


@pytest.mark.parametrize("field", sorted(KINDS))
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("combien de temps cela prend ?", "how_long"),
        ("laisse tomber", "cancel"),
        ("how much duty do I pay on coffee", "out_of_scope"),
    ],
)
def test_what_answers_no_field_is_heard(field: str, text: str, topic: str) -> None:
    assert route(understood(text, topic), asked_for(field)).intent == topic


@pytest.mark.parametrize("topic", sorted(USELESS_IN_A_FIELD))
@pytest.mark.parametrize("field", sorted(KINDS))
def test_what_no_field_can_use_is_left_to_its_validator(field: str, topic: str) -> None:
    assert route(understood("oui", topic, 0.99), asked_for(field)).intent == "inform"


@pytest.mark.parametrize(("topic", "sure"), [("how_long", UNSURE - 0.01), ("out_of_scope", 0.9)])
def test_what_is_of_no_topic_is_left_to_the_validator_of_the_field(topic: str, sure: float) -> None:
    message = understood("qwxzkj", topic, sure)
    assert route(message, asked_for("request_name")).intent == "inform"


def test_between_two_topics_those_are_offered_inside_a_field_too() -> None:
    message = understood("quand et par qui", "how_long", SURE_IN_A_FIELD - 0.01)
    assert route(message, asked_for("request_name")).intent == "unsure"


# A question to a person


def test_a_question_to_a_person_is_what_is_asked_for_there() -> None:
    said = understood("je n'ai pas reçu le courriel", "no_email", 0.99, answers_field=True)
    assert route(said, asked_for("ticket_question")).intent == "inform"


def test_being_stuck_is_a_question_to_a_person_word_for_word_too() -> None:
    said = understood("je suis bloqué", "stuck", 0.99, command="stuck", answers_field=True)
    assert route(said, asked_for("ticket_question")).intent == "inform"
    assert route(said, asked_for("ticket_email")).intent == "stuck"


def test_thanks_are_no_question_to_a_person() -> None:
    said = understood("merci beaucoup", "thanks", 0.9)
    assert route(said, asked_for("ticket_question")).intent == "thanks"


# Corrections


def test_a_correction_carries_its_field_and_its_value() -> None:
    message = understood("non, l'e-mail c'est Claire@example.org", "wrong_personal_data")
    meaning = route(message, asked_for("request_confirmation"))
    assert (meaning.intent, meaning.confidence) == ("change_field", 1.0)
    assert values(meaning, "field") == ["request_email"]
    assert values(meaning, "new_value") == ["claire@example.org"]
    assert {entity["entity"] for entity in meaning.entities} == {"field", "new_value"}


def test_a_correction_without_a_value_carries_none() -> None:
    message = understood("the name is wrong", "wrong_personal_data", language="en")
    meaning = route(message, asked_for("request_email", "en"))
    assert (meaning.intent, values(meaning, "field")) == ("change_field", ["request_name"])
    assert values(meaning, "new_value") == []


@pytest.mark.parametrize("text", ["production", "BE-ORG-OP-5", "claire@example.org"])
def test_a_value_alone_corrects_the_recap(text: str) -> None:
    meaning = route(understood(text, "how_long", 0.9), asked_for("request_confirmation"))
    assert (meaning.intent, values(meaning, "new_value")) == ("change_field", [text])


@pytest.mark.parametrize("place", [ANYWHERE, asked_for("search_text"), asked_for("status_email")])
def test_outside_of_a_request_nothing_is_corrected(place: Place) -> None:
    message = understood("the name is wrong", "wrong_personal_data", language="en")
    assert route(message, place).intent in ("wrong_personal_data", "inform")


def test_a_correction_in_the_other_language_switches_unless_it_is_a_value() -> None:
    sentence = understood("please change the name", "wrong_personal_data", language="en")
    assert switched_to(route(sentence, asked_for("request_email"))) == ["en"]
    value = understood("my name is Ana Kovač", "wrong_personal_data", language="en")
    assert switched_to(route(value, asked_for("request_email"))) == []


@pytest.mark.parametrize(
    "place",
    [ANYWHERE, asked_for("request_name"), asked_for("request_environment")],
    ids=["outside", "free text", "closed"],
)
@pytest.mark.parametrize("command", ["cancel", "help", "start_over", "switch_to_english"])
def test_an_exact_command_is_a_command_everywhere(place: Place, command: str) -> None:
    message = understood("(the phrase)", "out_of_scope", 0.3, command=command)
    assert route(message, place).intent == command


def test_an_answer_keeps_its_entities() -> None:
    message = understood("BE-ORG-OP-5", answers_field=True)
    meaning = route(message, asked_for("request_organisation"))
    assert values(meaning, "organisation_number") == ["BE-ORG-OP-5"]


@pytest.mark.parametrize("field", ["request_organisation", "search_text"])
@pytest.mark.parametrize(
    "text",
    [
        "BE0123456789",
        "be 0123.456.789",
        "on a le numéro de TVA FR12 345678901",
        "we have EORI FR12345678901234",
        "je travaille pour BE-ORG-OP-5",
    ],
)
def test_a_number_where_the_organisation_is_asked_for_is_the_answer(text: str, field: str) -> None:
    """Whatever the classifier makes of the words around it."""
    meaning = route(understood(text, "operator_fields", 0.99), asked_for(field))
    assert meaning.intent == "inform"
    assert len(values(meaning, "organisation_number")) == 1


def test_a_question_about_a_number_is_heard_where_the_organisation_is_asked_for() -> None:
    message = understood("le numéro de TVA BE0123456789 est-il public ?", "privacy", 0.95)
    assert route(message, asked_for("request_organisation")).intent == "privacy"


@pytest.mark.parametrize("text", ["BE 0470 12 34 56", "non, BE 0470 12 34 56", "0470 12 34 56"])
def test_a_number_where_the_phone_is_asked_for_is_the_phone(text: str) -> None:
    message = understood(text, "find_organisation", answers_field=True)
    assert route(message, asked_for("request_contact_phone")).intent == "inform"


# The field of the site knows its answers by their form


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("production", "production"),
        ("Production", "production"),
        ("la formation s'il vous plaît", "training"),
        ("the training one", "training"),
        ("prod", "production"),
    ],
)
def test_a_site_named_answers_the_site(text: str, site: str) -> None:
    meaning = route(understood(text, "prod_vs_training", 0.9), asked_for("request_environment"))
    assert meaning.intent == "inform"
    assert values(meaning, "environment") == [site]


@pytest.mark.parametrize(
    "text",
    [
        "quelle est la différence entre production et formation ?",
        "faut-il prendre la production",
        "production ou formation, je ne sais pas",
    ],
)
def test_a_question_about_the_sites_answers_nothing(text: str) -> None:
    meaning = route(understood(text, "prod_vs_training", 0.9), asked_for("request_environment"))
    assert meaning.intent == "prod_vs_training"
    assert values(meaning, "environment") == []


def test_another_question_in_a_closed_field_is_that_question() -> None:
    meaning = route(understood("qui valide ?", "who_validates"), asked_for("request_environment"))
    assert meaning.intent == "who_validates"


@pytest.mark.parametrize("topic", ["affirm", "deny"])
def test_yes_and_no_answer_the_recap(topic: str) -> None:
    assert route(understood("bien sûr", topic), asked_for("request_confirmation")).intent == topic


# While a code is awaited


@pytest.mark.parametrize("topic", ["no_email", "link_expired"])
def test_an_e_mail_that_did_not_come_is_the_one_with_the_code(topic: str) -> None:
    message = understood("je n'ai rien reçu", topic)
    assert route(message, asked_for("request_code")).intent == "code_not_received"
    assert route(message, ANYWHERE).intent == topic


def test_other_questions_stay_themselves_while_a_code_is_awaited() -> None:
    message = understood("qui valide ma demande ?", "who_validates")
    assert route(message, asked_for("request_code")).intent == "who_validates"


# Sure, unsure, not understood


@pytest.mark.parametrize(
    ("confidence", "intent"),
    [
        (1.0, "who_validates"),
        (SURE, "who_validates"),
        (SURE - 0.01, "unsure"),
        (UNSURE, "unsure"),
        (UNSURE - 0.01, "not_understood"),
        (0.0, "not_understood"),
    ],
)
def test_the_bands_of_confidence(confidence: float, intent: str) -> None:
    meaning = route(understood("quelque chose comme ça", "who_validates", confidence), ANYWHERE)
    assert (meaning.intent, meaning.confidence) == (intent, confidence)


def test_the_two_likeliest_topics_are_offered_when_unsure() -> None:
    meaning = route(understood("quelque chose", "who_validates", 0.4), ANYWHERE)
    assert values(meaning, "topic") == ["who_validates", "how_long"]


# Two questions in one message


def of_parts(
    *parts: tuple[str, float],
    text: str = "qui valide ma demande et combien de temps ça prend ?",
    topic: str = "who_validates",
    confidence: float = 0.6,
    language: str = "fr",
) -> Understood:
    """A message with the topics of its parts; its whole ranks them all."""
    message = understood(text, topic, confidence, language=language)
    likely = [{"name": name, "confidence": 0.1} for name, _ in parts if name != topic]
    return replace(
        message,
        ranking=[message.ranking[0], *likely],
        parts=[{"name": name, "confidence": sure} for name, sure in parts],
    )


TWO = (("who_validates", 0.9), ("how_long", 0.9))


@pytest.mark.parametrize("confidence", [0.99, 0.3, 0.1])
def test_two_questions_are_both_offered_in_their_order(confidence: float) -> None:
    meaning = route(of_parts(*TWO, confidence=confidence), ANYWHERE)
    assert (meaning.intent, meaning.confidence) == ("two_topics", confidence)
    assert values(meaning, "topic") == ["who_validates", "how_long"]
    turned = route(of_parts(*reversed(TWO)), ANYWHERE)
    assert values(turned, "topic") == ["how_long", "who_validates"]


ONE_TOPIC = {
    "no parts": (),
    "the same topic twice": (("who_validates", 0.9), ("who_validates", 0.9)),
    "three topics": (*TWO, ("no_email", 0.9)),
    "a part that is not sure": (*TWO, ("no_email", SURE - 0.01)),
    "too little together": (("who_validates", 0.9), ("how_long", TWO_TOPICS_SURE - 0.91)),
}


@pytest.mark.parametrize("parts", ONE_TOPIC.values(), ids=ONE_TOPIC)
def test_a_message_that_is_not_clearly_of_two_topics_is_taken_whole(parts: tuple) -> None:
    assert route(of_parts(*parts), ANYWHERE).intent == "who_validates"


def test_a_topic_that_the_whole_message_does_not_rank_is_not_offered() -> None:
    message = replace(of_parts(*TWO), ranking=[{"name": "who_validates", "confidence": 0.6}])
    assert route(message, ANYWHERE).intent == "who_validates"


@pytest.mark.parametrize("aside", sorted(NEVER_PROPOSED | SAID_TO_THE_ASSISTANT))
def test_what_is_said_around_a_question_is_no_question(aside: str) -> None:
    message = of_parts(("who_validates", 0.9), (aside, 0.9))
    assert route(message, ANYWHERE).intent == "who_validates"
    assert values(route(of_parts(*TWO, (aside, 0.9)), ANYWHERE), "topic") == [
        "who_validates",
        "how_long",
    ]


def test_a_topic_said_twice_counts_once() -> None:
    message = of_parts(("who_validates", 0.6), ("how_long", 0.9), ("who_validates", 0.7))
    assert values(route(message, ANYWHERE), "topic") == ["who_validates", "how_long"]


@pytest.mark.parametrize("field", ["request_name", "request_environment", "request_confirmation"])
def test_two_clear_questions_inside_a_form_are_offered(field: str) -> None:
    assert route(of_parts(*TWO), asked_for(field)).intent == "two_topics"


def test_two_questions_with_a_reference_are_about_the_request() -> None:
    message = of_parts(*TWO, text="où en est TR-7K3M-9QXW-C et combien de temps faut-il")
    assert route(message, ANYWHERE).intent == "check_status"


def test_a_code_that_did_not_come_is_not_offered_as_the_guides_e_mail() -> None:
    parts = (("no_email", 0.9), ("who_validates", 0.9))
    message = of_parts(*parts, topic="no_email")
    assert route(message, asked_for("request_code")).intent == "code_not_received"
    assert route(message, ANYWHERE).intent == "two_topics"
    assert route(of_parts(*TWO), asked_for("request_code")).intent == "two_topics"


def test_two_questions_in_the_other_language_switch() -> None:
    text = "who approves my request and how long does it take"
    meaning = route(of_parts(*TWO, text=text, language="en"), ANYWHERE)
    assert (meaning.intent, values(meaning, "language")) == ("two_topics", ["en"])
    assert values(meaning, "topic") == ["who_validates", "how_long"]


# What a message shows by its form


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("TR-7K3M-9QXW-C", "check_status"),
        ("où en est ma demande tr 7k3m 9qxw c déposée la semaine dernière", "check_status"),
        ("TR-7K3M-9QXW-C camille@example.org", "check_status"),
        ("BE-ORG-OP-5", "find_organisation"),
        ("je cherche BE-ORG-OP-5", "find_organisation"),
        ("BE0001", "find_organisation"),
        ("BE 0123.456.789", "find_organisation"),
        ("my EORI is FR12345678901234", "find_organisation"),
        ("mon numéro de TVA intracommunautaire est FR12 345678901", "find_organisation"),
        ("Alpro, TVA BE0123456789", "find_organisation"),
        ("BE0123456789 c'est qui ?", "find_organisation"),
        ("production", "choose_environment"),
        ("la production", "choose_environment"),
        ("Formation", "choose_environment"),
    ],
)
def test_a_message_that_is_made_of_a_value_needs_no_classifier(text: str, intent: str) -> None:
    meaning = route(understood(text, "out_of_scope", 0.9), ANYWHERE)
    assert (meaning.intent, meaning.confidence) == (intent, 1.0)
    assert meaning.entities


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("production ou formation ?", "prod_vs_training"),
        ("la différence entre production et formation", "prod_vs_training"),
        ("comment annuler l'accès d'un collègue à BE-ORG-OP-5", "leave_organisation"),
        ("training?", "prod_vs_training"),
        ("le numéro de TVA FR12345678901 est-il obligatoire ?", "operator_fields"),
        ("combien de temps pour recevoir une réponse sur BE0123456789", "how_long"),
    ],
)
def test_a_sentence_around_a_value_is_the_classifiers(text: str, topic: str) -> None:
    assert route(understood(text, topic), ANYWHERE).intent == topic


@pytest.mark.parametrize("text", ["production", "BE-ORG-OP-5", "TR-7K3M-9QXW-C"])
def test_inside_a_form_a_value_starts_nothing_else(text: str) -> None:
    meaning = route(understood(text, "how_long", 0.9), asked_for("request_code"))
    assert meaning.intent == "how_long"


def test_a_question_carries_no_site_that_would_answer_a_field() -> None:
    text = "qui valide en production et en formation ?"
    meaning = route(understood(text, "who_validates"), asked_for("request_environment"))
    assert values(meaning, "environment") == []


# Languages


ENGLISH = "how long does the validation take"


def switched_to(meaning: Meaning) -> list[Any]:
    return values(meaning, "language")


@pytest.mark.parametrize(
    ("text", "language", "place_language"),
    [
        (ENGLISH, "en", "fr"),
        ("combien de temps cela prend", "fr", "en"),
        ("I am lost", "en", "fr"),
    ],
)
def test_a_clear_sentence_in_the_other_language_switches(
    text: str, language: str, place_language: str
) -> None:
    place = Place(place_language, None)
    assert switched_to(route(understood(text, "how_long", language=language), place)) == [language]


NO_SWITCH: list[tuple[str, Callable[[], Meaning]]] = [
    ("one word", lambda: route(understood("hello", "greet", language="en"), ANYWHERE)),
    ("two words", lambda: route(understood("thank you", "thanks", language="en"), ANYWHERE)),
    (
        "two words and numbers",
        lambda: route(understood("step 2 of 2 ?", "step2_how", language="en"), ANYWHERE),
    ),
    (
        "words that belong to values",
        lambda: route(understood("be org op 5 please", language="en"), ANYWHERE),
    ),
    (
        "already in that language",
        lambda: route(understood(ENGLISH, "how_long", language="en"), Place("en", None)),
    ),
    (
        "the language is not sure",
        lambda: route(
            understood(
                ENGLISH, "how_long", language="en", language_confidence=LANGUAGE_SURE - 0.01
            ),
            ANYWHERE,
        ),
    ),
    (
        "an answer to a free-text field",
        lambda: route(
            understood("The Fine Olive Oil Company of London", language="en", answers_field=True),
            asked_for("request_organisation"),
        ),
    ),
    (
        "a name",
        lambda: route(
            understood("my name is Robin Example", language="en", answers_field=True),
            asked_for("request_name"),
        ),
    ),
    (
        "an answer to the site",
        lambda: route(
            understood("the training one please", language="en"), asked_for("request_environment")
        ),
    ),
    (
        "a command",
        lambda: route(
            understood("let us stop here", language="en", command="cancel"),
            asked_for("request_name"),
        ),
    ),
]


@pytest.mark.parametrize("say", [say for _, say in NO_SWITCH], ids=[name for name, _ in NO_SWITCH])
def test_what_never_switches_the_language(say: Callable[[], Meaning]) -> None:
    assert switched_to(say()) == []


@pytest.mark.parametrize("intent", ["switch_to_english", "switch_to_french"])
def test_asking_for_a_language_always_wins_over_the_language_of_the_words(intent: str) -> None:
    message = understood("can we go on in French please", intent, language="en")
    assert switched_to(route(message, ANYWHERE)) == []


def test_a_question_inside_a_field_in_the_other_language_switches_and_is_answered() -> None:
    meaning = route(understood(ENGLISH, "how_long", language="en"), asked_for("request_name"))
    assert (meaning.intent, switched_to(meaning)) == ("how_long", ["en"])


@pytest.mark.parametrize("confidence", [0.05, 0.4])
def test_even_a_sentence_not_understood_switches_the_language(confidence: float) -> None:
    message = understood("whatever you may think of it", "how_long", confidence, language="en")
    assert switched_to(route(message, ANYWHERE)) == ["en"]


def test_a_third_language_is_told_so() -> None:
    message = understood("wie kann ich mich registrieren", "greet", language="other")
    meaning = route(message, ANYWHERE)
    assert (meaning.intent, meaning.entities) == ("other_language", [])


def test_a_third_language_is_not_guessed_from_a_few_words_or_without_being_sure() -> None:
    short = understood("Guten Tag", "greet", language="other")
    assert route(short, ANYWHERE).intent == "greet"
    doubtful = replace(
        understood("wie kann ich das tun", "greet", language="other"), language_confidence=0.6
    )
    assert route(doubtful, ANYWHERE).intent == "greet"


def test_a_name_from_elsewhere_is_still_an_answer() -> None:
    name = "Gemüsehandel Müller und Söhne Bremen"
    message = understood(name, language="other", answers_field=True)
    assert route(message, asked_for("request_organisation")).intent == "inform"


# The guide's steps by their numbers


@pytest.mark.parametrize("text", ["étape 2", "l'étape 2 svp", "passons à l'étape 1", "step two"])
def test_a_step_named_alone_is_asked_for(text: str) -> None:
    meaning = route(understood(text, "step2_how", 0.4), ANYWHERE)
    assert meaning.intent == "show_step"
    assert values(meaning, "step_number")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("étape 1 terminée", "done"),
        ("bloqué à l'étape 2", "stuck"),
        ("c'est quoi l'étape 2 ?", "step2_how"),
        ("je voudrais des explications sur l'étape 2", "step2_how"),
    ],
)
def test_a_step_named_in_a_sentence_keeps_its_topic_and_its_number(text: str, topic: str) -> None:
    meaning = route(understood(text, topic, 0.8), ANYWHERE)
    assert meaning.intent == topic
    assert values(meaning, "step_number")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("l'étape 1 c'est bon maintenant", "done"),
        ("l'étape 1 je l'ai faite", "done"),
        ("étape 2 terminée", "done"),
        ("step 1 is over", "done"),
        ("c'est bon je sais, passe à l'étape 2", "show_step"),
        ("oui montre moi l'étape 1", "show_step"),
        ("let's go to step 2", "show_step"),
    ],
)
def test_a_step_said_to_be_finished_is_done_and_one_to_go_to_is_shown(
    text: str, intent: str
) -> None:
    assert route(understood(text, "step2_how", 0.45), ANYWHERE).intent == intent


# The site that was asked for


SITE_ASKED = Place(language="fr", requested_field=None, asks_for_site=True)


@pytest.mark.parametrize(
    "text",
    [
        "Pour le site de production, merci.",
        "je vais prendre la production alors",
        "sur le site de formation svp",
        "I will take the training site, please",
    ],
)
def test_a_site_named_in_a_sentence_answers_the_question_which_one(text: str) -> None:
    message = understood(text, "prod_vs_training", 0.95)
    assert route(message, SITE_ASKED).intent == "choose_environment"
    assert route(message, ANYWHERE).intent == "prod_vs_training"


@pytest.mark.parametrize(
    "text",
    [
        "je veux pas la formation",
        "production ou formation, je ne sais lequel prendre",
        "la production, c'est quoi exactement ?",
    ],
    ids=["the other one", "both", "a question"],
)
def test_a_site_that_is_not_chosen_is_none(text: str) -> None:
    message = understood(text, "prod_vs_training", 0.95)
    assert route(message, SITE_ASKED).intent == "prod_vs_training"


# The code that is awaited


@pytest.mark.parametrize(
    "text",
    [
        "renvoyer le code",
        "renvoyez-moi un code svp",
        "je veux un nouveau code",
        "send the code again",
        "can i have another code",
    ],
)
def test_a_code_that_is_asked_for_again_is_sent_again(text: str) -> None:
    message = understood(text, "go_back", 0.6)
    awaited = Place(language="fr", requested_field="request_code")
    assert route(message, awaited).intent == "resend_code"
    assert route(message, ANYWHERE).intent == "go_back"


@pytest.mark.parametrize(
    "text", ["je n'ai pas reçu le nouveau code", "it sent me no other code", "why another code"]
)
def test_another_code_that_is_told_of_is_not_asked_for(text: str) -> None:
    message = understood(text, "no_email", 0.6)
    assert route(message, asked_for("request_code")).intent == "code_not_received"


def test_an_address_typed_where_a_code_is_awaited_may_be_changed() -> None:
    message = understood("ana@example.org", "where_link", 0.9)
    assert route(message, asked_for("request_code")).intent == "code_not_received"


# A journey that was put aside


PARKED = Place(language="fr", requested_field=None, has_parked=True)
OFFERED = Place(language="fr", requested_field=None, has_parked=True, offers_parked=True)


@pytest.mark.parametrize("text", ["reprendre", "où en étions-nous"])
def test_to_go_on_means_the_journey_put_aside(text: str) -> None:
    message = understood(text, "where_am_i", 0.9)
    assert route(message, PARKED).intent == "resume_journey"
    assert route(replace(message, command="where_am_i"), PARKED).intent == "resume_journey"
    assert route(message, ANYWHERE).intent == "where_am_i"


@pytest.mark.parametrize(
    ("topic", "meant"),
    [("affirm", "resume_journey"), ("done", "resume_journey"), ("deny", "leave_parked")],
)
def test_yes_and_no_answer_the_offer_to_go_on_where_it_was_just_made(
    topic: str, meant: str
) -> None:
    message = understood("d'accord", topic, 0.9)
    assert route(message, OFFERED).intent == meant
    assert route(message, PARKED).intent == topic


@pytest.mark.parametrize("field", ["request_kind", "request_confirmation", "request_code"])
def test_to_withdraw_a_request_that_is_being_prepared_is_to_cancel_it(field: str) -> None:
    message = understood("je veux retirer ma demande", "withdraw_request", 0.9)
    assert route(message, Place(language="fr", requested_field=field)).intent == "cancel"
    assert route(message, ANYWHERE).intent == "withdraw_request"


# The reference that is asked for


REFERENCE_ASKED = asked_for("status_reference")


@pytest.mark.parametrize(
    "text", ["TR-7K3M-9QXW-C", "tr 7k3m", "c'est TR-7K3M-9QXW", "7K3M9QXWC", "TR"]
)
def test_what_looks_like_a_reference_answers_the_question_for_it(text: str) -> None:
    message = understood(text, "out_of_scope", 0.9)
    assert route(message, REFERENCE_ASKED).intent == "inform"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("m'inscrire", "start_registration"),
        ("merci", "thanks"),
        ("quel rôle pour un transitaire", "which_role"),
    ],
)
def test_what_does_not_look_like_one_is_heard_there(text: str, topic: str) -> None:
    assert route(understood(text, topic, 0.9), REFERENCE_ASKED).intent == topic


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("TR-0000-0000-0", "TR-0000-0000-0"),
        ("ma demande TR-1234", "TR-1234"),
        ("where is TR 7K3M 9QXW please?", "TR 7K3M 9QXW"),
        ("tr7k3m9qx", "tr7k3m9qx"),
        ("TR-ABCD-EFGH", "TR-ABCD-EFGH"),
    ],
)
def test_what_cannot_be_a_reference_and_is_meant_for_one_asks_for_the_status(
    text: str, reference: str
) -> None:
    meaning = route(understood(text, "who_validates", 0.3), ANYWHERE)
    assert (meaning.intent, values(meaning, "reference")) == ("check_status", [reference])


@pytest.mark.parametrize(
    "text", ["traces nt 2 sites", "tr 5 minutes", "TR-BIO-134 est mon organisme de contrôle bio"]
)
def test_what_only_begins_like_a_reference_is_none(text: str) -> None:
    assert route(understood(text, "how_long", 0.9), ANYWHERE).intent == "how_long"


# A question to be answered by yes or no

CANCEL = Meaning("cancel", 1.0, [])
GO_ON = Meaning("where_am_i", 1.0, [])
REALLY_STOP = replace(asked_for("request_email"), if_yes=CANCEL, if_no=GO_ON)


@pytest.mark.parametrize(
    ("text", "topic", "confidence", "meaning"),
    [
        ("oui", "affirm", 0.6, CANCEL),
        ("yes please", "affirm", 0.6, CANCEL),
        ("👍", "out_of_scope", 0.2, CANCEL),
        ("tout à fait", "affirm", 0.95, CANCEL),
        ("arrêtez vraiment tout", "cancel", 0.95, CANCEL),
        ("non", "deny", 0.6, GO_ON),
        ("no thanks", "deny", 0.6, GO_ON),
    ],
)
def test_yes_and_no_are_those_to_the_question(
    text: str, topic: str, confidence: float, meaning: Meaning
) -> None:
    assert route(understood(text, topic, confidence), REALLY_STOP) == meaning


@pytest.mark.parametrize(
    ("text", "topic"),
    [("camille@example.org", "affirm"), ("peut-être bien", "affirm"), ("Camille", "deny")],
)
def test_what_is_no_clear_yes_or_no_is_what_it_was(text: str, topic: str) -> None:
    assert route(understood(text, topic, 0.6), REALLY_STOP).intent not in ("cancel", "where_am_i")


def test_a_question_without_a_no_leaves_it_to_the_field() -> None:
    place = replace(asked_for("request_message"), if_yes=Meaning("change_field", 1.0, []))
    assert route(understood("non", "deny", 0.97), place).intent == "inform"


# What was found of organisations

FOUND = replace(ANYWHERE, has_searched=True)


def test_another_name_typed_after_a_search_narrows_it() -> None:
    message = understood("Control Union", "request_control_body", answers_field=True)
    assert route(message, FOUND).intent == "search_further"
    assert route(message, ANYWHERE).intent == "request_control_body"


@pytest.mark.parametrize(
    ("text", "topic", "intent"),
    [
        ("qui valide ma demande ?", "who_validates", "who_validates"),
        ("je veux m'inscrire", "start_registration", "start_registration"),
        ("BE-ORG-OP-5", "out_of_scope", "find_organisation"),
    ],
)
def test_what_is_about_something_else_ends_the_search(text: str, topic: str, intent: str) -> None:
    assert route(understood(text, topic, 0.9), FOUND).intent == intent


def test_small_talk_never_narrows_a_search() -> None:
    assert route(understood("ok", "affirm", answers_field=True), FOUND).intent == "affirm"


# The recap


@pytest.mark.parametrize("field", ["status_reference", "withdrawal_reference"])
@pytest.mark.parametrize(
    "text",
    [
        "je n'ai pas la référence",
        "j'ai perdu mon numéro",
        "pas de référence",
        "I don't have the reference",
        "i forgot my reference number",
    ],
)
def test_who_has_no_reference_is_shown_the_way_by_the_address(field: str, text: str) -> None:
    assert route(understood(text, "repeat"), asked_for(field)).intent == "list_my_requests"


@pytest.mark.parametrize(
    ("text", "topic"),
    [("la référence n'est pas acceptée", "stuck"), ("where is my reference number?", "how_long")],
)
def test_a_reference_that_is_only_spoken_of_is_not_missing(text: str, topic: str) -> None:
    assert route(understood(text, topic), asked_for("status_reference")).intent == topic


@pytest.mark.parametrize("topic", ["done", "feedback_positive", "affirm"])
def test_all_good_says_yes_to_the_recap(topic: str) -> None:
    message = understood("c'est bon", topic, 0.9)
    assert route(message, asked_for("request_confirmation")).intent == "affirm"


# What is quoted from a screen


def test_a_quoted_message_of_the_screen_does_not_switch_the_language() -> None:
    text = "il y a « You currently do not have any role allowing you to access »"
    message = understood(text, "status_meaning", 0.9, language="en")
    meaning = route(message, ANYWHERE)
    assert (meaning.intent, values(meaning, "language")) == ("status_meaning", [])


def test_a_switch_that_is_only_likely_is_offered() -> None:
    message = understood("j'ai un message en anglais", "switch_to_english", 0.6)
    assert route(message, ANYWHERE).intent == "unsure"


# Not understood twice


AFTER_A_MISUNDERSTANDING = Place(language="fr", requested_field=None, was_misunderstood=True)


@pytest.mark.parametrize(
    "message",
    [understood("?!"), understood("xyz", "how_long", 0.1), understood("xyz", "how_long", 0.4)],
    ids=["no word", "nothing likely", "two likely topics"],
)
def test_not_understood_a_second_time_offers_no_guess(message: Understood) -> None:
    meaning = route(message, AFTER_A_MISUNDERSTANDING)
    assert (meaning.intent, meaning.entities) == ("not_understood_again", [])


def test_what_is_understood_after_a_misunderstanding_is_answered() -> None:
    message = understood("combien de temps ?", "how_long", 0.9)
    assert route(message, AFTER_A_MISUNDERSTANDING).intent == "how_long"


# Progress, told in one's own words


def test_done_carries_where_one_is_and_the_kind_that_is_named() -> None:
    meaning = route(understood("opérateur choisi, je suis connecté", "done", 0.9), ANYWHERE)
    assert values(meaning, "step_next") == ["choose_role"]
    assert values(meaning, "kind") == ["operator"]


def test_other_topics_carry_no_step() -> None:
    meaning = route(understood("le formulaire est long", "complaint", 0.9), ANYWHERE)
    assert values(meaning, "step_next") == []


@pytest.mark.parametrize("topic", ["second_factor", "step1_fields", "wrong_personal_data"])
def test_a_code_or_an_address_means_the_awaited_one(topic: str) -> None:
    message = understood("c'est quoi ce code", topic, 0.8)
    assert route(message, asked_for("request_code")).intent == "code_not_received"


def test_a_thumb_says_yes() -> None:
    assert route(understood("👍"), ANYWHERE).intent == "affirm"


def test_a_site_named_beside_the_matter_is_kept_outside_of_forms() -> None:
    message = understood("je veux m'inscrire en production", "start_registration", 0.9)
    assert values(route(message, ANYWHERE), "environment") == ["production"]
    assert values(route(message, asked_for("request_confirmation")), "environment") == []


def test_topics_that_mean_the_same_at_a_place_count_together() -> None:
    message = understood("oui c'est bon", "affirm", 0.48)
    message = replace(
        message,
        ranking=[{"name": "affirm", "confidence": 0.48}, {"name": "done", "confidence": 0.47}],
    )
    assert route(message, asked_for("request_confirmation")).intent == "affirm"
    assert route(message, ANYWHERE).intent == "not_understood"


# A new operator


@pytest.mark.parametrize(
    ("field", "text", "topic", "intent"),
    [
        ("request_organisation", "je veux créer un opérateur", "create_operator", "create_here"),
        ("request_organisation", "comment créer un opérateur ?", "create_operator", None),
        ("operator_is_new", "ce n'est aucun des deux", "organisation_not_found", "deny"),
        ("operator_is_new", "je veux créer le mien", "create_operator", "create_here"),
        ("operator_is_new", "comment créer un opérateur ?", "create_operator", None),
        ("operator_address", "je mets quelle adresse ?", "which_email", "operator_fields"),
        ("operator_section", "laquelle choisir ?", "which_role", "operator_fields"),
        ("request_name", "je veux créer un opérateur", "create_operator", None),
    ],
)
def test_what_is_said_of_a_creation_means_it_where_one_is_near(
    field: str, text: str, topic: str, intent: str | None
) -> None:
    meaning = route(understood(text, topic, 0.95), asked_for(field))
    assert meaning.intent == (intent or topic)


def test_a_field_of_the_operator_is_corrected_where_one_is_described() -> None:
    place = Place("fr", "request_confirmation", describes_operator=True)
    meaning = route(understood("la ville est fausse"), place)
    assert (meaning.intent, values(meaning, "field")) == ("change_field", ["operator_city"])
    elsewhere = route(understood("la ville est fausse"), asked_for("request_confirmation"))
    assert elsewhere.intent != "change_field"


# Markup outside of a field


def test_markup_is_no_question() -> None:
    message = understood("<script>alert(1)</script>", "where_link", 0.4)
    assert route(message, ANYWHERE).intent == "not_understood"
