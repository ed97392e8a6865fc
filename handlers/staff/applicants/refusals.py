"""The rules for who may take a seat, as officers read them: some can be set aside with a reason, others can't."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from handlers.dialogue.chat import Chat, Refused
from handlers.residents.people import rules
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.lookup import called
from storage.seating import draws
from storage.teaching.course import Course

# Refused whatever the reason: nobody could come, has it twice, or may be added to a list that was fixed.
NEVER = {
    "refused.cancelled": "폐강한 과정입니다.",
    "refused.ended": "이미 끝난 과정입니다.",
    "refused.already": "이분은 이미 신청했습니다.",
}
WORDS = {
    "courses.unknown": "주민에게 보이지 않는 과정입니다.",
    "refused.upcoming": "아직 접수를 시작하지 않았습니다.",
    "refused.closed": "접수가 끝났습니다.",
    "refused.running": "이미 수업을 하고 있습니다.",
    "refused.suspended": "접수를 잠시 멈춘 과정입니다.",
    "refused.full": "정원과 대기 자리가 모두 찼습니다.",
    "refused.age": "만 {age}세 이상만 신청할 수 있습니다.",
    "refused.residents_only": "구에 사는 분만 신청할 수 있습니다.",
    "refused.connected_only": "구에 살거나 일하거나 배우는 분만 신청할 수 있습니다.",
    "refused.term_limit": "이번 학기에 {limit}개까지 들을 수 있는데 ‘{taken}’ 자리가 있습니다.",
    "refused.overlap": "자리가 있는 ‘{other}’과정과 수업 시간이 겹칩니다.",
    "refused.no_show": "지난 학기 ‘{missed}’에 자리를 받고 한 번도 오지 않아 {until}까지 신청할 수 없습니다.",
    "refused.call": "이분의 다른 기록으로 이미 신청했거나, 한도나 시간에 걸리거나, 지난 학기에 오지 않았습니다.",
}


class NeedsReason(Declined):
    """Rules stand in the way that an officer may set aside with a reason; `items` say which."""

    def __init__(self, course: Course, broken: Sequence[str]) -> None:
        message = f"{called(course)}: 규칙에 맞지 않아 접수하지 않았습니다. 그래도 접수하려면 까닭을 적어 주세요."
        super().__init__(message, items=broken)


def check(chat: Chat, course: Course, people: Sequence[int], is_overridden: bool) -> list[str]:
    """The rules that were set aside, in words. Raises Declined, NeedsReason where a reason helps."""
    if course.selection == "lottery" and draws.is_fixed(chat.tx, course.id) and not _is_drawn(chat, course):
        raise Declined(f"{called(course)}: 신청 목록을 확정한 추첨입니다. 추첨한 뒤에 접수해 주세요.")
    broken = list(_broken(chat, course, people))
    for refused in broken:
        if refused.key in NEVER or (refused.key == "refused.call" and _is_enrolled(chat, course, people)):
            raise Declined(f"{called(course)}: {NEVER.get(refused.key, NEVER['refused.already'])}")
    said = [WORDS[refused.key].format(**refused.data) for refused in broken]
    if said and not is_overridden:
        raise NeedsReason(course, said)
    return said


def _broken(chat: Chat, course: Course, people: Sequence[int]) -> Iterator[Refused]:
    checks: tuple[Callable[[], None], ...] = (
        partial(rules.check_shown, course),
        partial(rules.check_not_enrolled, chat, course, people),
        partial(rules.check_taking, chat, course),
        partial(rules.check_other_courses, chat, course, people),
        partial(rules.check_no_shows, chat, course, people),
        partial(rules.check_person, chat, course, chat.resident),
    )
    for check_one in checks:
        try:
            check_one()
        except Refused as refused:
            yield refused


def _is_enrolled(chat: Chat, course: Course, people: Sequence[int]) -> bool:
    try:
        rules.check_not_enrolled(chat, course, people)
    except Refused:
        return True
    return False


def _is_drawn(chat: Chat, course: Course) -> bool:
    draw = draws.find(chat.tx, course.id)
    return bool(draw and draw.drawn_at)
