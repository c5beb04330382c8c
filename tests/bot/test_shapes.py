"""What a message may be, told by its shape alone: a question by its end or its first words."""

import pytest

from bot.shapes import is_question


@pytest.mark.parametrize(
    "text",
    [
        "combien de temps ça prend",
        "Comment on fait pour le code",
        "c'est quoi un opérateur",
        "c est quoi un coi",
        "c koi traces",
        "est-ce que c'est obligatoire",
        "est ce obligatoire",
        "qu'est-ce que la production",
        "quelles sont les étapes",
        "où est le lien",
        "puis-je changer de site",
        "je voudrais savoir qui décide",
        "  … pourquoi le code",
        "le code arrive quand ?",
        "Alpro ?  ",
        "how long does it take",
        "Who validates my request",
        "what's EU Login",
        "is it mandatory",
        "can I use my private e-mail",
        "tell me how long it takes",
        "training?",
    ],
)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Control Union",
        "Bureau de douane du Havre",
        "Camille Exemple",
        "je m'appelle Camille Exemple",
        "my name is Robin Example",
        "camille.exemple@example.org",
        "Merci d'avance",
        "Quincaillerie du Port",
        "Isabelle Doucet",
        "Willem Wouters",
        "Commentry Bio",
        "Candice Moulin",
        "BE-ORG-OP-5",
        "C'est Alpro",
        "",
    ],
)
def test_answers(text: str) -> None:
    assert not is_question(text)
