"""One address is read out of an answer, and common slips get another one offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.validation import BadAnswer, read_contact_email, read_email, suggest_email


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("camille@example.org", "camille@example.org"),
        ("Camille@Example.ORG", "camille@example.org"),
        ("mon e-mail c'est camille@example.org.", "camille@example.org"),
        ("<camille@example.org>", "camille@example.org"),
        ('<a href="mailto:camille@example.org">', "camille@example.org"),
        ("my address is o'sample@example.org", "o'sample@example.org"),
        ("camille2@example.org", "camille2@example.org"),
        ("it is camille.x+traces@mail.example.org, thanks", "camille.x+traces@mail.example.org"),
    ],
)
def test_an_address_is_read_from_an_answer(typed: str, address: str) -> None:
    assert read_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "camille",
        "camille at example.org",
        "camille@",
        "@example.org",
        "camille@example",
        "camille@@example.org",
        "a@example.org b@example.org",
        "c" * 300 + "@example.org",
        "camille@exa mple.org",
        "c" * 488 + "@example.org",  # 500 characters
        "<b>camille</b>@<i>example</i>",
        "javascript:alert(1)@",
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_email(typed)


@pytest.mark.parametrize("typed", ["'camille@example.org'", "’camille@example.org’"])
def test_quotation_marks_around_an_address_are_no_part_of_it(typed: str) -> None:
    """Else the code goes to an address that nobody typed."""
    assert read_email(typed) == "camille@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "camille@example.org!",
        "camille@example.org !!",
        "camille@example.org camille@example.org",
        "camille@example.org, et encore Camille@Example.org.",
        "« camille@example.org »",
        "c'est camille@example.org ?",
        "mailto:camille@example.org",
    ],
)
def test_an_address_with_signs_after_it_or_typed_twice_is_one(typed: str) -> None:
    assert read_email(typed) == "camille@example.org"


def test_an_address_typed_twice_with_a_slip_is_asked_again() -> None:
    with pytest.raises(BadAnswer):
        read_email("camille@example.org camile@example.org")


def test_an_accent_before_the_at_sign_is_taken_for_a_slip() -> None:
    with pytest.raises(BadAnswer):
        read_email("camillé@example.org")


def test_a_domain_with_accents_is_kept() -> None:
    assert read_email("camille@Bücher.example") == "camille@bücher.example"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("camille@gmial.com", "camille@gmail.com"),
        ("camille@gmail.con", "camille@gmail.com"),
        ("camille@gmail.fr", "camille@gmail.com"),
        ("camille@hotmial.fr", "camille@hotmail.fr"),
        ("camille@outlok.com", "camille@outlook.com"),
        ("camille@outlok.con", "camille@outlook.com"),
        ("camille@yaho.co.uk", None),
        ("camille@wanado.fr", "camille@wanadoo.fr"),
        ("camille@example.con", "camille@example.com"),
        ("camille@mail.example.ogr", "camille@mail.example.org"),
    ],
)
def test_a_common_slip_gets_the_address_offered_that_was_meant(
    typed: str, meant: str | None
) -> None:
    assert suggest_email(read_email(typed)) == meant


@pytest.mark.parametrize(
    "address",
    [
        "camille@gmail.com",
        "camille@hotmail.fr",
        "camille@outlook.be",
        "camille@mail.com",
        "camille@ymail.com",
        "camille@gmx.net",
        "camille@example.co",
        "camille@gmial.example.org",
        "camille@ec.europa.eu",
    ],
)
def test_an_address_that_may_well_be_meant_is_left_alone(address: str) -> None:
    assert suggest_email(address) is None


def test_what_is_offered_is_an_address_and_offered_once() -> None:
    meant = suggest_email("camille@gmial.con")
    assert meant is not None
    assert read_email(meant) == meant
    assert suggest_email(meant) is None


@pytest.mark.parametrize("typed", ["aucun", "non", "skip", "passer", "-"])
def test_no_contact_address_is_an_answer(typed: str) -> None:
    assert read_contact_email(typed) is None


def test_a_contact_address_is_read_like_any_other() -> None:
    assert read_contact_email("c'est Accueil@Example.org.") == "accueil@example.org"
    with pytest.raises(BadAnswer):
        read_contact_email("accueil")


@given(st.text(alphabet="a.@ -'!<>\n\u200d\ud800é", max_size=60) | st.text(max_size=600))
def test_whatever_is_typed_is_an_address_or_refused(typed: str) -> None:
    try:
        address = read_email(typed)
    except BadAnswer:
        return
    assert read_email(address) == address
    assert address == address.lower()
    assert len(address) <= 254
