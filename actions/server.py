"""Serves the actions on loopback, to the bot alone (`python -m actions.server`).

The SDK's executor runs them. Its web server is not used: it asks nobody who they are and
sends the whole conversation back with every error.
"""

import hmac
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection
from sanic import Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from actions.access_request import ActionFileRequest, ValidateAccessRequestForm
from actions.change_field import ActionChangeField
from actions.code import ActionCodeRefused, ActionResendCode
from actions.conversation import (
    ActionCancelJourney,
    ActionGreet,
    ActionOfferTopics,
    ActionStartOver,
)
from actions.find_organisation import ActionShowOrganisations, ValidateSearchForm
from actions.guide import ActionGuide, ActionTellPlace
from actions.house import House
from actions.journeys import ActionBeginJourney, ActionEndJourney, ActionResumeJourney
from actions.language import ActionGoOnInLanguage
from actions.my_data import (
    ActionEraseData,
    ActionOfferData,
    ValidateErasureForm,
    ValidateExportForm,
)
from actions.my_requests import (
    ActionListRequests,
    ActionWithdrawRequest,
    ValidateListingForm,
    ValidateWithdrawalForm,
)
from actions.privacy import ActionTellPrivacy
from actions.resumption import ActionTakeUpRequest, ValidateResumptionForm
from actions.status import ActionShowStatus, ValidateStatusForm
from actions.ticket import ActionOpenTicket, ValidateTicketForm
from registry.settings import Settings, SettingsError, load_environment_files

logger = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
LOOPBACK = "127.0.0.1"
LARGEST_CALL_BYTES = 5_000_000

ACTIONS = (
    ActionBeginJourney,
    ActionCancelJourney,
    ActionChangeField,
    ActionCodeRefused,
    ActionEraseData,
    ActionEndJourney,
    ActionFileRequest,
    ActionGoOnInLanguage,
    ActionGreet,
    ActionGuide,
    ActionListRequests,
    ActionOfferData,
    ActionOfferTopics,
    ActionOpenTicket,
    ActionResendCode,
    ActionResumeJourney,
    ActionShowOrganisations,
    ActionShowStatus,
    ActionStartOver,
    ActionTakeUpRequest,
    ActionTellPlace,
    ActionTellPrivacy,
    ActionWithdrawRequest,
    ValidateAccessRequestForm,
    ValidateErasureForm,
    ValidateExportForm,
    ValidateListingForm,
    ValidateResumptionForm,
    ValidateSearchForm,
    ValidateStatusForm,
    ValidateTicketForm,
    ValidateWithdrawalForm,
)


def make_app(house: House, secret: str) -> Sanic[Any, Any]:
    """Return the server's application, closed to whoever lacks the secret."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action(house))
    app: Sanic[Any, Any] = Sanic("actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_CALL_BYTES
    expected = f"Bearer {secret}".encode()

    @app.on_request
    async def admit(request: Request) -> HTTPResponse | None:
        given = request.headers.get("authorization", "").encode()
        if hmac.compare_digest(given, expected):
            return None
        return json({"error": "unauthorised"}, status=401)

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.post("/webhook")
    async def run_action(request: Request) -> HTTPResponse:
        try:
            result = await executor.run(request.json)
        except ActionExecutionRejection as rejection:
            body = {"error": rejection.message, "action_name": rejection.action_name}
            return json(body, status=400)
        if result is None:
            return json({"error": "no_action_named"}, status=404)
        return json(result.model_dump())

    @app.exception(Exception)
    async def action_failed(request: Request, error: Exception) -> HTTPResponse:
        # An action commits last (actions/base.py), so what raised has saved nothing.
        status = error.status_code if isinstance(error, SanicException) else 500
        # The error's message may quote a person: its kind and place are logged, no more.
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("action failed: %s\n%s", type(error).__name__, place)
        return json({"error": "nothing_saved"}, status=status)

    return app


def main() -> int:
    """Serve until stopped and return the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    load_environment_files(ROOT)
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    app = make_app(House.from_settings(settings), settings.actions_secret)
    app.run(host=LOOPBACK, port=settings.actions_port, single_process=True, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
