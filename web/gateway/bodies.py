"""What may come in: how large a body, which JSON, and how typed text is cleaned."""

import unicodedata
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.gateway.contract import Asked
from web.gateway.errors import GatewayError

MAX_BODY_BYTES = 8 * 1024
MAX_TEXT_CHARACTERS = 1000

Body = TypeVar("Body", bound=Asked)

# Emoji such as a family are several characters held together by a joiner.
_JOINERS = "\u200c\u200d"
_LINE_ENDS_AND_TABS = {"\n": "\n", "\r": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n"}


class BodyLimit:
    """ASGI middleware: a body over the limit raises `GatewayError` at the moment it is read.

    It counts what arrives, so a body sent in chunks without a length is held to the limit too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app with a `receive` that counts."""
        received = 0

        async def counted_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY_BYTES:
                raise GatewayError("body_too_large", limit=MAX_BODY_BYTES // 1024)
            return message

        await self._app(scope, counted_receive, send)


async def read_body(request: Request, model: type[Body]) -> Body:
    """The JSON body as `model`; raises `GatewayError` bad_request or body_too_large."""
    try:
        return model.model_validate_json(await request.body())
    except (ValidationError, ClientDisconnect):
        # `from None`: the message of a ValidationError repeats what was typed.
        raise GatewayError("bad_request") from None


def clean_text(typed: str, most: int = MAX_TEXT_CHARACTERS) -> str:
    """Typed text in Unicode NFC without control and invisible format characters.

    Raises `GatewayError` text_empty when nothing is left, text_too_long beyond `most`.
    """
    kept = "".join(_kept(character) for character in typed.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFC", kept).strip()
    if not text.strip(_JOINERS):
        raise GatewayError("text_empty")
    if len(text) > most:
        raise GatewayError("text_too_long", limit=most)
    return text


def _kept(character: str) -> str:
    if character in _LINE_ENDS_AND_TABS:
        return _LINE_ENDS_AND_TABS[character]
    if character in _JOINERS:
        return character
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def described(model: type[Asked]) -> dict[str, Any]:
    """The OpenAPI words for a body that the route reads itself, after the limits were counted."""
    schema = {"schema": model.model_json_schema()}
    return {"requestBody": {"required": True, "content": {"application/json": schema}}}
