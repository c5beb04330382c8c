"""Numbers, codes, references, e-mails and sites are found by their form, wherever they stand."""

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entity_patterns import EntityPatterns, find_entities


def found(text: str) -> list[tuple[str, str]]:
    return [(entity["entity"], entity["value"]) for entity in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("BE-ORG-OP-5", "organisation_number", "BE-ORG-OP-5"),
        ("be-org-op-5", "organisation_number", "BE-ORG-OP-5"),
        ("be org op 5", "organisation_number", "BE-ORG-OP-5"),
        ("BE–ORG–OP–5", "organisation_number", "BE-ORG-OP-5"),
        ("BE‑ORG‑OP‑5", "organisation_number", "BE-ORG-OP-5"),
        ("it-org-op-10432", "organisation_number", "IT-ORG-OP-10432"),
        ("BE0001", "organisation_number", "BE0001"),
        ("be301000", "organisation_number", "BE301000"),
        ("FR-BIO-01", "organisation_number", "FR-BIO-01"),
        ("fr-bio-01", "organisation_number", "FR-BIO-01"),
        ("DE-ÖKO-006", "organisation_number", "DE-ÖKO-006"),
        ("de-öko-006", "organisation_number", "DE-ÖKO-006"),
        # EORI and VAT numbers
        ("BE0123456789", "organisation_number", "BE0123456789"),
        ("be0123456789", "organisation_number", "BE0123456789"),
        ("BE 0123.456.789", "organisation_number", "BE0123456789"),
        ("be 0123.456.789", "organisation_number", "BE0123456789"),
        ("BE0123 456 789", "organisation_number", "BE0123456789"),
        ("FR12 345678901", "organisation_number", "FR12345678901"),
        ("FRXX 123 456 789", "organisation_number", "FRXX123456789"),
        ("FR 123 456 789 01234", "organisation_number", "FR12345678901234"),
        ("GR123456789", "organisation_number", "GR123456789"),
        ("el 123456789", "organisation_number", "EL123456789"),
        ("atu12345678", "organisation_number", "ATU12345678"),
        ("ATEOS1000012345", "organisation_number", "ATEOS1000012345"),
        ("NL 1234.56.789.B01", "organisation_number", "NL123456789B01"),
        ("ES B-12345678", "organisation_number", "ESB12345678"),
        ("IE1234567WA", "organisation_number", "IE1234567WA"),
        ("TR-7K3M-9QXW-C", "reference", "TR-7K3M-9QXW-C"),
        ("tr-7k3m-9qxw-c", "reference", "TR-7K3M-9QXW-C"),
        ("TR–7K3M–9QXW–C", "reference", "TR-7K3M-9QXW-C"),
        ("tr 7k3m 9qxw c", "reference", "TR-7K3M-9QXW-C"),
        ("TR7K3M9QXWC", "reference", "TR-7K3M-9QXW-C"),
        ("tr-abcd-efgh-j", "reference", "TR-ABCD-EFGH-J"),
        ("tk 7k3m 9qxw c", "reference", "TK-7K3M-9QXW-C"),
        ("Camille.Exemple@Example.ORG", "email", "camille.exemple@example.org"),
        ("camille+traces@sub.example.org", "email", "camille+traces@sub.example.org"),
        ("Production", "environment", "production"),
        ("prod", "environment", "production"),
        ("Formation", "environment", "training"),
        ("TRAINING", "environment", "training"),
        ("étape 1", "step_number", "1"),
        ("Etape n° 2", "step_number", "2"),
        ("étape un", "step_number", "1"),
        ("étape deux", "step_number", "2"),
        ("première étape", "step_number", "1"),
        ("deuxième étape", "step_number", "2"),
        ("seconde étape", "step_number", "2"),
        ("step 1", "step_number", "1"),
        ("STEP TWO", "step_number", "2"),
        ("first step", "step_number", "1"),
        ("2nd step", "step_number", "2"),
    ],
)
def test_a_value_alone_is_found_in_its_normal_form(text: str, entity: str, value: str) -> None:
    assert found(text) == [(entity, value)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("je cherche BE-ORG-OP-5 en Belgique", "BE-ORG-OP-5"),
        ("TVA FR12 345678901, Alpro", "FR12 345678901"),
        ("tva be 0123.456.789 svp", "be 0123.456.789"),
        ("my EORI is FR12345678901234", "FR12345678901234"),
        ("eori gr 123456789", "gr 123456789"),
        ("Alpro BE0123456789 8560 Wevelgem", "BE0123456789"),
        ("be 0123.456.789 ?", "be 0123.456.789"),
        ("douane BE0001 9300 Aalst", "BE0001"),
        ("mon e-mail : camille@example.org.", "camille@example.org"),
        ("(camille@example.org)", "camille@example.org"),
        ("statut de tr 7k3m 9qxw c svp", "tr 7k3m 9qxw c"),
        ("pour la formation, merci", "formation"),
    ],
)
def test_the_place_in_the_text_is_that_of_the_written_value(text: str, written: str) -> None:
    (entity,) = find_entities(text)
    assert text[entity["start"] : entity["end"]] == written


def test_several_values_come_in_the_order_of_the_text() -> None:
    assert found("TR-7K3M-9QXW-C et camille@example.org, site de production") == [
        ("reference", "TR-7K3M-9QXW-C"),
        ("email", "camille@example.org"),
        ("environment", "production"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        "Control Union",
        "Bureau de douane du Havre",
        "Merci d'avance",
        "je suis bloqué à cette étape",
        "l'étape 3",
        "étape 12",
        "90 minutes",
        "l'informations et les productions",
        "un produit biologique",
        "reproduction",
        "information",
        "règlement 1235/2008",
        "(EC) No 1235",
        "arobase @ exemple",
        "camille@exemple",
        "BE-ORG-OP-0",
        "BE-ORG-OP",
        # Phones, postcodes
        "+32 470 12 34 56",
        "mon numéro de 0470 12 34 56",
        "call me at 0470 123456",
        "APPELEZ AU 0470 12 34 56",
        "tel 0470123456",
        "BE 8560 Wevelgem",
        "DE 12345 Musterstadt",
        "TR-7K3M-9QXW",
        "transitaire",
        "Transaction",
        "traces pour l'organisation",
        "sur traces mais j'ai pas de rôle",
        "TRACES with a",
        "traces avec 2 comptes",
        "123456",
    ],
)
def test_nothing_else_is_found(text: str) -> None:
    assert found(text) == []


def test_an_address_that_holds_another_value_is_one_entity() -> None:
    assert found("production@example.org") == [("email", "production@example.org")]


def test_the_component_sets_the_entities_and_passes_messages_without_text() -> None:
    typed, silent = Message({TEXT: "BE-ORG-OP-5"}), Message({})
    assert EntityPatterns().process([typed, silent]) == [typed, silent]
    assert typed.get(ENTITIES)[0]["extractor"] == "EntityPatterns"
    assert silent.get(ENTITIES) is None
