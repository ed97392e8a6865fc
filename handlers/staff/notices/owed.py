"""What the service owes residents: what is to go out, what is late, and what did not arrive."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.language.phones import print_mobile
from handlers.notices import kinds
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called, command
from handlers.staff.notices.subjects import Subjects, subjects
from storage import courses, outbox
from storage.database import Transaction
from storage.outbox import Listed

SHOWN = 20  # lines in a section, unless everything is asked for
LATE = timedelta(minutes=10)

KINDS = {kind.name: kind.title for kind in kinds.KINDS.values()}
"""What officers call each kind of notice."""

REASONS = {
    "no address that can be written to": "쓸 수 있는 대화방이 없음",
    "the process ended while sending": "보내는 사이에 프로그램이 멈춤",
    "the chat has to wait": "대화방 차례를 기다림",
    "unreachable in telegram": "텔레그램에서 막음",
    "Telegram doesn't know our token": "봇 토큰이 맞지 않음",
    "RetryAfter": "텔레그램이 잠시 기다리라고 함",
}
"""Why something did not arrive, as officers read it; what else a channel says is shown as it is."""


def show(tx: Transaction, desk: Desk, everything: bool) -> list[str]:
    """For an officer: counts, then who was not reached and why, then courses that too few applied for."""
    waiting = {kind: count for (kind, outcome), count in outbox.counts(tx).items() if outcome == "owed"}
    named = ", ".join(f"{KINDS.get(kind, kind)} {count}건" for kind, count in sorted(waiting.items()))
    lines = [f"나갈 알림: {sum(waiting.values())}건{f' ({named})' if named else ''}"]
    sections = (
        (f"{LATE.seconds // 60}분 넘게 늦는 알림", outbox.overdue(tx, desk.now - LATE)),
        (
            "닿지 못한 알림 (다음 대화 때 먼저 보여 드립니다. 급하면 전화해 주세요)",
            outbox.with_outcome(tx, "unreached"),
        ),
        ("거절된 알림", outbox.with_outcome(tx, "refused")),
        ("닿았는지 알 수 없는 알림 (두 번 보내지 않으려고 다시 보내지 않았습니다)", outbox.with_outcome(tx, "unknown")),
    )
    for title, rows in sections:
        lines += _section(tx, desk, title, rows, everything)
    return lines + _too_few(tx, desk)


def _section(tx: Transaction, desk: Desk, title: str, rows: Sequence[Listed], everything: bool) -> list[str]:
    if not rows:
        return []
    shown = rows if everything else rows[:SHOWN]
    more = [f"  외 {len(rows) - len(shown)}건 (모두 보려면 --all)"] if len(rows) > len(shown) else []
    about = subjects(tx, [(row.kind, row.about) for row in shown])
    return ["", f"{title}: {len(rows)}건", *(_line(desk, row, about) for row in shown), *more]


def _line(desk: Desk, row: Listed, subjects: Subjects) -> str:
    who = f"{row.name or '이름 없음'} {print_mobile(row.mobile) if row.mobile else '번호 없음'}"
    what = f"{KINDS.get(row.kind, row.kind)} {subjects.get((row.kind, row.about), '')}".strip()
    why = f"  ({REASONS.get(row.reason, row.reason)})" if row.reason else ""
    return f"  {desk.moment(row.due_at)}  {what}  {who}{why}"


def _too_few(tx: Transaction, desk: Desk) -> list[str]:
    found = courses.below_minimum(tx, desk.now, desk.today)
    if not found:
        return []
    lines = [
        f"  {called(each)}: 최소 {each.minimum}명, 지금 {each.held}명. "
        f"폐강하려면: {command('close-course', each.code, '--reason', '신청 인원 부족')}"
        for each in found
    ]
    return ["", f"접수가 끝났는데 최소인원이 안 되는 과정: {len(found)}개", *lines]
