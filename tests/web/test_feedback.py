"""A thumb for an answer, with its turn's topic and language; the last one counts."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.models import Feedback, FeedbackComment
from tests.web.conftest import House, said

pytestmark = pytest.mark.anyio


def kept(house: House) -> list[tuple[Any, ...]]:
    """Score, topic, language and comment of each opinion."""
    with house.database.transaction() as registry:
        rows = registry.execute(
            select(Feedback.score, Feedback.topic, Feedback.language, FeedbackComment.comment)
            .outerjoin(FeedbackComment, FeedbackComment.feedback_id == Feedback.id)
            .order_by(Feedback.id)
        )
        return [tuple(row) for row in rows]


async def test_a_thumb_down_and_its_reason(house: House) -> None:
    message = said("hello")
    async with house.newcomer("en") as http:
        await http.post("/api/messages", json=message)
        opinion = {"message_id": message["message_id"], "score": -1}
        response = await http.post("/api/feedback", json=opinion)
        assert (response.status_code, response.content) == (204, b"")
        assert kept(house) == [(-1, "help", "en", None)]
        await http.post("/api/feedback", json=opinion | {"comment": "  too\u0000 long "})
        assert kept(house) == [(-1, "help", "en", "too long")]
        await http.post("/api/feedback", json=opinion | {"score": 1})
        assert kept(house) == [(1, "help", "en", None)]


async def test_another_sessions_message_is_unknown(house: House) -> None:
    message = said("bonjour")
    async with house.newcomer() as theirs, house.newcomer() as http:
        await theirs.post("/api/messages", json=message)
        for message_id in (message["message_id"], str(uuid4())):
            opinion = {"message_id": message_id, "score": 1}
            response = await http.post("/api/feedback", json=opinion)
            assert response.status_code == 404
            assert response.json()["error"]["code"] == "message_unknown"
    assert kept(house) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 0},
        {"score": "1"},
        {"score": None},
        {"comment": 3},
        {"message_id": "x"},
        {"topic": "x"},
    ],
)
async def test_an_opinion_of_another_shape_is_refused(house: House, wrong: dict[str, Any]) -> None:
    async with house.newcomer() as http:
        opinion = {"message_id": str(uuid4()), "score": 1, **wrong}
        response = await http.post("/api/feedback", json=opinion)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize(("comment", "code"), [(" ", "text_empty"), ("x" * 501, "text_too_long")])
async def test_a_reason_says_something_and_is_short(house: House, comment: str, code: str) -> None:
    message = said("bonjour")
    async with house.newcomer() as http:
        await http.post("/api/messages", json=message)
        opinion = {"message_id": message["message_id"], "score": -1, "comment": comment}
        response = await http.post("/api/feedback", json=opinion)
    assert (response.status_code, response.json()["error"]["code"]) == (400, code)
    assert kept(house) == []


async def test_an_opinion_needs_a_session(house: House) -> None:
    async with house.client() as http:
        opinion = {"message_id": str(uuid4()), "score": 1}
        assert (await http.post("/api/feedback", json=opinion)).status_code == 401
