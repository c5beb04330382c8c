"""The plain page at /, its strings and its script."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry.services.feedback import LONGEST_COMMENT
from registry.texts import Texts
from tests.web.conftest import TEXTS, House

pytestmark = pytest.mark.anyio

PAGE = Path(__file__).parents[2] / "web" / "gateway" / "page"


@pytest.mark.parametrize(
    ("accept", "lang", "send"), [("fr", "fr", "Envoyer"), ("en", "en", "Send")]
)
async def test_it_is_in_the_browsers_language(
    house: House, accept: str, lang: str, send: str
) -> None:
    async with house.client() as http:
        page = (await http.get("/", headers={"Accept-Language": accept})).text
    assert f'<html lang="{lang}">' in page
    assert send in page
    assert "$" not in page


async def test_it_has_a_polite_log_and_a_labelled_input(house: House) -> None:
    async with house.client() as http:
        page = (await http.get("/")).text
    assert 'role="log" aria-live="polite"' in page
    assert '<label for="input">' in page


async def test_without_javascript_it_names_the_help_desk_in_both_languages(house: House) -> None:
    async with house.client() as http:
        page = (await http.get("/")).text
    noscript = page.split("<noscript>")[1].split("</noscript>")[0]
    for paragraph in ('<p lang="fr">', '<p lang="en">'):
        after = noscript.split(paragraph)[1].split("</p>")[0]
        assert "SANTE-TRACES@ec.europa.eu" in after
        assert "AGRI-E-COI-ORGANIC@ec.europa.eu" in after


async def test_nothing_in_it_needs_an_exception_from_the_policy(house: House) -> None:
    async with house.client() as http:
        page = (await http.get("/")).text + (await http.get("/mail")).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! type=\"module\" src=\"/)", page)
    assert not re.search(r"(?:src|href)=\"(?!/|mailto:)", page)


async def test_its_files_are_served_as_what_they_are(house: House) -> None:
    async with house.client() as http:
        script, style = await http.get("/page/page.js"), await http.get("/page/page.css")
        strings = await http.get("/page/strings.json")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert style.headers["Content-Type"].startswith("text/css")
    assert strings.json() == yaml.safe_load((TEXTS / "page.yml").read_text(encoding="utf-8"))


async def test_the_mails_are_linked_in_the_demonstration_only(build: Any) -> None:
    for app_env, is_hidden in (("demo", False), ("production", True)):
        house: House = build(app_env=app_env)
        async with house.client() as http:
            page = (await http.get("/")).text
        assert (" hidden>" in page) is is_hidden


def script() -> str:
    """Both of the page's scripts."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js")))


async def test_every_script_is_served(house: House) -> None:
    async with house.client() as http:
        for path in PAGE.glob("*.js"):
            served = await http.get(f"/page/{path.name}")
            assert served.text == path.read_text(encoding="utf-8")
            assert served.headers["Content-Type"].startswith("text/javascript")


def test_the_script_asks_only_for_strings_that_exist() -> None:
    keys = set(re.findall(r'\bsay\("(\w+)"\)', script()))
    assert {"send", "you", "send_again", "new_conversation"} <= keys
    assert keys <= set(Texts.load(TEXTS / "page.yml").keys())


def test_what_the_script_sends_by_itself_is_always_offered() -> None:
    """The bot takes no payload that it did not offer, but those of the page."""
    script = (PAGE / "page.js").read_text(encoding="utf-8")
    assert set(re.findall(r'payload: "(/\w+)"', script)) == {"/talk_to_human"}


def test_the_script_makes_no_html_and_stays_small() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script())
    assert len(script().splitlines()) < 320


def test_the_thumbs_have_names_and_the_reason_a_label_and_the_gateways_limit() -> None:
    thumbs = (PAGE / "thumbs.js").read_text(encoding="utf-8")
    for said in ("thumbs", "thumb_up", "thumb_down", "reason"):
        assert f'say("{said}")' in thumbs
    assert "ariaPressed" in thumbs
    assert f"LONGEST_REASON = {LONGEST_COMMENT};" in thumbs
