"""Whether everything answers, and the contract in OpenAPI for whoever is on this machine."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from web.gateway.client_address import is_on_this_machine
from web.gateway.context import Gateway, GatewayNeeded
from web.gateway.errors import GatewayError

router = APIRouter()


@router.get("/health")
async def health(gateway: GatewayNeeded) -> JSONResponse:
    """200 when the bot with all its parts and the registry answer, else 503 and which do not."""
    bot, registry = await asyncio.gather(gateway.bot.failing_parts(), _failing_registry(gateway))
    failing = [*bot, *registry]
    if failing:
        return JSONResponse({"status": "unavailable", "failing": failing}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/api/docs", include_in_schema=False)
async def docs(request: Request) -> dict[str, Any]:
    """The OpenAPI description, on this machine only."""
    if not is_on_this_machine(request):
        raise GatewayError("not_found")
    schema: dict[str, Any] = request.app.openapi()
    return schema


async def _failing_registry(gateway: Gateway) -> tuple[str, ...]:
    try:
        await gateway.in_registry(lambda registry: registry.execute(text("SELECT 1")).scalar())
    except SQLAlchemyError:
        return ("registry",)
    return ()
