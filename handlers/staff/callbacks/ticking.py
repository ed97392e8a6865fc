"""Calls that residents asked for, ticked off: somebody called, or tried in vain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.staff.desk import acts, noting
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from storage.audit import journal, scopes
from storage.audit.journal import CALLBACK, Subject
from storage.audit.scopes import Scope
from storage.counseling import callbacks
from storage.counseling.callbacks import Callback
from storage.database import Transaction

DONE, TRIED = "call-back", "try-to-call-back"
LISTED = Step("번호를 보려면", "calls")


def done(tx: Transaction, desk: Desk, numbers: Sequence[int], note: str = "") -> Told:
    """They were called, and leave the list. All of them or none."""
    _check(tx, numbers)
    written = noting.read(note)
    callbacks.end(tx, numbers, desk.now)
    facts = (f"메모: {written}",) if written else ()
    return Told(f"부탁받은 전화 {len(numbers)}건을 한 것으로 {desk.done('적었습니다', '적습니다')}.", facts)


def tried(tx: Transaction, desk: Desk, numbers: Sequence[int], note: str) -> Told:
    """Somebody called in vain: it stays on the list, with what was noted."""
    _check(tx, numbers)
    if not noting.read(note):
        example = Step("예", "calls", {"tried": list(numbers), "note": "받지 않음"})
        raise Declined("어떻게 되었는지 메모를 적어 주세요.", example)
    title = f"부탁받은 전화 {len(numbers)}건에 메모를 {desk.done('적었습니다', '적습니다')}."
    return Told(f"{title} 목록에는 그대로 있습니다.")


def _check(tx: Transaction, numbers: Sequence[int]) -> None:
    found = callbacks.with_ids(tx, numbers)
    problems = [f"전화 {number}: 두 번 적으셨습니다." for number, times in Counter(numbers).items() if times > 1]
    problems += [f"전화 {each}: {why}" for each in dict.fromkeys(numbers) if (why := _why_not(found.get(each)))]
    if problems:
        raise Declined("고칠 곳이 있어 아무것도 적지 않았습니다.", LISTED, items=problems)


def _why_not(one: Callback | None) -> str:
    if one is None:
        return "이런 번호의 부탁이 없습니다."
    if one.outcome == "withdrawn":
        return "부탁하신 분이 거두었습니다."
    return "이미 전화했습니다." if one.ended_at else ""


def notes(tx: Transaction, desk: Desk, ids: Sequence[int]) -> Mapping[int, str]:
    """By request, how often somebody called in vain, and what they noted last."""
    found = journal.standing(tx, TRIED, CALLBACK, ids)
    return {number: noting.noted(desk, entries) for number, entries in found.items()}


def _of(tx: Transaction, _: Desk, numbers: Sequence[int], **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    whose = journal.people(each.resident_id for each in callbacks.with_ids(tx, numbers).values())
    return scopes.of_callbacks(numbers), [*((CALLBACK, number) for number in numbers), *whose]


CALLED = acts.add(Act(DONE, "부탁받은 전화", done, _of))
TRY = acts.add(Act(TRIED, "부탁받은 전화 메모", tried, _of, repeats=True))
