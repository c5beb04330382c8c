"""Saying something: a typed message, a button, a verification code."""

from uuid import uuid4

from fastapi import APIRouter, Request

from web.gateway.bodies import clean_text, described, read_body
from web.gateway.codes import code_typed_alone
from web.gateway.context import GatewayNeeded, SessionNeeded
from web.gateway.contract import Answer, CodeAsked, MessageAsked
from web.gateway.conversation import take_code, take_payload, take_text
from web.gateway.errors import GatewayError

router = APIRouter()


@router.post(
    "/api/messages", response_model_exclude_none=True, openapi_extra=described(MessageAsked)
)
async def message(request: Request, session: SessionNeeded, gateway: GatewayNeeded) -> Answer:
    """Say something; the same message_id gets the same answer."""
    asked = await read_body(request, MessageAsked)
    message_id = str(asked.message_id)
    if asked.payload is not None:
        turn = take_payload(gateway, session, message_id, asked.payload)
    else:
        turn = take_text(gateway, session, message_id, clean_text(asked.text or ""))
    return await gateway.to_the_end(turn)


@router.post("/api/verify", response_model_exclude_none=True, openapi_extra=described(CodeAsked))
async def verify(request: Request, session: SessionNeeded, gateway: GatewayNeeded) -> Answer:
    """Give the code received by e-mail; the same message_id gets the same answer."""
    asked = await read_body(request, CodeAsked)
    code = code_typed_alone(asked.code)
    if code is None:
        raise GatewayError("code_malformed")
    message_id = str(asked.message_id or uuid4())
    return await gateway.to_the_end(take_code(gateway, session, message_id, code))
