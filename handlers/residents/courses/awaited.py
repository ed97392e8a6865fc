"""Being told once when a course can be registered for that isn't open, is full or is over."""

from handlers.dialogue.chat import Chat, Step
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.residents.people import consents, reached, rules
from storage.teaching import awaited
from storage.teaching.course import Course, Status

PURPOSE = "awaited"


def step(chat: Chat, course: Course, status: Status) -> Step:
    """The button below a course that can't be registered for now."""
    if awaited.has(chat.tx, chat.resident.id, course.id):
        return "stop_awaiting", f"courses/{course.id}/await/stop"
    when = {"upcoming": "opens", "full": "frees"}.get(status, "again")
    return f"await_{when}", f"courses/{course.id}/await"


@router.act("courses/{course_id}/await")
def wait_for(chat: Chat, course_id: int) -> Reply:
    course = rules.shown_course(chat, course_id, rules.OTHERS)
    consents.record(chat, PURPOSE, True)
    awaited.add(chat.tx, chat.resident.id, course.id, chat.now)
    stop = chat.button("stop_awaiting", f"courses/{course.id}/await/stop")
    key = "awaited.noted" if reached.is_told(chat, awaited.KIND) else "awaited.noted_here"
    return chat.page(key, stop, links=[chat.button("other_courses", "courses")], title=course.title)


@router.act("courses/{course_id}/await/stop")
def stop_waiting(chat: Chat, course_id: int) -> Reply:
    course = rules.shown_course(chat, course_id, rules.OTHERS)
    awaited.drop(chat.tx, chat.resident.id, course.id)
    return chat.page("awaited.stopped", links=[chat.button("other_courses", "courses")], title=course.title)
