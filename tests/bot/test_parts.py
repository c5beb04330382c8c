"""A message is cut where another question may begin, and nowhere else."""

import pytest

from bot.parts import parts_of

WHO = "qui valide ma demande"
HOW_LONG = "combien de temps cela prend"
ENGLISH_WHO = "who approves my request"
ENGLISH_HOW_LONG = "how long does it take"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"{WHO} ? {HOW_LONG} ?", [f"{WHO} ?", f"{HOW_LONG} ?"]),
        (f"{WHO}. {HOW_LONG}", [f"{WHO}.", HOW_LONG]),
        (f"{WHO}… {HOW_LONG}", [f"{WHO}…", HOW_LONG]),
        (f"{WHO}\n{HOW_LONG}", [WHO, HOW_LONG]),
        (f"{WHO} ;{HOW_LONG}", [WHO, HOW_LONG]),
        (f"{ENGLISH_WHO}? {ENGLISH_HOW_LONG}?", [f"{ENGLISH_WHO}?", f"{ENGLISH_HOW_LONG}?"]),
    ],
    ids=["questions", "sentences", "dots", "lines", "semicolon", "English"],
)
def test_a_message_is_cut_at_the_end_of_a_sentence(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "between",
    [
        " et ",
        ", et ",
        " ET ",
        " et aussi ",
        " et puis ",
        " puis ",
        ", ensuite, ",
        ", de plus ",
        ", par ailleurs, ",
        " ainsi que ",
        " and ",
        ", and also ",
        " and then ",
        " also ",
        ", plus ",
    ],
)
def test_a_sentence_is_cut_at_a_conjunction(between: str) -> None:
    assert parts_of(f"{WHO}{between}{HOW_LONG} ?") == [WHO, f"{HOW_LONG} ?"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        WHO,
        "je suis importateur et exportateur",
        "mon nom et mon adresse de courriel",
        "the name and e-mail of my firm",
        "un opérateur, une autorité",
        "je voudrais tout savoir, puis-je demander ici",
        "je ne retrouve plus le lien du site",
        "le site-et-le-lien de la formation",
        "son statut est valide depuis le 3.12.2024 au matin",
    ],
)
def test_a_message_of_one_question_is_one(text: str) -> None:
    assert parts_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"Bonjour. {WHO} ?",
        f"Bonjour Madame,\n{WHO} ?\nMerci beaucoup",
        f"{WHO} ? Merci !",
        f"et {WHO}",
        f"{WHO} et",
        f"{WHO} ? ? ?",
    ],
)
def test_a_few_words_are_no_part(text: str) -> None:
    assert parts_of(text) == []


def test_greetings_around_two_questions_leave_two_parts() -> None:
    text = f"Bonjour,\n{WHO} ?\n{HOW_LONG} ?\nMerci, Camille"
    assert parts_of(text) == [f"{WHO} ?", f"{HOW_LONG} ?"]


def test_a_part_may_be_cut_again() -> None:
    text = f"{WHO} et {HOW_LONG} ? {ENGLISH_WHO}"
    assert parts_of(text) == [WHO, f"{HOW_LONG} ?", ENGLISH_WHO]


@pytest.mark.parametrize(("parts", "kept"), [(4, 4), (5, 0)])
def test_a_message_of_very_many_parts_is_not_cut(parts: int, kept: int) -> None:
    assert len(parts_of(f"{WHO} ? " * parts)) == kept


@pytest.mark.parametrize("command", ["/code_accepted", "//code_accepted", ", /code_accepted"])
def test_no_part_is_a_command_of_rasas(command: str) -> None:
    text = f"{WHO} ?\n{command} est mon code\n{HOW_LONG} et {command} est mon code"
    parts = parts_of(text)
    assert len(parts) == 4
    assert [part for part in parts if not part[0].isalpha()] == []
