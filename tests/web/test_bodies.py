"""How large a body may be, with and without a length."""

from collections.abc import AsyncIterator

import pytest

from tests.web.conftest import House, said

pytestmark = pytest.mark.anyio

LIMIT = 8 * 1024


def body_of(size: int) -> bytes:
    """A well-formed message of `size` bytes, its text far beyond 1,000 characters."""
    start, end = b'{"message_id": "b7f8a1c2-3d4e-4f5a-8b6c-7d8e9f0a1b2c", "text": "', b'"}'
    return start + b"x" * (size - len(start) - len(end)) + end


async def in_chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000]


async def test_up_to_the_limit_a_body_is_read(house: House) -> None:
    async with house.newcomer() as http:
        response = await http.post("/api/messages", content=body_of(LIMIT))
        assert response.json()["error"]["code"] == "text_too_long"
        chunked = await http.post("/api/messages", content=in_chunks(body_of(LIMIT)))
        assert chunked.json()["error"]["code"] == "text_too_long"


@pytest.mark.parametrize("size", [LIMIT + 1, 100_000])
@pytest.mark.parametrize("path", ["/api/session", "/api/messages", "/api/verify"])
async def test_beyond_the_limit_it_is_refused_with_a_sentence(
    house: House, path: str, size: int
) -> None:
    async with house.newcomer("en") as http:
        for content in (body_of(size), in_chunks(body_of(size))):
            response = await http.post(path, content=content, headers={"Accept-Language": "en"})
            assert response.status_code == 413
            assert response.json()["error"] == {
                "code": "body_too_large",
                "message": "This is too large: 8 kB at most. Nothing was saved.",
            }
        assert (await http.post("/api/messages", json=said("hello"))).status_code == 200
