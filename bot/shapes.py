"""Tells by its shape what a message may be, in French and in English.

A question, an answer that denies, a step said to be finished, a reference: what words alone
show, without the classifier and without the conversation's place.
"""

import re

QUESTION_STARTS = re.compile(
    r"^\W*(?:"
    # French
    r"qui|que|quoi|qu['’]|quel(?:le)?s?|quand|comment|combien|pourquoi|où|ou est|"
    r"est[- ]ce|c['’ ]?est (?:quoi|qui)|c koi|puis[- ]je|peut[- ]on|peux[- ]tu|pouvez[- ]vous|"
    r"faut[- ]il|dois[- ]je|je dois|il faut|je peux|je voudrais savoir|"
    # English
    r"who|what|which|when|where|why|how|can|could|may|do|does|did|is|are|should|must|will|would|"
    r"i want to know|tell me"
    r")\b",
    re.IGNORECASE,
)


GO_TO = re.compile(
    r"\b(?:pass\w+|all(?:er|ons|ez)|vais|montr\w+|voir|voyons|go|show|skip|jump)\b", re.IGNORECASE
)
FINISHED = re.compile(
    r"\b(?:fait|faite|fini|finie|termin[ée]e?|ok|c['’ ]?est bon|done|finished|completed?|over)\b",
    re.IGNORECASE,
)
# The words of each step of the guide (actions/guide_path.py), in the guide's order.
WORDS_OF_STEPS = {
    "fill_form": r"formulaire|champs|form|fields",
    "set_password": r"mot de passe|mdp|password|passwort|pwd?",
    "log_in": r"connect[ée]e?s?|logged|log ?in|signed in",
    "confirm_request": r"envoy[ée]e?|partie|sent|submitted",
    "see_profile": r"requested|message vert|green message|profile?",
}
THUMBS_UP = frozenset("👍👌✅🆗")
DENIAL = re.compile(r"\b(?:pas|non|not|no|don['’]?t)\b", re.IGNORECASE)
QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# A reference, or what somebody takes for one: a word with a digit, or TR and little else.
LIKE_A_REFERENCE = re.compile(r"^\W*TR\b|\w*\d\w*", re.IGNORECASE)
MOST_WORDS_WITH_A_REFERENCE = 6


def is_question(text: str) -> bool:
    """Say whether ``text`` ends as a question or starts as one."""
    return text.rstrip().endswith("?") or bool(QUESTION_STARTS.match(text))


def asks_to_go_to(text: str) -> bool:
    """Say whether ``text`` asks to be taken somewhere: "passe à …", "show me …"."""
    return bool(GO_TO.search(text))


def says_it_is_finished(text: str) -> bool:
    """Say whether ``text`` says that something is done."""
    return bool(FINISHED.search(text))


def step_named(text: str) -> str | None:
    """Return the step of the guide whose words ``text`` uses; of several, the last on the way."""
    named = [
        step
        for step, words in WORDS_OF_STEPS.items()
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)
    ]
    return named[-1] if named else None


def denies(text: str) -> bool:
    """Say whether ``text`` holds a negation: "not training" names no choice."""
    return bool(DENIAL.search(text))


def quotes(text: str) -> bool:
    """Say whether ``text`` repeats words of a screen or a mail between quotation marks."""
    return bool(QUOTATION.search(text))


def without_quotations(text: str) -> str:
    """Return ``text`` without what stands between quotation marks."""
    return QUOTATION.sub(" ", text)


def may_be_a_reference(text: str) -> bool:
    """Say whether ``text`` is a reference of ours, or an attempt at one."""
    is_short = len(text.split()) <= MOST_WORDS_WITH_A_REFERENCE
    return is_short and bool(LIKE_A_REFERENCE.search(text))


def is_thumb_up(text: str) -> bool:
    """Say whether ``text`` shows a sign that means yes."""
    return bool(THUMBS_UP & set(text))
