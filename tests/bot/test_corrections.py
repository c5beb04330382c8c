"""What people type to correct a field of their form, and what only looks like it."""

import pytest

from bot.corrections import ASKED_FOR, Correction, correction_in
from bot.nlu.entity_patterns import find_entities

SITE = "request_environment"
COMPANY = "request_organisation"
NAME = "request_name"
EMAIL = "request_email"
MESSAGE = "request_message"
CONTACT_EMAIL = "request_contact_email"
PHONE = "request_contact_phone"
RECAP = "request_confirmation"
TICKET_RECAP = "ticket_confirmation"
CODE = "request_code"
REFERENCE = "TR-7K3M-9QXW-C"

# (what is typed, the field that is asked for, the field that is meant, its new value)
CORRECTIONS = [
    ("non le nom c Alix Exemple", RECAP, NAME, "Alix Exemple"),
    # At the recap: the field alone, the value alone, a sentence
    ("le nom", RECAP, NAME, None),
    ("la question", TICKET_RECAP, "ticket_question", None),
    ("the question is wrong", TICKET_RECAP, "ticket_question", None),
    ("change le message", TICKET_RECAP, "ticket_question", None),
    ("non, l'e-mail c'est jo@example.org", TICKET_RECAP, "ticket_email", "jo@example.org"),
    ("jo@example.org", TICKET_RECAP, "ticket_email", "jo@example.org"),
    ("la question est fausse", "ticket_email", "ticket_question", None),
    ("the company", RECAP, COMPANY, None),
    ("non le site", RECAP, SITE, None),
    ("not correct, the e-mail", RECAP, EMAIL, None),
    ("le nom et l'e-mail", RECAP, NAME, None),
    ("training", RECAP, SITE, "training"),
    ("BE-ORG-OP-7", RECAP, COMPANY, "BE-ORG-OP-7"),
    ("BE 0123.456.789", RECAP, COMPANY, "BE0123456789"),
    ("le numéro de TVA est BE 0123.456.789", RECAP, COMPANY, "BE0123456789"),
    ("our EORI number is FR12345678901234", RECAP, COMPANY, "FR12345678901234"),
    ("nouvelle@example.org", RECAP, EMAIL, "nouvelle@example.org"),
    ("plutôt la formation", RECAP, SITE, "training"),
    ("c'est pour Production en fait", RECAP, SITE, "production"),
    ("pas la production, la formation", RECAP, SITE, "training"),
    ("non, l'e-mail c'est claire@example.org", RECAP, EMAIL, "claire@example.org"),
    ("my e-mail is olu@example.org not ola@example.org", RECAP, EMAIL, "olu@example.org"),
    ("the email is not ola@example.org but olu@example.org", RECAP, EMAIL, "olu@example.org"),
    ("mon nom c'est Claire Fontaine", RECAP, NAME, "Claire Fontaine"),
    ("nom : Ana Kovač", RECAP, NAME, "Ana Kovač"),
    ("the name should be Ana Kovač please", RECAP, NAME, "Ana Kovač"),
    ("mon nom c'est pas Fontain mais Claire Fontaine", RECAP, NAME, "Claire Fontaine"),
    ("l'organisation c'est BE-ORG-OP-5", RECAP, COMPANY, "BE-ORG-OP-5"),
    ("my company is Coffeeteam, not Colzagro", RECAP, COMPANY, "Coffeeteam"),
    ("the name is wrong", RECAP, NAME, None),
    ("mon prénom est mal écrit", RECAP, NAME, None),
    ("il y a une faute dans mon nom", RECAP, NAME, None),
    ("there is a typo in my e-mail", RECAP, EMAIL, None),
    ("l'e-mail n'est pas le bon", RECAP, EMAIL, None),
    ("the email isn't right", RECAP, EMAIL, None),
    ("ce n'est pas mon e-mail", RECAP, EMAIL, None),
    ("that's not my company", RECAP, COMPANY, None),
    ("mauvais site", RECAP, SITE, None),
    ("wrong company", RECAP, COMPANY, None),
    ("le numéro est faux", RECAP, COMPANY, None),
    ("le nom de l'organisation est faux", RECAP, COMPANY, None),
    ("tout est bon sauf le nom", RECAP, NAME, None),
    ("all good except the e-mail", RECAP, EMAIL, None),
    ("change the name", RECAP, NAME, None),
    ("changer l'adresse mail", RECAP, EMAIL, None),
    ("how do I change the e-mail", RECAP, EMAIL, None),
    ("change my e-mail to new@example.org", RECAP, EMAIL, "new@example.org"),
    ("change the name to Ana Kovač", RECAP, NAME, "Ana Kovač"),
    ("remplace le nom par Ana Kovač s'il te plaît", RECAP, NAME, "Ana Kovač"),
    # What may be added
    ("l'e-mail de contact est faux", RECAP, CONTACT_EMAIL, None),
    ("the contact e-mail is office@example.org", RECAP, CONTACT_EMAIL, "office@example.org"),
    ("le téléphone", RECAP, PHONE, None),
    ("change the phone number to +44 20 7946 0958", RECAP, PHONE, "+44 20 7946 0958"),
    ("je veux ajouter un message", RECAP, MESSAGE, None),
    ("add a message", RECAP, MESSAGE, None),
    # While another field is asked for: a sentence that says clearly what it corrects
    ("plutôt la formation", COMPANY, SITE, "training"),
    ("non, training", COMPANY, SITE, "training"),
    ("my name is Ana Kovač", COMPANY, NAME, "Ana Kovač"),
    ("je voulais dire formation", NAME, SITE, "training"),
    ("not production but training", NAME, SITE, "training"),
    ("je me suis trompée d'organisation", NAME, COMPANY, None),
    ("je peux changer le site ?", NAME, SITE, None),
    ("mon mail c'est claire@example.org", NAME, EMAIL, "claire@example.org"),
    ("wrong company", NAME, COMPANY, None),
    ("stop je veux changer le nom", EMAIL, NAME, None),
    ("I made a mistake in the name", EMAIL, NAME, None),
    ("no, the name", EMAIL, NAME, None),
    ("ma société c'est Coffeeteam", EMAIL, COMPANY, "Coffeeteam"),
    ("actually it's for training", EMAIL, SITE, "training"),
    ("can I change the company?", EMAIL, COMPANY, None),
    ("c'est pas la bonne adresse", CODE, EMAIL, None),
    ("wrong address, it's ana@example.org", CODE, EMAIL, "ana@example.org"),
    ("change the e-mail", PHONE, EMAIL, None),
    ("non, plutôt BE-ORG-OP-7", PHONE, COMPANY, "BE-ORG-OP-7"),
    ("non, plutôt BE301000", PHONE, COMPANY, "BE301000"),
    ("non, plutôt IT-ORG-OP-1043212", PHONE, COMPANY, "IT-ORG-OP-1043212"),
    ("non, plutôt n1234567@example.org", PHONE, EMAIL, "n1234567@example.org"),
    ("l'e-mail de contact c'est bureau@example.org", EMAIL, CONTACT_EMAIL, "bureau@example.org"),
    # Of the field that is asked for itself: it is asked for once more
    ("wrong company", COMPANY, COMPANY, None),
    ("change the name", NAME, NAME, None),
    # A message may hold anything: it must say nothing else
    ("change the name", MESSAGE, NAME, None),
    ("non, l'e-mail c'est claire@example.org", MESSAGE, EMAIL, "claire@example.org"),
    ("je voudrais changer d'organisation", MESSAGE, COMPANY, None),
    # In the forms of a few fields, what is meant is theirs
    (f"non, la référence c'est {REFERENCE}", "status_email", "status_reference", REFERENCE),
    ("sorry, the e-mail is x@example.org", "status_reference", "status_email", "x@example.org"),
    ("pardon, le numéro c'est tr-1234", "status_email", "status_reference", "tr-1234"),
    (f"plutôt {REFERENCE}", "withdrawal_email", "withdrawal_reference", REFERENCE),
    ("oups mauvaise référence", "status_email", "status_reference", None),
    ("wrong number", "status_email", "status_reference", None),
    ("je me suis trompé d'adresse", "status_email", "status_email", None),
    ("j'ai fait une faute dans la référence", "withdrawal_email", "withdrawal_reference", None),
    ("je me suis trompée d'adresse", "listing_code", "listing_email", None),
    ("I mistyped my address", "listing_code", "listing_email", None),
    ("j'ai mal tapé mon adresse", "listing_code", "listing_email", None),
    ("non, c'est x@example.org", "listing_code", "listing_email", "x@example.org"),
    ("the reference is wrong", "withdrawal_code", "withdrawal_reference", None),
    ("c'est la mauvaise adresse", "erasure_sure", "erasure_email", None),
    ("no, it's x@example.org", "erasure_code", "erasure_email", "x@example.org"),
    ("change the e-mail", "withdrawal_code", "withdrawal_email", None),
    ("sorry it's x@example.org", "withdrawal_code", "withdrawal_email", "x@example.org"),
]

