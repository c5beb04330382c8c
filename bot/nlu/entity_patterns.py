"""Finds what can be told by its form alone: numbers, codes, references, e-mails, sites.

Each value is given in one normal form, with its place in the text. The formats are those
of the domain notes (S41, S53, X22); names of organisations are not looked for here: the
register's search knows them, and whose a number is.
"""

import re
from collections.abc import Callable
from re import Pattern
from typing import Any, NamedTuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message


class EntityPattern(NamedTuple):
    """One kind of entity: how it looks, and its normal form."""

    entity: str
    pattern: Pattern
    normal_form: Callable[[str], str]


def _compact_upper(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _reference(text: str) -> str:
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    return "-".join((letters[:2], letters[2:6], letters[6:10], letters[10:]))


def _dashed_upper(text: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]+", "-", text.strip()).upper()


def _company_number(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _always(value: str) -> Callable[[str], str]:
    return lambda _: value


def _step_number(text: str) -> str:
    return "1" if re.search(r"1|un|one|premi|first", text, re.I) else "2"


_DASH = r"[\s\u2010-\u2015-]?"
# The signs of our references. "Transitaire" and "traces avec 2 …" have their length, too: what
# stands apart from TR or TK, or a digit in one word, tells a reference from words.
_SIGN = "[2-9A-HJKMNP-TV-Z]"
_APART = rf"{_SIGN}{{4}}{_DASH}{_SIGN}{{4}}{_DASH}{_SIGN}"
_REFERENCE = (
    rf"\bT[RK](?:[\u2010-\u2015-]{_APART}|\s(?=\D{{0,10}}\d){_APART}|(?=\D{{0,8}}\d){_SIGN}{{9}})\b"
)

# EORI and VAT numbers, of the Union's members and the United Kingdom. Belgium's are of ten digits;
# the others' of seven to fifteen, in some countries after a letter or two, or before some
# (NL…B01, IE…WA). What begins as an authority's code is one: "BE0001 9300 Aalst". No space
# follows a long row of digits.
_GAP = r"[\s./\u2010-\u2015-]?"
_MEMBERS = (
    "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI"
)
_COMPANY_NUMBER = (
    rf"(?:BE{_GAP}[01]\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|(?![A-Z]{{2}}\d{{4,6}}[LF]?\s)"
    rf"(?:AT{_GAP}(?:U|EOS)|ES{_GAP}[A-Z]|FR{_GAP}[A-Z0-9]{{2}}|{_MEMBERS})"
    rf"{_GAP}\d(?:(?:(?<!\d{{7}})[\s./\u2010-\u2015-])?\d){{6,14}}"
    r"(?:[.-]?[A-Z]{1,3}(?:\.?\d{2})?)?)(?!\w|[.-]\w)"
)
# "De 0470 12 34 56" is a phone's: in small letters the country must stand at the number, behind
# its name, or with the number alone.
_COMPANY_NUMBERS = (
    re.compile(rf"\b{_COMPANY_NUMBER}"),
    re.compile(rf"\b(?=\w{{3}}){_COMPANY_NUMBER}", re.I),
    re.compile(rf"(?<=\b(?:tva|vat)\s){_COMPANY_NUMBER}", re.I),
    re.compile(rf"(?<=\beori\s){_COMPANY_NUMBER}", re.I),
    re.compile(rf"\A{_COMPANY_NUMBER}(?=\W*\Z)", re.I),
)

PATTERNS = (
    EntityPattern(
        "email", re.compile(r"[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[a-z]{2,}", re.I), str.lower
    ),
    EntityPattern("reference", re.compile(_REFERENCE, re.I), _reference),
    EntityPattern(
        "organisation_number",
        re.compile(rf"\b[A-Z]{{2}}{_DASH}ORG{_DASH}OP{_DASH}[1-9]\d*\b", re.I),
        _dashed_upper,
    ),
    *(
        EntityPattern("organisation_number", pattern, _company_number)
        for pattern in _COMPANY_NUMBERS
    ),
    EntityPattern("organisation_number", re.compile(r"\b[A-Z]{2}\d{4,6}\b", re.I), _compact_upper),
    EntityPattern(
        "organisation_number",
        re.compile(r"\b[A-Z]{2}-(?:BIO|ORG|EKO|ECO|[ÖØO]KO)-\d{2,3}(?:-[A-Z]{1,3})?\b", re.I),
        _dashed_upper,
    ),
    EntityPattern(
        "step_number",
        re.compile(
            r"\b(?:[ée]tape|step)\s*(?:n[°o]\s*)?(?:[12]|une?|deux|one|two)\b"
            r"|\b(?:premi[èe]re|deuxi[èe]me|seconde|1[èe]re|2[èe]me|2e)\s+[ée]tape\b"
            r"|\b(?:first|second|1st|2nd)\s+step\b",
            re.I,
        ),
        _step_number,
    ),
    EntityPattern("environment", re.compile(r"\bprod(?:uction)?\b", re.I), _always("production")),
    EntityPattern(
        "environment", re.compile(r"\b(?:formation|training)\b", re.I), _always("training")
    ),
)


def find_entities(text: str) -> list[dict[str, Any]]:
    """Return the entities of ``text`` as Rasa writes them: entity, value, start, end."""
    found: list[dict[str, Any]] = []
    for entity, pattern, normal_form in PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < e["end"] and e["start"] < match.end() for e in found):
                continue
            found.append(
                {
                    "entity": entity,
                    "value": normal_form(match.group()),
                    "start": match.start(),
                    "end": match.end(),
                    "extractor": "EntityPatterns",
                }
            )
    return sorted(found, key=lambda entity: entity["start"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityPatterns(GraphComponent):
    """Sets ``entities`` on each message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EntityPatterns":
        """Make the component; it learns nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the entities of the messages that have a text, and return them all."""
        for message in messages:
            if message.get(TEXT):
                message.set(ENTITIES, find_entities(message.get(TEXT)), add_to_output=True)
        return messages
