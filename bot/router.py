"""Decides what a message means where it was said: an answer, a question or a command.

The classifier sees a message alone. While a form asks for a name, "Control Union" is a
name and not a topic; this is the one place where the conversation's state and what was
understood come together. It changes what was understood (intent, entities) and nothing
else, so that rules and slot mappings stay plain.
"""

from typing import Any

from bot import answers, fields, shapes
from bot.corrections import RECAPS, REQUEST_FIELDS, Correction, correction_in
from bot.meaning import Meaning, Place, Understood

SURE = 0.5
# Inside a field, what is no answer asks for one.
SURE_IN_A_FIELD = 0.4
UNSURE = 0.2
LANGUAGE_SURE = 0.9
# A switch that nobody wanted is worse than one that has to be asked for again.
SWITCH_SURE = 0.8
WORDS_TO_SWITCH_LANGUAGE = 3
# "Oui", "no thanks" reply by their words; anything else must surely be a yes or a no.
REPLY_SURE = 0.9
MOST_WORDS_OF_A_REPLY = 5
PROPOSED = 2
# The words beside the number of an organisation: "code BE301000 c'est qui", and how such a
# number is called: "mon numéro de TVA intracommunautaire est".
MOST_WORDS_BESIDE_A_NUMBER = 3
MOST_WORDS_THAT_NAME_IT = 6

# A message holds two questions when each of its parts is sure of a topic, two topics are found,
# their confidences come to this much, and the whole message's ranking names both. Chosen on the
# 3,911 training examples, each classified without having been learnt (0.6 to 0.9 % are wrongly
# taken for two questions, of the verbose ones 1.7 to 2.8 %), and on 40 messages of two questions
# (29 get both topics).
TWO_TOPICS_SURE = 1.55

# The entity that answers a field which knows its answers by their form.
CLOSED_FIELDS = {"request_environment": "environment"}
FIELDS_OF_A_NUMBER = frozenset(("request_organisation", "search_text"))
REFERENCE_FIELDS = frozenset(("status_reference", "withdrawal_reference"))
CODE_FIELDS = frozenset(
    (
        "request_code",
        "listing_code",
        "withdrawal_code",
        "resumption_code",
        "export_code",
        "erasure_code",
    )
)

# "I did not get it" means the e-mail with the code while a code is awaited; so do questions
# about a code, and a wrong address.
MEANT_WHILE_A_CODE_IS_AWAITED = dict.fromkeys(
    ("no_email", "link_expired", "second_factor", "step1_fields", "which_email"),
    "code_not_received",
) | {"wrong_personal_data": "code_not_received"}

# "All good" says yes to a recap.
MEANT_AT_THE_RECAP = {"done": "affirm", "feedback_positive": "affirm"}

# Asked about a field of the operator that is described: no address or field of EU Login's.
MEANT_OF_AN_OPERATOR = dict.fromkeys(
    ("which_email", "which_role", "step1_fields"), "operator_fields"
)
# Where the organisation is asked for, "I want to create it" is no question about TRACES NT; to
# the operators that are shown before one is created it says no.
MEANT_BY_WHO_CREATES = {
    "request_organisation": {"create_operator": "create_here"},
    "operator_is_new": {
        "create_operator": "create_here",
        "organisation_not_found": "deny",
    },
}
# While a journey waits aside, "go on" means that one; "yes" and "no" do where it was just offered.
MEANT_WHILE_ONE_IS_PARKED = {"where_am_i": "resume_journey"}
MEANT_OF_THE_PARKED = {"affirm": "resume_journey", "done": "resume_journey", "deny": "leave_parked"}
# "Cancel my request" said while it is being entered.
MEANT_IN_A_REQUEST = {"withdraw_request": "cancel"}

