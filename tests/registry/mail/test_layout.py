"""A mail's text becomes plain text and HTML of the same form; everything in it is escaped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.mail.layout import as_html, as_text, blocks_of

WRITTEN = """Bonjour,

# Un titre
Une ligne
et une autre

- un
- deux
Fin"""


def html(text: str) -> str:
    """The content of the page, without its head and its first heading."""
    page = as_html(blocks_of(text), "Titre", "fr")
    return page.partition("</h1>\n")[2].removesuffix("\n</body>\n</html>\n")


def test_the_plain_text_keeps_lists_and_shows_headings_without_their_mark() -> None:
    assert as_text(blocks_of(WRITTEN)) == (
        "Bonjour,\n\nUn titre\nUne ligne\net une autre\n\n- un\n- deux\n\nFin\n"
    )


def test_the_html_has_paragraphs_headings_and_lists() -> None:
    assert html(WRITTEN) == (
        "<p>Bonjour,</p>\n<h2>Un titre</h2>\n<p>Une ligne<br>\net une autre</p>\n"
        "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n<p>Fin</p>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://webgate.ec.europa.eu",
        "https://webgate.ec.europa.eu/",
        "https://webgate.ec.europa.eu/tracesnt/login",
        "https://webgate.training.ec.europa.eu/tracesnt",
        "https://webgate.ec.europa.eu/cas/contact.html",
    ],
)
@pytest.mark.parametrize("end", ["", ".", ", puis", ")", " et"])
def test_addresses_of_the_two_sites_become_links(address: str, end: str) -> None:
    assert html(f"Voir {address}{end}") == f'<p>Voir <a href="{address}">{address}</a>{end}</p>'


@pytest.mark.parametrize(
    "address",
    [
        "https://webgate.ec.europa.eu.example.com/login",
        "https://webgate.ec.europa.eu@example.com",
        "https://webgate.ec.europa.eu:8443/login",
        "https://webgate.ec.europa.eu-example.com",
        "https://webgate.ec.europa.eu/login@example.com",
        "https://example.com/https:/webgate.ec.europa.eu",
        "http://webgate.ec.europa.eu/tracesnt",
        "https://example.org",
        "javascript:alert(1)",
        "SANTE-TRACES@ec.europa.eu",
    ],
)
def test_other_addresses_stay_text(address: str) -> None:
    assert "<a" not in html(f"Voir {address} puis")


@given(st.text(max_size=200), st.text(max_size=50))
def test_whatever_is_written_brings_no_mark_up(text: str, title: str) -> None:
    page = as_html(blocks_of(text), title, "fr")
    tags = re.findall(r"<(/?\w+)", page)
    known = {"html", "head", "meta", "title", "body", "h1", "h2", "p", "br", "ul", "li", "a"}
    assert {tag.removeprefix("/") for tag in tags} <= known
    assert page.count("<") == page.count(">") == len(tags) + 1  # and the doctype