NO_CORRECTIONS = [
    # The answer of the field
    ("mon nom c'est Claire Fontaine", NAME),
    ("my name is Ana Kovač", NAME),
    ("l'e-mail c'est claire@example.org", EMAIL),
    ("BE-ORG-OP-5", COMPANY),
    ("non, BE0123456789", COMPANY),
    ("plutôt la formation", SITE),
    ("le nom c'est Annulaire Import", COMPANY),
    ("the name is Green Leaf", COMPANY),
    ("Changer d'Air Bio", COMPANY),
    ("The Wrong Company", COMPANY),
    ("No Name", COMPANY),
    ("Formation Bio SARL", COMPANY),
    ("l'e-mail c'est bureau@example.org", CONTACT_EMAIL),
    # What is wrong is what the person asks about
    ("non, l'e-mail c'est claire@example.org", "ticket_question"),
    ("le nom est faux", "ticket_question"),
    # Yes, no, all right
    ("oui", RECAP),
    ("non", RECAP),
    ("le nom est bon", RECAP),
    ("yes the e-mail is right", RECAP),
    # Questions and other matters
    ("pourquoi vous voulez mon nom ?", NAME),
    ("qui valide ma demande ?", RECAP),
    ("production et formation, quelle différence ?", RECAP),
    ("la différence entre production et formation", RECAP),
    ("I don't know my number", COMPANY),
    ("je ne trouve pas ma société dans votre répertoire", COMPANY),
    ("my company is not in the list", COMPANY),
    ("our company is small", COMPANY),
    ("je n'ai pas reçu le mail", CODE),
    ("my name is wrong in EU Login", EMAIL),
    ("comment changer l'e-mail plus tard", NAME),
    ("change my password", EMAIL),
    ("wrong number", PHONE),
    ("non, plutôt BE 0470 12 34 56", PHONE),
    ("sorry, BE 0470 12 34 56", PHONE),
    ("pas de téléphone", PHONE),
    ("no message", RECAP),
    ("je n'ai pas reçu le message", CODE),
    ("mon adresse est 12 rue des Lilas", NAME),
    # Messages
    ("Le nom de la société a changé en janvier", MESSAGE),
    ("My name changed, it was Miller before", MESSAGE),
    ("mon mail pro c'est nadia@example.com", MESSAGE),
    ("my e-mail is priya@example.com if you have questions", MESSAGE),
    ("our VAT number is BE0123456789", MESSAGE),
    ("notre numéro EORI est FR12345678901234", MESSAGE),
    ("le mail de contact est celui du service, pas le mien", MESSAGE),
    ("Merci de changer mon rôle si besoin", MESSAGE),
    # In the forms of a few fields
    ("my e-mail is x@example.org", "status_email"),
    (f"la référence est {REFERENCE}", "status_reference"),
    ("j'ai perdu la référence", "status_reference"),
    ("where is my reference?", "status_email"),
    ("je n'ai pas la référence", "status_email"),
    ("je n'ai pas reçu le mail", "listing_code"),
    ("le nom est faux", "status_email"),
    ("change the company", "listing_email"),
    # Where nothing is asked for that could be corrected
    ("change the name", "search_text"),
    ("wrong company", None),
]


