"""Names as the search compares them: no case, accents or legal form, all in Latin letters."""

import re
import unicodedata

from registry import search_words


def _table(letters: str, latin: str) -> dict[int, str]:
    return dict(zip(map(ord, letters), latin.split(","), strict=True))


# What Unicode does not take apart into a plain letter and an accent; then Greek and Bulgarian
# as they are usually written in Latin letters.
LATIN = {
    **_table("øłđðıþæœ", "o,l,d,d,i,th,ae,oe"),
    **_table("αβγδεζηθικλμνξοπρσς", "a,v,g,d,e,z,i,th,i,k,l,m,n,x,o,p,r,s,s"),
    **_table("τυφχψω", "t,y,f,ch,ps,o"),
    **_table("абвгдежзийклмнопрсту", "a,b,v,g,d,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u"),
    **_table("фхцчшщъыьэюяёі", "f,h,ts,ch,sh,sht,a,y,y,e,yu,ya,e,i"),
}
GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "γκ": "gk", "γχ": "nch"}
DOTS = re.compile(r"\.")
NOT_LETTERS = re.compile(r"[\W_]+")
# `S. A.` and `s a r l` are one word each.
SINGLE_LETTERS = re.compile(r"\b[^\W\d_](?: [^\W\d_]\b)+")

LEGAL_FORMS = search_words.words("legal_forms")
LEADING_FORMS = search_words.words("leading_forms")
BETWEEN_FORMS = search_words.words("between_forms")
STOP_WORDS = search_words.words("stop_words")


def normalise_text(text: str) -> str:
    """Letters and digits in words, Latin, without case or accents; dots join (`N.V.`: `nv`)."""
    # Twice: what stands for several letters, as the sign of a trade mark, may be of capitals.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    for pair, latin in GREEK_PAIRS.items():
        plain = plain.replace(pair, latin)
    words = NOT_LETTERS.sub(" ", DOTS.sub("", plain.translate(LATIN))).strip()
    return SINGLE_LETTERS.sub(lambda letters: letters[0].replace(" ", ""), words)


def split_name(name: str) -> tuple[str, str]:
    """A name, normalised, without its legal form; and that form: `alpro`, `commva`.

    A name that is nothing but legal forms stays whole.
    """
    words = normalise_text(name).split()
    start, end = 0, len(words)
    while end > start and _is_legal(words[end - 1], is_last=end == len(words)):
        end -= 1
    while start < end and words[start] in LEADING_FORMS:
        start += 1
    if start == end:
        return " ".join(words), ""
    return " ".join(words[start:end]), " ".join(words[:start] + words[end:])


def telling_words(text: str) -> list[str]:
    """The words of a text, each once, that tell a name from another; all when none does."""
    words = list(dict.fromkeys(normalise_text(text).split()))
    telling = [word for word in words if not _tells_nothing(word)]
    return telling or words


def _is_legal(word: str, *, is_last: bool) -> bool:
    return word in LEGAL_FORMS or (not is_last and word in BETWEEN_FORMS)


def _tells_nothing(word: str) -> bool:
    is_letter = len(word) == 1 and not word.isdigit()
    return is_letter or word in STOP_WORDS or word in LEGAL_FORMS
