"""Lets one conversation take one turn at a time, within this one process.

Rasa's own lock waits by looking again every second, and its tickets expire while an
action may still run. Here the next turn starts when the one before it ends.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class ConversationLocks(LockStore):
    """One asyncio lock a conversation, forgotten when nobody holds or awaits it."""

    def __init__(self, endpoint_config: Any = None) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter = Counter()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold the conversation; whoever comes next waits for its turn."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._users[conversation_id] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[conversation_id] -= 1
            if not self._users[conversation_id]:
                del self._users[conversation_id], self._locks[conversation_id]