@pytest.mark.parametrize(("text", "asked_for", "field", "new_value"), CORRECTIONS)
def test_a_correction_tells_its_field_and_its_value(
    text: str, asked_for: str, field: str, new_value: str | None
) -> None:
    found = correction_in(text, find_entities(text), asked_for)
    assert found == Correction(field, new_value)


@pytest.mark.parametrize(("text", "asked_for"), NO_CORRECTIONS)
def test_what_only_looks_like_a_correction_is_none(text: str, asked_for: str | None) -> None:
    assert correction_in(text, find_entities(text), asked_for) is None


@pytest.mark.parametrize("asked_for", sorted(field for field, of in ASKED_FOR.items() if of))
@pytest.mark.parametrize("text", ["change the e-mail", "je veux changer l'adresse"])
def test_a_plain_wish_to_change_is_heard_in_every_field(asked_for: str, text: str) -> None:
    assert correction_in(text, find_entities(text), asked_for)


@pytest.mark.parametrize("capitals", [str.upper, str.lower, str.capitalize])
def test_capitals_do_not_matter(capitals) -> None:
    text = capitals("je veux changer le nom")
    assert correction_in(text, [], EMAIL) == Correction(NAME)


def test_two_values_that_contradict_each_other_change_nothing() -> None:
    text = "production formation"
    assert correction_in(text, find_entities(text), RECAP) is None


