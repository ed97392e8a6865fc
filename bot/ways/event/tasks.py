"""What became of a call: whom it reached, as far as that is told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot import traits
from bot.ways.results import Result
from storage import reasons
from storage.reasons import Reason
from storage.ways.dispatches import Dispatch, DispatchOutcome

DONE = "ALL SUCCESS"
DETAIL = 200
NOBODY = reasons.write(Reason.UNREACHABLE, traits.KAKAO)
Digest = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """Of the task of one call: `failed` has the users that are named, with what is said of each.

    Of those whose keys lead to nobody any more only the number is told; `nameless` counts all that failed unnamed.
    """

    is_over: bool
    known: int
    requested: int
    succeeded: int
    unresolved: int
    nameless: int
    failed: dict[str, str]


def read(body: dict[str, Any], without_secrets: Callable[..., str]) -> Told:
    """Loosely: names and forms have changed before."""
    fail = body.get("fail")
    fail = fail if isinstance(fail, dict) else {}
    named = fail.get("list")
    named = [each for each in named if isinstance(each, dict)] if isinstance(named, list) else []
    said = {user: _said(each.get("errorMsg")) for each in named for user in _user(each)}
    failed = {user: without_secrets(words, *said)[:DETAIL] for user, words in said.items()}
    counts = (_count(body.get(name)) for name in ("allRequestCount", "successCount", "userKeyResolvingFailCount"))
    requested, succeeded, unresolved = counts
    failures = max(len(failed), _count(fail.get("count")))
    nameless = unresolved + failures - len(failed)
    is_over = body.get("status") == DONE
    return Told(is_over, succeeded + unresolved + failures, requested, succeeded, unresolved, nameless, failed)


def results(told: Told, left: Sequence[Dispatch], digest: Digest) -> list[Result]:
    """What became of those who were in the call; nothing before all is known that ever will be."""
    if not told.is_over and (not told.known or told.known < max(told.requested, len(left))):
        return []
    failed = {digest(user): said for user, said in told.failed.items()}
    others = sum(each.message_id not in failed for each in left)
    rest = _rest(told, others)
    return [
        Result(each.id, "failed", reasons.write(Reason.REFUSED, failed[each.message_id]))
        if each.message_id in failed
        else Result(each.id, *rest)
        for each in left
    ]


def leads_to_nobody(result: Result) -> bool:
    return result.outcome == "failed" and result.reason == NOBODY


def _rest(told: Told, others: int) -> tuple[DispatchOutcome, str | None]:
    """What became of each of those who aren't named: where some of them failed, nobody can tell which."""
    if not told.nameless:
        return "delivered", None
    if told.succeeded:
        return "unknown", reasons.write(Reason.UNRESOLVED, f"{told.nameless}/{told.succeeded + told.nameless}")
    return "failed", NOBODY if told.unresolved >= others else Reason.REFUSED


def _user(each: dict[str, Any]) -> Iterator[str]:
    found = each.get("userId") or each.get("userID")
    if isinstance(found, str | int):
        yield str(found)


def _said(error: Any) -> str:
    if isinstance(error, dict):
        error = " ".join(str(error[name]) for name in ("errorType", "msg") if error.get(name))
    return str(error or "")


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
