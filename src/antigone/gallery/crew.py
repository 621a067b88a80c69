"""A few threads for one search: FAISS works outside Python's lock, so parts of a scan run side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def together(threads: int, work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results in the order of the items; in this thread when one thread is all that is allowed."""
    if threads <= 1 or len(items) <= 1:
        return [work(item) for item in items]
    return list(_pool(threads, os.getpid()).map(work, items))


@lru_cache(maxsize=4)
def _pool(threads: int, process: int) -> ThreadPoolExecutor:  # a forked process has none of its parent's threads
    return ThreadPoolExecutor(threads, thread_name_prefix="antigone-gallery")
