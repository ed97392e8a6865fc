"""Who has shown a sign of life, and who hasn't for too long."""

import time
from collections.abc import Callable
from datetime import timedelta

from bot import metrics


class Heartbeats:
    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._allowed: dict[str, float] = {}
        self._others: list[Callable[[], str]] = []

    def expect(self, name: str, within: timedelta) -> None:
        """From now on silence for longer than `within` is a fault."""
        self._allowed[name] = within.total_seconds()
        self.beat(name)

    def beat(self, name: str) -> None:
        self._last[name] = time.monotonic()

    def heed(self, fault: Callable[[], str]) -> None:
        """From now on what it tells is a fault; "" is none."""
        self._others.append(fault)

    def faults(self) -> list[str]:
        """One line for each that is silent, and for whatever is heeded; metrics are brought up to date on the way."""
        found = []
        for name, allowed in self._allowed.items():
            age = time.monotonic() - self._last[name]
            metrics.HEARTBEAT.labels(name).set(age)
            if age > allowed:
                found.append(f"{name}: silent for {age:.0f} s")
        return [*found, *filter(None, (fault() for fault in self._others))]
