"""What can go wrong on purpose: refusals, broken answers, silence and cut connections, before or after the effect."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[400, 401, 403, 404, 429, 500, 502, "fail", "quota", "timeout", "reset", "garbage"]
BEFORE_ONLY = (400, 401, 403, 404, 429, "fail", "quota")  # these tell that nothing was done

ANSWERS: dict[Any, tuple[int, dict[str, Any]]] = {
    400: (400, {"msg": "bad request", "code": -2}),
    401: (401, {"msg": "this access token does not exist", "code": -401}),
    403: (403, {"msg": "NotAuthorizedError", "code": -5}),
    404: (404, {"msg": "not found", "code": -404}),
    429: (429, {"msg": "API limit has been exceeded", "code": -10}),
    500: (500, {"msg": "internal server error", "code": -1}),
    "fail": (200, {"taskId": "", "status": "FAIL", "message": "wallet is not available", "timestamp": 1728382106745}),
    "quota": (400, {"msg": "API limit has been exceeded", "code": -10}),
}


@dataclass
class Fault:
    """For so many calls of a kind ("talk", "task" or "*"), or, with `user`, those that name somebody."""

    call: str
    kind: Kind
    times: int | None = 1
    after: bool = False
    user: str = ""
    retry_after: str = ""
    over: asyncio.Event = field(default_factory=asyncio.Event)  # set: what hangs goes on

    def __post_init__(self) -> None:
        assert self.kind in (*ANSWERS, 502, "timeout", "reset", "garbage"), self.kind
        assert not (self.after and self.kind in BEFORE_ONLY), "it tells that nothing was done"

    def strikes(self, call: str, users: tuple[str, ...]) -> bool:
        return self.times != 0 and self.call in ("*", call) and (not self.user or self.user in users)


@dataclass
class Chaos:
    """Random faults, the same for the same seed and the same order of calls."""

    rate: float
    seed: int = 0
    kinds: tuple[Kind, ...] = (429, 500, 502, "reset", "garbage")
    calls: tuple[str, ...] = ("talk", "task")
    after_rate: float = 0.5
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def strike(self, call: str) -> Fault | None:
        if call not in self.calls or self._dice.random() >= self.rate:
            return None
        kind = self._dice.choice(self.kinds)
        after = kind not in BEFORE_ONLY and self._dice.random() < self.after_rate
        return Fault(call, kind, after=after)


@dataclass
class Faults:
    planned: list[Fault] = field(default_factory=list)
    chaos: Chaos | None = None
    struck: int = 0

    def take(self, call: str, users: tuple[str, ...]) -> Fault | None:
        fault = next((each for each in self.planned if each.strikes(call, users)), None)
        if fault and fault.times is not None:
            fault.times -= 1
        fault = fault or (self.chaos.strike(call) if self.chaos else None)
        self.struck += fault is not None
        return fault
