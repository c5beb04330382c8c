"""One turn of a conversation: a message, a button or a code on its way to the bot and back."""

import json
import logging
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from registry.services import sessions, turns, verification
from registry.services.sessions import SessionState, UnknownSession
from registry.vocabulary import CodeOutcome
from web.gateway.bot_client import BotError
from web.gateway.codes import code_in
from web.gateway.context import Gateway, now
from web.gateway.contract import Answer, TurnFacts
from web.gateway.errors import GatewayError, code_of
from web.gateway.languages import LANGUAGES

logger = logging.getLogger(__name__)


async def take_text(gateway: Gateway, session: SessionState, message_id: str, text: str) -> Answer:
    """Typed text: a code where it is meant as one, else something for the bot to understand."""
    code = code_in(text)
    if code is not None:
        outcome = await _check(gateway, session, message_id, code)
        if outcome is not CodeOutcome.NONE_AWAITED:
            return await _tell(gateway, session, message_id, outcome)
    refuse_if_ending(session)
    return await _take_turn(gateway, session, message_id, {"text": text})


async def take_payload(
    gateway: Gateway, session: SessionState, message_id: str, payload: str
) -> Answer:
    """A button pressed; the bot refuses one that it does not offer."""
    refuse_if_ending(session)
    return await _take_turn(gateway, session, message_id, {"payload": payload})


async def take_code(gateway: Gateway, session: SessionState, message_id: str, code: str) -> Answer:
    """Six digits: checked in the registry; the bot only learns what came of it.

    Raises `GatewayError` no_code_awaited when no code is awaited in this conversation.
    """
    outcome = await _check(gateway, session, message_id, code)
    if outcome is CodeOutcome.NONE_AWAITED:
        await _remember_failure(gateway, session, message_id, "no_code_awaited")
        raise GatewayError("no_code_awaited")
    return await _tell(gateway, session, message_id, outcome)


async def _check(
    gateway: Gateway, session: SessionState, message_id: str, code: str
) -> CodeOutcome:
    return await gateway.in_registry(
        lambda registry: verification.check_code(
            registry,
            conversation_id=session.conversation_id,
            message_id=message_id,
            code=code,
            hash_key=gateway.settings.hash_key,
            now=now(),
        )
    )


def refuse_if_ending(session: SessionState) -> None:
    """Raises `GatewayError` session_unknown in a conversation whose data were erased.

    What is begun there would soon be lost; only the code that ended it may be sent again.
    """
    if session.is_ending:
        raise GatewayError("session_unknown")


async def _tell(
    gateway: Gateway, session: SessionState, message_id: str, outcome: CodeOutcome
) -> Answer:
    return await _take_turn(gateway, session, message_id, {"server_payload": _news_of(outcome)})


def _news_of(outcome: CodeOutcome) -> str:
    if outcome is CodeOutcome.ACCEPTED:
        return "/code_accepted"
    return "/code_refused" + json.dumps({"code_outcome": outcome.value})


async def _take_turn(
    gateway: Gateway, session: SessionState, message_id: str, said: Mapping[str, str]
) -> Answer:
    try:
        with gateway.metrics.timed():
            answer = await gateway.bot.turn(session.conversation_id, message_id, session.lang, said)
    except BotError as error:
        await _remember_failure(gateway, session, message_id, code_of(error))
        raise
    turn = answer.turn
    outcome = "replayed" if turn.replayed else turn.outcome
    gateway.metrics.count(turn.language or session.lang, outcome)
    await _remember(gateway, session, message_id, turn)
    return Answer(messages=answer.messages)


async def _remember_failure(
    gateway: Gateway, session: SessionState, message_id: str, code: str
) -> None:
    turn = TurnFacts(topic=None, confidence=None, language=session.lang, outcome=code)
    await _remember(gateway, session, message_id, turn)


async def _remember(
    gateway: Gateway, session: SessionState, message_id: str, turn: TurnFacts
) -> None:
    """Keep the turn's figures and its language; a failure here leaves a saved turn a success.

    A replayed turn is kept too: its figures may have been lost with its first answer.
    """

    def write(registry: Session) -> None:
        turns.record(
            registry,
            session.conversation_id,
            message_id,
            turn.topic,
            turn.language,
            turn.confidence,
            turn.outcome,
            now(),
        )
        if turn.language in LANGUAGES and turn.language != session.lang:
            sessions.set_language(registry, session.conversation_id, turn.language)

    try:
        await gateway.in_registry(write)
    except (SQLAlchemyError, UnknownSession) as error:
        logger.error("a turn's figures were not kept: %s", type(error).__name__)
