"""What officers tell by hand, mostly by telephone: then it is told, by nobody else and not again; or tried in vain."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.staff.desk import acts, noting
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from storage.audit import journal, scopes
from storage.audit.journal import NOTICE, Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.notices import outbox
from storage.notices.outbox import Owed

DONE, TRIED = "tell-by-hand", "try-by-hand"
LISTED = Step("번호를 보려면", "outbox")


def done(tx: Transaction, desk: Desk, numbers: Sequence[int], note: str = "") -> Told:
    """These were told by an officer: they leave the list, and no chat tells them again. All of them or none."""
    _check(tx, numbers)
    written = noting.read(note)
    for each in numbers:
        outbox.settle_by_hand(tx, each, desk.now)
    facts = ("대화에서 다시 알리지 않습니다.", *([f"메모: {written}"] if written else []))
    return Told(f"알림 {len(numbers)}건을 직접 알린 것으로 {desk.done('적었습니다', '적습니다')}.", facts)


def tried(tx: Transaction, desk: Desk, numbers: Sequence[int], note: str) -> Told:
    """Somebody called in vain: it stays on the list, with what was noted, and is told first in the next chat."""
    _check(tx, numbers)
    if not noting.read(note):
        example = Step("예", "outbox", {"tried": list(numbers), "note": "받지 않음"})
        raise Declined("어떻게 되었는지 메모를 적어 주세요.", example)
    return Told(f"알림 {len(numbers)}건에 메모를 {desk.done('적었습니다', '적습니다')}. 목록에는 그대로 있습니다.")


def _check(tx: Transaction, numbers: Sequence[int]) -> None:
    found = outbox.with_ids(tx, numbers)
    problems = [f"알림 {number}: 두 번 적으셨습니다." for number, times in Counter(numbers).items() if times > 1]
    problems += [f"알림 {each}: {why}" for each in dict.fromkeys(numbers) if (why := _why_not(found.get(each)))]
    if problems:
        raise Declined("고칠 곳이 있어 아무것도 적지 않았습니다.", LISTED, items=problems)


def _why_not(one: Owed | None) -> str:
    if one is None:
        return "이런 번호의 알림이 없습니다."
    if one.seen_at:
        return "이미 알렸습니다."
    if one.outcome is None and one.started_at:
        return "지금 보내고 있습니다. 잠시 뒤에 다시 보아 주세요."
    if one.outcome == "sent":
        return "이미 보냈습니다."
    if one.outcome in ("cancelled", "expired"):
        return "이제 보내지 않는 알림입니다."
    return ""


# --- what officers read of it ---


def notes(tx: Transaction, desk: Desk, ids: Sequence[int]) -> Mapping[int, str]:
    """By notice, how often somebody called in vain, and what they noted last."""
    found = journal.standing(tx, TRIED, NOTICE, ids)
    return {notice: noting.noted(desk, entries) for notice, entries in found.items()}


def told_lately(tx: Transaction, desk: Desk, since: datetime) -> Iterator[Table]:
    found = journal.standing_since(tx, DONE, since)
    rows = tuple(
        (str(each.id), desk.moment(each.at), each.officer.name, f"{len(each.args['numbers'])}건", _note(each))
        for each in found
    )
    if rows:
        columns = ("되돌릴 번호", "때", "한 사람", "알림", "메모")
        yield Table(rows, columns, title=f"최근에 직접 알린 것: {len(rows)}번")


def _note(entry: Entry) -> str:
    return str(entry.args.get("note", ""))


# --- as acts ---


def _of(tx: Transaction, _: Desk, numbers: Sequence[int], **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    whose = journal.people(each.resident_id for each in outbox.with_ids(tx, numbers).values())
    return scopes.of_notices(numbers), [*((NOTICE, number) for number in numbers), *whose]


BY_HAND = acts.add(Act(DONE, "직접 알림", done, _of))
TRY = acts.add(Act(TRIED, "연락 메모", tried, _of, repeats=True))
