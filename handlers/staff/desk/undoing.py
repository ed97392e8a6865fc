"""Undoing an act: nobody hears of it as long as nobody was told; later those who were are told the correction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from handlers.language.letters.widths import within
from handlers.notices.kinds import KINDS
from handlers.staff.desk.acts import Act, DoneAlready, acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import reach
from handlers.staff.desk.told import Step, Table, Told
from storage.audit import changes, journal
from storage.audit.changes import Change
from storage.audit.journal import COURSE, ENROLLMENT, Entry
from storage.database import Transaction
from storage.notices import owing
from storage.seating import enrollments
from storage.teaching import courses

UNDO = "undo"
SHOWN = 20
SHORT = 60  # letters of what was asked for
WORTH_TELLING = timedelta(days=7)


def recent(tx: Transaction, desk: Desk) -> Told:
    """The last acts that can be undone, the newest first."""
    found = journal.recent(tx, SHOWN)
    if not found:
        return Told("되돌릴 수 있는 일이 없습니다.")
    rows = tuple((str(each.id), desk.moment(each.at), each.officer.name, *_shown(tx, each)) for each in found)
    table = Table(rows, ("번호", "때", "한 사람", "한 일", "지금"))
    return Told("최근에 한 일입니다.", tables=(table,), steps=(Step("되돌리려면", UNDO, {"entry": found[0].id}),))


def undo(tx: Transaction, desk: Desk, entry: int) -> Told:
    """Put everything back as it was before an act; declined when somebody has changed it since."""
    found, act = _undoable(tx, desk, entry)
    was_heard = bool(act.before_undo and act.before_undo(tx, desk, found))
    _lock(tx, found)
    about = _about(tx, found)
    found = _unchanged(tx, found, act)
    _put_back(tx, found, act)
    told_of = _withdraw(tx, found, act)
    subjects = [*journal.subjects_of(found.changes), *journal.people_of(tx, entry)]
    undone = journal.add(tx, desk.officer, UNDO, {"entry": entry}, desk.now, subjects=subjects, undoes=entry)
    for kind, concerned in told_of.items():
        _correct(tx, desk, undone, kind, sorted(set(concerned)))
    residents = sorted({resident for concerned in told_of.values() for _, resident in concerned})
    title = f"{act.title}({about}): {desk.done('되돌렸습니다', '되돌립니다')}."
    if was_heard:
        return Told(title, notes=("이미 알린 대화에는 바로잡는 안내를 보냅니다.",))
    if not residents:
        return Told(title, notes=("아직 아무에게도 알리지 않았습니다.",) if act.tells else ())
    notes = ("이미 알린 분께는 바로잡는 안내를 보냅니다.",)
    return Told(title, notes=notes, reach=reach(tx, desk, residents))


def _undoable(tx: Transaction, desk: Desk, number: int) -> tuple[Entry, Act]:
    found = journal.find(tx, number)
    listed = Step("되돌릴 수 있는 일을 보려면", UNDO)
    if found is None:
        raise Declined(f"{number}: 이런 번호의 일이 없습니다.", listed)
    act = acts.get(found.action)
    if act is None or not found.changes:
        raise Declined(f"{number}: 되돌릴 수 없는 일입니다.", listed)
    if act.within and desk.now > found.at + act.within:
        hours = int(act.within.total_seconds() // 3600)
        raise Declined(f"{act.title}({_about(tx, found)}): {hours}시간이 지나 되돌릴 수 없습니다.", listed)
    if found.undone_at:
        raise DoneAlready(Told(f"{act.title}: 이미 되돌렸습니다({desk.moment(found.undone_at)})."))
    return found, act


def _lock(tx: Transaction, entry: Entry) -> None:
    for course_id in _courses(tx, entry):
        courses.lock(tx, course_id)


def _courses(tx: Transaction, entry: Entry) -> list[int]:
    """Those that are changed, and those of the enrollments that are."""
    subjects = list(journal.subjects_of(entry.changes))
    applications = [subject for kind, subject in subjects if kind == ENROLLMENT]
    of_applications = enrollments.courses_of(tx, applications).values()
    return sorted({*of_applications, *(subject for kind, subject in subjects if kind == COURSE)})


def _unchanged(tx: Transaction, entry: Entry, act: Act) -> Entry:
    """What is put back: all of it, but for what has changed and isn't held. Declined when anything else has changed."""
    differing = changes.changed_since(tx, entry.changes)
    hindering = [each for each in differing if act.held is None or each.table in act.held]
    if hindering:
        what = ", ".join(dict.fromkeys(_NAMES[each.table] for each in hindering))
        raise Declined(
            f"{act.title}({_about(tx, entry)}): 그 뒤에 {what} {len(hindering)}건이 바뀌어 되돌릴 수 없습니다. "
            "지금 상태를 보고 하나씩 고쳐 주세요.",
            items=_changed_applications(tx, hindering),
        )
    return replace(entry, changes=[each for each in entry.changes if each not in differing])


