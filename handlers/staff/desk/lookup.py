"""Finds what an officer names, a course or applications by number; what can't be found is refused with advice."""

import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from handlers.language.jamo import jamo
from handlers.staff.desk.declined import Declined
from handlers.staff.files.cells import Wrong, compact, line
from storage import courses, enrollments, surveys
from storage.course import Course
from storage.database import Transaction
from storage.survey import Survey

MOST_NEAR = 5
ALIKE = 60  # of 100, from where on a number or a title may be what was meant

SELECTIONS = {"first_come": "선착순", "lottery": "추첨", "priority": "우선선발", "review": "심사"}
STATES = {
    "confirmed": "확정",
    "offered": "답을 기다림",
    "waiting": "대기",
    "applied": "결정 전",
    "cancelled": "본인취소",
    "declined": "참여하지 않음",
    "expired": "기한만료",
    "not_selected": "미선정",
    "completed": "수료",
    "not_completed": "미수료",
}


def course(tx: Transaction, code: str) -> Course:
    known = courses.codes(tx)
    named = _named(code, known)
    if not named:
        raise Declined(_unknown(code, known))
    return courses.by_code(tx, [named])[named]


def survey(tx: Transaction, code: str) -> Survey:
    """Its newest version."""
    known = {each.code: each for each in surveys.all_newest(tx)}
    titles = {each.code: each.title.ko for each in known.values()}
    named = _named(code, titles)
    if not named:
        raise Declined(_unknown_survey(code, titles))
    return known[named]


def _named(code: str, known: Mapping[str, str]) -> str:
    """The one that is meant, however it is spaced; "" when none or several may be."""
    alike = [each for each in known if compact(each) == compact(code)]
    return code if code in known else alike[0] if len(alike) == 1 else ""


def locked(tx: Transaction, code: str) -> Course:
    """The course with counts that nobody else changes before this transaction ends; a closed one is refused."""
    found = courses.lock(tx, course(tx, code).id)
    assert found is not None
    if found.state == "cancelled":
        raise Declined(f"{called(found)}: 이미 폐강한 과정입니다.")
    return found


def called(course: Course) -> str:
    return f"‘{course.title}’({course.code})"


def command(*words: str) -> str:
    """What to type."""
    return f"python -m bot {shlex.join(words)}"


def reason(text: str, of: str, example: str) -> str:
    """One line, as residents read it behind “까닭:”; `of` is what is to be given a reason for."""
    try:
        why = line(text).rstrip(". ")
    except Wrong as error:
        raise Declined(f"{of} 까닭(--reason): {error}") from error
    if not why:
        raise Declined(f'{of} 까닭(--reason)을 적어 주세요. 주민에게 그대로 보입니다. 예: --reason "{example}"')
    return why


def _unknown(code: str, known: Mapping[str, str]) -> str:
    told = f"‘{code}’: 이런 과정번호가 없습니다."
    if not known:
        return f"{told} 아직 등록한 과정이 없습니다. python -m bot import 로 먼저 등록해 주세요."
    near = _near_lines(code, known)
    advice = "과정 파일의 ‘과정번호’ 열에 있는 번호를 그대로 적어 주세요."
    return f"{told} 혹시 이 과정인가요?\n{near}" if near else f"{told} {advice}"


def _unknown_survey(code: str, known: Mapping[str, str]) -> str:
    told = f"‘{code}’: 이런 설문번호가 없습니다."
    if not known:
        return f"{told} 아직 등록한 설문이 없습니다. python -m bot import 로 먼저 등록해 주세요."
    near = _near_lines(code, known)
    advice = f"설문 목록을 보려면: {command('surveys')}"
    return f"{told} 혹시 이 설문인가요?\n{near}" if near else f"{told} {advice}"


def _near_lines(code: str, known: Mapping[str, str]) -> str:
    return "\n".join(f"- {each} {known[each]}" for each in _near(code, known))


def _near(code: str, known: Mapping[str, str]) -> list[str]:
    """Numbers that look alike, and those of courses whose title has these words."""
    asked = jamo(compact(code))

    def likeness(each: str) -> float:
        by_title = fuzz.partial_ratio(asked, jamo(compact(known[each]))) if len(asked) > 3 else 0
        return max(fuzz.ratio(asked, jamo(compact(each))), by_title)

    found = sorted(known, key=likeness, reverse=True)[:MOST_NEAR]
    return [each for each in found if likeness(each) >= ALIKE]


def check_numbers(tx: Transaction, course: Course, numbers: Sequence[int], choosable: Collection[int]) -> None:
    """Refuse numbers of applications that are repeated or not among `choosable`, each by name."""
    problems = [f"신청 {number}: 두 번 적으셨습니다." for number, times in Counter(numbers).items() if times > 1]
    states = {each.id: each.state for each in enrollments.of_course(tx, course.id)}
    problems += _unchoosable(dict.fromkeys(numbers), choosable, states)
    if problems:
        told = "신청번호에 고칠 곳이 있어 아무것도 바꾸지 않았습니다. --list로 번호를 볼 수 있습니다."
        raise Declined("\n".join([f"{called(course)}: {told}", *(f"- {problem}" for problem in problems)]))


def _unchoosable(numbers: Collection[int], choosable: Collection[int], states: Mapping[int, str]) -> Iterator[str]:
    for number in numbers:
        if number in states and number not in choosable:
            yield f"신청 {number}: 지금 ‘{STATES.get(states[number], states[number])}’ 상태라 고를 수 없습니다."
        elif number not in choosable:
            yield f"신청 {number}: 이 과정의 신청이 아닙니다."