# Things said around the matter: nobody wants them proposed as "did you mean".
NEVER_PROPOSED = frozenset(
    (
        "greet",
        "goodbye",
        "thanks",
        "affirm",
        "deny",
        "done",
        "complaint",
        "feedback_positive",
        "out_of_scope",
    )
)
# "Oui", "c'est fait", "urgent": a field can only say again what it asks for.
USELESS_IN_A_FIELD = frozenset(("affirm", "deny", "done", "feedback_positive", "hurry"))
# Said to the assistant: "help, where is the link" is one question. Asking for a person is a
# question of its own.
SAID_TO_THE_ASSISTANT = fields.COMMANDS - {"talk_to_human"} | {"bot_challenge"}


# "Step 2" alone asks for it; with one of these it says what became of it.
SAID_OF_A_STEP = ("done", "go_back", "stuck", "where_am_i")


def route(understood: Understood, place: Place) -> Meaning:
    """Return the meaning of a typed message at this place of the conversation."""
    meaning = _meaning(understood, place)
    if place.was_misunderstood and meaning.intent in ("unsure", "not_understood"):
        return Meaning("not_understood_again", meaning.confidence, [])
    return meaning


def _meaning(understood: Understood, place: Place) -> Meaning:
    field = place.requested_field
    reply = _reply(understood, place)
    if reply:
        return reply
    if shapes.is_thumb_up(understood.text):
        return Meaning("affirm", 1.0, [])
    is_markup = field is None and answers.MARKUP.search(understood.text)
    if is_markup or not any(character.isalnum() for character in understood.text):
        return Meaning("not_understood", 0.0, [])
    if understood.command and not fields.is_asked_of_a_person(field, understood.command):
        return Meaning(_meant(understood.command, place), 1.0, _without_values(understood))
    correction = correction_in(
        understood.text,
        understood.entities,
        field,
        of_new_operator=place.describes_operator,
    )
    if correction:
        return _corrected(correction, understood, place)
    is_told = _tells_a_number(understood) and not shapes.is_question(understood.text)
    if field in FIELDS_OF_A_NUMBER and is_told:
        return Meaning("inform", 1.0, understood.entities)
    if field in fields.KINDS and (understood.answers_field or _is_useless(understood)):
        return Meaning("inform", 1.0, understood.entities)
    if field in CLOSED_FIELDS and _answers(understood, CLOSED_FIELDS[field]):
        return Meaning("inform", 1.0, understood.entities)
    if field in REFERENCE_FIELDS and shapes.may_be_a_reference(understood.text):
        return Meaning("inform", 1.0, understood.entities)
    if _is_foreign(understood):
        return Meaning("other_language", understood.language_confidence, [])
    meaning = _outside_of_fields(understood, place)
    return _with_language(meaning, understood, place)


def _reply(understood: Understood, place: Place) -> Meaning | None:
    """Return what a yes or a no means to the question that was asked, if one is said."""
    if not place.if_yes or len(shapes.words(understood.text)) > MOST_WORDS_OF_A_REPLY:
        return None
    if shapes.is_thumb_up(understood.text):
        return place.if_yes
    enough = SURE if shapes.is_small_talk(understood.text) else REPLY_SURE
    if understood.confidence < enough:
        return None
    # "Really stop?" – "stop it": said twice, it is sure.
    return {
        "affirm": place.if_yes,
        "deny": place.if_no,
        place.if_yes.intent: place.if_yes,
    }.get(understood.topic)