def _changed_applications(tx: Transaction, hindering: Sequence[Change]) -> tuple[str, ...]:
    ids = [each.key[0] for each in hindering if each.table == "enrollments"]
    of = enrollments.courses_of(tx, ids[:SHOWN])
    titles = courses.titles(tx, of.values())
    return tuple(f"신청 {number}: ‘{titles[course_id]}’" for number, course_id in of.items())


_NAMES = {
    "residents": "기록",
    "addresses": "대화",
    "courses": "과정",
    "sessions": "수업",
    "session_changes": "수업 변경",
    "course_changes": "과정 변경",
    "enrollments": "신청",
    "seat_holds": "기관 자리",
    "attendance": "출석",
    "draws": "추첨",
    "announcements": "메시지",
    "message_templates": "서식",
    "notice_templates": "템플릿",
    "appointments": "상담",
    "common_questions": "자주 묻는 질문",
    "origins": "온 곳 이름",
    "outbox": "알림",
    "dispatches": "발송",
    "push_files": "발송 파일",
    "postings": "채용공고",
    "missed_phrases": "찾지 못한 말",
    "officer_deputies": "대신하는 기간",
    "instructor_candidates": "강사 후보",
    "callbacks": "전화 부탁",
    "certificates": "수료증",
    "consents": "동의",
    "surveys": "설문",
    "survey_rounds": "설문 회차",
    "policy_tasks": "공약과제",
    "indicators": "확인지표",
    "indicator_targets": "목표",
    "past_courses": "지난 과정",
    "budget_entries": "예산",
    "participations": "주민참여",
    "plan_steps": "추진계획",
    "year_problems": "문제점",
    "promotions": "홍보",
    "quarters": "분기",
}


def _put_back(tx: Transaction, entry: Entry, act: Act) -> None:
    try:
        with tx.begin_nested():
            changes.undo(tx, entry.changes)
    except IntegrityError as error:
        why = "그 사이에 신청하거나 예약한 분이 있어 되돌릴 수 없습니다."
        raise Declined(f"{act.title}({_about(tx, entry)}): {why}") from error
    for course_id in _courses(tx, entry):
        course = courses.find(tx, course_id)
        if course and course.held + course.kept > course.capacity:
            whose = f"{course.held}명이 자리를 얻" + (f"고 기관 자리가 {course.kept}개" if course.kept else "")
            why = f"이미 {whose}어 정원 {course.capacity}명으로 되돌릴 수 없습니다."
            raise Declined(f"{act.title}({_about(tx, entry)}): {why}")


def _withdraw(tx: Transaction, entry: Entry, act: Act) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Take back what nobody was told yet. By kind of subject, who was told already: (subject, resident)."""
    decided = [each for each in entry.changes if set(each.before or {}) != {"resident_id"}]  # more than whose it is
    told_of: dict[str, list[tuple[int, int]]] = {}
    for name in act.tells:
        about = KINDS[name].about
        subjects = [subject for kind, subject in journal.subjects_of(decided) if kind == about]
        told_of.setdefault(about, []).extend(owing.withdraw(tx, [name], subjects, entry.at, f"undone-{entry.id}"))
    return told_of


def _correct(tx: Transaction, desk: Desk, undone: int, kind: str, concerned: Sequence[tuple[int, int]]) -> None:
    due_at = desk.organization.hours.after_quiet_hours(desk.now, desk.organization.timezone)
    owing.owe(tx, f"corrected_{kind}", f"{undone}", concerned, due_at, desk.now + WORTH_TELLING)


def _shown(tx: Transaction, entry: Entry) -> tuple[str, str]:
    act = acts.get(entry.action)
    what = f"{act.title if act else entry.action}({_about(tx, entry)})"
    return what, "되돌렸습니다" if entry.undone_at else "그대로입니다"


def _about(tx: Transaction, entry: Entry) -> str:
    """The courses that it concerns, or what was asked for."""
    ids = [subject for kind, subject in journal.subjects_of(entry.changes) if kind == COURSE]
    titles = [course.title for course in courses.with_ids(tx, ids[:1])]
    if not titles:
        return within(" ".join(_words(entry)), SHORT)
    return f"‘{titles[0]}’{f' 외 {len(ids) - 1}개' if len(ids) > 1 else ''}"


def _words(entry: Entry) -> Iterator[str]:
    for value in entry.args.values():
        yield ",".join(map(str, value)) if isinstance(value, list) else str(value)
