"""Every error a client can get: {"error": {"code", "message"}} in the user's language."""

import logging
import traceback

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry.texts import Texts
from web.gateway import bot_client
from web.gateway.languages import language_of

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2

_STATUS = {
    "bad_request": 400,
    "code_malformed": 400,
    "text_empty": 400,
    "text_too_long": 400,
    "session_unknown": 401,
    "message_unknown": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "my_data_not_ready": 409,
    "no_code_awaited": 409,
    "payload_not_offered": 409,
    "body_too_large": 413,
    "too_many_requests": 429,
    "internal": 500,
    "nothing_saved": 503,
    "outcome_unknown": 503,
    "store_unavailable": 503,
}

_BOT_ERRORS: tuple[tuple[type[bot_client.BotError], str], ...] = (
    (bot_client.PayloadNotOffered, "payload_not_offered"),
    (bot_client.UnknownConversation, "session_unknown"),
    (bot_client.StoreUnavailable, "store_unavailable"),
    (bot_client.NothingSaved, "nothing_saved"),
    (bot_client.OutcomeUnknown, "outcome_unknown"),
)


class GatewayError(Exception):
    """A request that is not carried out; `code` is a key of data/texts/gateway.yml.

    `retry_after` is in seconds; `variables` fill the text.
    """

    def __init__(
        self, code: str, *, retry_after: int | None = None, **variables: str | int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.variables = variables


def code_of(error: bot_client.BotError) -> str:
    """The code under which a failure of the bot is told."""
    return next(code for kind, code in _BOT_ERRORS if isinstance(error, kind))


def error_response(
    texts: Texts, request: Request, error: GatewayError, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The answer for `error` in the user's language; a 503 says when to come back."""
    status = _STATUS[error.code]
    headers = dict(headers or {})
    retry_after = RETRY_SECONDS if status == 503 else error.retry_after
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    message = texts.say(error.code, language_of(request), **error.variables)
    return JSONResponse({"error": {"code": error.code, "message": message}}, status, headers)


def install_error_handlers(app: FastAPI, texts: Texts) -> None:
    """Turn every exception a route may raise into the error answer."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, GatewayError)
        return error_response(texts, request, error)

    async def bot_failed(request: Request, error: Exception) -> Response:
        assert isinstance(error, bot_client.BotError)
        code = code_of(error)
        if _STATUS[code] == 503:
            logger.warning("the bot did not do it: %s (%s)", code, error)
        return error_response(texts, request, GatewayError(code))

    async def registry_failed(request: Request, error: Exception) -> Response:
        logger.error("the registry failed: %s", type(error).__name__)
        return error_response(texts, request, GatewayError("store_unavailable"))

    async def malformed(request: Request, error: Exception) -> Response:
        return error_response(texts, request, GatewayError("bad_request"))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
        return error_response(texts, request, GatewayError(code), dict(error.headers or {}))

    app.add_exception_handler(GatewayError, refused)
    app.add_exception_handler(bot_client.BotError, bot_failed)
    app.add_exception_handler(SQLAlchemyError, registry_failed)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http)


class UnexpectedErrors:
    """ASGI middleware: a defect is logged by place and type only, since its message could repeat
    what someone typed, and answered with a plain sentence."""

    def __init__(self, app: ASGIApp, texts: Texts) -> None:
        self._app = app
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app; on a defect answer 500 if nothing was answered yet."""
        started = False

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except Exception as error:
            if scope["type"] != "http":
                raise
            frames = traceback.extract_tb(error.__traceback__)[-5:]
            places = " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
            logger.error("defect: %s at %s", type(error).__name__, places)
            if not started:
                request = Request(scope)
                response = error_response(self._texts, request, GatewayError("internal"))
                await response(scope, receive, send)
