"""The mails say what they must, in both languages, and nothing a requester typed."""

import re
from html import escape

import pytest

from registry.mail.render import MAIL_TEXTS, RenderedMail, render
from registry.texts import Texts, TextsError

CODE = {"code": "042137", "journey": "access_request"}
FILED = {
    "reference": "TR-7K3M-9QXW-C",
    "organisation_name": "Moulin Bio",
    "environment": "training",
    "deciders": ["national_authority", "organisation_administrator"],
}
# What any mail may need.
EVERYTHING = {
    **FILED,
    **CODE,
    "reason": "Le numéro ne correspond pas.",
    "is_forwarded": True,
    "cancelled": 2,
    "answer": "Essayez sans accent.",
    "email": "camille@example.org",
    "name": None,
    "question": "Pourquoi ?",
    "topic": "no_email",
    "entered": [],
    "story": [{"by": "person", "text": "bonjour"}],
}
SITES = {
    "https://webgate.ec.europa.eu/tracesnt/login",
    "https://webgate.training.ec.europa.eu/tracesnt",
}
# A02, as domain.md has it; the guide's fact numbers in brackets are left out.
A02 = {
    "fr": (
        "Votre demande est conservée dans le registre de cet assistant. Elle ne remplace pas votre"
        " demande dans TRACES NT : faites-la là aussi. Votre profil TRACES NT ne montre que ce qui"
        " y a été demandé."
    ),
    "en": (
        "Your request is kept in this assistant's register. It does not replace your request in"
        " TRACES NT: make it there too. Your TRACES NT profile shows only what was asked there."
    ),
}


def test_the_code_mail_in_french() -> None:
    mail = render("code", "fr", CODE)
    assert "042137" not in mail.subject
    for said in ("042137", "dix minutes", "Personne ne vous demandera", "ne faites rien"):
        assert said in mail.body


def test_the_code_mail_in_english() -> None:
    mail = render("code", "en", CODE)
    assert "042137" not in mail.subject
    for said in ("042137", "ten minutes", "Nobody will ask", "do nothing"):
        assert said in mail.body


@pytest.mark.parametrize(
    ("journey", "french", "english"),
    [
        ("access_request", "Ce code dépose votre demande", "This code files your access request"),
        ("own_requests", "Ce code montre", "This code shows"),
        ("withdrawal", "Ce code retire", "This code withdraws"),
    ],
)
def test_the_code_mail_says_what_the_code_does(journey: str, french: str, english: str) -> None:
    for language, said in (("fr", french), ("en", english)):
        mail = render("code", language, {**CODE, "journey": journey})
        assert f"\n{said}" in mail.body
        assert said in mail.html


MAIL_KEYS = Texts.load(MAIL_TEXTS).keys()
KINDS = sorted({key.split(".")[0] for key in MAIL_KEYS if ".subject" in key})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_about_a_request_says_that_this_is_not_traces(kind: str, language: str) -> None:
    mail = render(kind, language, EVERYTHING)
    profile = A02[language].split(". ")[-1]
    assert (profile in mail.body) == kind.startswith("request_")
    # To make the request in TRACES NT too is no advice for someone who withdraws one.
    told_whole = kind.startswith("request_") and kind != "request_withdrawn"
    assert (A02[language] in mail.body) == told_whole


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_html_says_what_the_text_says(kind: str, language: str) -> None:
    mail = render(kind, language, EVERYTHING)
    assert f'<html lang="{language}">' in mail.html
    assert f"<title>{escape(mail.subject)}</title>" in mail.html
    for line in mail.body.splitlines():
        assert escape(line.removeprefix("- ")) in readable(mail)


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_loads_nothing_and_links_to_the_two_sites_only(kind: str) -> None:
    for environment in ("production", "training"):
        mail = render(kind, "fr", {**EVERYTHING, "environment": environment})
        for tag in ("<img", "<script", "<link", "<style", "<form", "url(", "src="):
            assert tag not in mail.html
        assert set(re.findall(r'href="([^"]*)"', mail.html)) <= SITES


@pytest.mark.parametrize(
    ("environment", "site"),
    [
        ("production", "https://webgate.ec.europa.eu/tracesnt/login"),
        ("training", "https://webgate.training.ec.europa.eu/tracesnt"),
    ],
)
def test_a_mail_about_a_request_links_to_its_own_site(environment: str, site: str) -> None:
    mail = render("request_filed", "en", {**FILED, "environment": environment})
    assert site in mail.body
    assert re.findall(r'href="([^"]*)"', mail.html) == [site]


