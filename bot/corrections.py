"""Hears in a typed sentence that it corrects another field of the form, and to what.

"Non, l'e-mail c'est x@example.org", "change the name", "c'est pour Production en fait". At the
recap a field's name alone is enough. While another field is asked for, only a sentence that
says clearly what it corrects counts, and never one that answers the field itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot import shapes
from bot.answers import FEWEST_DIGITS_OF_A_NUMBER, MOST_WORDS_OF_A_NAME, Kind
from bot.field_names import (
    ARTICLE,
    COMPANY_NUMBER,
    EITHER,
    OF_A_FORM,
    OF_A_NEW_OPERATOR,
)
from bot.fields import KINDS, OF_AN_OPERATOR

RECAPS = frozenset(("request_confirmation", "ticket_confirmation"))
# What a sentence names, and the field of each form that it means there.
OF_THE_REQUEST = {
    field: field
    for field in (
        "request_environment",
        "request_organisation",
        "request_name",
        "request_email",
        "request_message",
        "request_contact_email",
        "request_contact_phone",
    )
}
# Where the request describes a new operator: what may be either's is asked back.
OF_THE_NEW_OPERATOR = {name: name for name in OF_A_NEW_OPERATOR.groupindex if name != "none"}
OF_THE_STATUS = {"reference": "status_reference", "request_email": "status_email"}
OF_THE_RESUMPTION = {"request_email": "resumption_email"}
OF_THE_LISTING = {"request_email": "listing_email"}
OF_THE_WITHDRAWAL = {"reference": "withdrawal_reference", "request_email": "withdrawal_email"}
OF_THE_EXPORT = {"request_email": "export_email"}
OF_THE_ERASURE = {"request_email": "erasure_email"}
OF_THE_TICKET = {
    "question": "ticket_question",
    "request_message": "ticket_question",
    "request_email": "ticket_email",
}
# The fields where a correction may be typed, each with what may be corrected there.
ASKED_FOR = {
    **dict.fromkeys(OF_THE_REQUEST, OF_THE_REQUEST),
    **dict.fromkeys(("request_kind", "request_confirmation", "request_code"), OF_THE_REQUEST),
    **dict.fromkeys((*OF_AN_OPERATOR, "operator_is_new"), OF_THE_REQUEST),
    **dict.fromkeys(OF_THE_STATUS.values(), OF_THE_STATUS),
    **dict.fromkeys((*OF_THE_LISTING.values(), "listing_code"), OF_THE_LISTING),
    **dict.fromkeys((*OF_THE_WITHDRAWAL.values(), "withdrawal_code"), OF_THE_WITHDRAWAL),
    **dict.fromkeys((*OF_THE_RESUMPTION.values(), "resumption_code"), OF_THE_RESUMPTION),
    **dict.fromkeys((*OF_THE_EXPORT.values(), "export_code"), OF_THE_EXPORT),
    **dict.fromkeys((*OF_THE_ERASURE.values(), "erasure_sure", "erasure_code"), OF_THE_ERASURE),
    **dict.fromkeys(("ticket_email", "ticket_confirmation"), OF_THE_TICKET),
    # "My e-mail is wrong" is a question to a person.
    "ticket_question": {},
}
REQUEST_FIELDS = frozenset(field for field, of in ASKED_FOR.items() if of is OF_THE_REQUEST)
# The entity by which a value is told.
ENTITIES = {
    "request_environment": "environment",
    "request_organisation": "organisation_number",
    "request_email": "email",
    "request_contact_email": "email",
    "reference": "reference",
}
# Of these a sentence brings no value, unless it shows by its form.
BY_THEIR_FORM = ("request_environment", "request_email", "request_contact_email")
MOST_WORDS_IN_A_MESSAGE = 8
MOST_WORDS_OF_AN_ADDRESS = 12
# Of these kinds a text that is written as a name is the answer.
NAMED = (Kind.NAME, Kind.ORGANISATION, Kind.PLACE, Kind.ADDRESS, Kind.CHOICE)
# An authority's code (S53).
MOST_DIGITS_OF_A_CODE = 6

# The organisation's number; beside a phone or in a message, only the recap makes that clear. Where
# a reference is asked for, "number" is that.
ANY_NUMBER = re.compile(rf"{COMPANY_NUMBER}|num[ée]ro|number", re.IGNORECASE)

DENIAL = r"(?:non|nan|no|nope|(?:not|pas) (?:correct|right|juste|bon)|pas [çc]a|c['’ ]?est faux)"
CHANGE = (
    r"(?:(?:chang|ajout|modifi|corrig|rectifi|remplac)(?:e|er|ez)|refaire|"
    r"add|edit|fix|correct|modify|replace|update)"
)
WRONG = (
    r"(?:faux|fausses?|incorrecte?s?|erron[ée]e?s?|mauvais(?:es?)?|wrong|misspel\w+|"
    r"mal (?:[ée]crite?|orthographi[ée]e?)|(?:pas|not|n['’]t) "
    r"(?:le |la |the )?(?:bon(?:ne)?|correcte?|juste|right|good))"
)
MISTAKE = (
    r"(?:tromp\w+|erreur|faute(?: de frappe)?|coquille|mistake|typo|error|"
    r"mistyped|mal (?:tap[ée]|saisi|[ée]crit|recopi[ée]))"
)
DENIES = re.compile(rf"^\W*{DENIAL}\b", re.IGNORECASE)
CHANGES = re.compile(rf"\b{CHANGE}\s+(?:de |d['’]|une? |an? )?{ARTICLE}?$", re.IGNORECASE)
IS_WRONG_BEFORE = re.compile(
    rf"\b(?:{WRONG}|{MISTAKE}(?: de| d['’ ]?| dans| sur| in| with| about)? ?{ARTICLE}?|"
    rf"(?:est|that['’]?s|it['’]?s|is) (?:pas|not) {ARTICLE}|isn['’]t {ARTICLE})\s*$",
    re.IGNORECASE,
)
IS_WRONG_AFTER = re.compile(
    rf"^,? *(?:(?:n['’])?est|c['’ ]?est|sont|is|was|are|['’]s|isn['’]t(?= right| correct))? *"
    rf"(?:{WRONG}|(?<=n['’]t )(?:right|correct))\b",
    re.IGNORECASE,
)
ALL_BUT = re.compile(
    rf"\b(?:sauf|except[ée]?|à part|mais pas|but not|apart from)\s+(?:for |pour )?{ARTICLE}?$",
    re.IGNORECASE,
)
IS_NOW = re.compile(
    r"^,? *(?:c['’ ]?est|c(?= )|est|is|['’]s|:|=|should be|must be|devrait [êe]tre|doit [êe]tre) *"
    r"(?:plut[ôo]t |en fait |actually |rather )?(?P<value>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# What is right, said after what is wrong.
IT_IS = re.compile(
    r"^\W*(?:c['’ ]?est|it['’]?s|it is|should be|must be)\s+(?P<value>.+)$", re.I | re.DOTALL
)
BECOMES = re.compile(r"^ *(?:en|par|pour|to|with|into|:|=) *(?P<value>.+)$", re.I | re.DOTALL)
# "No message" at the recap adds none.
NONE_OF_IT = re.compile(r"\b(?:pas de|sans|aucun|no|without)\s*$", re.IGNORECASE)
MINE = re.compile(r"\b(?:mon|my)\s*$", re.IGNORECASE)
KNOWN = re.compile(rf"{ARTICLE}$|^\W*$", re.IGNORECASE)
# Said of a value that takes the place of another.
INSTEAD = re.compile(
    r"\b(?:plut[ôo]t|en fait|finalement|pardon|oups|rather|actually|instead|sorry|oops|"
    r"i mean(?:t)?|je voulais dire)\b",
    re.IGNORECASE,
)
BUT = re.compile(r"\b(?:mais|but)\b", re.IGNORECASE)
NEGATED = re.compile(
    rf"\b(?:pas|not|non|n['’]t)(?: pour| for| sur| on)? {ARTICLE}?$", re.IGNORECASE
)
OPEN_QUESTION = re.compile(r"^\W*(?:comment|pourquoi|qu[ieo]|how|wh)", re.IGNORECASE)
# It is said of TRACES NT or of EU Login, or of another time.
ELSEWHERE = re.compile(
    r"\b(?:dans|sur|in|on|at) (?:mon |my |the |le |l['’])?(?:compte |profile? )?(?:eu login|traces)"
    r"|\bprofile?\b|plus tard|\blater\b|ensuite|après|afterwards",
    re.IGNORECASE,
)
# Words that change nothing of what is meant beside a field's name or a value.
FILLING = re.compile(
    rf"\b(?:{DENIAL}|{CHANGE}|{WRONG}|{MISTAKE}|{ARTICLE}|plut[ôo]t|en fait|finalement|pardon|oups|"
    r"actually|rather|instead|sorry|oops|i mean(?:t)?|je voulais dire|je me suis|svp|stp|"
    r"s['’]il (?:vous|te) pla[îi]t|please|merci|je (?:veux|voudrais)|i want to|stop|attend(?:s|ez)|"
    r"wait|c['’ ]?est|it['’]?s|it is|pour|for|sur|on|la|le|the|an?|une?|celui|celle|one|de|du|et|"
    r"and|pas|not|mais|but|ah|oh|euh|eu login)\b|l['’]|d['’]",
    re.IGNORECASE,
)
NOT_THE_OLD = re.compile(
    r"[\s,;(]+(?:et non|et pas|pas|not|instead of|au lieu de)\b.*$", re.IGNORECASE | re.DOTALL
)
THE_OLD_BUT = re.compile(r"^(?:pas|not)\b.*\b(?:mais|but)\s+(?:c['’]est )?", re.I | re.DOTALL)
COURTESY = re.compile(
    r"[\s,;.]+(?:s['’]il (?:vous|te) pla[îi]t|svp|stp|please|merci|thanks|thank you|en fait)?"
    r"[\s.!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Correction:
    """The field that is meant, and its new value where the sentence brings it."""

    field: str
    new_value: str | None = None


@dataclass(frozen=True)
class _Names:
    """What fields are called where a sentence is typed, and which of them each name means."""

    pattern: re.Pattern[str]
    fields: Mapping[str, str]


def correction_in(
    text: str,
    entities: Sequence[dict[str, Any]],
    asked_for: str | None,
    *,
    of_new_operator: bool = False,
) -> Correction | None:
    """Return what ``text`` corrects while ``asked_for`` is asked for, if it corrects anything.

    A request ``of_new_operator`` has the fields that describe one, too.
    """
    if asked_for not in ASKED_FOR or ELSEWHERE.search(text):
        return None
    kind = KINDS.get(asked_for)
    if kind in NAMED and shapes.is_proper_name(text):
        return None
    names = _Names(OF_A_FORM, ASKED_FOR[asked_for])
    if of_new_operator and asked_for in REQUEST_FIELDS:
        names = _Names(OF_A_NEW_OPERATOR, OF_THE_NEW_OPERATOR)
    found = _of_a_named_field(text, entities, asked_for, names) or _of_a_value(
        text, entities, asked_for, names
    )
    if found is None or (kind is Kind.MESSAGE and not _is_nothing_else(text, found, names)):
        return None
    field = names.fields[found.field]
    if found.new_value and _is_answered_by(asked_for, field):
        return None
    return replace(found, field=field)


def _of_a_named_field(
    text: str, entities: Sequence[dict[str, Any]], asked_for: str, names: _Names
) -> Correction | None:
    at_the_recap = asked_for in RECAPS
    for named in names.pattern.finditer(text):
        field = str(named.lastgroup)
        before, after = text[: named.start()], text[named.end() :]
        if ANY_NUMBER.fullmatch(named.group()) and not at_the_recap:
            field = "reference"
        if field not in names.fields or NONE_OF_IT.search(before):
            continue
        later = [entity for entity in entities if entity["start"] >= named.end()]
        shown = _shown_value(field, text, later)
        is_open = OPEN_QUESTION.match(text) and not at_the_recap
        if CHANGES.search(before) and not is_open:
            return Correction(field, _value(field, BECOMES.match(after), shown))
        if shapes.is_question(text):
            continue
        wrong = IS_WRONG_AFTER.match(after)
        if wrong and not _is_answered_by(asked_for, names.fields[field]):
            shown = shown or _right_value(field, after[wrong.end() :])
        if wrong or IS_WRONG_BEFORE.search(before):
            return Correction(field, shown)
        if at_the_recap and ALL_BUT.search(before):
            return Correction(field)
        # "The name is …" is the organisation's where that is asked for, "my name is …" is not.
        may_be_of_both = field == "request_name" and KINDS.get(asked_for) is Kind.ORGANISATION
        value = _value(field, IS_NOW.match(after), shown)
        if value and (MINE if may_be_of_both else KNOWN).search(before):
            return Correction(field, value)
        is_said = at_the_recap or (DENIES.match(text) and KNOWN.search(before))
        if is_said and not _says_more(names.pattern.sub(" ", text)):
            return Correction(field)
    return None


def _of_a_value(
    text: str, entities: Sequence[dict[str, Any]], asked_for: str, names: _Names
) -> Correction | None:
    """Return the correction of a value that says itself which field it is for."""
    replaces = INSTEAD.search(text) or DENIES.match(text) or BUT.search(text)
    if shapes.is_question(text) or not (replaces or asked_for in RECAPS):
        return None
    if _says_more(names.pattern.sub(" ", shapes.without_entities(text, entities))):
        return None
    if KINDS.get(asked_for) is Kind.NUMBER:
        entities = [entity for entity in entities if not _may_be_a_phone(entity)]
    fields = [field for field in ENTITIES if field in names.fields]
    shown = ((field, _shown_value(field, text, entities)) for field in fields)
    return next((Correction(field, value) for field, value in shown if value), None)


def _may_be_a_phone(entity: dict[str, Any]) -> bool:
    """Say whether a number has the form of a VAT number, as "BE 0470 12 34 56" has it."""
    value = str(entity["value"])
    is_compact = entity["entity"] == "organisation_number" and "-" not in value
    return is_compact and sum(letter.isdigit() for letter in value) > MOST_DIGITS_OF_A_CODE


def _is_answered_by(asked_for: str, field: str) -> bool:
    """Say whether a value of ``field`` is the answer of the field that is asked for."""
    # "The e-mail is …" is any e-mail's, "the contact e-mail is …" that one's.
    return (
        asked_for == field
        or asked_for in EITHER.get(field, ())
        or (field == "request_email" and KINDS.get(asked_for) is KINDS["request_email"])
    )


def _is_nothing_else(text: str, found: Correction, names: _Names) -> bool:
    """Say whether a message is short, begins as a correction and says nothing beside it."""
    begins = DENIES.match(text) or FILLING.match(text.strip())
    left = names.pattern.sub(" ", text)
    if found.new_value:
        left = left.casefold().replace(found.new_value.casefold(), " ")
    is_short = len(text.split()) <= MOST_WORDS_IN_A_MESSAGE
    return is_short and bool(begins) and not _says_more(left)


def _value(field: str, said: re.Match | None, shown: str | None) -> str | None:
    """Return the value that is ``said`` of ``field``: by its form, else the words themselves."""
    if said is None or shown is not None or field in BY_THEIR_FORM:
        return shown if said else None
    value = NOT_THE_OLD.sub("", THE_OLD_BUT.sub("", said["value"]))
    value = COURTESY.sub("", value).strip(" \"«»“”'.,")
    if field in ("request_message", "question"):
        return None
    if field == "reference":
        return value if shapes.may_be_a_reference(value) else None
    digits = sum(letter.isdigit() for letter in value)
    words = shapes.words(value)
    if KINDS.get(field) in (Kind.NUMBER, Kind.CONTACT):
        is_shown = digits >= FEWEST_DIGITS_OF_A_NUMBER or "." in value or "@" in value
        return value if is_shown else None
    if field in ("operator_address", "either_address") and digits:
        return value if len(words) <= MOST_WORDS_OF_AN_ADDRESS else None
    is_name = 0 < len(words) <= MOST_WORDS_OF_A_NAME and not shapes.has_small_words(value)
    # "My name is visible", "our company is small": there a name shows by its capital.
    may_tell_how = len(words) == 1 or field in ("request_organisation", "operator")
    tells_how = may_tell_how and not value[:1].isupper()
    is_no_name = field == "request_name" and digits
    return value if is_name and not tells_how and not is_no_name else None


def _right_value(field: str, text: str) -> str | None:
    """Return the value that ``text`` puts in the place of a wrong one."""
    value = _value(field, IT_IS.match(text), None)
    # "It's badly spelt" tells how it is wrong.
    names_it = value and (value[:1].isupper() or any(letter.isdigit() for letter in value))
    return value if names_it else None


def _shown_value(field: str, text: str, entities: Sequence[dict[str, Any]]) -> str | None:
    """Return the one value of ``field`` that shows by its form and is not denied."""
    shown = [e for e in entities if e["entity"] == ENTITIES.get(field)]
    meant = {e["value"] for e in shown if not NEGATED.search(text[: e["start"]])}
    return meant.pop() if len(meant) == 1 else None


def _says_more(text: str) -> bool:
    """Say whether words are left in ``text`` that are no mere filling."""
    return any(letter.isalnum() for letter in FILLING.sub(" ", text))
