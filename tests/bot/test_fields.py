"""Each field knows its own answer by its form; the rest is heard when it is sure enough."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import fields
from bot.answers import Fit, Kind
from bot.fields import ABOUT, CALLED, KINDS, SURE

NAME = "request_name"
COMPANY = "request_organisation"
EMAIL = "request_email"
PHONE = "request_contact_phone"
COUNTRY = "operator_country"
ADDRESS = "operator_address"
CONTACT = "operator_contact"
SECTION = "operator_section"
MESSAGE = "request_message"

FITS = [
    # A name
    (NAME, "Fatoumata Keïta", Fit.ANSWER),
    (NAME, "Jan de Vries", Fit.ANSWER),
    (NAME, "Dolores French", Fit.ANSWER),
    (NAME, "Merci Uwase", Fit.ANSWER),
    (NAME, "je m'appelle nadia benali", Fit.ANSWER),
    (NAME, "Bonjour, je suis Mathilde Quéré", Fit.ANSWER),
    (NAME, "my full name is Rosa Parks", Fit.ANSWER),
    (NAME, "jean dupont", Fit.PERHAPS),
    (NAME, "Sacha", Fit.PERHAPS),
    (NAME, "laisse tomber", Fit.PERHAPS),
    (NAME, "je suis perdue", Fit.PERHAPS),
    (NAME, "王 伟", Fit.PERHAPS),
    (NAME, "BE-ORG-OP-5", Fit.PERHAPS),
    (NAME, "thank you", Fit.NO_ANSWER),
    (NAME, "Thank You", Fit.NO_ANSWER),
    (NAME, "merci pour l'info", Fit.NO_ANSWER),
    (NAME, "mon nom sera visible par qui", Fit.NO_ANSWER),
    (NAME, "Jean Dupont ?", Fit.NO_ANSWER),
    (NAME, "une phrase bien trop longue avec beaucoup de mots", Fit.NO_ANSWER),
    # An organisation
    (COMPANY, "Control Union", Fit.ANSWER),
    (COMPANY, "C'est Qui Le Fermier ?", Fit.ANSWER),
    (COMPANY, "L'Huile d'Or et Fils", Fit.ANSWER),
    (COMPANY, "Rue de l'Annulation 3", Fit.ANSWER),
    (COMPANY, "alpro", Fit.PERHAPS),
    (COMPANY, "nous c'est alpro", Fit.PERHAPS),
    (COMPANY, "je ne connais que le nom, Alpro", Fit.PERHAPS),
    (COMPANY, "je connais pas le numéro", Fit.NO_ANSWER),
    (COMPANY, "qui valide ma demande", Fit.NO_ANSWER),
    (COMPANY, "merci bien", Fit.NO_ANSWER),
    # An e-mail
    (EMAIL, "claire@example.org", Fit.ANSWER),
    (EMAIL, "est-ce bien claire@example.org ?", Fit.ANSWER),
    (EMAIL, "claire arobase example point org", Fit.ANSWER),
    (EMAIL, "mei ling at example dot org", Fit.ANSWER),
    (EMAIL, "claire(at)example.org", Fit.ANSWER),
    (EMAIL, "claire.example.org", Fit.ANSWER),
    (EMAIL, "la même adresse", Fit.ANSWER),
    (EMAIL, "Claire Fontaine", Fit.ANSWER),
    (EMAIL, "camille", Fit.PERHAPS),
    (EMAIL, "pas une adresse", Fit.PERHAPS),
    (EMAIL, "le perso ou le pro ?", Fit.NO_ANSWER),
    (EMAIL, "j'ai changé d'adresse depuis", Fit.NO_ANSWER),
    # A phone number
    (PHONE, "06 12 34 56 78", Fit.ANSWER),
    (PHONE, "pourquoi 0612345678 ne va pas ?", Fit.ANSWER),
    (PHONE, "0612", Fit.ANSWER),
    (PHONE, "pas de téléphone", Fit.ANSWER),
    (PHONE, "j'en ai pas", Fit.ANSWER),
    (PHONE, "skip", Fit.ANSWER),
    (PHONE, "non annule", Fit.PERHAPS),
    (PHONE, "fixe", Fit.PERHAPS),
    (PHONE, "vous allez m'appeler ?", Fit.NO_ANSWER),
    (PHONE, "on m'a dit de le faire en 2 étapes ?", Fit.NO_ANSWER),
    # Where an operator is
    (COUNTRY, "en Italie", Fit.ANSWER),
    (COUNTRY, "no sorry, Germany", Fit.ANSWER),
    (COUNTRY, "Côte d'Ivoire", Fit.ANSWER),
    (COUNTRY, "NO", Fit.ANSWER),
    (COUNTRY, "italie", Fit.PERHAPS),
    (COUNTRY, "no", Fit.NO_ANSWER),
    (COUNTRY, "pourquoi le pays ?", Fit.NO_ANSWER),
    (COUNTRY, "je ne sais pas", Fit.NO_ANSWER),
    (ADDRESS, "12 rue du Pays Noir, 5000 Namur", Fit.ANSWER),
    (ADDRESS, "Zone Industrielle Nord", Fit.ANSWER),
    (ADDRESS, "rue de l'église", Fit.PERHAPS),
    (ADDRESS, "c'est le siège ou l'entrepôt ?", Fit.NO_ANSWER),
    (ADDRESS, "faut-il 12 caractères ?", Fit.NO_ANSWER),
    # How it is reached
    (CONTACT, "www.example.org", Fit.ANSWER),
    (CONTACT, "fax 02 555 12 34", Fit.ANSWER),
    (CONTACT, "info@example.org", Fit.ANSWER),
    (CONTACT, "on peut mettre un site à la place ?", Fit.NO_ANSWER),
    # One of those shown
    (SECTION, "Organic Importer", Fit.ANSWER),
    (SECTION, "nous sommes importateurs", Fit.PERHAPS),
    (SECTION, "je sais pas laquelle", Fit.NO_ANSWER),
    (SECTION, "c'est quoi une section ?", Fit.NO_ANSWER),
    # A message
    (MESSAGE, "Bonjour. Pourriez-vous valider ma demande ?", Fit.ANSWER),
    (MESSAGE, "je suis la nouvelle responsable import, je remplace Luc", Fit.ANSWER),
    (MESSAGE, "Aide Alimentaire Bio", Fit.ANSWER),
    (MESSAGE, "mon mail pro c'est nadia@example.com", Fit.ANSWER),
    (MESSAGE, "Merci d'avance", Fit.PERHAPS),
    (MESSAGE, "annulez tout", Fit.PERHAPS),
    (MESSAGE, "Pouvez-vous valider avant vendredi ?", Fit.PERHAPS),
]


@pytest.mark.parametrize(("field", "text", "expected"), FITS)
def test_a_field_knows_its_answer_by_its_form(field: str, text: str, expected: Fit) -> None:
    assert fields.fit(field, text) is expected


def test_every_field_has_all_that_is_told_of_it() -> None:
    asked_about = {field for field, kind in KINDS.items() if kind is not Kind.QUESTION}
    assert set(ABOUT) == set(CALLED) == asked_about


@pytest.mark.parametrize("text", ["", " ", "…", "a", "é", "x" * 1000, "? ? ?", "{}", "'", "«»"])
@pytest.mark.parametrize("field", sorted(KINDS))
def test_no_text_is_too_strange(field: str, text: str) -> None:
    assert fields.fit(field, text) in Fit
    assert fields.heard(field, text, topic("out_of_scope", 1.0), None) is None


WORDS = Path(__file__).parents[2] / "data" / "words.yml"
LEFT_OUT = [
    word for row in yaml.safe_load(WORDS.read_text(encoding="utf-8"))["nothing"] for word in row
]


@pytest.mark.parametrize("text", LEFT_OUT)
@pytest.mark.parametrize("field", [MESSAGE, "request_contact_email", PHONE])
def test_what_leaves_an_optional_field_out_is_its_answer(field: str, text: str) -> None:
    assert fields.fit(field, text) is Fit.ANSWER


# The question about the field itself


def test_a_question_is_asked_again_with_what_its_field_is_called() -> None:
    assert fields.question_about(EMAIL, "why?", "en") == "my e-mail : why?"
    assert fields.question_about(MESSAGE, "c'est {} ?", "fr") == "c'est {} ? (request message)"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (None, "why?"),
        ("request_environment", "why?"),
        (EMAIL, "claire@example.org ?"),
        (EMAIL, "camille"),
        (COMPANY, "Qui Veut Du Café SAS"),
        (COMPANY, "qui veut du café"),
        (MESSAGE, "je remplace Luc"),
        (MESSAGE, "Pouvez-vous valider ma demande avant la fin de la semaine ?"),
    ],
)
def test_what_is_no_question_about_its_field_is_understood_once(
    field: str | None, text: str
) -> None:
    assert fields.question_about(field, text, "fr") is None


# What is heard


def topic(name: str, confidence: float) -> dict[str, Any]:
    return {"name": name, "confidence": confidence}


def heard(field: str, text: str, name: str, confidence: float, about: Any = None) -> str | None:
    found = fields.heard(field, text, topic(name, confidence), about)
    return found["name"] if found else None


@pytest.mark.parametrize(
    ("field", "text", "name", "confidence"),
    [
        # No answer by its form: a likely topic is enough
        (NAME, "merci pour l'info", "thanks", 0.5),
        (COMPANY, "qui valide ma demande", "who_validates", 0.5),
        (EMAIL, "j'ai pas de compte", "step1_how", 0.5),
        # Perhaps an answer: it must be sure
        (NAME, "laisse tomber", "cancel", SURE),
        (COMPANY, "laisse tomber", "cancel", SURE),
        (COMPANY, "je veux parler à quelqu'un", "talk_to_human", 0.6),
        (COMPANY, "j'ai oublié mon mot de passe", "forgot_password", SURE),
        (EMAIL, "lost password", "forgot_password", SURE),
        (MESSAGE, "annulez tout", "cancel", SURE),
        (MESSAGE, "combien de temps ça prend ?", "how_long", SURE),
    ],
)
def test_what_is_no_answer_is_heard(field: str, text: str, name: str, confidence: float) -> None:
    assert heard(field, text, name, confidence) == name
    assert heard(field, text, name, confidence - 0.01) is None


@pytest.mark.parametrize(
    ("field", "text", "name"),
    [
        (NAME, "Dolores French", "switch_to_french"),
        (NAME, "anna english", "switch_to_english"),
        (NAME, "marie merveille", "thanks"),
        (COMPANY, "french fields", "switch_to_french"),
        (COMPANY, "merci bio", "thanks"),
        (COMPANY, "nous sommes importateurs, alpro", "request_operator"),
        (COMPANY, "je cherche alpro", "find_organisation"),
        (EMAIL, "mon mail pro", "which_email"),
        (MESSAGE, "Merci d'avance", "thanks"),
        (MESSAGE, "merci d'annuler l'accès de mon ancien collègue", "cancel"),
    ],
)
def test_an_answer_is_kept_however_sure_a_topic_is(field: str, text: str, name: str) -> None:
    assert heard(field, text, name, 0.99) is None


@pytest.mark.parametrize("name", sorted(fields.NEVER_HEARD))
@pytest.mark.parametrize("field", sorted(KINDS))
def test_what_no_field_can_use_is_left_to_its_validator(field: str, name: str) -> None:
    assert heard(field, "oui", name, 0.99) is None


ABOUT_IT = topic("request_message", 0.97)


def test_a_question_about_the_field_is_heard_as_one() -> None:
    assert heard(MESSAGE, "is it mandatory?", "operator_fields", 0.8, ABOUT_IT) == "request_message"
    privacy = topic("privacy", 0.6)
    assert heard(EMAIL, "what do you need it for?", "help", 0.7, privacy) == "privacy"
    assert heard(EMAIL, "why?", "out_of_scope", 0.9, topic("privacy", 0.3)) == "privacy"


def test_a_surer_topic_is_not_about_the_field() -> None:
    assert heard(EMAIL, "how long?", "how_long", 0.95, topic("which_email", 0.6)) == "how_long"
    assert heard(MESSAGE, "how long?", "how_long", 0.95, ABOUT_IT) == "how_long"


def test_a_topic_that_is_not_the_fields_is_not_about_it() -> None:
    assert heard(EMAIL, "why?", "out_of_scope", 0.9, topic("who_validates", 0.9)) is None


def test_a_message_is_kept_unless_it_surely_asks_about_itself() -> None:
    unsure = topic("request_message", fields.SURE_ABOUT_A_MESSAGE - 0.01)
    assert heard(MESSAGE, "OK pour vendredi ?", "how_long", 0.5, unsure) is None


def test_there_are_fields_of_every_kind() -> None:
    assert set(KINDS.values()) == set(Kind)