# While a new operator is described: it has a name, an address and contacts, too

OF_A_NEW_OPERATOR = [
    ("non, le pays c'est la France", "operator_city", "operator_country", "la France"),
    ("no, the country is France", "operator_city", "operator_country", "France"),
    ("changer la ville en Dinant", RECAP, "operator_city", "Dinant"),
    ("le code postal est faux", RECAP, "operator_city", None),
    ("l'adresse de l'opérateur est fausse", RECAP, "operator_address", None),
    ("the company address is wrong", RECAP, "operator_address", None),
    ("changer l'adresse", RECAP, "either_address", None),
    ("l'adresse c'est 14 rue Longue", RECAP, "either_address", "14 rue Longue"),
    ("le nom est faux", RECAP, "either_name", None),
    ("the name is Zorvane Foods", RECAP, "either_name", "Zorvane Foods"),
    ("mon nom est mal écrit", RECAP, NAME, None),
    ("le nom de la société c'est Zorvane", RECAP, "operator_name", "Zorvane"),
    ("change the company name", RECAP, "operator_name", None),
    (
        "the street is wrong, it's 5 Mill St",
        "operator_contact",
        "operator_address",
        "5 Mill St",
    ),
    ("la rue n'est pas bonne, c'est 7 rue Basse", RECAP, "operator_address", "7 rue Basse"),
    ("the city is wrong, it's badly spelt", RECAP, "operator_city", None),
    ("je me suis trompé d'opérateur", RECAP, "operator", None),
    ("the website is wrong", RECAP, "operator_contact", None),
    ("le téléphone de l'opérateur est faux", RECAP, "operator_contact", None),
    ("ajouter un numéro EORI", RECAP, "operator_eori", None),
    ("add the VAT number", RECAP, "operator_vat", None),
    ("ajouter l'organisme de contrôle", RECAP, "operator_control_body", None),
    ("change the section", RECAP, "operator_section", None),
    ("les coordonnées sont fausses", RECAP, "operator_coordinates", None),
    ("ajouter un détail", RECAP, "operator_details", None),
    ("l'e-mail est faux", RECAP, EMAIL, None),
    ("my e-mail is new@example.org", "operator_address", EMAIL, "new@example.org"),
    ("c'est pour la formation en fait", "operator_city", SITE, "training"),
]
NONE_OF_A_NEW_OPERATOR = [
    ("le nom c'est Zorvane", "operator_name"),
    ("the address is 5 Mill Lane", "operator_address"),
    ("12 rue du Pays Noir", "operator_address"),
    ("Ville Neuve", "operator_city"),
    ("non, IT12345678901", "operator_vat"),
    ("plutôt IT12345678901", "operator_eori"),
    ("le fax c'est 02 555 12 34", "operator_contact"),
]


@pytest.mark.parametrize(("text", "asked_for", "field", "new_value"), OF_A_NEW_OPERATOR)
def test_what_describes_a_new_operator_can_be_corrected(
    text: str, asked_for: str, field: str, new_value: str | None
) -> None:
    found = correction_in(text, find_entities(text), asked_for, of_new_operator=True)
    assert found == Correction(field, new_value)


@pytest.mark.parametrize(("text", "asked_for"), NONE_OF_A_NEW_OPERATOR)
def test_the_answer_of_its_field_is_no_correction(text: str, asked_for: str) -> None:
    assert correction_in(text, find_entities(text), asked_for, of_new_operator=True) is None


@pytest.mark.parametrize("text", ["le pays est faux", "change the section", "ajouter un détail"])
def test_a_request_without_a_new_operator_has_none_of_its_fields(text: str) -> None:
    assert correction_in(text, find_entities(text), RECAP) is None
