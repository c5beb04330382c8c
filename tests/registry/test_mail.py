"""The mails say what they must, in both languages, and nothing a requester typed."""

import email
from datetime import datetime
from email.policy import default
from pathlib import Path

import pytest

from registry.mail.render import MAIL_TEXTS, render
from registry.mail.transport import FileTransport, compose
from registry.services.outbox import DueMail
from registry.texts import Texts, TextsError

FILED = {
    "reference": "TR-7K3M-9QXW-C",
    "organisation_name": "Moulin Bio",
    "environment": "training",
    "deciders": ["national_authority", "organisation_administrator"],
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
    mail = render("code", "fr", {"code": "042137"})
    assert "042137" not in mail.subject
    for said in ("042137", "dix minutes", "Personne ne vous demandera", "ignorez ce message"):
        assert said in mail.body


def test_the_code_mail_in_english() -> None:
    mail = render("code", "en", {"code": "042137"})
    assert "042137" not in mail.subject
    for said in ("042137", "ten minutes", "Nobody will ask", "ignore this message"):
        assert said in mail.body


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_request_mail_says_that_this_is_not_traces(language: str) -> None:
    assert A02[language] in render("request_filed", language, FILED).body


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


@pytest.mark.parametrize("key", Texts.load(MAIL_TEXTS).keys())
def test_every_mail_text_is_there_in_both_languages_and_calm(key: str) -> None:
    variables = {
        "code": "",
        "reference": "",
        "organisation_name": "",
        "environment": "",
        "deciders": "",
        "not_traces": "",
    }
    for language in ("fr", "en"):
        said = Texts.load(MAIL_TEXTS).say(key, language, **variables)
        assert said
        assert "!" not in said


def test_an_unknown_kind_of_mail_is_said() -> None:
    with pytest.raises(TextsError):
        render("newsletter", "fr", {})


def due_mail(now: datetime) -> DueMail:
    return DueMail(7, "code", "camille@example.org", "fr", {"code": "042137"}, now, 0)


def test_a_mail_is_a_file_that_mail_programs_read(tmp_path: Path, now: datetime) -> None:
    mail = due_mail(now)
    rendered = render(mail.kind, mail.language, mail.parameters)
    FileTransport(tmp_path / "mail").send(
        mail.id, compose(mail, rendered, "no-reply@example.org", now)
    )
    (path,) = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert path.name == "00000007.eml"
    assert (message["From"], message["To"], message["Subject"]) == (
        "no-reply@example.org",
        "camille@example.org",
        "Votre code de vérification",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert message.get_content().replace("\r\n", "\n") == rendered.body


def test_a_mail_sent_twice_is_one_file(tmp_path: Path, now: datetime) -> None:
    mail = due_mail(now)
    message = compose(mail, render("code", "fr", mail.parameters), "no-reply@example.org", now)
    transport = FileTransport(tmp_path)
    transport.send(mail.id, message)
    transport.send(mail.id, message)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_line_break_in_an_address_adds_no_header(now: datetime) -> None:
    mail = DueMail(7, "code", "a@example.org\nBcc: b@example.org", "fr", {}, now, 0)
    with pytest.raises(ValueError, match="linefeed"):
        compose(mail, render("code", "fr", {"code": "042137"}), "no-reply@example.org", now)
