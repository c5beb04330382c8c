"""Verification codes: the gateway takes them, the bot never sees them."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from registry.models import OutboxMail, VerificationCode
from registry.services import drafts, verification
from tests.web.conftest import House, said
from tests.web.fake_bot import failed
from web.gateway.codes import code_in, code_typed_alone

WRONG = "000000"


@pytest.mark.parametrize(
    "text",
    [
        "123456",
        "123 456",
        "123-456",
        "123\u202f456",
        "Voici le code : 123456.",
        "code 123 456 merci",
        "(123456)",
        "2 123456",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "123456 ou 654321",
    ],
)
def test_six_digits_standing_alone_are_a_code(text: str) -> None:
    assert code_in(text) == "123456"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "1234567",
        "BE301000",
        "+32 470 123 456",
        "123 456 789",
        "02 123-456-78",
        "x123456",
        "nom.123456@example.com",
        "TR-7K3M-9QXW-C",
        "BE-ORG-OP-5",
    ],
)
def test_other_digits_are_no_code(text: str) -> None:
    assert code_in(text) is None


def test_a_code_field_holds_the_code_and_nothing_else() -> None:
    assert code_typed_alone(" 123 456 ") == "123456"
    assert code_typed_alone("code 123456") is None


def request_code(house: House) -> str:
    """Have a code sent for the conversation, and read it from the mail."""
    now = datetime.now(UTC)
    conversation_id = house.conversation_id()
    with house.database.transaction() as registry:
        draft = drafts.open_draft(registry, conversation_id, "access_request", now)
        verification.request_code(
            registry,
            conversation_id=conversation_id,
            draft_id=draft.id,
            draft_version=draft.version,
            journey=draft.journey,
            email="someone@example.com",
            language="fr",
            hash_key=house.settings.hash_key,
            now=now,
        )
        (mail,) = registry.scalars(select(OutboxMail))
        code: str = mail.parameters["code"]
    return code


def tries(house: House) -> int:
    with house.database.transaction() as registry:
        return registry.scalars(select(VerificationCode)).one().attempts


@pytest.mark.anyio
async def test_a_typed_code_is_checked_here_and_the_bot_learns_the_outcome(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with house.newcomer() as http:
        code = request_code(house)
        wrong = await http.post("/api/messages", json=said(f"c'est {WRONG}"))
        right = await http.post("/api/messages", json=said(f"pardon : {code[:3]} {code[3:]}"))
    assert (wrong.status_code, right.status_code) == (200, 200)
    assert [turn["server_payload"] for turn in house.bot.turns] == [
        '/code_refused{"code_outcome": "wrong"}',
        "/code_accepted",
    ]
    everything = json.dumps(house.bot.received) + caplog.text
    assert code not in everything
    assert code[:3] + " " + code[3:] not in everything


@pytest.mark.anyio
async def test_verify_does_the_same(house: House) -> None:
    async with house.newcomer() as http:
        code = request_code(house)
        await http.post("/api/verify", json={"code": WRONG})
        response = await http.post("/api/verify", json={"code": code})
    assert response.status_code == 200
    assert set(response.json()) == {"messages"}
    assert [turn["server_payload"] for turn in house.bot.turns] == [
        '/code_refused{"code_outcome": "wrong"}',
        "/code_accepted",
    ]


@pytest.mark.anyio
async def test_six_digits_are_text_while_no_code_is_awaited(house: House) -> None:
    async with house.newcomer() as http:
        await http.post("/api/messages", json=said("123456"))
    assert house.bot.turns[0]["text"] == "123456"


@pytest.mark.anyio
async def test_after_the_code_other_digits_are_text_and_the_code_itself_is_not(
    house: House,
) -> None:
    async with house.newcomer() as http:
        code = request_code(house)
        other = f"{(int(code) + 1) % 1_000_000:06d}"
        for typed in (code, other, code):
            await http.post("/api/messages", json=said(typed))
    assert [turn.get("server_payload") or turn["text"] for turn in house.bot.turns] == [
        "/code_accepted",
        other,
        "/code_accepted",
    ]


@pytest.mark.anyio
async def test_other_text_goes_through_while_a_code_is_awaited(house: House) -> None:
    async with house.newcomer() as http:
        request_code(house)
        await http.post("/api/messages", json=said("je n'ai rien reçu"))
    assert house.bot.turns[0]["text"] == "je n'ai rien reçu"


@pytest.mark.anyio
@pytest.mark.parametrize(("path", "field"), [("/api/messages", "text"), ("/api/verify", "code")])
async def test_the_same_message_with_a_code_counts_one_try_and_gets_the_same_answer(
    house: House, path: str, field: str
) -> None:
    body = {"message_id": str(uuid4()), field: WRONG}
    async with house.newcomer() as http:
        request_code(house)
        first = await http.post(path, json=body)
        again = await http.post(path, json=body)
    assert first.status_code == 200
    assert first.json() == again.json()
    assert tries(house) == 1


@pytest.mark.anyio
async def test_a_code_whose_answer_was_lost_is_accepted_when_sent_again(house: House) -> None:
    async with house.newcomer() as http:
        message = said(request_code(house))
        house.bot.failure = failed(503, "outcome_unknown")
        assert (await http.post("/api/messages", json=message)).status_code == 503
        house.bot.failure = None
        assert (await http.post("/api/messages", json=message)).status_code == 200
    assert [turn["server_payload"] for turn in house.bot.turns] == ["/code_accepted"] * 2


@pytest.mark.anyio
async def test_the_fifth_wrong_try_exhausts_the_code(house: House) -> None:
    async with house.newcomer() as http:
        code = request_code(house)
        for _ in range(5):
            await http.post("/api/verify", json={"code": WRONG})
        await http.post("/api/verify", json={"code": code})
    outcomes = [json.loads(t["server_payload"][13:])["code_outcome"] for t in house.bot.turns]
    assert outcomes == ["wrong"] * 4 + ["exhausted"] * 2


@pytest.mark.anyio
async def test_an_expired_code_is_told_as_expired(house: House) -> None:
    async with house.newcomer() as http:
        code = request_code(house)
        with house.database.transaction() as registry:
            row = registry.scalars(select(VerificationCode)).one()
            row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
        await http.post("/api/verify", json={"code": code})
    assert house.bot.turns[0]["server_payload"] == '/code_refused{"code_outcome": "expired"}'


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "12345６7", "code 123456"])
async def test_a_malformed_code_is_told(house: House, code: str) -> None:
    async with house.newcomer("en") as http:
        response = await http.post("/api/verify", json={"code": code})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "code_malformed"
    assert "six digits" in response.json()["error"]["message"]
    assert house.bot.turns == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    "body", [[], None, {}, {"code": 123456}, {"code": "123456", "message_id": "x"}]
)
async def test_a_verification_of_another_shape_is_refused(house: House, body: object) -> None:
    async with house.newcomer() as http:
        response = await http.post("/api/verify", json=body)
    assert response.json()["error"]["code"] == "bad_request"


@pytest.mark.anyio
async def test_a_code_nobody_asked_for_is_told(house: House) -> None:
    async with house.newcomer("en") as http:
        response = await http.post("/api/verify", json={"code": "123456"})
    assert response.status_code == 409
    assert response.json()["error"] == {
        "code": "no_code_awaited",
        "message": "No code is awaited in this conversation.",
    }
    assert house.bot.turns == []
