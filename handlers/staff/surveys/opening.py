"""Opening a survey by hand: late, again, before its time, or because papers of it are there."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.calendar.hours import closing
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Told
from handlers.staff.surveys import lookup as survey_lookup
from handlers.staff.surveys.tally.words import until
from storage.asking import rounds
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction
from storage.teaching import sessions
from storage.teaching.course import Course

LONGEST = 90  # days


def open_survey(
    tx: Transaction, desk: Desk, code: str, course_code: str | None = None, days: int | None = None
) -> Told:
    """Open the round that nobody has opened yet, or the last one again."""
    survey, course = survey_lookup.named(tx, code, course_code)
    if days is not None and not 0 < days <= LONGEST:
        raise Declined(f"{LONGEST}일까지 받을 수 있습니다. 1에서 {LONGEST} 사이의 숫자를 적어 주세요.")
    known = rounds.of_code(tx, survey.code, course.id if course else None)
    if not known:
        return _opened(tx, desk, survey, course, days)
    round_ = rounds.lock(tx, known[-1].id)
    if round_.is_open(desk.now):
        close = Step("지금 마감하려면", "close-survey", {"survey": survey.code, "course": course_code})
        raise Declined(
            f"{_about(survey, course)}: 이미 받고 있습니다. {until(desk, round_.closes_at)}에 마감합니다.", close
        )
    if desk.now < round_.opens_at:
        return _earlier(tx, desk, survey, round_, days)
    return _again(tx, desk, survey, course, round_, days)


def _opened(tx: Transaction, desk: Desk, survey: Survey, course: Course | None, days: int | None) -> Told:
    if course:
        check_has_begun(tx, desk, course)
    closes_at = closing(desk.now, days or survey.open_days, desk.organization.timezone)
    course_id = course.id if course else None
    rounds.open_round(tx, rounds.key_of(survey, course_id), survey.id, course_id, desk.now, closes_at)
    round_ = rounds.of_code(tx, survey.code, course_id)[-1]
    told = Told(f"{_about(survey, course)}: {_until(desk, round_)}.", notes=tuple(_news(survey)), steps=_next(desk))
    return with_reach(tx, desk, told, _attendees(tx, round_), "survey") if course else told


def _earlier(tx: Transaction, desk: Desk, survey: Survey, round_: Round, days: int | None) -> Told:
    closes_at = closing(desk.now, days, desk.organization.timezone) if days else round_.closes_at
    rounds.reschedule(tx, round_.key, desk.now, closes_at)
    before = f"{desk.moment(round_.opens_at)}에 열기로 한 설문입니다."
    title = f"{_about(survey, None)}: {_until(desk, rounds.lock(tx, round_.id))}."
    return Told(title, facts=(before,), notes=tuple(_news(survey)), steps=_next(desk))


def _again(tx: Transaction, desk: Desk, survey: Survey, course: Course | None, round_: Round, days: int | None) -> Told:
    rounds.reopen(tx, round_.id, closing(desk.now, days or survey.open_days, desk.organization.timezone))
    return Told(
        f"{_about(survey, course)}: {_until(desk, rounds.lock(tx, round_.id), again='다시 ')}.",
        facts=(f"{until(desk, round_.closes_at)}에 마감한 설문입니다. 이미 답한 분은 다시 답할 수 없습니다.",),
        notes=("다시 여는 것은 저절로 알리지 않습니다. 답할 수 있는 주소를 알려 주세요.",),
        steps=_next(desk),
    )


def _until(desk: Desk, round_: Round, again: str = "") -> str:
    return f"{again}{desk.done('열었습니다', '엽니다')}. {until(desk, round_.closes_at)}까지 받습니다"


def _news(survey: Survey) -> Iterable[str]:
    if survey.audience == "news":
        yield "소식을 받기로 한 분들께 저절로 알립니다."


def _next(desk: Desk) -> tuple[Step, ...]:
    return () if desk.is_preview else (Step("답할 수 있는 주소를 보려면", "surveys"),)


def _attendees(tx: Transaction, round_: Round) -> list[int]:
    assert round_.course_id is not None
    return [each.resident_id for each in rounds.attendees_without_receipt(tx, round_.id, round_.course_id)]


def _about(survey: Survey, course: Course | None) -> str:
    return f"{survey_lookup.called(survey)} {lookup.called(course)}" if course else survey_lookup.called(survey)


# --- because papers are there ---


def check_has_begun(tx: Transaction, desk: Desk, course: Course) -> None:
    about = lookup.called(course)
    if course.state == "cancelled":
        raise Declined(f"{about}: 폐강한 과정이라 설문을 열지 않습니다.")
    classes = sessions.of_courses(tx, [course.id])
    if not classes or desk.now < classes[0].starts_at:
        when = f" 첫 수업은 {desk.moment(classes[0].starts_at)}에 시작합니다." if classes else ""
        raise Declined(f"{about}: 아직 수업을 하지 않은 과정입니다.{when} 설문은 마지막 수업이 끝나면 열립니다.")
    if not rounds.count_attendees(tx, course.id):
        raise Declined(f"{about}: 수강생이 없어 설문을 열 수 없습니다. 수강생을 먼저 등록해 주세요.")


def of_papers(tx: Transaction, desk: Desk, survey: Survey, course: Course, only_check: bool) -> Round:
    """The round that papers of a course open: when it was due, or now where classes still go on.

    With `only_check` it isn't opened, and has no id.
    """
    check_has_begun(tx, desk, course)
    over = sessions.of_courses(tx, [course.id])[-1].ends_at + timedelta(minutes=survey.delay_minutes)
    opens_at = min(over, desk.now)
    closes_at = closing(opens_at, survey.open_days, desk.organization.timezone)
    key = rounds.key_of(survey, course.id)
    if only_check:
        return Round(0, key, survey.id, course.id, "", opens_at, closes_at, None)
    rounds.open_round(tx, key, survey.id, course.id, opens_at, closes_at)
    return rounds.of_code(tx, survey.code, course.id)[-1]


OPEN = acts.add(Act("open-survey", "설문 열기", open_survey, repeats=True))
