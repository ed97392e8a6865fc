"""What a check found, in the operator's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What is wrong says in its finding what to do."""

    name: str
    is_good: bool
    finding: str
