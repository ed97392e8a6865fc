"""Taking in a sender's results: seen first, then each row as it says; what it says nothing of stays open."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import NOBODY, Listing, Step, Table, Told
from handlers.staff.notices.owed import reason
from handlers.staff.ways.files import reading, showing
from handlers.staff.ways.files.matching import Matched, match
from handlers.staff.ways.files.reading import Files
from handlers.staff.ways.files.showing import MOBILE, NAME, NUMBER
from storage.audit import journal
from storage.audit.journal import NOTICE, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.ways import files as sent
from storage.ways import outcomes
from storage.ways.files import PushFile

SHOWN = 50


def check(tx: Transaction, desk: Desk, number: int, files: Files, **_: object) -> Told:
    """What it would change, without doing it."""
    one, found, notes = _plan(tx, desk, number, files)
    told = _told(desk, one, found, notes)
    if found.problems:
        return Told(_refused(one, found), tables=(Listing(tuple(found.problems)),), notes=told.notes, is_good=False)
    if not found.taken:
        return Told(f"{_about(one)} 반영할 결과가 없습니다.", tables=told.tables, notes=told.notes, is_good=False)
    return replace(told, reach=NOBODY, steps=())


def bring_in(tx: Transaction, desk: Desk, number: int, files: Files, **_: object) -> Told:
    one, found, notes = _plan(tx, desk, number, files)
    if found.problems:
        raise Declined(_refused(one, found), items=found.problems)
    if not found.taken:
        raise Declined(f"{_about(one)} 반영할 결과가 없습니다.", items=[*found.told, *notes])
    for row, said in found.taken:
        outcomes.tell(
            tx, row, "delivered" if said.became == "delivered" else "failed", desk.now, said.reason, said.is_text
        )
    return _told(desk, one, found, notes)


def _plan(tx: Transaction, desk: Desk, number: int, files: Files) -> tuple[PushFile, Matched, Sequence[str]]:
    one = showing.found(tx, number)
    if one.withdrawn_at:
        raise Declined(f"발송 파일 {number}번: 보내지 않았다고 거둔 파일입니다.")
    read = reading.read(files)
    rows = sent.rows_of(tx, number)
    others = sent.whose_files(tx, [each.number for each in read.lines if each.number is not None])
    return one, match(desk, rows, read.lines, others), read.notes


def _about(one: PushFile) -> str:
    return f"발송 파일 {one.id}번({one.name}):"


def _refused(one: PushFile, found: Matched) -> str:
    return f"{_about(one)} 고칠 곳이 {len(found.problems)}군데 있어 아무것도 반영하지 않았습니다."


def _told(desk: Desk, one: PushFile, found: Matched, notes: Sequence[str]) -> Told:
    failed = [(row, said) for row, said in found.taken if said.became == "failed"]
    counts = [f"성공 {len(found.taken) - len(failed)}건", f"실패 {len(failed)}건"]
    counts += [f"결과가 없는 줄 {len(found.missing)}건"] if found.missing else []
    rows = tuple(
        (str(row.dispatch_id), *showing.who(desk, row), reason(desk, said.reason or "")) for row, said in failed
    )
    columns = (NUMBER, NAME, MOBILE, "까닭")
    tables = [Table(rows, columns, title="실패: 전화 명단으로 갑니다").first(SHOWN)] if rows else []
    missing = tuple((str(row.dispatch_id), *showing.who(desk, row)) for row in found.missing)
    tables += [Table(missing, columns[:3], title="결과가 없는 줄: 그대로 둡니다").first(SHOWN)] if missing else []
    listed = [Listing(tuple(found.told), title="반영하지 않는 줄").first(SHOWN)] if found.told else []
    steps = (Step("전화할 분을 보려면", "outbox"),) if failed else ()
    title = f"{_about(one)} {', '.join(counts)}입니다."
    return Told(title, tables=(*tables, *listed), notes=(*found.notes, *notes), steps=steps)


def _scope(tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    sent.lock(tx, number)
    return outcomes.results_of(number), of_notices(tx, number)


def of_notices(tx: Transaction, number: int) -> Sequence[Subject]:
    rows = sent.rows_of(tx, number)
    notices = [(NOTICE, each.notice_id) for each in rows if each.notice_id]
    return [*notices, *journal.people(each.resident_id for each in rows if each.resident_id)]


RESULTS = acts.add(Act("push-results", "발송 결과", bring_in, _scope, repeats=True, check=check))
