"""What can go wrong on purpose: refusals, broken answers, silence and cut connections, before or after the effect."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.support.botapi.errors import OTHER_POLLER, ApiError, bad_request, too_many_requests

Kind = Literal[400, 401, 403, 404, 409, 429, 500, 502, "timeout", "reset", "garbage", "migrate"]

BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
GARBAGE = '{"ok":true,"result":{"message_id":12'


@dataclass
class Fault:
    method: str
    kind: Kind
    times: int | None = 1
    after: bool = False
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float | None = None
    description: str | None = None
    migrate_to: int = -1001
    spares: int = 0  # so many calls before it go well
    over: asyncio.Event = field(default_factory=asyncio.Event)  # set: what hangs goes on

    def __post_init__(self) -> None:
        assert self.kind in (*_REFUSALS, 429, 502, "timeout", "reset", "garbage", "migrate"), self.kind

    def strikes(self, method: str, params: dict[str, Any]) -> bool:
        if self.times == 0 or self.method not in ("*", method):
            return False
        if self.chat_id is not None and str(params.get("chat_id")) != str(self.chat_id):
            return False
        self.spares -= 1
        return self.spares < 0

    def refusal(self) -> ApiError:
        if self.kind == 429:
            return too_many_requests(self.retry_after)
        if self.kind == "migrate":
            reason = "group chat was upgraded to a supergroup chat"
            return ApiError(400, bad_request(reason).description, migrate_to_chat_id=self.migrate_to)
        assert isinstance(self.kind, int)
        return ApiError(self.kind, self.description or _REFUSALS[self.kind])


_REFUSALS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: OTHER_POLLER,
    500: "Internal Server Error",
}


@dataclass
class Chaos:
    """Random faults, the same for the same seed and the same order of calls."""

    rate: float
    seed: int = 0
    kinds: tuple[Kind, ...] = (429, 500, 502, "timeout", "reset", "garbage")
    methods: tuple[str, ...] = ()
    after_rate: float = 0.5
    seconds: float | None = None
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def strike(self, method: str) -> Fault | None:
        if (self.methods and method not in self.methods) or self._dice.random() >= self.rate:
            return None
        kind = self._dice.choice(self.kinds)
        after = kind not in (401, 403, 404, 409, 429) and self._dice.random() < self.after_rate
        return Fault(method, kind, after=after, seconds=self.seconds)


@dataclass
class Faults:
    planned: list[Fault] = field(default_factory=list)
    chaos: Chaos | None = None
    latencies: dict[str, float] = field(default_factory=dict)
    struck: int = 0

    def keeps_silent(self, chat_id: Any) -> bool:
        """Whether what is sent to this chat will hang for ever."""
        return any(fault.kind == "timeout" and fault.chat_id == chat_id for fault in self.planned)

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        fault = self._planned(method, params) or (self.chaos and self.chaos.strike(method)) or None
        self.struck += fault is not None
        return fault

    def latency(self, method: str) -> float:
        return self.latencies.get(method, self.latencies.get("*", 0.0))

    def _planned(self, method: str, params: dict[str, Any]) -> Fault | None:
        fault = next((fault for fault in self.planned if fault.strikes(method, params)), None)
        if fault is None or fault.times is None:
            return fault
        fault.times -= 1
        if fault.times == 0:
            self.planned.remove(fault)
        return fault
