"""Opening, reading back and forgetting a conversation."""

from contextlib import suppress

from fastapi import APIRouter, Request

from registry.services import privacy, sessions
from web.gateway.bodies import described, read_body
from web.gateway.bot_client import BotError
from web.gateway.context import Gateway, GatewayNeeded, SessionNeeded, address_of, now
from web.gateway.contract import History, Language, SessionAsked, SessionOpened
from web.gateway.languages import language_of

router = APIRouter()


@router.post(
    "/api/session",
    status_code=201,
    response_model_exclude_none=True,
    openapi_extra=described(SessionAsked),
)
async def open_session(request: Request, gateway: GatewayNeeded) -> SessionOpened:
    """Open a conversation; the answer holds its token and the greeting."""
    gateway.limits.count_opening(address_of(request))
    asked = await read_body(request, SessionAsked)
    if asked.lang is not None:
        request.state.language = asked.lang
    return await gateway.to_the_end(_opened(gateway, language_of(request)))


@router.get("/api/history", response_model_exclude_none=True)
async def history(session: SessionNeeded, gateway: GatewayNeeded) -> History:
    """What was said in this conversation, both sides, oldest first."""
    return History(messages=await gateway.bot.history(session.conversation_id))


@router.delete("/api/session", status_code=204)
async def forget_session(session: SessionNeeded, gateway: GatewayNeeded) -> None:
    """Erase the conversation with what was entered in it and not filed, and end the session."""
    await gateway.to_the_end(_forgotten(gateway, session.conversation_id))


async def _opened(gateway: Gateway, lang: Language) -> SessionOpened:
    settings = gateway.settings
    new = await gateway.in_registry(
        lambda registry: sessions.create(
            registry, lang, settings.hash_key, settings.session_hours, now()
        )
    )
    try:
        greeting = await gateway.bot.open(new.conversation_id, lang)
    except BotError:
        # Nobody will ever hold the token of this session.
        await _revoked(gateway, new.conversation_id)
        raise
    return SessionOpened(
        token=new.token,
        expires_in=settings.session_hours * 3600,
        lang=lang,
        messages=greeting,
    )


async def _forgotten(gateway: Gateway, conversation_id: str) -> None:
    # The bot first: with the session still there, a failure can be tried again.
    await gateway.bot.forget(conversation_id)
    await gateway.in_registry(lambda registry: privacy.erase_unfiled(registry, conversation_id))
    await _revoked(gateway, conversation_id)


async def _revoked(gateway: Gateway, conversation_id: str) -> None:
    with suppress(sessions.UnknownSession):  # forgotten meanwhile: as good
        await gateway.in_registry(
            lambda registry: sessions.revoke(registry, conversation_id, now())
        )
