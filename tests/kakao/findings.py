"""What KakaoTalk would refuse, cut off or make ambiguous, and where in the answer it stands."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["ERROR", "TRUNCATED"]


@dataclass(frozen=True, order=True)
class Finding:
    """ERROR: KakaoTalk shows no bubble, or a misleading one. TRUNCATED: it cuts or folds what was said."""

    severity: Severity
    where: str
    what: str
