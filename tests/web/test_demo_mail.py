"""The demonstration's mails at /mail, and nowhere else."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import House

pytestmark = pytest.mark.anyio


def write_mail(folder: Path, name: str, to: str, text: str, subject: str = "Votre code") -> None:
    mail = EmailMessage()
    mail["To"] = to
    mail["From"] = "assistant@example.org"
    mail["Subject"] = subject
    mail["Date"] = "Mon, 02 Nov 2026 09:30:00 +0000"
    mail.set_content(text)
    # As the worker's mails are: the same once more as HTML, which is not shown.
    mail.add_alternative(f"<p>HTML : {text}</p>", subtype="html")
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(mail.as_bytes(policy=SMTP))


@pytest.fixture
def mails(house: House) -> Path:
    folder = house.settings.mail_dir
    write_mail(folder, "1.eml", "anna@example.com", "Le code est 111111.")
    write_mail(folder, "2.eml", "bruno@example.com", "Écrivez « oui » <b>ici</b>.", "Reçu & gardé")
    return folder


async def test_the_mails_to_an_address(house: House, mails: Path) -> None:
    async with house.client() as http:
        response = await http.get("/api/demo/mail", params={"to": "Anna@example.com"})
    assert response.json() == {
        "mails": [
            {
                "to": "anna@example.com",
                "subject": "Votre code",
                "date": "2026-11-02T09:30:00+00:00",
                "text": "Le code est 111111.\n",
            }
        ]
    }


async def test_an_address_without_mail_has_none(house: House, mails: Path) -> None:
    async with house.client() as http:
        response = await http.get("/api/demo/mail", params={"to": "nobody@example.com"})
    assert response.json() == {"mails": []}


async def test_the_page_shows_all_of_them_as_text(house: House, mails: Path) -> None:
    async with house.client() as http:
        response = await http.get("/mail", headers={"Accept-Language": "en"})
    page = response.text
    assert '<time datetime="2026-11-02T09:30:00+00:00">2026-11-02 09:30 UTC</time>' in page
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="en">' in page
    assert "E-mails of the demonstration" in page
    assert "Le code est 111111." in page
    assert "Reçu &amp; gardé" in page
    assert "&lt;b&gt;ici&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "HTML :" not in page


async def test_before_the_first_mail_the_page_says_so(house: House) -> None:
    async with house.client() as http:
        response = await http.get("/mail")
    assert "Aucun courriel pour le moment" in response.text


async def test_in_production_there_is_no_such_page(build: Any, mails: Path) -> None:
    house: House = build(app_env="production")
    async with house.client() as http:
        for path in ("/mail", "/api/demo/mail", "/api/demo/mail?to=anna@example.com"):
            response = await http.get(path)
            assert response.status_code == 404
            assert response.json()["error"]["code"] == "not_found"
