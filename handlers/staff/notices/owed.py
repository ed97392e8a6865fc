"""What the service owes residents: what is to go out, what is late, and what did not arrive."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from handlers.language import dates
from handlers.language.phones import print_mobile
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called, command
from storage import courses, enrollments, outbox, reasons, rounds, sessions, surveys, talks
from storage.database import Transaction
from storage.reasons import Reason
from storage.rounds import Round

SHOWN = 20  # lines in a section, unless everything is asked for
LATE = timedelta(minutes=10)

KINDS = {
    "first_class": "첫 수업 안내",
    "day_before": "수업 하루 전",
    "two_hours_before": "수업 두 시간 전",
    "offer": "자리 제안",
    "offer_lapsing": "제안 기한 알림",
    "offer_lapsed": "제안 기한 지남",
    "last_call": "개강 직전 빈자리",
    "confirmed": "선정·접수",
    "waiting": "대기 순번",
    "not_selected": "미선정",
    "completed": "수료",
    "changed": "수업 변경",
    "closed": "폐강",
    "news": "강좌 소식",
    "followup_3": "수료 3개월 뒤",
    "followup_6": "수료 6개월 뒤",
    "talk_day_before": "상담 하루 전",
    "talk_moved": "상담 옮김",
    "talk_cancelled": "상담 취소",
    "jobs_daily": "일자리 소식(매일)",
    "jobs_weekly": "일자리 소식(매주)",
    "survey": "설문 열림",
    "survey_reminder": "설문 다시 알림",
    "survey_news": "수요조사 열림",
    "survey_reminder_news": "수요조사 다시 알림",
}
"""What officers call each kind of notice."""

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
}
"""Why something did not arrive, as officers read it."""

_OF_SESSION = ("first_class", "day_before", "two_hours_before")
_OF_COURSE = ("changed", "closed", "last_call")
_OF_SURVEY = ("survey", "survey_reminder", "survey_news", "survey_reminder_news")
_OF_TALK = ("talk_day_before", "talk_moved", "talk_cancelled")
_OF_NOTHING = ("news", "jobs_daily", "jobs_weekly")


def subject(tx: Transaction, kind: str, about: int) -> str:
    """What a notice speaks of."""
    if kind in _OF_NOTHING:
        return ""
    if kind in _OF_SESSION:
        session = sessions.find(tx, about)
        return f"{_course(tx, session.course_id)} {session.number}회차" if session else ""
    if kind in _OF_COURSE:
        return _course(tx, about)
    if kind in _OF_SURVEY:
        round_ = rounds.find(tx, about)
        return _survey(tx, round_) if round_ else ""
    if kind in _OF_TALK:
        talk = talks.find(tx, about)
        return dates.moment(talk.starts_at, "ko") if talk else ""
    enrollment = enrollments.find(tx, about)
    return _course(tx, enrollment.course_id) if enrollment else ""


def _course(tx: Transaction, course_id: int) -> str:
    course = courses.find(tx, course_id)
    return f"‘{course.title}’" if course else ""


def _survey(tx: Transaction, round_: Round) -> str:
    return _course(tx, round_.course_id) if round_.course_id else f"‘{surveys.find(tx, round_.survey_id).title.ko}’"


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


def _section(tx: Transaction, desk: Desk, title: str, rows: Sequence[Row[Any]], everything: bool) -> list[str]:
    if not rows:
        return []
    shown = rows if everything else rows[:SHOWN]
    more = [f"  외 {len(rows) - len(shown)}건 (모두 보려면 --all)"] if len(rows) > len(shown) else []
    return ["", f"{title}: {len(rows)}건", *(_line(tx, desk, row) for row in shown), *more]


def _line(tx: Transaction, desk: Desk, row: Row[Any]) -> str:
    who = f"{row.name or '이름 없음'} {print_mobile(row.mobile) if row.mobile else '번호 없음'}"
    about = subject(tx, row.kind, row.about)
    what = f"{KINDS.get(row.kind, row.kind)} {about}".strip()
    why = f"  ({reason(desk, row.reason)})" if row.reason else ""
    return f"  {desk.moment(row.due_at)}  {what}  {who}{why}"


def reason(desk: Desk, written: str) -> str:
    """Why, in words; what a channel adds of its own is shown as it is."""
    why, detail = reasons.read(written)
    if why is Reason.UNREACHABLE and detail in desk.house.channels:
        return f"{desk.house.channels[detail].name}에서 막음"
    return ": ".join(filter(None, (REASONS[why] if why else "", detail)))


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
