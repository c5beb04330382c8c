"""The plain page at / and its files."""

from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse

from registry.texts import Texts
from web.gateway.context import GatewayNeeded
from web.gateway.languages import LANGUAGES, language_of

PAGE = Path(__file__).parent / "page"
# Kept by the browser, but asked about each time: an update shows at the next load.
ASK_EACH_TIME = {"Cache-Control": "no-cache"}


def page_router(texts: Texts) -> APIRouter:
    """The page's routes, with its strings (data/texts/page.yml)."""
    router = APIRouter(include_in_schema=False)
    index = Template((PAGE / "index.html").read_text(encoding="utf-8"))
    keys = texts.keys()
    strings = {key: {lang: texts.say(key, lang) for lang in LANGUAGES} for key in keys}

    @router.get("/")
    async def page(request: Request, gateway: GatewayNeeded) -> HTMLResponse:
        lang = language_of(request)
        shown = {key: escape(text[lang]) for key, text in strings.items()}
        noscript = {f"noscript_{lang}": escape(strings["noscript"][lang]) for lang in LANGUAGES}
        hidden = "" if gateway.settings.is_demo else " hidden"
        filled = index.substitute(shown, **noscript, lang=lang, mail_link_hidden=hidden)
        return HTMLResponse(filled, headers=ASK_EACH_TIME)

    @router.get("/page/strings.json")
    async def page_strings() -> JSONResponse:
        return JSONResponse(strings, headers=ASK_EACH_TIME)

    @router.get("/page/page.js")
    async def script() -> FileResponse:
        return FileResponse(PAGE / "page.js", headers=ASK_EACH_TIME)

    @router.get("/page/thumbs.js")
    async def thumbs() -> FileResponse:
        return FileResponse(PAGE / "thumbs.js", headers=ASK_EACH_TIME)

    @router.get("/page/page.css")
    async def style() -> FileResponse:
        return FileResponse(PAGE / "page.css", headers=ASK_EACH_TIME)

    @router.get("/page/icon.svg")
    async def icon() -> FileResponse:
        return FileResponse(PAGE / "icon.svg", headers=ASK_EACH_TIME)

    return router
