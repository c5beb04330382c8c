"""Tells by its shape what a message may be, in French and in English.

A question, an answer that denies, a step said to be finished, a reference: what words alone
show, without the classifier and without the conversation's place.
"""

import re
from collections.abc import Sequence
from typing import Any

QUESTION_STARTS = re.compile(
    # "Hm, what address": who hesitates asks too.
    r"^\W*(?:(?:h+m+|e+u+h+|h+e+u+|uh+m*|um{2,})\b\W*)?(?:"
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
# "Visible par qui", "je mets quoi": the question stands at the end.
QUESTION_ENDS = re.compile(
    r"\s(?:qui|quoi|où|quand|comment|combien|pourquoi|lequel|laquelle|quoi faire|ou pas|"
    r"what for|or not)\W*$",
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
# A reference, or what somebody takes for one: a word with a digit, or TR or TK and little else.
LIKE_A_REFERENCE = re.compile(r"^\W*T[RK]\b|\w*\d\w*", re.IGNORECASE)
MOST_WORDS_WITH_A_REFERENCE = 6
COMPANY_NUMBER = re.compile(r"\b(?:eori|tva|vat)\b", re.IGNORECASE)
DASH = "[\u2010-\u2015-]"
# TR and, apart from it or not, signs with a digit among them: "TR-0000-0000-0", "TR 1234".
MEANT_FOR_A_REFERENCE = re.compile(
    rf"\bTR(?:{DASH}|\s)?(?=(?:\w|{DASH})*\d|\w{{4}}{DASH}\w{{3}})\w{{3,}}"
    rf"(?:[\s\u2010-\u2015-]\w*\d\w*|{DASH}\w+)*",
    re.IGNORECASE,
)

# Words that stand in sentences and hardly ever in names: pronouns, prepositions, courtesies.
# One letter alone may be an initial; "will", "may" and "the" are in many names.
SMALL_WORDS = re.compile(
    r"\b(?:"
    # French
    r"je|j['’]\w*|tu|t['’](?:as|es)|il|elle|[çc]a|ce|cela|c['’]\w+|on|nous|vous|moi|toi|te|mon|ma|mes|ton|ta|tes|"
    r"votre|vos|notre|nos|ne|n['’](?:ai|a|en|est|ont|y)|pas|plus|un|une|suis|ai|as|avez|est|sont|"
    r"pour|avec|sans|dans|sur|par|en|que|qu['’]\w+|qui|quoi|quel(?:le)?|comment|pourquoi|combien|"
    r"où|quand|si|mais|veux|peux|parle[rz]?|tout|rien|beaucoup|bien|bon(?:ne)?|journée|"
    r"s['’](?:il|te)|pla[îi]t|svp|stp|merci|bonjour|bonsoir|salut|oui|non|"
    # English
    r"i|i['’]\w+|you|we|they|me|my|your|it|its|it['’]s|this|that|to|for|with|in|at|or|not|"
    r"\w+n['’]t|is|are|am|was|has|have|want|need|what|who|how|why|where|when|which|speak|many|"
    r"much|very|lot|everything|good|morning|evening|please|pls|thanks?|hello|hi|hey|yes|no|"
    r"ok(?:ay)?"
    r")\b",
    re.IGNORECASE,
)
# "I do not have the reference", "j'ai perdu mon numéro"; not "it is not accepted".
HAS_NO_REFERENCE = re.compile(
    r"\b(?:pas|plus|aucune?|sans|perdue?|oubli\w+|[ée]gar\w+|no|not|without|lost|forg[eo]t\w*|"
    r"\w+n['’]t)\s+(?:[\w'’]+\s+){0,3}?(?:l['’]|d['’])?(?:r[ée]f[ée]rence|num[ée]ro|number)s?\b",
    re.IGNORECASE,
)
# "Renvoyez-moi le code", "can you send the code again".
WANTS_THE_CODE_AGAIN = re.compile(
    r"\b(?:renvo\w+|nouveau|autre|resend|re-send|send|new|another)\b.*\bcode\b"
    r"|\bcode\b.*\b(?:encore|(?:de|à) nouveau|again|resent)\b",
    re.IGNORECASE,
)
LACKS = re.compile(
    r"\b(?:je|j['’]\w*|on|nous|vous|mon|ma|[çc]a|elle|il|i|we|you|my|our|it|nothing|rien|aucun\w*)\b.*"
    r"(?:\b(?:pas|plus|jamais|aucune?|rien|ne|n['’]\w+|not|never|nothing|cannot|cant|dont|no|"
    r"comes?)\b|n['’]t\b)",
    re.IGNORECASE,
)
# "Why another code?" wants an explanation; "can I have another one" does not.
WANTS_TO_KNOW = re.compile(
    r"^\W*(?:(?:no|non|nan|wait|attend(?:s|ez)?|but|mais|and|et|so|alors|sorry|pardon|ok|euh|heu)\b\W*)*"
    r"(?:what|why|how|where|when|which|who|quoi|pourquoi|comment|combien|quand|où|qui|quel(?:le)?s?|"
    r"(?:c|c['’ ]?est) (?:pour )?(?:quoi|koi|qui|ki)|qu['’]est[- ]ce)\b",
    re.IGNORECASE,
)
# Written small inside a name: "Jan de Vries", "Help for Farmers".
PARTICLE = re.compile(
    r"d[aeiou]|de[lnr]|des|dos|l[ae]s?|el|al|e|i|y|et|and|&|of|the|for|to|on|in|en|à|au|aux|sur|"
    r"v[ao]n|b[ei]n|ibn",
    re.IGNORECASE,
)
# "d'Or", "(Burkina": what the capital stands behind.
BEFORE_THE_CAPITAL = re.compile(r"^\W*(?:[dl]['’])?", re.IGNORECASE)


def is_question(text: str) -> bool:
    """Say whether ``text`` ends as a question or starts as one."""
    is_marked = text.rstrip().endswith("?") or QUESTION_ENDS.search(text)
    return bool(is_marked or QUESTION_STARTS.match(text) or WANTS_TO_KNOW.match(text))


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


def without_entities(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """Return ``text`` without the words that its entities are made of."""
    for entity in sorted(entities, key=lambda e: -e["start"]):
        text = text[: entity["start"]] + " " + text[entity["end"] :]
    return text


def may_be_a_reference(text: str) -> bool:
    """Say whether ``text`` is a reference of ours, or an attempt at one."""
    is_short = len(text.split()) <= MOST_WORDS_WITH_A_REFERENCE
    return is_short and bool(LIKE_A_REFERENCE.search(text))


def names_a_company_number(text: str) -> bool:
    """Say whether ``text`` speaks of an EORI or a VAT number."""
    return bool(COMPANY_NUMBER.search(text))


def mistyped_reference(text: str) -> str | None:
    """Return what ``text`` holds that was meant for a reference of ours and cannot be one."""
    found = MEANT_FOR_A_REFERENCE.search(text)
    return found.group() if found else None


def is_thumb_up(text: str) -> bool:
    """Say whether ``text`` shows a sign that means yes."""
    return bool(THUMBS_UP & set(text))


def words(text: str) -> list[str]:
    """Return the words of ``text``: a mark that stands alone is none."""
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def is_small_talk(text: str) -> bool:
    """Say whether ``text`` is made of small words alone: "merci bien", "thank you", "non"."""
    # "Thanks a lot": the one letter may stay.
    return sum(letter.isalnum() for letter in SMALL_WORDS.sub("", text)) <= 1


def has_small_words(text: str) -> bool:
    """Say whether ``text`` holds words that stand in sentences and hardly ever in names."""
    return bool(SMALL_WORDS.search(text))


def has_no_reference(text: str) -> bool:
    """Say whether somebody tells in ``text`` that they do not have their reference."""
    return bool(HAS_NO_REFERENCE.search(text))


def tells_a_lack(text: str) -> bool:
    """Say whether somebody does not know, find or have something in ``text``."""
    return bool(LACKS.search(text))


def wants_the_code_again(text: str) -> bool:
    """Say whether ``text`` speaks of sending the code again, or of another one."""
    return bool(WANTS_THE_CODE_AGAIN.search(text))


def wants_to_know(text: str) -> bool:
    """Say whether ``text`` asks for an explanation and not for something to be done."""
    return bool(WANTS_TO_KNOW.match(text))


def is_proper_name(text: str) -> bool:
    """Say whether ``text`` is written as a name: two words or more, each with a capital.

    Of a text in capitals that cannot be said.
    """
    telling = [
        word
        for word in words(text)
        if not word.isdigit() and not PARTICLE.fullmatch(word.strip(","))
    ]
    if text.isupper() or len(telling) < 2:
        return False
    return all(BEFORE_THE_CAPITAL.sub("", word)[:1].isupper() for word in telling)
