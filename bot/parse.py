"""Prints what the model understands of each line of a file, as JSON lines."""

import asyncio
import json
import os
import sys
from typing import Any

from rasa.core.agent import Agent


def print_parsed(path: str) -> int:
    """Print one JSON object a line of ``path``: text, intent, confidence, language, entities.

    What is printed is the graph's understanding of the line alone, before any router.
    Returns the exit code.
    """
    model_path = os.environ.get("MODEL_PATH")
    if not model_path:
        sys.stderr.write("MODEL_PATH is not set: use `make parse FILE=…`.\n")
        return 1
    agent = Agent.load(model_path)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            text = line.strip().lstrip("/").strip()
            if text:
                parsed = asyncio.run(agent.parse_message(text))
                sys.stdout.write(json.dumps(_summary(text, parsed), ensure_ascii=False) + "\n")
    return 0


def _summary(text: str, parsed: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": text,
        "intent": parsed["intent"]["name"],
        "confidence": round(parsed["intent"]["confidence"], 4),
        "language": parsed["language"]["name"],
        "entities": [
            {key: entity[key] for key in ("entity", "value", "start", "end")}
            for entity in parsed["entities"]
        ],
    }
