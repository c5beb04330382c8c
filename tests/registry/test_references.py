"""References are unguessable, readable aloud, and show typing slips."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.references import (
    ALPHABET,
    BadReference,
    new_reference,
    new_ticket_reference,
    parse_reference,
    parse_ticket_reference,
)


def test_a_reference_has_three_groups_after_its_prefix() -> None:
    assert [len(group) for group in new_reference().split("-")] == [2, 4, 4, 1]


def test_a_reference_holds_no_look_alikes() -> None:
    characters = "".join(new_reference().removeprefix("TR") for _ in range(300))
    assert not set(characters) & set("0O1ILU")


def test_references_differ() -> None:
    assert len({new_reference() for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: f"  {text}\n",
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", "–"),
        lambda text: text.removeprefix("TR-"),
        lambda text: " ".join(text),
    ],
)
def test_a_reference_is_read_however_it_is_typed(change) -> None:
    reference = new_reference()
    assert parse_reference(change(reference)) == reference


@given(st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_refused(position: int, character: str) -> None:
    body = new_reference().removeprefix("TR").replace("-", "")
    wrong = body[:position] + character + body[position + 1 :]
    if wrong == body:
        assert parse_reference(wrong)
        return
    with pytest.raises(BadReference):
        parse_reference(wrong)


def test_two_neighbours_exchanged_are_refused() -> None:
    body = new_reference().removeprefix("TR").replace("-", "")
    while body[0] == body[1]:
        body = new_reference().removeprefix("TR").replace("-", "")
    with pytest.raises(BadReference):
        parse_reference(body[1] + body[0] + body[2:])


@pytest.mark.parametrize("text", ["", "TR", "bonjour", "TR-7K3M-9QXW", "TR-0000-0000-0", "🙂" * 9])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(BadReference):
        parse_reference(text)


@given(st.text(max_size=40))
def test_a_refusal_never_repeats_what_was_typed(text: str) -> None:
    with pytest.raises(BadReference, match=r"^Not a reference of this register\.$"):
        parse_reference(f"!{text}")


# Tickets


def test_a_ticket_s_reference_is_made_like_a_request_s_and_told_apart_from_one() -> None:
    reference = new_ticket_reference()
    assert re.fullmatch(r"TK-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]", reference)
    assert parse_ticket_reference(reference) == reference
    with pytest.raises(BadReference):
        parse_reference(reference)
    with pytest.raises(BadReference):
        parse_ticket_reference(new_reference())


def test_a_ticket_s_reference_is_read_with_slips_of_form_alone() -> None:
    reference = new_ticket_reference()
    assert parse_ticket_reference(f" {reference.lower().replace('-', ' ')} ") == reference
    body = reference.removeprefix("TK-")
    for wrong in (body, f"TK-{body[::-1]}X", "TK", ""):
        with pytest.raises(BadReference):
            parse_ticket_reference(wrong)
