"""The optional message stays as typed, without signs that nobody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.validation import BadAnswer, read_message


def test_a_message_is_kept_as_typed() -> None:
    typed = "Bonjour,\n\nje remplace <b>Dominique</b> & j'importe du café : {code} %s 👩‍🌾"
    assert read_message(f"  {typed}\n") == typed


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("un\x00 deux\x1b[31m trois\x7f", "un deux[31m trois"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("gauche\u202e tiord", "gauche tiord"),
        ("a\ud800b\ufeffc", "abc"),
    ],
)
def test_signs_that_nobody_sees_are_taken_out(typed: str, message: str) -> None:
    assert read_message(typed) == message


@pytest.mark.parametrize("typed", ["aucun", "Non.", "passer", "skip", "-"])
def test_no_message_is_an_answer(typed: str) -> None:
    assert read_message(typed) is None


def test_a_message_has_a_thousand_characters_at_most() -> None:
    assert read_message("é" * 1000) == "é" * 1000
    with pytest.raises(BadAnswer):
        read_message("é" * 1001)


@pytest.mark.parametrize("typed", ["", "  \n ", "\x00\x01", "\u200d"])
def test_an_empty_message_is_no_answer(typed: str) -> None:
    with pytest.raises(BadAnswer):
        read_message(typed)


@given(st.text(alphabet=st.characters(), max_size=1100))
def test_whatever_is_typed_can_be_stored_or_is_refused(typed: str) -> None:
    try:
        message = read_message(typed)
    except BadAnswer:
        return
    if message is not None:
        assert 0 < len(message.encode()) <= 4000
        assert "\x00" not in message
        assert read_message(message) in (message, None)
