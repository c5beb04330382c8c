"""What the actions have in common: they end in one transaction, or change nothing."""

import asyncio
from abc import abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions.house import House
from actions.turn import Events, Turn


class PlainAction(Action):  # type: ignore[misc]  # rasa-sdk carries no types
    """An action that needs no register."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        """Act on the turn and return Rasa's events."""
        return self.act(Turn(dispatcher, tracker))

    @abstractmethod
    def act(self, turn: Turn) -> Events:
        """Do the work, say its result, return the events."""


class RegisterAction(Action):  # type: ignore[misc]  # rasa-sdk carries no types
    """An action on the register, run beside the event loop in one transaction.

    The commit is the last thing that happens: whatever is raised before it has undone
    all, so that the action server can truly say "nothing was saved".
    """

    def __init__(self, house: House) -> None:
        self.house = house

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        """Act on the turn in one transaction and return Rasa's events."""
        return await asyncio.to_thread(self._run, Turn(dispatcher, tracker))

    def _run(self, turn: Turn) -> Events:
        with self.house.database.transaction() as session:
            return self.act(session, turn)

    @abstractmethod
    def act(self, session: Session, turn: Turn) -> Events:
        """Do the work, say its result, return the events."""
