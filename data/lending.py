"""How is something that is dear to make, and that only one may use at a time, shared by all sessions of a process?"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Lending:
    """Things by name, each made when first asked for. One in whose use a `spoiling` error was raised is made again."""

    def __init__(self, spoiling: type[Exception]) -> None:
        self._spoiling = spoiling
        self._things: dict[str, Any] = {}
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def lent(self, name: str, make: Callable[[], T]) -> Iterator[T]:
        """The thing of that name, for as long as the block runs; others who ask for it wait."""
        with self._turns[name]:
            if name not in self._things:
                self._things[name] = make()
            try:
                yield self._things[name]
            except self._spoiling:
                del self._things[name]
                raise