def _outside_of_fields(understood: Understood, place: Place) -> Meaning:
    topic, field = _meant(understood.topic, place), place.requested_field
    # "Oui c'est bon" is a yes or a thing done; at a recap both are a yes.
    alike = (found for found in understood.ranking if _meant(found["name"], place) == topic)
    confidence = sum(found["confidence"] for found in alike)
    if not shapes.is_question(understood.text):
        topic = MEANT_BY_WHO_CREATES.get(field, {}).get(topic, topic)
    if field in REFERENCE_FIELDS and shapes.has_no_reference(understood.text):
        return Meaning("list_my_requests", 1.0, [])
    if field in CODE_FIELDS and shapes.wants_the_code_again(understood.text):
        return Meaning(_meant_by_another_code(understood.text), 1.0, [])
    if field in CODE_FIELDS and _is_an_address(understood):
        return Meaning("code_not_received", 1.0, [])
    if field is None:
        direct = _told_by_form(understood, place)
        if direct:
            return Meaning(direct, 1.0, understood.entities)
        mistyped = shapes.mistyped_reference(understood.text)
        if mistyped and not understood.entities:
            # The form says what is wrong with it.
            return Meaning("check_status", 1.0, [_entity("reference", mistyped)])
        names_another = understood.answers_field and not shapes.is_small_talk(understood.text)
        if place.has_searched and names_another:
            return Meaning("search_further", 1.0, [])
    two_topics = _two_topics(understood, field)
    if two_topics:
        return Meaning("two_topics", confidence, _topic_entities(two_topics))
    if confidence >= _enough(topic, field):
        return Meaning(topic, confidence, _entities_of(topic, understood, field))
    if confidence >= UNSURE and topic not in NEVER_PROPOSED:
        return Meaning("unsure", confidence, _likeliest_topics(understood))
    return Meaning("not_understood", confidence, [])


def _enough(topic: str, field: str | None) -> float:
    """Return how sure a topic must be to be answered."""
    if topic.startswith("switch_to_"):
        return SWITCH_SURE
    return SURE_IN_A_FIELD if field in fields.KINDS else SURE


def _meant(topic: str, place: Place) -> str:
    """Return what a topic means at this place: the same, unless the place gives it another."""
    field = place.requested_field
    meant: dict[str, str] = {}
    if field in REQUEST_FIELDS:
        meant |= MEANT_IN_A_REQUEST
    if field in fields.OF_AN_OPERATOR:
        meant |= MEANT_OF_AN_OPERATOR
    if field in CODE_FIELDS:
        meant |= MEANT_WHILE_A_CODE_IS_AWAITED
    elif field in RECAPS:
        meant |= MEANT_AT_THE_RECAP
    elif field is None and place.has_parked:
        meant |= MEANT_WHILE_ONE_IS_PARKED
        meant |= MEANT_OF_THE_PARKED if place.offers_parked else {}
    return meant.get(topic, topic)


def _told_by_form(understood: Understood, place: Place) -> str | None:
    """Return the intent that a message shows by the entities it is made of."""
    left = _words_beside_entities(understood)
    kinds = {entity["entity"] for entity in understood.entities}
    if "reference" in kinds:
        return "check_status"
    if _tells_a_number(understood):
        return "find_organisation"
    if shapes.is_question(understood.text):
        return None
    if kinds == {"environment"} and (place.asks_for_site or left <= 2):
        names_one = _answers(understood, "environment") and not shapes.denies(understood.text)
        return "choose_environment" if names_one else None
    if kinds == {"step_number"} and understood.topic not in SAID_OF_A_STEP:
        if shapes.asks_to_go_to(understood.text):
            return "show_step"
        if shapes.says_it_is_finished(understood.text):
            return "done"
        return "show_step" if left <= 3 else None
    return None


def _meant_by_another_code(text: str) -> str:
    # "The new code did not come", "why another code": looking for it comes first.
    is_told = shapes.tells_a_lack(text) or shapes.wants_to_know(text)
    return "code_not_received" if is_told else "resend_code"


def _is_an_address(understood: Understood) -> bool:
    """Say whether a message is an e-mail address with nothing beside it."""
    kinds = {entity["entity"] for entity in understood.entities}
    return kinds == {"email"} and _words_beside_entities(understood) == 0


def _tells_a_number(understood: Understood) -> bool:
    """Say whether a message is the number of an organisation, with a few words beside it."""
    if all(entity["entity"] != "organisation_number" for entity in understood.entities):
        return False
    is_named = shapes.names_a_company_number(understood.text)
    may_name_it = is_named and not shapes.is_question(understood.text)
    most = MOST_WORDS_THAT_NAME_IT if may_name_it else MOST_WORDS_BESIDE_A_NUMBER
    return _words_beside_entities(understood) <= most


