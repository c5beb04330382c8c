"""What a message may be, told by its shape alone: a question by its end or its first words."""

import pytest

from bot import shapes
from bot.shapes import is_question, kind_named, next_step


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
        "no wait which country is meant",
        "non mais pourquoi une adresse",
        "attendez c'est pour quoi ce pays",
        "can I use my private e-mail",
        "tell me how long it takes",
        "training?",
        "visible par qui",
        "je mets quoi",
        "c'est pour quoi faire",
        "c'est obligatoire ou pas",
        "euh, quelle rue",
        "hmm which one",
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


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("C'est fait, je suis sur l'écran EU Login", "fill_form"),
        ("Done, I can see the form", "fill_form"),
        ("j'ai tout rempli et j'ai cliqué sur créer un compte", "set_password"),
        ("It says an email has been sent", "set_password"),
        ("On a reçu un mail", "set_password"),
        ("ok formulaire envoyé, j'ai choisi mon mot de passe", "log_in"),
        ("jé recu le mail et jé mi un mot de pass", "log_in"),
        ("got it and I've chosen a password", "log_in"),
        ("me voilà connecté", "choose_role"),
        ("suis conecté mntn", "choose_role"),
        ("I'm logged in on the site", "choose_role"),
        ("found it and requested, message window now", "confirm_request"),
        ("coché", "confirm_request"),
        ("la demande est envoyée", "see_profile"),
        ("c'est créé, il dit que ma demande est enregistrée", "see_profile"),
        ("green message seen", "see_profile"),
        ("my profile says requested", "wait"),
        ("c'est fait", None),
        ("ok suivant", None),
    ],
)
def test_progress_in_ones_own_words_tells_the_next_step(text: str, step: str | None) -> None:
    assert next_step(text) == step


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Operator. Done, I chose it.", "operator"),
        ("j'ai pris organisme de contrôle", "control_body"),
        ("la douane, c'est fait", "authority"),
        ("ni opérateur ni autorité", None),
        ("fait", None),
    ],
)
def test_a_kind_is_told_where_one_alone_is_named(text: str, kind: str | None) -> None:
    assert kind_named(text) == kind


# Names and sentences


@pytest.mark.parametrize(
    "text",
    [
        "Control Union",
        "Jan de Vries",
        "María del Carmen López García",
        "L'Huile d'Or",
        "Ferme de l'Espérance (Burkina Faso)",
        "Help for Farmers",
        "C'est Qui Le Fermier ?",
        "N'Guessan Kouassi",
    ],
)
def test_what_is_written_as_a_name(text: str) -> None:
    assert shapes.is_proper_name(text)


@pytest.mark.parametrize(
    "text", ["Alpro", "jean dupont", "Jean dupont", "JEAN DUPONT", "Annule tout", "de la", ""]
)
def test_what_is_not_or_cannot_be_told(text: str) -> None:
    assert not shapes.is_proper_name(text)


@pytest.mark.parametrize("text", ["merci bien", "thank you", "thanks a lot", "non", "Ok, merci !"])
def test_small_talk_is_made_of_small_words_alone(text: str) -> None:
    assert shapes.is_small_talk(text)
    assert not shapes.is_small_talk(f"{text} Camille")


@pytest.mark.parametrize("text", ["Yo-Yo Mà", "M'Baye Diop", "Will May", "J. A. Smith"])
def test_names_hold_no_small_words(text: str) -> None:
    assert not shapes.has_small_words(text)
