"""Keeps the logs quiet: Rasa's debug and info lines quote what people typed."""

import logging

import structlog


def configure() -> None:
    """Log our own warnings, and of Rasa only errors."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("rasa").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
