"""Identifiers are recognised in every usual spelling (domain.md, section 6)."""

import pytest

from registry.identifiers import IdentifierKind, kind_of, normalise, take_from


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("BE-ORG-OP-5", "BE-ORG-OP-5"),
        (" be org op 5 ", "BE-ORG-OP-5"),
        ("be–org—op‑5", "BE-ORG-OP-5"),
        ("BE 301000", "BE301000"),
        ("be-0001", "BE0001"),
        ("de-öko-006", "DE-OKO-006"),
        ("DE-O\u0308KO-006", "DE-OKO-006"),
        ("NO-ØKO-01", "NO-OKO-01"),
    ],
)
def test_every_spelling_gives_the_same_identifier(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("BE-ORG-OP-5", IdentifierKind.TRACES_NUMBER),
        ("BE-ORG-OP-7", IdentifierKind.TRACES_NUMBER),
        *((code, IdentifierKind.AUTHORITY_CODE) for code in ("BE0001", "BE301000", "BE000001")),
        *((code, IdentifierKind.AUTHORITY_CODE) for code in ("DE29812", "DE29812L")),
        *(
            (code, IdentifierKind.CONTROL_BODY_CODE)
            for code in (
                "BE-BIO-01",
                "FR-BIO-01",
                "DE-ÖKO-006",
                "PL-EKO-01",
                "IT-BIO-006",
                "AE-BIO-171",
                "GB-ORG-05",
                "IE-ORG-03",
                "US-ORG-061",
                "NO-ØKO-01",
                "ES-ECO-020-CV",
            )
        ),
    ],
)
def test_the_examples_of_each_kind_are_recognised(typed: str, kind: IdentifierKind) -> None:
    assert kind_of(typed) is kind


@pytest.mark.parametrize(
    "typed", ["", "Alpro", "BE-ORG-OP-0", "BE-ORG-OP-", "B3301000", "BE12", "BE-ORG-OP-5 x"]
)
def test_other_texts_are_no_identifier(typed: str) -> None:
    assert kind_of(typed) is None


@pytest.mark.parametrize(
    ("message", "identifier", "rest"),
    [
        ("be 301000", "BE301000", ""),
        ("alpro be org op 5 en Belgique", "BE-ORG-OP-5", "alpro   en Belgique"),
        ("numéro BE.ORG.OP.05", "BE-ORG-OP-5", "numéro  "),
        ("BE_ORG_OP_5!", "BE-ORG-OP-5", " !"),
        ("frbio01 Ecocert", "FR-BIO-01", "  Ecocert"),
        ("code es-eco-020-cv", "ES-ECO-020-CV", "code  "),
        ("à BE 8560 Wevelgem", None, "à BE 8560 Wevelgem"),
        ("de 75011 Paris", None, "de 75011 Paris"),
        ("NL-BIO-01.528-0002967.2025.001", None, "NL-BIO-01.528-0002967.2025.001"),
    ],
)
def test_an_identifier_is_taken_from_a_message(
    message: str, identifier: str | None, rest: str
) -> None:
    """A postcode is no authority's code, and a certificate's number no control body's."""
    assert take_from(message) == (identifier, rest)
