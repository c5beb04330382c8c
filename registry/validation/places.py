"""Reads where an operator is: country, city, address, and its region and coordinates (S46, S47)."""

import re

from registry import countries
from registry.validation.answers import BadAnswer, is_skipped
from registry.validation.lines import TAKES_BACK, read_line

LONGEST_CITY = 100
LONGEST_ADDRESS = 300
LONGEST_REGION = 150
MOST_WORDS_OF_A_PLACE = 8
# "C'est en Italie", "we are in Milan".
PLACE_FOLLOWS = re.compile(
    TAKES_BACK + r"(?:(?:c['’ ]?est|nous sommes|on est|it['’ ]?s|it is|we are|we['’]re)\s+)?"
    r"(?:(?:en|au|aux|à|in|from|dans|at)\s+)?(?:(?:la|the)\s+(?:ville|city|town)\s+(?:de|of)\s+)?",
    re.IGNORECASE,
)
CITY_IS = re.compile(
    r"^\W*(?:la ville|le pays|the city|the town|the country|ville|pays|city|country)\s*"
    r"(?:est|c['’]est|is|:)\s*",
    re.IGNORECASE,
)
ADDRESS_IS = re.compile(
    r"^\W*(?:(?:l['’]|notre |mon |our |my |the )?(?:adresse|address)(?: postale)?\s*"
    r"(?:est|c['’]est|is|:)|c['’]est(?: au)?|it['’]s(?: at)?)\s*",
    re.IGNORECASE,
)
# "Italy (IT)", as the site writes it (S46).
IN_BRACKETS = re.compile(r"\((\w{2,3})\)\s*$")
DECIMAL = re.compile(
    r"(?P<lat>[+-]?\d{1,2}(?:[.,]\d+)?)\s*°?\s*(?P<ns>[NS])?\s*[,;/\s]\s*"
    r"(?P<lon>[+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?P<ew>[EWO])?",
    re.IGNORECASE,
)
_ANGLE = r"(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['’′]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|''))?\s*"
DEGREES = re.compile(rf"{_ANGLE}([NS])\W*{_ANGLE}([EWO])", re.IGNORECASE)
LABELS = re.compile(
    r"(?:latitude|longitude|lat|long?|lng|coordonn[ée]es|coordinates|gps)\b\.?\s*[:=]?|\bet\b|\band\b",
    re.IGNORECASE,
)
NEGATIVE = frozenset("SWO")


def read_country(text: str) -> str:
    """Return the ISO code of the one country named in ``text``, in French or English.

    A slip of the pen is borne where only one country can be meant. Raises BadAnswer.
    """
    said = read_line(text, LONGEST_CITY)
    if is_skipped(said) and not said.isupper():
        # "No" is no; "NO" is Norway.
        raise BadAnswer("nothing")
    if bracketed := IN_BRACKETS.search(said):
        said = bracketed[1]
    said = PLACE_FOLLOWS.sub("", CITY_IS.sub("", said)).strip(" .,;:!?")
    last = said.rpartition(",")[2]
    for part in (said, last):
        if code := countries.read(part) or countries.of_people(part):
            return code
    if code := countries.meant(last):
        return code
    raise BadAnswer("not a country")


def read_city(text: str) -> str:
    """Return the city, perhaps with its postal code (S46). Raises BadAnswer."""
    return _read_place(text, LONGEST_CITY)


def read_address(text: str) -> str:
    """Return the address on one line (S46). Raises BadAnswer for none, and for an e-mail."""
    lines = [line.strip(" ,") for line in text.splitlines() if line.strip(" ,")]
    address = ADDRESS_IS.sub("", read_line(", ".join(lines), LONGEST_ADDRESS)).strip(" ,;:")
    if sum(sign.isalnum() for sign in address) < 3 or is_skipped(address):
        raise BadAnswer("not an address")
    return address


def read_region(text: str) -> str | None:
    """Return the administrative region (S47), None where it is skipped. Raises BadAnswer."""
    return None if is_skipped(text) else _read_place(text, LONGEST_REGION)


def read_coordinates(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees (S47), None where they are skipped.

    `45.4642, 9.19`, `45,4642 N 9,19 E` and `45°27'51"N 9°11'24"E` are read. Raises BadAnswer.
    """
    if is_skipped(text):
        return None
    typed = LABELS.sub(" ", text).strip(" .,;:()")
    if found := DEGREES.fullmatch(typed):
        parts = found.groups()
        latitude, longitude = _degrees(*parts[:4]), _degrees(*parts[4:])
    elif found := DECIMAL.fullmatch(typed):
        latitude = _signed(found["lat"], found["ns"])
        longitude = _signed(found["lon"], found["ew"])
    else:
        raise BadAnswer("no latitude and longitude")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise BadAnswer("not on the Earth")
    return round(latitude, 6), round(longitude, 6)


def _read_place(text: str, longest: int) -> str:
    place = PLACE_FOLLOWS.sub("", CITY_IS.sub("", read_line(text, longest))).strip(" .,;:!?")
    is_short = len(place.split()) <= MOST_WORDS_OF_A_PLACE
    if not is_short or not any(sign.isalpha() for sign in place) or is_skipped(place):
        raise BadAnswer("not a place")
    return place


def _signed(number: str, side: str | None) -> float:
    value = float(number.replace(",", "."))
    return -abs(value) if side and side.upper() in NEGATIVE else value


def _degrees(degrees: str, minutes: str | None, seconds: str | None, side: str) -> float:
    parts = (float((part or "0").replace(",", ".")) for part in (minutes, seconds))
    in_minutes, in_seconds = parts
    if in_minutes >= 60 or in_seconds >= 60:
        raise BadAnswer("an angle has sixty minutes")
    return _signed(str(int(degrees) + in_minutes / 60 + in_seconds / 3600), side)
