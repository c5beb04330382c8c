"""The topic of a message with a ranking of all; persisted, and the same once loaded."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.ngram_featurizer import NgramFeaturizer
from bot.nlu.topic_classifier import RANKING_LENGTH, TopicClassifier

EXAMPLES = [
    ("le lien a expiré", "link_expired", "fr"),
    ("mon lien est expiré", "link_expired", "fr"),
    ("the link has expired", "link_expired", "en"),
    ("qui valide ma demande", "who_validates", "fr"),
    ("qui accepte ma demande", "who_validates", "fr"),
    ("who validates my request", "who_validates", "en"),
    ("bonjour", "greet", "fr"),
    ("bonjour à vous", "greet", "fr"),
    ("guten Tag an alle", "other_language", "other"),
]
CONFIG = {"not_topics": ["other_language"], "C": 50.0}


class Understanding:
    """The featurizer and the classifier one after the other, as in the pipeline."""

    def __init__(self, featurizer: NgramFeaturizer, classifier: TopicClassifier) -> None:
        self._featurizer = featurizer
        self._classifier = classifier

    def of(self, text: str) -> Message:
        return self._classifier.process(self._featurizer.process([Message({TEXT: text})]))[0]


@pytest.fixture
def trained_and_loaded(workshop, training_data) -> tuple[Understanding, Understanding]:
    workshop.make(NgramFeaturizer).train(training_data(EXAMPLES))
    featurizer = workshop.load(NgramFeaturizer)
    data = featurizer.process_training_data(training_data(EXAMPLES))
    workshop.make(TopicClassifier, **CONFIG).train(data)
    first = Understanding(featurizer, workshop.load(TopicClassifier, **CONFIG))
    second = Understanding(workshop.load(NgramFeaturizer), workshop.load(TopicClassifier, **CONFIG))
    return first, second


@pytest.fixture
def understanding(trained_and_loaded) -> Understanding:
    return trained_and_loaded[0]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("mon lien a expiré", "link_expired"),
        ("qui accepte la demande", "who_validates"),
        ("bonjour", "greet"),
    ],
)
def test_unseen_messages_get_their_topic(
    understanding: Understanding, text: str, topic: str
) -> None:
    assert understanding.of(text).get("intent")["name"] == topic


def test_the_ranking_is_of_probabilities_best_first(understanding: Understanding) -> None:
    message = understanding.of("qui accepte le lien")
    ranking = message.get("intent_ranking")
    confidences = [candidate["confidence"] for candidate in ranking]
    assert ranking[0] == message.get("intent")
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0, abs=1e-5)
    assert len(ranking) <= RANKING_LENGTH


def test_what_is_no_topic_is_not_learnt(understanding: Understanding) -> None:
    names = {candidate["name"] for candidate in understanding.of("guten").get("intent_ranking")}
    assert names == {"link_expired", "who_validates", "greet"}


def test_what_was_never_seen_is_less_sure_than_what_was(understanding: Understanding) -> None:
    unseen, seen = understanding.of("ξψ"), understanding.of("bonjour à vous")
    assert unseen.get("intent")["confidence"] < seen.get("intent")["confidence"]


def test_loading_again_gives_the_same_answers(trained_and_loaded) -> None:
    first, second = trained_and_loaded
    for text, _, _ in EXAMPLES:
        assert first.of(text).get("intent_ranking") == second.of(text).get("intent_ranking")


def test_a_message_without_text_passes(workshop, understanding: Understanding) -> None:
    classifier = workshop.load(TopicClassifier, **CONFIG)
    assert classifier.process([Message({})])[0].get("intent") is None
