"""Each kind of outage of each service outside, as its double has it."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.soak.city import City

KINDS: dict[str, tuple[Any, ...]] = {
    "telegram": (401, 404, 409, 429, 500, 502, "reset", "garbage", "timeout"),
    "event": (401, 403, 404, 429, 500, 502, "fail", "quota", "reset", "garbage", "timeout"),
    "alimtalk": (401, 403, 404, 429, 500, "reset", "garbage", "timeout"),
}
TELL_BEFORE = (401, 403, 404, 409, 429, "fail", "quota")  # by these nothing was done
METHODS = {"telegram": ("*", "sendMessage", "getUpdates"), "event": ("*", "talk", "task"), "alimtalk": ("*", "send")}


@contextmanager
def outage(city: City, service: str, kind: Any, dice: random.Random) -> Iterator[str]:
    """Until it ends every call fails so, before its effect or after it."""
    double: Any = {"telegram": city.api, "event": city.event, "alimtalk": city.dealer}[service]
    after = kind not in TELL_BEFORE and dice.random() < 0.5
    method = dice.choice(METHODS[service])
    fault = double.fail(method, kind, None, after=after)
    before = double.faults.struck
    try:
        yield f"{service} {method} {kind}{' after it was done' if after else ''}"
    finally:
        city.counts[f"faults of {service}"] += double.faults.struck - before
        fault.over.set()
        double.faults.planned.remove(fault)


async def away(city: City, dice: random.Random) -> None:
    """Telegram's server doesn't answer at all, and comes back at the same address."""
    port = int(city.api.url.rsplit(":", 1)[1])
    await city.api.stop()
    await asyncio.sleep(dice.uniform(1, 5))
    await city.api.start(port)
    city.counts["faults of telegram"] += 1
