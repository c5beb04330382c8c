"""The file of a person's data, and what is left of a conversation whose data were erased."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, update

from registry.models import (
    AuditEntry,
    ConversationSession,
    Draft,
    OutboxMail,
    VerificationCode,
)
from registry.services import drafts, privacy, verification
from registry.vocabulary import Journey
from tests.web.conftest import House, said
from tests.web.fake_bot import failed

pytestmark = pytest.mark.anyio

ADDRESS = "camille.exemple@example.org"


def code_for(house: House, journey: Journey) -> tuple[str, str]:
    """What the bot's form does: a draft with the address, and its code; both are returned."""
    now = datetime.now(UTC)
    conversation_id = house.conversation_id()
    with house.database.transaction() as registry:
        draft = drafts.open_draft(registry, conversation_id, journey, now)
        draft = drafts.save_field(registry, draft.id, "email", ADDRESS, now)
        verification.request_code(
            registry,
            conversation_id=conversation_id,
            draft_id=draft.id,
            draft_version=draft.version,
            journey=journey,
            email=ADDRESS,
            language="fr",
            hash_key=house.settings.hash_key,
            now=now,
        )
        mail = registry.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()
        assert mail is not None
        return draft.id, mail.parameters["code"]


def act(house: House, done: Callable[..., object], draft_id: str) -> None:
    """What the bot's action does after the code."""
    with house.database.transaction() as registry:
        done(registry, draft_id, house.settings.hash_key, datetime.now(UTC))


async def offered(house: House, http: httpx.AsyncClient) -> None:
    """Prove the address and have the file offered."""
    draft, code = code_for(house, Journey.DATA_EXPORT)
    await http.post("/api/messages", json=said(code))
    act(house, privacy.offer_export, draft)


async def erased(house: House, http: httpx.AsyncClient) -> dict[str, Any]:
    """Prove the address and have its data erased; gives the message with the code."""
    draft, code = code_for(house, Journey.DATA_ERASURE)
    message = said(code)
    await http.post("/api/messages", json=message)
    act(house, privacy.erase, draft)
    return message


async def test_the_file_holds_what_the_register_keeps_and_what_was_said(house: House) -> None:
    async with house.newcomer() as http:
        await http.post("/api/messages", json=said("bonjour, c'est Camille"))
        await offered(house, http)
        response = await http.get("/api/my-data")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert response.headers["Cache-Control"] == "no-store"
    data = json.loads(response.content)
    assert data["address"] == ADDRESS
    (conversation,) = data["conversations"]
    assert {"from": "user", "text": "bonjour, c'est Camille"} in conversation["messages"]


async def test_it_can_be_fetched_again(house: House) -> None:
    async with house.newcomer() as http:
        await offered(house, http)
        for _ in range(2):
            assert (await http.get("/api/my-data")).status_code == 200
    with house.database.transaction() as registry:
        assert len(registry.scalars(select(AuditEntry)).all()) == 2


async def test_without_the_code_there_is_no_file(house: House) -> None:
    async with house.newcomer("en") as http:
        assert (await http.get("/api/my-data")).status_code == 409
        code_for(house, Journey.DATA_EXPORT)
        response = await http.get("/api/my-data")
    assert response.json()["error"]["code"] == "my_data_not_ready"
    assert response.json()["error"]["message"].startswith("The file is no longer available")


async def test_another_conversation_cannot_fetch_it(house: House) -> None:
    async with house.newcomer() as http:
        await offered(house, http)
        async with house.newcomer() as other:
            assert (await other.get("/api/my-data")).status_code == 409
    async with house.client() as http:
        assert (await http.get("/api/my-data")).status_code == 401


async def test_after_half_an_hour_it_is_gone(house: House) -> None:
    async with house.newcomer() as http:
        await offered(house, http)
        with house.database.transaction() as registry:
            at = registry.scalars(select(VerificationCode.accepted_at)).one()
            assert at is not None
            registry.execute(
                update(VerificationCode).values(accepted_at=at - timedelta(minutes=30))
            )
        assert (await http.get("/api/my-data")).status_code == 409


async def test_a_bot_that_is_away_is_told_and_the_file_comes_later(house: House) -> None:
    async with house.newcomer() as http:
        await offered(house, http)
        house.bot.failure = failed(503, "store_unavailable")
        assert (await http.get("/api/my-data")).status_code == 503
        house.bot.failure = None
        assert (await http.get("/api/my-data")).status_code == 200


async def test_a_conversation_that_the_bot_has_forgotten_has_no_messages(house: House) -> None:
    async with house.newcomer() as http:
        await offered(house, http)
        house.bot.conversations.clear()
        data = (await http.get("/api/my-data")).json()
    assert data["conversations"][0]["messages"] == []


async def test_after_an_erasure_the_answer_can_still_be_had_and_read(house: House) -> None:
    async with house.newcomer() as http:
        message = await erased(house, http)
        again = await http.post("/api/messages", json=message)
        assert again.status_code == 200
        assert (await http.get("/api/history")).status_code == 200


async def test_after_an_erasure_nothing_new_is_begun(house: House) -> None:
    """It would be lost with the conversation some minutes later."""
    async with house.newcomer("en") as http:
        await erased(house, http)
        turns = len(house.bot.turns)
        pressed = {"message_id": str(uuid4()), "payload": "/help"}
        for body in (said("hello"), pressed):
            response = await http.post("/api/messages", json=body)
            assert response.status_code == 401
            assert "start a new one" in response.json()["error"]["message"]
        opinion = {"message_id": str(uuid4()), "score": 1}
        assert (await http.post("/api/feedback", json=opinion)).status_code == 401
        assert (await http.get("/api/my-data")).status_code == 409
    assert len(house.bot.turns) == turns


async def test_whoever_erases_a_conversation_erases_what_was_entered_in_it(house: House) -> None:
    async with house.newcomer() as http:
        code_for(house, Journey.ACCESS_REQUEST)
        assert (await http.delete("/api/session")).status_code == 204
    with house.database.transaction() as registry:
        assert registry.scalars(select(Draft)).all() == []
        (row,) = registry.scalars(select(ConversationSession))
        assert row.revoked_at is not None
