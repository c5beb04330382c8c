"""Whether everything answers; for whoever is on this machine also the figures and the contract."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

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


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request, gateway: GatewayNeeded) -> Response:
    """The figures of this process for Prometheus, on this machine only."""
    if not is_on_this_machine(request):
        raise GatewayError("not_found")
    return Response(gateway.metrics.text(), media_type=CONTENT_TYPE_LATEST)


async def _failing_registry(gateway: Gateway) -> tuple[str, ...]:
    try:
        await gateway.in_registry(lambda registry: registry.execute(text("SELECT 1")).scalar())
    except SQLAlchemyError:
        return ("registry",)
    return ()
