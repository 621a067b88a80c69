"""How often a token may ask: a bucket of requests for each, filled steadily.

ninja's own throttle keeps the request's key on an object that all threads share, so that two tokens asking at once
can be counted as one.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

# A program that walks a long list sends ten requests a second; more at once only fills the queue of the others.
A_SECOND = 10.0
AT_ONCE = 120

# Buckets of tokens that stopped asking are full again and need not be kept.
MOST_KEPT = 10_000


class Rates:
    """Buckets by token, within one process."""

    def __init__(
        self, a_second: float = A_SECOND, at_once: float = AT_ONCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.a_second, self.at_once, self.clock = a_second, at_once, clock
        self._lock = threading.Lock()
        self._buckets: dict[int, tuple[float, float]] = {}

    def wait(self, token: int) -> int:
        """Take one request from the token's bucket: 0, or the seconds to wait when there is none."""
        now = self.clock()
        with self._lock:
            level, since = self._buckets.get(token, (self.at_once, now))
            level = min(self.at_once, level + (now - since) * self.a_second)
            if level < 1:
                return math.ceil((1 - level) / self.a_second)
            if len(self._buckets) >= MOST_KEPT:
                self._forget(now)
            self._buckets[token] = (level - 1, now)
        return 0

    def _forget(self, now: float) -> None:
        full = self.at_once / self.a_second
        self._buckets = {token: kept for token, kept in self._buckets.items() if now - kept[1] < full}
