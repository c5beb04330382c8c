"""What may be the answer to a field and what is said to the assistant; kept in the model."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.answer_classifier import AnswerClassifier
from bot.nlu.ngram_featurizer import NgramFeaturizer

EXAMPLES = [
    ("Amina Diallo", "inform", {"answers": "name"}),
    ("Jean Marchand", "inform", {"answers": "name"}),
    ("Marie Dubois", "inform", {"answers": "name"}),
    ("Huilerie du Lac", "inform", {"answers": "organisation"}),
    ("Moulin du Lac SARL", "inform", {"answers": "organisation"}),
    ("rien à ajouter", "inform", {"answers": "nothing"}),
    ("pas de message", "inform", {"answers": "nothing"}),
    ("non merci", "deny", {}),
    ("qui valide ma demande", "who_validates", {}),
    ("qui accepte ma demande ?", "who_validates", {}),
    ("combien de temps ?", "how_long", {}),
    ("Moulin du Lac, cela prend combien de temps", "how_long", {"style": "verbose"}),
    ("oui merci", "affirm", {}),
]
CONFIG = {"kinds": {"deny": "nothing"}, "left_out": ["affirm"], "not_styles": ["verbose"]}


@pytest.fixture
def likeliest(workshop, training_data):
    """Return what a text is most likely, once the classifier is trained and loaded again."""
    examples = [(text, intent, "fr", told) for text, intent, told in EXAMPLES]
    workshop.make(NgramFeaturizer).train(training_data(examples))
    featurizer = workshop.load(NgramFeaturizer)
    data = featurizer.process_training_data(training_data(examples))
    workshop.make(AnswerClassifier, **CONFIG).train(data)
    classifier = workshop.load(AnswerClassifier, **CONFIG)

    def answers(text: str) -> dict[str, float]:
        message = Message({TEXT: text})
        return classifier.process(featurizer.process([message]))[0].get("answers")

    return answers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Amina Marchand", "name"),
        ("Moulin du Nord", "organisation"),
        ("pas de téléphone", "nothing"),
        ("non", "nothing"),
        ("qui valide ?", "said"),
    ],
)
def test_unseen_texts_get_their_kind(likeliest, text: str, kind: str) -> None:
    answers = likeliest(text)
    assert max(answers, key=answers.get) == kind
    assert sum(answers.values()) == pytest.approx(1.0, abs=1e-5)


def test_there_is_nothing_but_the_kinds_that_are_told(likeliest) -> None:
    assert set(likeliest("…")) == {"name", "organisation", "nothing", "said"}


def test_what_is_left_out_is_not_learnt(likeliest) -> None:
    """A whole story about a company is no reason to take its name for something said."""
    assert likeliest("Moulin du Lac")["said"] < 0.2


def test_capitals_count(likeliest) -> None:
    assert likeliest("Omar Cissé")["name"] > likeliest("omar cissé")["name"]


def test_a_message_without_text_is_left_as_it_is(workshop) -> None:
    assert AnswerClassifier.process(workshop.make(AnswerClassifier), [Message({})])[0].data == {}
