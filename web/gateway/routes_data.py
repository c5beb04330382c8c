"""What people give to be kept, and get of what is kept: opinions on answers, their own data."""

import json
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from registry.services import feedback, privacy
from registry.services.feedback import LONGEST_COMMENT, UnknownMessage
from web.gateway.bodies import clean_text, described, read_body
from web.gateway.bot_client import UnknownConversation
from web.gateway.context import Gateway, GatewayNeeded, SessionNeeded, now
from web.gateway.contract import FeedbackAsked
from web.gateway.conversation import refuse_if_ending
from web.gateway.errors import GatewayError

router = APIRouter()


@router.post("/api/feedback", status_code=204, openapi_extra=described(FeedbackAsked))
async def give_feedback(request: Request, session: SessionNeeded, gateway: GatewayNeeded) -> None:
    """Say what one thinks of the answer to a message; the last opinion counts."""
    refuse_if_ending(session)
    asked = await read_body(request, FeedbackAsked)
    comment = clean_text(asked.comment, LONGEST_COMMENT) if asked.comment is not None else None
    try:
        await gateway.in_registry(
            lambda registry: feedback.give(
                registry,
                session.conversation_id,
                str(asked.message_id),
                asked.score,
                comment,
                now(),
            )
        )
    except UnknownMessage:
        raise GatewayError("message_unknown") from None


@router.get("/api/my-data", response_class=Response)
async def my_data(session: SessionNeeded, gateway: GatewayNeeded) -> Response:
    """All that is kept of the address that this conversation has just proven, as a JSON file."""

    def held(registry: Session) -> dict[str, Any] | None:
        draft = privacy.file_offered(registry, session.conversation_id, now())
        if draft is None:
            return None
        return privacy.export(registry, draft, gateway.settings.hash_key, now())

    data = await gateway.in_registry(held)
    if data is None:
        raise GatewayError("my_data_not_ready")
    for conversation in data["conversations"]:
        conversation["messages"] = await _said(gateway, conversation["id"])
    return Response(
        json.dumps(data, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


async def _said(gateway: Gateway, conversation_id: str) -> list[dict[str, str]]:
    try:
        lines = await gateway.bot.history(conversation_id)
    except UnknownConversation:
        return []
    return [{"from": line.sender, "text": line.text} for line in lines]
