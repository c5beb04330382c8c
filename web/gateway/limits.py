"""How often a session and an address may ask (moving windows, in this process's memory)."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from web.gateway.errors import GatewayError

# Ministries share one address: wide enough for a training room, far below a flood.
OPENINGS_PER_ADDRESS = "120/minute"


class Limits:
    """The rates of one gateway process; each method raises `GatewayError` too_many_requests."""

    def __init__(self, session_rate: str, address_rate: str) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._session_rate = parse(session_rate)
        self._address_rate = parse(address_rate)
        self._opening_rate = parse(OPENINGS_PER_ADDRESS)

    def count_in_session(self, conversation_id: str, address: str) -> None:
        """One request of a session: the session's limit first, so that one busy session does not
        use up what its neighbours behind the same address share."""
        self._count(self._session_rate, "session", conversation_id)
        self.count_for_address(address)

    def count_opening(self, address: str) -> None:
        """One session asked for."""
        self._count(self._opening_rate, "opening", address)
        self.count_for_address(address)

    def count_for_address(self, address: str) -> None:
        """One request of an address."""
        self._count(self._address_rate, "address", address)

    def _count(self, rate: RateLimitItem, kind: str, who: str) -> None:
        if self._limiter.hit(rate, kind, who):
            return
        free_at = self._limiter.get_window_stats(rate, kind, who).reset_time
        seconds = max(1, math.ceil(free_at - time.time()))
        raise GatewayError("too_many_requests", retry_after=seconds, seconds=seconds)
