"""Courses that wait for an officer: applications to check and to decide, lotteries, too few people, completion."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.seating import lottery
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.desk.told import Step
from handlers.staff.today.item import SOON, Item, begins_at, end_of
from storage.completion import certificates
from storage.database import Transaction
from storage.seating import bursts, duties, holds
from storage.teaching import courses
from storage.teaching.course import Course

AFTER_THE_LAST = timedelta(days=7)  # until when it should be decided who completed
CERTIFIED_AFTER = timedelta(days=14)  # until when certificates should be issued
CERTIFIED_WITHIN = timedelta(days=60)  # who completed before that got theirs otherwise, or needs none


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    yield from _to_check(tx, desk)
    yield from _to_decide(tx, desk)
    yield from _to_draw(tx, desk)
    yield from _too_few(tx, desk)
    yield from _kept(tx, desk)
    yield from _to_complete(tx, desk)
    yield from _to_certify(tx, desk)


def _to_check(tx: Transaction, desk: Desk) -> Iterator[Item]:
    counts = bursts.unchecked(tx)
    for each in courses.with_ids(tx, list(counts)):
        step = Step("신청을 보려면", "applications", {"course": each.code})
        title = f"{called(each)}: 확인할 신청 {counts[each.id]}건"
        yield Item("decide", title, counts[each.id], step, begins_at(desk, each), each.code)


def _to_decide(tx: Transaction, desk: Desk) -> Iterator[Item]:
    for each in duties.to_decide(tx, desk.now):
        step = Step("보고 뽑으려면", "select", {"course": each.code, "list": True})
        title = f"{called(each)}: {SELECTIONS[each.selection]}, 결정할 신청 {each.applied}건"
        yield Item("decide", title, each.applied, step, begins_at(desk, each), each.code)


def _to_draw(tx: Transaction, desk: Desk) -> Iterator[Item]:
    for each in lottery.awaiting_value(tx, desk.now):
        step = Step("추첨하려면", "draw", {"course": each.code, "value": "나온 숫자"})
        title = f"{called(each)}: 공개값을 적으면 추첨합니다. {desk.organization.lottery.name}"
        yield Item("draw", title, each.applied, step, begins_at(desk, each), each.code)
    for each in lottery.out_of_time(tx, desk.organization, desk.now):
        step = Step("추첨하려면", "draw", {"course": each.code, "without_public_value": True})
        title = f"{called(each)}: 공개값이 개강 뒤에 나와 저절로 추첨하지 못합니다"
        yield Item("draw", title, each.applied, step, begins_at(desk, each), each.code)


def _too_few(tx: Transaction, desk: Desk) -> Iterator[Item]:
    for each in duties.below_minimum(tx, desk.now, desk.today):
        step = Step("폐강하려면", "close-course", {"course": each.code, "reason": "신청 인원 부족"})
        title = f"{called(each)}: 접수가 끝났는데 {_missing(each)}"
        yield Item("few", title, each.minimum - each.held - each.applied, step, begins_at(desk, each), each.code)
    for each in duties.filling_slowly(tx, desk.now, desk.now + SOON):
        title = f"{called(each)}: 접수가 곧 끝나는데 {_missing(each)}"
        step = Step("신청을 보려면", "applications", {"course": each.code})
        yield Item("few", title, each.minimum - each.held - each.applied, step, each.apply_end, each.code)


def _kept(tx: Transaction, desk: Desk) -> Iterator[Item]:
    """Seats of institutions that nobody has used, and that go to the line soon."""
    found = [each for each in holds.living(tx) if each.until < desk.now + SOON]
    about = {each.id: each for each in courses.with_ids(tx, [each.course_id for each in found]) if each.takes_place}
    for each in (each for each in found if each.course_id in about):
        course = about[each.course_id]
        step = Step("잡아 둔 자리를 보려면", "holds", {"course": course.code})
        title = f"{called(course)}: {each.institution}에 잡아 둔 {each.left}자리가 곧 풀립니다"
        yield Item("decide", title, each.left, step, each.until, course.code)


def _missing(course: Course) -> str:
    return f"최소 {course.minimum}명에 지금 {course.held + course.applied}명"


def _to_complete(tx: Transaction, desk: Desk) -> Iterator[Item]:
    for each in duties.to_complete(tx, desk.now, desk.today):
        step = Step("수강생을 보려면", "complete", {"course": each.code, "list": True})
        title = f"{called(each)}: 마지막 수업이 끝났습니다. 수료를 정할 분 {each.held}명"
        yield Item("complete", title, each.held, step, end_of(desk, each) + AFTER_THE_LAST, each.code)


def _to_certify(tx: Transaction, desk: Desk) -> Iterator[Item]:
    counts = certificates.courses_to_issue(tx, desk.now - CERTIFIED_WITHIN)
    for each in courses.with_ids(tx, list(counts)):
        step = Step("수료증을 내려면", "certificates", {"course": each.code})
        title = f"{called(each)}: 수료증을 낼 분 {counts[each.id]}명"
        yield Item("complete", title, counts[each.id], step, end_of(desk, each) + CERTIFIED_AFTER, each.code)
