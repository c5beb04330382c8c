"""French, English or another language: learnt from the blocks, persisted, the same once loaded."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_classifier import LanguageClassifier, language_of

FRENCH = [
    "comment puis-je m'inscrire ?",
    "je n'ai pas reçu le courriel",
    "qui valide ma demande ?",
    "où est le lien de la page ?",
    "quelle adresse dois-je utiliser ?",
    "le lien a expiré, que faire ?",
]
ENGLISH = [
    "how can I register?",
    "I did not receive the e-mail",
    "who validates my request?",
    "where is the link of the page?",
    "which address should I use?",
    "the link has expired, what now?",
]
GERMAN = [
    "wie kann ich mich registrieren?",
    "ich habe die E-Mail nicht bekommen",
    "wer genehmigt meinen Antrag?",
    "wo finde ich den Link der Seite?",
]


@pytest.fixture
def examples(training_data):
    return training_data(
        [(text, "how", "fr") for text in FRENCH]
        + [(text, "how", "en") for text in ENGLISH]
        + [(text, "other_language", "other") for text in GERMAN]
    )


@pytest.fixture
def loaded(workshop, examples) -> LanguageClassifier:
    workshop.make(LanguageClassifier).train(examples)
    return workshop.load(LanguageClassifier)


def guess(classifier: LanguageClassifier, text: str) -> dict:
    (message,) = classifier.process([Message({TEXT: text})])
    return message.get("language")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("qui peut valider le lien que je dois utiliser ?", "fr"),
        ("who should validate the link I use?", "en"),
        ("ich möchte wissen, wie ich den Antrag finde", "other"),
    ],
)
def test_unseen_sentences(loaded: LanguageClassifier, text: str, language: str) -> None:
    assert guess(loaded, text)["name"] == language


def test_a_guess_is_a_probability(loaded: LanguageClassifier) -> None:
    assert 1 / 3 <= guess(loaded, "TRACES NT")["confidence"] <= 1.0


def test_emoji_alone_get_an_unsure_guess(loaded: LanguageClassifier) -> None:
    assert guess(loaded, "🙂🙂")["confidence"] < 0.9


def test_loading_again_gives_the_same_answers(loaded: LanguageClassifier, workshop) -> None:
    again = workshop.load(LanguageClassifier)
    for text in (*FRENCH, *ENGLISH, *GERMAN):
        assert guess(again, text) == guess(loaded, text)


def test_a_message_without_text_passes(loaded: LanguageClassifier) -> None:
    assert loaded.process([Message({})])[0].get("language") is None


def test_the_language_is_the_blocks(examples) -> None:
    assert [language_of(example) for example in examples.intent_examples][:1] == ["fr"]
    assert language_of(Message({TEXT: "bonjour"})) is None
