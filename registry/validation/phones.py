"""Reads the optional telephone number that goes with a request (S55)."""

import re
import unicodedata

from phonenumbers import (
    Leniency,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    is_valid_number,
)

from registry.countries import UNION_CODES
from registry.validation.answers import BadAnswer, is_skipped

# 0032… is +32… in most of Europe; only before the first digit, 00 also stands inside numbers.
STARTS_WITH_00 = re.compile(r"^([^\d+]*)00[\s.-]*(?=[1-9])")
# The Union's code for Northern Ireland, too: no country, but in the numbers of one.
REGIONS = UNION_CODES | {"XI": "GB"}


def read_phone(text: str, country: str | None = None) -> str | None:
    """Return the one number in ``text`` as E.164 (`+32470123456`), None where it is skipped.

    Without its country code, the number is read as one of `country` (two letters) and must be
    in use there: taken for a number of the wrong country, it would be somebody else's. With it,
    its length is enough. An extension follows as in RFC 3966: `+3222345678;ext=12`.
    Raises BadAnswer.
    """
    if is_skipped(text):
        return None
    typed = STARTS_WITH_00.sub(r"\1+", unicodedata.normalize("NFKC", text))
    region = REGIONS.get(country.upper(), country.upper()) if country else None
    found = {
        _written(match.number)
        for match in PhoneNumberMatcher(typed, region, leniency=Leniency.POSSIBLE)
        if _is_complete(match.number) and ("+" in match.raw_string or is_valid_number(match.number))
    }
    if len(found) != 1:
        raise BadAnswer("not one telephone number")
    return found.pop()


def _is_complete(number: PhoneNumber) -> bool:
    # Other possible lengths are those of a number dialled without its area.
    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _written(number: PhoneNumber) -> str:
    written = format_number(number, PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written
