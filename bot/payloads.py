"""Reads the payload of a button, or of our own server, as Rasa's parse data."""

import json
import re
from typing import Any

PAYLOAD = re.compile(r"^/(?P<intent>\w+)(?P<entities>\{.*\})?$", re.DOTALL)


def parse_payload(payload: str) -> dict[str, Any]:
    """Return Rasa's parse data for a payload that our own server or button made.

    Raises ``ValueError`` for what is not ``/intent`` or ``/intent{"entity": "value"}``.
    """
    match = PAYLOAD.match(payload)
    if not match:
        raise ValueError("not a payload")
    intent = {"name": match["intent"], "confidence": 1.0}
    values = json.loads(match["entities"] or "{}")
    return {
        "text": payload,
        "intent": intent,
        "topic": intent,
        "intent_ranking": [intent],
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "payload"}
            for name, value in values.items()
        ],
    }


def is_payload(text: str) -> bool:
    """Say whether ``parse_payload`` can read ``text``."""
    try:
        parse_payload(text)
    except ValueError:
        return False
    return True
