"""The demonstration's mails: what would have been sent, read from the .eml files."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from web.gateway.context import GatewayNeeded, gateway_of
from web.gateway.errors import GatewayError
from web.gateway.languages import language_of

PAGE = Path(__file__).parent / "page"


@dataclass(frozen=True)
class DemoMail:
    """A mail as its reader would see it; `date` is ISO 8601."""

    to: str
    subject: str
    date: str
    text: str


def read_mails(folder: Path) -> list[DemoMail]:
    """The mails in `folder`, newest first; none when the folder is not there yet."""
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read_mail(path) for path in paths]


def _read_mail(path: Path) -> DemoMail:
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = mail.get_body(("plain",))
    return DemoMail(
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        date=parsedate_to_datetime(str(mail["Date"])).isoformat(),
        text=str(body.get_content()).replace("\r\n", "\n") if body else "",
    )


def demonstration_only(request: Request) -> None:
    """Raises `GatewayError` not_found outside the demonstration."""
    if not gateway_of(request).settings.is_demo:
        raise GatewayError("not_found")


router = APIRouter(dependencies=[Depends(demonstration_only)], include_in_schema=False)


@router.get("/api/demo/mail")
async def mails_to(to: str, gateway: GatewayNeeded) -> dict[str, Any]:
    """The mails to one address, newest first."""
    mails = await run_in_threadpool(read_mails, gateway.settings.mail_dir)
    wanted = to.strip().casefold()
    return {"mails": [asdict(mail) for mail in mails if mail.to.casefold() == wanted]}


@router.get("/mail")
async def mail_page(request: Request, gateway: GatewayNeeded) -> HTMLResponse:
    """All mails on one page."""
    mails = await run_in_threadpool(read_mails, gateway.settings.mail_dir)
    lang = language_of(request)

    def say(key: str) -> str:
        return escape(gateway.texts.say(key, lang))

    article = Template((PAGE / "mail_item.html").read_text(encoding="utf-8"))
    articles = [
        article.substitute(
            {name: escape(value) for name, value in asdict(mail).items()},
            to_label=say("mail_to"),
            moment=f"{datetime.fromisoformat(mail.date).astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        )
        for mail in mails
    ]
    page = Template((PAGE / "mail.html").read_text(encoding="utf-8"))
    return HTMLResponse(
        page.substitute(
            lang=lang,
            title=say("mail_title"),
            explanation=say("mail_explanation" if mails else "mail_none"),
            mails="\n".join(articles),
        )
    )
