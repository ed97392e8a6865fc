"""What the service owes residents: what is to go out, what is late, and what did not arrive."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from handlers.dialogue.organization import WAYS
from handlers.notices import kinds
from handlers.seating import lottery
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.notices import by_hand
from handlers.staff.notices.subjects import Subjects, subjects
from handlers.staff.persons import doubts
from handlers.staff.persons.who import WHO, who
from storage import reasons
from storage.database import Transaction
from storage.notices import backlog
from storage.notices.backlog import Listed
from storage.reasons import Reason
from storage.seating import duties
from storage.states import NoticeOutcome

SHOWN = 20  # rows of a section, unless everything is asked for
LATE = timedelta(minutes=10)
RECENT = timedelta(days=14)  # for so long it is told whose answer a channel has refused

KINDS = {kind.name: kind.title for kind in kinds.KINDS.values()}
"""What officers call each kind of notice."""
ANSWER = "대화의 답"
OFFERS = ("offer", "offer_lapsing")
ENDED: Sequence[NoticeOutcome] = ("unreached", "refused", "unknown")
COLUMNS = ("번호", "때", "알림", *WHO, "까닭", "메모")

REASONS = {
    Reason.NO_ADDRESS: "쓸 수 있는 대화방이 없음",
    Reason.UNREACHABLE: "대화방에서 막음",
    Reason.CHAT_BUSY: "대화방 차례를 기다림",
    Reason.TOLD_TO_WAIT: "잠시 기다리라는 답을 받음",
    Reason.UNKNOWN_TOKEN: "봇 토큰이 맞지 않음",
    Reason.NOT_SENT: "연결하지 못함",
    Reason.NO_ANSWER: "보냈지만 답을 받지 못함",
    Reason.INTERRUPTED: "보내는 사이에 프로그램이 멈춤",
    Reason.REFUSED: "받아 주지 않음",
    Reason.BUG: "프로그램 오류",
    Reason.TOO_OLD: "너무 늦어 보내지 않음",
    Reason.UNTRUE: "더는 맞지 않아 보내지 않음",
    Reason.OPTED_OUT: "수신 동의를 거둠",
    Reason.SWITCHED_OFF: "알림을 끔",
    Reason.TOLD_ALREADY: "같은 분의 다른 기록으로 이미 알림",
    Reason.BY_HAND: "담당자가 직접 알림",
    Reason.NO_RESULT: "보냈지만 결과를 받지 못함",
    Reason.UNRESOLVED: "함께 보낸 분 가운데 누구에게 닿지 않았는지 알 수 없음",
    Reason.CEILING: "알림 비용 한도에 닿아 소식을 멈춤",
    Reason.NO_TEMPLATE: "승인된 템플릿이 없음",
    Reason.NOT_ON_KAKAO: "이 번호로 카카오톡을 받지 않음",
    Reason.NO_BALANCE: "발송 업체의 잔액이 모자람",
}
"""Why something did not arrive, as officers read it."""


def show(tx: Transaction, desk: Desk, everything: bool) -> Told:
    """Counts, applications to look at, who was not reached and why, and courses that too few applied for.

    What isn't worth telling any more is only counted, unless everything is asked for.
    """
    waiting = {kind: count for (kind, outcome), count in backlog.counts(tx).items() if outcome == "owed"}
    named = ", ".join(f"{KINDS.get(kind, kind)} {count}건" for kind, count in sorted(waiting.items()))
    title = f"나갈 알림: {sum(waiting.values())}건{f' ({named})' if named else ''}"
    sections = _sections(tx, desk, everything)
    tables = [_section(tx, desk, name, rows, everything) for name, rows in sections if rows]
    past = 0 if everything else backlog.count_past(tx, desk.now, *ENDED)
    notes = (f"때가 지나 이제 알릴 필요가 없는 알림 {past}건은 뺐습니다.",) if past else ()
    steps = _steps([row for _, rows in sections for row in rows], bool(past) or any(table.left_out for table in tables))
    tables = [*doubts.to_check(tx, desk), *_to_draw(tx, desk), *tables, *_too_few(tx, desk)]
    if everything:
        tables += by_hand.told_lately(tx, desk, desk.now - RECENT)
    return Told(title, tables=tuple(tables), notes=notes, steps=tuple(steps))


def not_told(tx: Transaction, desk: Desk) -> Told:
    """Who was not reached and why, as far as it is worth telling still, to be told by hand."""
    found = [(name, rows) for name, rows in _sections(tx, desk, everything=False) if rows]
    tables = tuple(_section(tx, desk, name, rows, everything=False) for name, rows in found)
    return Told("닿지 않은 알림" if tables else "닿지 않은 알림이 없습니다.", tables=tables)


def _sections(tx: Transaction, desk: Desk, everything: bool) -> Sequence[tuple[str, Sequence[Listed]]]:
    offers = backlog.offers_out_of_reach(tx, desk.ways, desk.now)
    to_phone = {each.about for each in offers}
    listed = partial(backlog.with_outcome, tx, still=None if everything else desk.now)
    unreached = listed("unreached")
    return (
        ("자리 제안을 알릴 길이 없는 분 (적힌 기한 전에 전화해 주세요)", offers),
        (f"{LATE.seconds // 60}분 넘게 늦는 알림", backlog.overdue(tx, desk.now - LATE)),
        (
            "닿지 못한 알림 (다음 대화 때 먼저 보여 드립니다. 급하면 전화해 주세요)",
            [each for each in unreached if not (each.kind in OFFERS and each.about in to_phone)],
        ),
        ("거절된 알림", listed("refused")),
        (
            "닿았는지 알 수 없는 알림 (두 번 보내지 않으려고 다시 보내지 않았습니다)",
            listed("unknown"),
        ),
        (
            "보여 드리지 못한 답 (죄송하다는 말씀과 전화번호를 대신 보냈습니다)",
            backlog.refused_replies(tx, desk.now - RECENT),
        ),
    )


def _steps(rows: Sequence[Listed], is_shortened: bool) -> Iterator[Step]:
    number = next((row.id for row in rows if row.id), None)
    if number:
        yield Step("직접 알렸으면", "outbox", {"done": [number]})
        yield Step("전화했지만 닿지 않았으면", "outbox", {"tried": [number], "note": "받지 않음"})
    if is_shortened:
        yield Step("모두 보려면", "outbox", {"all": True})


def _section(tx: Transaction, desk: Desk, title: str, rows: Sequence[Listed], everything: bool) -> Table:
    shown = rows if everything else rows[:SHOWN]
    about = subjects(tx, [(row.kind, row.about) for row in shown])
    noted = by_hand.notes(tx, desk, [row.id for row in shown if row.id])
    cells = tuple(_row(desk, row, about, noted.get(row.id or 0, "")) for row in shown)
    return Table(cells, COLUMNS, title=f"{title}: {len(rows)}건", left_out=len(rows) - len(shown))


def _row(desk: Desk, row: Listed, about: Subjects, note: str) -> tuple[str, ...]:
    what = f"{KINDS.get(row.kind, ANSWER)} {about.get((row.kind, row.about), '')}".strip()
    why = reason(desk, row.reason) if row.reason else ""
    return str(row.id or "-"), desk.moment(row.due_at), what, *who(desk, row.resident_id, row), why, note


def reason(desk: Desk, written: str) -> str:
    """Why, in words; what a channel adds of its own is shown as it is."""
    why, detail = reasons.read(written)
    if why is Reason.UNREACHABLE and (detail in WAYS or detail in desk.organization.channels):
        return f"{desk.organization.way_called(detail)}에서 막음"
    return ": ".join(filter(None, (REASONS[why] if why else "", detail)))


def _to_draw(tx: Transaction, desk: Desk) -> Iterator[Table]:
    """Lotteries whose public value is out, or whose list can't be fixed as that would come out too late."""
    found = lottery.awaiting_value(tx, desk.now)
    if found:
        steps = tuple(Step("추첨하려면", "draw", {"course": each.code, "value": "나온 숫자"}) for each in found)
        rows = tuple((f"{called(each)}: {desk.organization.lottery.name}",) for each in found)
        yield Table(rows, title=f"공개값을 적으면 추첨하는 과정: {len(found)}개", steps=steps)
    late = lottery.out_of_time(tx, desk.organization, desk.now)
    if late:
        steps = tuple(Step("추첨하려면", "draw", {"course": each.code, "without_public_value": True}) for each in late)
        rows = tuple((f"{called(each)}:",) for each in late)
        yield Table(rows, title=f"공개값이 개강 뒤에 나와 저절로 추첨하지 못하는 과정: {len(late)}개", steps=steps)


def _too_few(tx: Transaction, desk: Desk) -> Iterator[Table]:
    found = duties.below_minimum(tx, desk.now, desk.today)
    if found:
        title = f"접수가 끝났는데 최소인원이 안 되는 과정: {len(found)}개"
        rows = tuple((f"{called(each)}: 최소 {each.minimum}명, 지금 {each.held}명.",) for each in found)
        yield Table(rows, title=title, steps=tuple(_closing(each.code) for each in found))


def _closing(code: str) -> Step:
    return Step("폐강하려면", "close-course", {"course": code, "reason": "신청 인원 부족"})
