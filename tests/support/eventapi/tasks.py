"""What became of each call, and how it is told: late, in part, by names or by numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Task:
    """`asks_left`: so many questions are answered as if it weren't over yet. One that is lost is known no more."""

    id: str
    users: Sequence[str]
    unresolved: Sequence[str]
    failed: dict[str, str]
    asks_left: int = 0
    is_lost: bool = False
    asked: int = 0
    reached: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.reached = [user for user in self.users if user not in self.unresolved and user not in self.failed]

    @property
    def is_over(self) -> bool:
        return self.asks_left <= 0

    def told(self, is_old_style: bool) -> dict[str, Any]:
        self.asked += 1
        if not self.is_over:
            self.asks_left -= 1
            return {"taskId": self.id, "status": "PROCESSING", "allRequestCount": len(self.users), "successCount": 0}
        lost = len(self.unresolved) + len(self.failed)
        named = [_named(user, words, is_old_style) for user, words in self.failed.items()]
        return {
            "taskId": self.id,
            "status": f"{lost} FAIL" if lost else "ALL SUCCESS",
            "allRequestCount": len(self.users),
            "successCount": len(self.reached),
            "userKeyResolvingFailCount": len(self.unresolved),
            "fail": {"count": len(named), "list": named},
        }


def _named(user: str, words: str, is_old_style: bool) -> dict[str, Any]:
    if is_old_style:
        return {"userID": user, "errorMsg": words}
    error = {"errorType": 201, "msg": words}
    return {"userId": user, "reqUserType": "botUserKey", "createdAt": 1728531719, "errorMsg": error}