@pytest.mark.parametrize("kind", ["request_filed", "request_withdrawn"])
def test_a_name_of_the_register_brings_no_mark_up_line_or_link(kind: str) -> None:
    name = '<a href="https://example.org">Moulin</a>\n# Gratuit\r\n\n- {code} & "Bio"'
    mail = render(kind, "fr", {**FILED, "organisation_name": name})
    assert "Organisation : " + " ".join(name.split()) + "\n" in mail.body
    assert "&lt;a href=&quot;https://example.org&quot;&gt;Moulin" in mail.html
    plain = render(kind, "fr", FILED)
    assert tags(mail) == tags(plain)
    assert mail.subject == plain.subject


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("validée d'abord, puis votre rôle", "- Statut de l'opérateur : New (nouveau)\n")),
        ("en", ("validated first, then your role", "- Status of the operator: New\n")),
    ],
)
def test_the_mail_of_a_created_operator_says_what_comes_first(
    language: str, said: tuple[str, ...]
) -> None:
    """S51, X19; and not what the operator is called, which was typed by whoever reads it."""
    mail = render("request_filed_for_new_operator", language, FILED)
    assert all(part in mail.body for part in said)
    assert "Moulin" not in mail.body


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "l'opérateur à créer"), ("en", "the operator to be created")]
)
def test_an_operator_that_nobody_accepted_is_not_named_when_a_request_is_withdrawn(
    language: str, told: str
) -> None:
    mail = render("request_withdrawn", language, {**FILED, "organisation_name": None})
    assert told in mail.body
    assert "None" not in mail.body


def test_the_withdrawal_mail_in_french() -> None:
    mail = render("request_withdrawn", "fr", FILED)
    assert mail.subject == "Votre demande TR-7K3M-9QXW-C est retirée"
    for said in (
        "Vous avez retiré votre demande d'autorisation",
        "- Référence : TR-7K3M-9QXW-C\n",
        "- Organisation : Moulin Bio\n",
        "- Statut : Cancelled (annulée)\n",
        "Retirer une demande ici ne retire rien dans TRACES NT",
        "Vous pouvez déposer une nouvelle demande",
        "SANTE-TRACES@ec.europa.eu",
        "AGRI-E-COI-ORGANIC@ec.europa.eu",
    ):
        assert said in mail.body


def test_the_withdrawal_mail_in_english() -> None:
    mail = render("request_withdrawn", "en", FILED)
    assert mail.subject == "Your request TR-7K3M-9QXW-C is withdrawn"
    for said in (
        "You have withdrawn your authorisation request",
        "- Reference: TR-7K3M-9QXW-C\n",
        "- Status: Cancelled\n",
        "Withdrawing a request here withdraws nothing in TRACES NT",
        "You can file a new request",
        "SANTE-TRACES@ec.europa.eu",
        "AGRI-E-COI-ORGANIC@ec.europa.eu",
    ):
        assert said in mail.body


def tags(mail: RenderedMail) -> list[str]:
    return re.findall(r"<[^>]*>", mail.html)


def readable(mail: RenderedMail) -> str:
    """The HTML without its tags."""
    return re.sub(r"<[^>]*>", "", mail.html)


def test_the_request_mail_in_french() -> None:
    mail = render("request_filed", "fr", FILED)
    assert "TR-7K3M-9QXW-C" in mail.subject
    for said in (
        "Référence : TR-7K3M-9QXW-C",
        "Organisation : Moulin Bio",
        "Site : Formation",
        "Votre autorité nationale ou un administrateur de votre organisation",
        "« Votre profil sera créé dans les deux jours ouvrables. »",
        "Il ne dit pas à partir de quand.",
        "SANTE-TRACES@ec.europa.eu",
        "AGRI-E-COI-ORGANIC@ec.europa.eu",
    ):
        assert said in mail.body


def test_the_request_mail_in_english_for_a_national_authority() -> None:
    deciders = ["commission", "organisation_administrator"]
    mail = render("request_filed", "en", {**FILED, "deciders": deciders})
    for said in (
        "Reference: TR-7K3M-9QXW-C",
        "Site: Training",
        "The Commission or an administrator inside your organisation",
        "within two working days",
        "does not say from when",
        "SANTE-TRACES@ec.europa.eu",
        "AGRI-E-COI-ORGANIC@ec.europa.eu",
    ):
        assert said in mail.body


def test_the_mail_about_an_erasure_says_what_it_does_not_touch() -> None:
    """A02, S34."""
    mail = render("data_erased", "fr", EVERYTHING)
    for said in ("annulées ici : 2", "TRACES NT n'est pas touchée", "EU Login", "le dernier"):
        assert said in mail.body
    mail = render("data_erased", "en", EVERYTHING)
    for said in ("cancelled here: 2", "in TRACES NT is not affected", "EU Login", "the last one"):
        assert said in mail.body


@pytest.mark.parametrize("key", MAIL_KEYS)
def test_every_mail_text_is_there_in_both_languages_and_calm(key: str) -> None:
    words = ("deciders", "not_traces", "site", "language", "follows", "purpose")
    variables = dict.fromkeys((*EVERYTHING, *words), "")
    for language in ("fr", "en"):
        said = Texts.load(MAIL_TEXTS).say(key, language, **variables)
        assert said
        assert "!" not in said


def test_an_unknown_kind_of_mail_is_said() -> None:
    with pytest.raises(TextsError):
        render("newsletter", "fr", {})
