"""What KakaoTalk would refuse, cut off or make ambiguous, and where in the answer it stands."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["ERROR", "TRUNCATED"]


@dataclass(frozen=True)
class Finding:
    """ERROR: KakaoTalk shows no bubble, or one that misleads. TRUNCATED: it cuts or folds what was said."""

    severity: Severity
    where: str
    what: str


@dataclass(frozen=True)
class Place:
    """A place in the answer; `place / "items" / 2` is a place below it."""

    where: str
    found: list[Finding]

    def __truediv__(self, key: str | int) -> "Place":
        if isinstance(key, int):
            return Place(f"{self.where}[{key}]", self.found)
        return Place(f"{self.where}.{key}" if self.where else key, self.found)

    def error(self, what: str) -> None:
        self.found.append(Finding("ERROR", self.where, what))

    def truncated(self, what: str) -> None:
        self.found.append(Finding("TRUNCATED", self.where, what))
