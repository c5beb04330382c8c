"""Towns and what they are called in other languages: Aalst is Alost in French."""

from functools import lru_cache

from registry import search_words
from registry.names import normalise_text


def all_names(town: str) -> str:
    """What a town is called, its own name first, normalised: `aalst alost`."""
    own = normalise_text(town)
    return " ".join([own, *(name for name in _same().get(own, ()) if name != own)])


@lru_cache(maxsize=1)
def _same() -> dict[str, list[str]]:
    """From each name of a town to all of them."""
    lines = [line.split(",") for line in search_words.all_words()["towns"]]
    towns = [[normalise_text(name) for name in names] for names in lines]
    return {name: names for names in towns for name in names}
