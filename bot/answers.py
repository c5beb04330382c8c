"""Tells by its form whether a text answers a field, for each kind of field there is.

An e-mail or a number shows by its form, a name or a place has a few words and no sentence around
them; an organisation may be called anything, and a message may say anything.
"""

import re
from enum import Enum, auto

from bot import shapes


class Kind(Enum):
    """What a field asks for."""

    NAME = auto()
    ORGANISATION = auto()
    EMAIL = auto()
    # A phone number, an identifier, coordinates, a date.
    NUMBER = auto()
    MESSAGE = auto()
    QUESTION = auto()
    PLACE = auto()
    ADDRESS = auto()
    # A phone number, an e-mail or a website.
    CONTACT = auto()
    # One of a few that are shown.
    CHOICE = auto()


class Fit(Enum):
    """Whether a text answers its field, as far as its form tells."""

    ANSWER = auto()
    PERHAPS = auto()
    NO_ANSWER = auto()


MOST_WORDS_OF_A_NAME = 6
FEWEST_DIGITS_OF_A_NUMBER = 6
MOST_WORDS_OF_A_SLIP = 4
MOST_WORDS_OF_A_COMMAND = 5
MOST_WORDS_OF_A_QUESTION = 12

GREETING = r"(?:\W*(?:bonjour|bonsoir|salut|hello|hi|oui|yes)\b)?\W*"
NAME_FOLLOWS = re.compile(
    rf"^{GREETING}(?:je m['’ ]?appelle|(?:mon|le) nom(?: complet)?(?: est| c['’ ]?est)|"
    r"(?:my|the)(?: full)? name(?: is|['’]s))\s+",
    re.IGNORECASE,
)
# After these a name may follow, or "lost", "a customs officer".
NAME_MAY_FOLLOW = re.compile(
    rf"^{GREETING}(?:(?:moi )?(?:je suis|c['’ ]?est|c)|i am|i['’]m|this is|it['’ ]?is|it['’]?s)\s+",
    re.IGNORECASE,
)
# "camille at example dot org", "www.example.org": an address was meant.
ADDRESS_MEANT = re.compile(
    r"\barobase\b|[(\[]\s*(?:at|a|à)\s*[)\]]|\bat\b.+(?:\.|\bdot\b)|^\S+\.\S+$", re.IGNORECASE
)
# "C'est en Italie", "we are in Milan", "no sorry, Germany": a place may follow.
PLACE_MAY_FOLLOW = re.compile(
    rf"^{GREETING}(?:(?:non|no|en fait|plut[ôo]t|pardon|actually|rather|sorry)\b\W*)*"
    r"(?:(?:la ville|le pays|the (?:city|town|country)) (?:est|is) )?"
    r"(?:(?:c['’ ]?est|nous sommes|on est|je suis|it['’ ]?s|it is|we are|we['’]re|i['’]m|i am)\s+)?"
    r"(?:(?:en|au|aux|à|in|from|dans|at)\s+)?",
    re.IGNORECASE,
)
WEBSITE = re.compile(r"\bwww\.|://|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
# What need not be filled in is left out, or is what was given before. The words that the field
# itself takes for that are in data/words.yml.
LEFT_OUT = re.compile(
    r"^\W*(?:"
    r"(?:le |la |l['’]|celui |celle |the )?(?:m[êe]me|pareil|identique|idem|same|d['’ ]avant)\b.*|"
    r"(?:non|no|none|nope|aucune?|rien|n[ée]ant|nothing|sans|without|n/?a|skip(?: it)?|ignorer|"
    r"(?:je )?pass(?:e|er)?|suivant|next|plus tard|later|not needed)(?: merci| thanks| thank you)?|"
    r"(?:pas (?:de |d['’]|besoin)|sans |aucun |rien (?:à|a) |nothing to ).*|"
    r"no (?:message|phone|telephone|number|e-?mail)|"
    r"(?:je n|j)['’]en ai pas|i (?:have none|don['’]t have (?:one|any))"
    r")\W*$",
    re.IGNORECASE,
)


def fit(kind: Kind, text: str) -> Fit:
    """Say whether ``text`` answers a field of ``kind``, may answer it, or cannot."""
    # Who types an address answers with it, or mistakes the field.
    return Fit.ANSWER if "@" in text else FITS[kind](text)


def _fit_of_a_name(text: str) -> Fit:
    if shapes.is_small_talk(text) or text.rstrip().endswith("?"):
        return Fit.NO_ANSWER
    named = NAME_FOLLOWS.sub("", text)
    if shapes.is_proper_name(text) or (named != text and _has_the_words_of_a_name(named)):
        return Fit.ANSWER
    rest = NAME_MAY_FOLLOW.sub("", text)
    if rest != text and shapes.is_proper_name(rest):
        return Fit.ANSWER
    return Fit.PERHAPS if _has_the_words_of_a_name(rest) else Fit.NO_ANSWER


def _has_the_words_of_a_name(text: str) -> bool:
    is_short = len(shapes.words(text)) <= MOST_WORDS_OF_A_NAME
    return is_short and not shapes.has_small_words(text)


def _fit_of_an_organisation(text: str) -> Fit:
    if shapes.is_small_talk(text):
        return Fit.NO_ANSWER
    if shapes.is_proper_name(text):
        return Fit.ANSWER
    lacks_it = shapes.tells_a_lack(text) and not shapes.holds_a_name(text)
    return Fit.NO_ANSWER if lacks_it or shapes.is_question(text) else Fit.PERHAPS


def _fit_of_an_email(text: str) -> Fit:
    return Fit.ANSWER if ADDRESS_MEANT.search(text) else _fit_without_a_value(text)


def _fit_of_a_number(text: str) -> Fit:
    digits = sum(letter.isdigit() for letter in text)
    is_slip = digits > 0 and len(shapes.words(text)) <= MOST_WORDS_OF_A_SLIP
    if digits >= FEWEST_DIGITS_OF_A_NUMBER or is_slip:
        return Fit.ANSWER
    return _fit_without_a_value(text)


def _fit_of_a_contact(text: str) -> Fit:
    return Fit.ANSWER if WEBSITE.search(text) else _fit_of_a_number(text)


def _fit_of_a_place(text: str) -> Fit:
    # "NO" and "IT" are countries.
    is_said = shapes.is_small_talk(text) and not text.strip().isupper()
    if is_said or shapes.is_question(text):
        return Fit.NO_ANSWER
    if shapes.is_proper_name(text):
        return Fit.ANSWER
    place = PLACE_MAY_FOLLOW.sub("", text)
    is_named = place != text and place[:1].isupper() and _has_the_words_of_a_name(place)
    if is_named or _is_left_out(text):
        return Fit.ANSWER
    return Fit.PERHAPS if _has_the_words_of_a_name(place) else Fit.NO_ANSWER


def _fit_of_an_address(text: str) -> Fit:
    has_digits = any(letter.isdigit() for letter in text)
    if has_digits and not shapes.is_question(text) and len(shapes.words(text)) > 1:
        return Fit.ANSWER
    return _fit_of_an_organisation(text)


def _fit_of_a_choice(text: str) -> Fit:
    if shapes.is_proper_name(text):
        return Fit.ANSWER
    is_said = shapes.is_small_talk(text) or shapes.is_question(text) or shapes.tells_a_lack(text)
    return Fit.NO_ANSWER if is_said else Fit.PERHAPS


def _fit_without_a_value(text: str) -> Fit:
    """What holds no value is something said, or a poor attempt that the field answers itself."""
    if shapes.is_proper_name(text):
        return Fit.ANSWER
    if shapes.is_question(text):
        return Fit.NO_ANSWER
    if _is_left_out(text):
        return Fit.ANSWER
    is_said = shapes.is_small_talk(text) or shapes.is_a_sentence(text)
    return Fit.NO_ANSWER if is_said else Fit.PERHAPS


def _is_left_out(text: str) -> bool:
    return bool(LEFT_OUT.match(text)) and len(shapes.words(text)) <= MOST_WORDS_OF_A_COMMAND


def _fit_of_a_message(text: str) -> Fit:
    """Nothing is surely no message: a question may be one to those who decide."""
    is_whole = shapes.is_proper_name(text) or not shapes.is_one_sentence(text)
    if is_whole or _is_left_out(text):
        return Fit.ANSWER
    is_question = shapes.is_question(text)
    most = MOST_WORDS_OF_A_QUESTION if is_question else MOST_WORDS_OF_A_COMMAND
    return Fit.PERHAPS if len(shapes.words(text)) <= most else Fit.ANSWER


def _fit_of_a_question(text: str) -> Fit:
    """A question is what is asked for; a few words may be a command, thanks are neither."""
    if shapes.is_small_talk(text):
        return Fit.NO_ANSWER
    is_short = len(shapes.words(text)) <= MOST_WORDS_OF_A_COMMAND
    is_asked = shapes.is_question(text) or shapes.is_proper_name(text)
    return Fit.PERHAPS if is_short and not is_asked else Fit.ANSWER


FITS = {
    Kind.NAME: _fit_of_a_name,
    Kind.ORGANISATION: _fit_of_an_organisation,
    Kind.EMAIL: _fit_of_an_email,
    Kind.NUMBER: _fit_of_a_number,
    Kind.MESSAGE: _fit_of_a_message,
    Kind.QUESTION: _fit_of_a_question,
    Kind.PLACE: _fit_of_a_place,
    Kind.ADDRESS: _fit_of_an_address,
    Kind.CONTACT: _fit_of_a_contact,
    Kind.CHOICE: _fit_of_a_choice,
}
