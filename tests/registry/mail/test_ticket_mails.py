"""The mails about a question to a person: whole for the help-desk, bare for the person."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP, default
from typing import Any

import pytest

from registry.mail.render import render
from registry.mail.transport import MailRefused, compose
from registry.services.outbox import DueMail

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TICKET: dict[str, Any] = {
    "reference": "TK-7K3M-9QXW-C",
    "email": "camille@example.org",
    "name": "Camille Exemple",
    "question": "# Pourquoi <b>rien</b> ?\n\n- {code} & fin",
    "topic": "no_email",
    "environment": "training",
    "entered": [
        {
            "journey": "access_request",
            "state": "open",
            "fields": {"environment": "training", "kind": "operator", "trade_name": "Moulin"},
        }
    ],
    "story": [
        {"by": "person", "text": "bonjour\n# je\r\n- m'inscris <script>"},
        {"by": "assistant", "text": "**Bonjour**.\n\n" + "mot " * 200},
    ],
    "reply_to": "camille@example.org",
}


def forwarded(language: str = "fr", **changed: Any) -> Any:
    return render("ticket_forwarded", language, {**TICKET, **changed})


def test_the_help_desk_s_mail_tells_all_in_words() -> None:
    mail = forwarded()
    assert mail.subject == "Question TK-7K3M-9QXW-C (français)"
    for said in (
        "- Langue : français\n",
        "- Sujet probable : Je n'ai pas reçu le courriel\n",
        "- Site : Formation\n",
        "- Nom : Camille Exemple\n",
        "- Demande d'accès (en cours) : site : Formation, type d'organisation : opérateur, "
        "trade name : Moulin\n",
        "- Personne : bonjour # je - m'inscris <script>\n",
        "- Assistant : Bonjour. mot mot",
    ):
        assert said in mail.body


def test_it_is_in_the_language_of_the_conversation() -> None:
    mail = forwarded("en")
    assert mail.subject == "Question TK-7K3M-9QXW-C (English)"
    for said in (
        "- Site: Training\n",
        "- Person: bonjour",
        "- Request for access (under way): site",
    ):
        assert said in mail.body


def test_each_that_spoke_has_one_line_and_a_long_one_is_cut() -> None:
    lines = forwarded().body.splitlines()
    (said,) = (line for line in lines if line.startswith("- Assistant"))
    assert said.endswith("mot …")
    assert len(said) < 330


def test_what_was_typed_is_text_and_makes_no_line_or_mark_up_of_its_own() -> None:
    mail = forwarded()
    assert "« # Pourquoi <b>rien</b> ? - {code} & fin »\n" in mail.body
    assert "« # Pourquoi &lt;b&gt;rien&lt;/b&gt; ? - {code} &amp; fin »" in mail.html
    assert "<script>" not in mail.html
    assert mail.html.count("<h2>") == 3


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    mail = forwarded(topic=None, environment=None, name=None, entered=[], story=[])
    assert mail.body.count("inconnu\n") == 3
    assert mail.body.count("- rien\n") == 2


def test_a_topic_that_has_no_title_is_unknown_too() -> None:
    assert "- Sujet probable : inconnu\n" in forwarded(topic="choose_environment").body


def composed(kind: str, parameters: dict[str, Any]) -> Any:
    mail = DueMail(7, kind, "desk@example.org", "fr", parameters, NOON, 0)
    message = compose(mail, render(kind, "fr", parameters), "no-reply@example.org", NOON)
    return message_from_bytes(message.as_bytes(policy=SMTP), policy=default)


def test_a_reply_goes_to_the_person() -> None:
    assert composed("ticket_forwarded", TICKET)["Reply-To"] == "camille@example.org"


def test_a_mail_without_an_address_for_replies_names_none() -> None:
    kept = {"reference": "TK-7K3M-9QXW-C", "is_forwarded": False}
    assert composed("ticket_opened", kept)["Reply-To"] is None


@pytest.mark.parametrize("field", ["question", "name", "topic"])
def test_nothing_typed_reaches_a_header(field: str) -> None:
    """The headers hold the reference, addresses that were read, and nothing else."""
    injected = "x\r\nBcc: robin@example.org\r\n\r\nhello"
    message = composed("ticket_forwarded", {**TICKET, field: injected})
    assert message["Bcc"] is None
    assert message["To"] == "desk@example.org"
    assert message["Subject"] == "Question TK-7K3M-9QXW-C (français)"


def test_an_address_that_would_make_a_header_is_refused() -> None:
    with pytest.raises(MailRefused):
        composed("ticket_forwarded", {**TICKET, "reply_to": "a@example.org\r\nBcc: b@example.org"})


@pytest.mark.parametrize(("is_forwarded", "said"), [(True, "vous répondra"), (False, "gardée ici")])
def test_the_person_is_told_what_follows_and_both_addresses(is_forwarded: bool, said: str) -> None:
    """A04 is said only where somebody gets the question; S65 always."""
    parameters = {"reference": "TK-7K3M-9QXW-C", "is_forwarded": is_forwarded}
    mail = render("ticket_opened", "fr", parameters)
    assert mail.subject == "Votre question TK-7K3M-9QXW-C"
    for text in (said, "SANTE-TRACES@ec.europa.eu", "AGRI-E-COI-ORGANIC@ec.europa.eu"):
        assert text in mail.body
    assert ("vous répondra" in mail.body) == is_forwarded


def test_an_answer_keeps_its_paragraphs() -> None:
    parameters = {"reference": "TK-7K3M-9QXW-C", "answer": "Essayez\nceci.\n\nPuis cela."}
    mail = render("ticket_answered", "en", parameters)
    assert mail.subject == "Answer to your question TK-7K3M-9QXW-C"
    assert "Answer\nEssayez ceci.\n\nPuis cela.\n" in mail.body
