"""Notices about decisions: selected, in line, not selected, looked at or entered by staff, ended, and completed."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Reply
from handlers.notices import completions
from handlers.residents import instructors
from storage.database import Transaction
from storage.notices import audiences
from storage.notices.outbox import Owed
from storage.seating import enrollments, turns
from storage.states import OFFLINE, EnrollmentState
from storage.teaching import courses, sessions

WORTH_TELLING = timedelta(days=7)

_KEYS: Mapping[EnrollmentState, str] = {
    "waiting": "in_line",
    "applied": "applied",
    "not_selected": "not_selected",
    "completed": "completed",
    "removed": "removed",
}


def _decided(state: EnrollmentState, tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for each in enrollments.decided(tx, state, span.since, span.until):
        assert each.decided_at
        look, whom = span.look_at(each.decided_at), audiences.enrolled(each.id, state)
        yield Occasion(f"{each.decided_at:%Y%m%dT%H%M%S}", each.id, look, look + WORTH_TELLING, whom)


def _word(state: EnrollmentState, chat: Chat, owed: Owed) -> Reply | None:
    mine = enrollments.find(chat.tx, owed.about)
    course = courses.find(chat.tx, mine.course_id, chat.language) if mine else None
    if mine is None or course is None or mine.state != state or course.state == "cancelled":
        return None
    if state == "completed" and completions.known(chat.tx, [mine.id]):
        return None  # told before somebody took it back, which they never heard of
    data: dict[str, Any] = {"title": course.title}
    if state == "waiting":
        data["position"] = turns.position(chat.tx, mine)
    if state == "confirmed":
        data["when"] = chat.moment(sessions.of_courses(chat.tx, [course.id])[0].starts_at)
    if state == "removed":
        data["reason"] = mine.end_reason
    nobody_selects = mine.channel in OFFLINE or course.selection == "first_come"
    by_arrival = nobody_selects and not mine.rank
    key = _KEYS.get(state) or ("registered" if by_arrival else "selected")
    if state == "completed" and completions.corrected(chat.tx, mine.id):
        key = "completed_after_all"
    next_steps = [chat.button("my_enrollment", f"mine/{mine.id}")] if not mine.ended_at else []
    if state == "completed":
        next_steps += [chat.button("certificate_paper", f"mine/{mine.id}/certificate")]
        next_steps += [chat.button("jobs_after", f"jobs/after/{course.id}"), instructors.door(chat, mine)]
    return chat.reply(f"notices.{key}", *next_steps, chat.button("other_courses", "courses"), **data)


for _state in ("confirmed", "waiting", "applied", "not_selected", "completed", "removed"):
    notices.add(_state, partial(_decided, _state), partial(_word, _state))