def _corrected(correction: Correction, understood: Understood, place: Place) -> Meaning:
    entities = [_entity("field", correction.field)]
    if correction.new_value is not None:
        entities.append(_entity("new_value", correction.new_value))
    meaning = Meaning("change_field", 1.0, entities)
    # A value is no sentence: it tells nothing of the language.
    return meaning if correction.new_value else _with_language(meaning, understood, place)


def _is_useless(understood: Understood) -> bool:
    """Say whether a field can do no more with a text than to say again what it asks for."""
    is_no_question = not shapes.is_question(understood.text)
    is_of_nothing = understood.topic == "out_of_scope" and is_no_question
    is_useless = understood.topic in USELESS_IN_A_FIELD or is_of_nothing
    return is_useless or understood.confidence < UNSURE


def _answers(understood: Understood, entity: str) -> bool:
    values = {e["value"] for e in understood.entities if e["entity"] == entity}
    return len(values) == 1 and not shapes.is_question(understood.text)


def _is_foreign(understood: Understood) -> bool:
    return (
        understood.language == "other"
        and understood.language_confidence >= LANGUAGE_SURE
        and _words_beside_entities(understood) >= WORDS_TO_SWITCH_LANGUAGE
    )


def _with_language(meaning: Meaning, understood: Understood, place: Place) -> Meaning:
    """Add the language entity when a clear sentence was said in the other language."""
    switches = (
        understood.language in ("fr", "en")
        and understood.language != place.language
        and understood.language_confidence >= LANGUAGE_SURE
        and _words_beside_entities(understood) >= WORDS_TO_SWITCH_LANGUAGE
        and not shapes.quotes(understood.text)
        and not meaning.intent.startswith("switch_to_")
    )
    if not switches:
        return meaning
    language = _entity("language", understood.language)
    return Meaning(meaning.intent, meaning.confidence, [*meaning.entities, language])


def _two_topics(understood: Understood, field: str | None) -> list[str]:
    """Return the topics of a message that holds two questions, in its order; else nothing."""
    found: dict[str, float] = {}
    for part in understood.parts:
        topic, confidence = part["name"], part["confidence"]
        if confidence < SURE:
            return []
        if topic not in NEVER_PROPOSED | SAID_TO_THE_ASSISTANT:
            found[topic] = max(confidence, found.get(topic, 0.0))
    if len(found) != 2 or sum(found.values()) < TWO_TOPICS_SURE:
        return []
    # What these mean while a code is awaited has no title: it cannot be offered.
    if field in CODE_FIELDS and found.keys() & MEANT_WHILE_A_CODE_IS_AWAITED.keys():
        return []
    in_the_whole = {candidate["name"] for candidate in understood.ranking}
    return list(found) if found.keys() <= in_the_whole else []


def _likeliest_topics(understood: Understood) -> list[dict[str, Any]]:
    proposed = [c["name"] for c in understood.ranking if c["name"] not in NEVER_PROPOSED]
    return _topic_entities(proposed[:PROPOSED])


def _topic_entities(topics: list[str]) -> list[dict[str, Any]]:
    return [_entity("topic", topic) for topic in topics]


def _entity(name: str, value: str) -> dict[str, Any]:
    return {"entity": name, "value": value, "extractor": "router"}


def _entities_of(topic: str, understood: Understood, field: str | None) -> list[dict[str, Any]]:
    """Return what a topic carries; inside a form, nothing that would answer its field."""
    entities = _without_values(understood) if field else list(understood.entities)
    if topic == "done":
        told = {
            "step_next": shapes.next_step(understood.text),
            "kind": shapes.kind_named(understood.text),
        }
        entities += [_entity(name, value) for name, value in told.items() if value]
    return entities


def _without_values(understood: Understood) -> list[dict[str, Any]]:
    """Return the entities that a question may carry without answering a field."""
    return [e for e in understood.entities if e["entity"] not in CLOSED_FIELDS.values()]


def _words_beside_entities(understood: Understood) -> int:
    """Count the words that are the user's own: no entity, nothing quoted from a screen."""
    text = shapes.without_entities(understood.text, understood.entities)
    text = shapes.without_quotations(text)
    return sum(any(letter.isalpha() for letter in word) for word in text.split())
