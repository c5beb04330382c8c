"""Trains the model, and asks Rasa whether data, domain and rules fit together."""

import sys
from pathlib import Path

from rasa.model_training import train as train_model
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

TRAINING_DATA = ["data/nlu", "data/rules", "data/stories", "data/responses"]


def train(model_file: str) -> int:
    """Train the model into ``model_file``. Returns the exit code."""
    target = Path(model_file)
    result = train_model(
        domain="domain.yml",
        config="config.yml",
        training_files=TRAINING_DATA,
        output=str(target.parent),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code or not target.exists():
        sys.stderr.write("The training failed.\n")
        return 1
    return 0


def check() -> int:
    """Run Rasa's own checks of the training data. Returns the exit code."""
    importer = TrainingDataImporter.load_from_config("config.yml", "domain.yml", TRAINING_DATA)
    validator = Validator.from_importer(importer)
    checks = (
        validator.verify_domain_validity(),
        validator.verify_intents(ignore_warnings=True),
        validator.verify_utterances_in_stories(ignore_warnings=True),
        validator.verify_story_structure(ignore_warnings=False),
    )
    return 0 if all(checks) else 1
