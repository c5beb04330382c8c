"""The one way in which starting fails."""


class CannotStart(Exception):
    """The house cannot start; the message is one plain line: what, and what to do."""
