"""Finds what an officer names, a course or applications by number; what can't be found is refused with advice."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from handlers.language.letters.jamo import jamo
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Step
from handlers.staff.files.cells import Wrong, code_form, compact, line
from storage.database import Transaction
from storage.seating import enrollments
from storage.states import EnrollmentState, Mark, Selection
from storage.teaching import courses
from storage.teaching.course import Course

MOST_NEAR = 5
ALIKE = 60  # of 100, from where on a number or a title may be what was meant

SELECTIONS: Mapping[Selection, str] = {
    "first_come": "선착순",
    "lottery": "추첨",
    "priority": "우선선발",
    "review": "심사",
}
STATES: Mapping[EnrollmentState, str] = {
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
    "removed": "담당자가 끝냄",
    "merged": "같은 분의 다른 신청과 합침",
}
MARKS: Mapping[Mark, str] = {
    "present": "출석",
    "late": "지각",
    "left_early": "조퇴",
    "absent": "결석",
    "excused": "인정결석",
}
"""In the order of the keys 1 to 5."""


def course(tx: Transaction, code: str) -> Course:
    if exact := courses.by_code(tx, [code]):
        return exact[code]
    known = courses.codes(tx)
    named = same_code(code, known)
    if not named:
        raise _unknown(code, known)
    return courses.by_code(tx, [named])[named]


def course_id(tx: Transaction, code: str) -> int | None:
    """None where there is none that is meant."""
    return courses.id_of(tx, code) or courses.id_of(tx, same_code(code, courses.codes(tx)))


def same_code(code: str, known: Collection[str]) -> str:
    """The one that is meant, however it is spaced, cased and dashed; "" when none or several may be."""
    alike = [each for each in known if code_form(each) == code_form(code)]
    return code if code in known else alike[0] if len(alike) == 1 else ""


def locked(tx: Transaction, code: str) -> Course:
    """The course with counts that nobody else changes before this transaction ends; a closed one is refused."""
    found = courses.lock(tx, course(tx, code).id)
    if found.state == "cancelled":
        raise Declined(f"{called(found)}: 이미 폐강한 과정입니다.")
    return found


def called(course: Course) -> str:
    return f"‘{course.title}’({course.code})"


def check_all_are_checked(tx: Transaction, course: Course) -> None:
    """Nobody is chosen before an officer has looked at what came in a burst."""
    count = sum(each.is_unchecked for each in enrollments.of_course(tx, course.id))
    if count:
        how = Step("확인할 신청을 보려면", "applications", {"course": course.code})
        raise Declined(f"{called(course)}: 먼저 확인할 신청이 {count}건 있습니다.", how)


def reason(text: str, of: str, example: Step) -> str:
    """One line, as residents read it behind “까닭:”; `of` is what is to be given a reason for."""
    try:
        why = line(text).rstrip(". ")
    except Wrong as error:
        raise Declined(f"{of} 까닭: {error}") from error
    if not why:
        raise Declined(f"{of} 까닭을 적어 주세요. 주민에게 그대로 보입니다.", example)
    return why


def _unknown(code: str, known: Mapping[str, str]) -> Declined:
    message = f"‘{code}’: 이런 과정번호가 없습니다."
    if not known:
        how = Step("등록하려면", "import", {"files": "courses-2026.xlsx"})
        return Declined(f"{message} 아직 등록한 과정이 없습니다.", how)
    if likely := near(code, known):
        return Declined(f"{message} 혹시 이 과정인가요?", items=likely)
    return Declined(f"{message} 과정 파일의 ‘과정번호’ 열에 있는 번호를 그대로 적어 주세요.")


def near(code: str, known: Mapping[str, str]) -> list[str]:
    """Codes that look alike, and those of what has these words in its title; each with its title."""
    asked = jamo(compact(code))

    def likeness(each: str) -> float:
        by_title = fuzz.partial_ratio(asked, jamo(compact(known[each]))) if len(asked) > 3 else 0
        return max(fuzz.ratio(asked, jamo(compact(each))), by_title)

    likely = sorted(known, key=likeness, reverse=True)[:MOST_NEAR]
    return [f"{each} {known[each]}" for each in likely if likeness(each) >= ALIKE]


def check_numbers(
    tx: Transaction, course: Course, numbers: Sequence[int], choosable: Collection[int], listed: Step
) -> None:
    """Refuse numbers of applications that are repeated or not among `choosable`, each by name.

    `listed` is where they can be seen.
    """
    problems = [f"신청 {number}: 두 번 적으셨습니다." for number, times in Counter(numbers).items() if times > 1]
    states = {each.id: each.state for each in enrollments.of_course(tx, course.id)}
    problems += _unchoosable(dict.fromkeys(numbers), choosable, states)
    if problems:
        message = f"{called(course)}: 신청번호에 고칠 곳이 있어 아무것도 바꾸지 않았습니다."
        raise Declined(message, listed, items=problems)


def _unchoosable(
    numbers: Collection[int], choosable: Collection[int], states: Mapping[int, EnrollmentState]
) -> Iterator[str]:
    for number in numbers:
        if number in states and number not in choosable:
            yield f"신청 {number}: 지금 ‘{STATES[states[number]]}’ 상태라 고를 수 없습니다."
        elif number not in choosable:
            yield f"신청 {number}: 이 과정의 신청이 아닙니다."
