"""What a file can't do to a course that is known or has people in it, and what to do instead."""

from collections.abc import Iterator, Sequence

from handlers.language.days import dates
from handlers.language.letters.particles import particle
from handlers.staff.courses.sheets import differences
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.courses.sheets.comparing import Compared, Known, Pair
from handlers.staff.courses.sheets.reading import Planned
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import joined, term
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.desk.told import Step
from handlers.staff.files.cells import compact
from handlers.staff.files.columns import Problem

MOST_CHANGES = 4  # of a course, named where it is asked about

Why = tuple[str, str]  # of which field, and why not


def refused(compared: Compared, desk: Desk) -> Iterator[Problem]:
    """What is wrong whatever an officer means by it."""
    for one in compared.new:
        if one.course.state == "cancelled":
            why = "파일로는 폐강할 수 없습니다. 열지 않는 과정이면 줄을 지우고,"
            why = f"{why} 이미 알린 과정이면 칸을 비워 등록한 뒤 close-course로 까닭을 적어 폐강해 주세요."
            yield COLUMNS.wrong(one.row, "state", why)
    for before, one in compared.changed:
        for field, why in _refused(before, one, desk):
            yield COLUMNS.wrong(one.row, field, why)


def closing_steps(compared: Compared, desk: Desk) -> Iterator[Step]:
    """How what a file would close by a word is closed with a reason."""
    for before, one in compared.changed:
        if _is_closing(before, one) and desk.today <= before.course.end_date:
            args = {"course": before.course.code, "reason": "신청 인원 부족"}
            yield Step(f"{called(before.course)} 과정을 폐강하려면", "close-course", args)


def reused(changed: Sequence[Pair], desk: Desk) -> Iterator[tuple[str, Problem]]:
    """Numbers under which another course seems to be meant, or one that is over: the number, and what to say."""
    for before, one in changed:
        why = _over(before, desk) or _another(before, one)
        if why and not _is_closing(before, one):
            yield before.course.code, COLUMNS.wrong(one.row, "code", f"{why} {_changes(before, one, desk)}")


def _another(before: Known, one: Planned) -> str:
    old, new = before.course, one.course
    is_same = compact(old.title) == compact(new.title) and old.term == new.term
    if is_same or not before.people:
        return ""
    return f"{before.people}명이 신청한 ‘{old.title}’({term(old.term)})의 번호입니다."


def _over(before: Known, desk: Desk) -> str:
    if not before.is_over(desk.now):
        return ""
    day = before.sessions[-1].ends_at.astimezone(desk.organization.timezone).date()
    people = f" {before.people}명이 신청했습니다." if before.people else ""
    return f"{dates.day(day, 'ko', today=desk.today)}에 끝난 ‘{before.course.title}’의 번호입니다.{people}"


def _changes(before: Known, one: Planned, desk: Desk) -> str:
    found = differences.of_course(before, one, desk)
    more = f" 외 {len(found) - MOST_CHANGES}가지" if len(found) > MOST_CHANGES else ""
    return f"바꾸려는 것: {joined(found[:MOST_CHANGES])}{more}"


# --- what is wrong whatever is meant ---


def _refused(before: Known, one: Planned, desk: Desk) -> Iterator[Why]:
    if _is_closing(before, one):
        yield "state", _why_not_closed(before, desk)
    elif before.course.state == "cancelled" != one.course.state:
        # A course is closed for good: everybody in it was told so.
        why = "폐강한 과정입니다. ‘상태’를 비우거나 ‘폐강’으로 적고, 다시 열려면 새 과정번호로 등록해 주세요."
        yield "state", why
    yield from _too_small(before, one)
    yield from _undecided(before, one, desk)


def _too_small(before: Known, one: Planned) -> Iterator[Why]:
    held, kept = before.course.held, before.course.kept
    if one.course.capacity < min(held + kept, before.course.capacity):
        whose = f"{held}명이 자리를 얻" + (f"고 기관에 {kept}자리를 잡아 두" if kept else "")
        yield "capacity", f"이미 {whose}어 {held + kept}명보다 줄일 수 없습니다."


def _is_closing(before: Known, one: Planned) -> bool:
    return before.course.state != "cancelled" == one.course.state


def _why_not_closed(before: Known, desk: Desk) -> str:
    if desk.today > before.course.end_date:
        return "이미 끝난 과정이라 폐강할 수 없습니다. 칸을 비워 주세요."
    people = f"신청한 {before.people}명에게 까닭을 알려야 하니 " if before.people else ""
    return f"파일로는 폐강할 수 없습니다. {people}칸을 비우고, 아래처럼 까닭을 적어 폐강해 주세요."


def _undecided(before: Known, one: Planned, desk: Desk) -> Iterator[Why]:
    """Changes that would leave people in a state in which nobody decides on them."""
    old, new = before.course, one.course
    method = SELECTIONS[old.selection]
    if old.selection != new.selection and (why := _why_not_selected(before, new.selection == "first_come")):
        yield "selection", f"{why} ‘{method}’{particle(method, '으로/로')} 두어 주세요."
    is_reopened = new.apply_end > max(old.apply_end, desk.now)
    if is_reopened and old.selection != "first_come" and _is_decided(before):
        done = "추첨할 목록을 이미 확정했습니다" if before.is_list_fixed else "신청자를 이미 뽑았습니다"
        why = f"‘{method}’ 과정의 {done}. 접수를 다시 열면 새로 신청한 분은 아무도 뽑지 않습니다."
        yield (
            "apply_end",
            f"{why} 전의 값({desk.moment(old.apply_end)})으로 두고, 더 받으려면 새 과정번호로 등록해 주세요.",
        )
    if old.applied and new.start_date <= desk.today < old.start_date:
        why = f"아직 뽑지 않은 신청이 {old.applied}건 있는데 개강일이 지나 뽑을 수 없게 됩니다."
        yield "start_date", f"{why} 먼저 뽑거나 신청을 끝낸 뒤에 바꾸어 주세요."


def _why_not_selected(before: Known, to_first_come: bool) -> str:
    """Why another way to choose can't be taken any more."""
    if before.course.waiting:
        return f"대기하는 분이 {before.course.waiting}명 있어 그분들의 차례를 정할 수 없게 됩니다."
    if before.course.applied and before.is_list_fixed:
        return f"추첨할 목록({before.course.applied}건)을 이미 확정했습니다."
    if before.course.applied and to_first_come:
        return f"뽑히기를 기다리는 신청이 {before.course.applied}건 있는데, 선착순에서는 아무도 이분들을 뽑지 않습니다."
    return ""


def _is_decided(before: Known) -> bool:
    return before.is_list_fixed or any(each.rank for each in before.enrollments)
