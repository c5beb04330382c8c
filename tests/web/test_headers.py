"""Security headers on every response, whatever it is."""

import pytest

from tests.web.conftest import House

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "path",
    ["/", "/page/page.js", "/page/page.css", "/page/strings.json", "/mail", "/health", "/nowhere"],
)
async def test_every_response_carries_them(house: House, path: str) -> None:
    async with house.client() as http:
        response = await http.get(path)
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert policy == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_the_api_is_never_cached(house: House) -> None:
    async with house.newcomer() as http:
        answers = [
            await http.get("/api/history"),
            await http.post("/api/messages", content="[]"),
            await http.get("/api/demo/mail?to=x"),
            await http.get("/mail"),
            await http.delete("/api/session"),
        ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


async def test_no_other_site_may_call(house: House) -> None:
    async with house.client(Origin="https://elsewhere.example.com") as http:
        asked = {"Access-Control-Request-Method": "POST"}
        preflight = await http.options("/api/session", headers=asked)
        opened = await http.post("/api/session", json={})
    for response in (preflight, opened):
        assert not [name for name in response.headers if name.startswith("access-control")]
