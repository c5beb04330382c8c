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


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


# What people say of where they are, and the step of the guide (actions/guide_path.py) that comes
# next for them. Of several, the last in this order counts: "form sent, password chosen".
NEXT_STEPS = (
    ("fill_form", _said(r"form\w*|[ée]cran eu login|eu login (?:screen|page)")),
    (
        "set_password",
        _said(r"(?:form\w*|champs|tout|all).*(?:rempli|compl[ée]t|envoy|filled|sent)"),
    ),
    ("set_password", _said(r"(?:rempli|filled).*(?:form\w*|champs|tout|fields|everything)")),
    ("set_password", _said(r"cr[ée]er un compte|create an account")),
    ("set_password", _said(r"(?:re[çc]u|arriv\w*|got|received|came).*(?:mail|courriel)")),
    ("set_password", _said(r"(?:e?-?mail|courriel).*(?:re[çc]u|arriv\w*|came|been sent)")),
    ("log_in", _said(r"mots? d?e? ?pass\w*|mdp|password|passwort|pwd?\b")),
    ("choose_role", _said(r"con+e[ck]t\w*|logged|log in|signed in|(?:dans|in|inside) traces")),
    ("confirm_request", _said(r"coch\w*|ticked|fen[êe]tre|window")),
    (
        "see_profile",
        _said(r"(?:demande|request|auth?ori[sz]ation).*(?:envoy|sent|partie|submitted)"),
    ),
    ("see_profile", _said(r"(?:envoy\w*|sent|submitted).*(?:demande|request|auth?ori[sz]ation)")),
    ("see_profile", _said(r"message vert|green message|demande est enregistr")),
    ("wait", _said(r"(?:profile?|statut|status).*requested|requested.*(?:profile?|statut|status)")),
)
KINDS = {
    "operator": _said("op[ée]rateur|importateur|operator|importer"),
    "control_body": _said("organisme de contr[ôo]le|control body"),
    "authority": _said("autorit[ée]|douane|authority|customs"),
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


def next_step(text: str) -> str | None:
    """Return the step of the guide that comes next for who says ``text`` of their progress."""
    named = [step for step, words in NEXT_STEPS if words.search(text)]
    return named[-1] if named else None


def kind_named(text: str) -> str | None:
    """Return the kind of organisation that ``text`` names, where it names one only."""
    named = [kind for kind, words in KINDS.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


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
