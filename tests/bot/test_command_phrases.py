"""A message that is, word for word, a known way of giving a command is that command."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.command_phrases import CommandPhrases, normalised

EXAMPLES = [
    ("annuler", "cancel", "fr"),
    ("Ça suffit, on arrête.", "cancel", "fr"),
    ("help me", "help", "en"),
    ("bonjour", "greet", "fr"),
]


@pytest.fixture
def commands(workshop, training_data) -> CommandPhrases:
    config = {"intents": ["cancel", "help"]}
    workshop.make(CommandPhrases, **config).train(training_data(EXAMPLES))
    return workshop.load(CommandPhrases, **config)


def command_of(commands: CommandPhrases, text: str) -> str | None:
    (message,) = commands.process([Message({TEXT: text})])
    return message.get("command")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("annuler", "cancel"),
        ("  ANNULER ! ", "cancel"),
        ("ca suffit on arrete", "cancel"),
        ("Help me.", "help"),
        ("annuler s'il vous plaît", "cancel"),
        ("please help me", "help"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(
    commands: CommandPhrases, text: str, command: str
) -> None:
    assert command_of(commands, text) == command


@pytest.mark.parametrize(
    "text", ["annuler la commande d'huile", "help", "Annulerie du Port", "svp", "", "…"]
)
def test_less_or_more_than_the_phrase_is_no_command(commands: CommandPhrases, text: str) -> None:
    assert command_of(commands, text) is None


def test_examples_of_other_intents_are_no_commands(commands: CommandPhrases) -> None:
    assert command_of(commands, "bonjour") is None


def test_a_message_without_text_passes(commands: CommandPhrases) -> None:
    silent = Message({})
    assert commands.process([silent])[0].get("command") is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Où en suis-je ?", "ou en suis je"), ("L’ŒUF", "l œuf"), ("!?…", "")],
)
def test_normalising_keeps_the_words_alone(text: str, plain: str) -> None:
    assert normalised(text) == plain == normalised(plain)
