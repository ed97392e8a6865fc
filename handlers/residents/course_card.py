"""A course in residents' words: a line in a list, and the full card."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card
from handlers.language import dates, english
from handlers.seating import targets
from handlers.seating.protocol import seed_hash
from storage import draws, sessions
from storage.course import Course, Status
from storage.sessions import Session

Facts = tuple[tuple[str, str], ...]


def list_card(chat: Chat, course: Course) -> Card:
    course = course.in_(chat.language)
    status = course.status(chat.now, chat.today)
    starts = starts_line(chat, course)
    return Card(
        course.title, (status_line(chat, course, status), starts), button=Button(course.title, f"courses/{course.id}")
    )


def starts_line(chat: Chat, course: Course) -> str:
    """When the first class is, which may be later than the day that the course is said to start."""
    begins = course.first_class
    first = begins.astimezone(chat.organization.timezone).date() if begins else course.start_date
    return chat.text("courses.line.starts", day=chat.day(first), times=timetable(chat, course))


def status_line(chat: Chat, course: Course, status: Status) -> str:
    word = chat.text(f"status.{status}")
    detail = {
        "open": lambda: chat.text(
            "courses.line.open", until=chat.moment(course.apply_end), left=seats_left(chat, course)
        ),
        "waitlist": lambda: chat.text("courses.line.waitlist", waiting=course.waiting),
        "upcoming": lambda: chat.text("courses.line.upcoming", since=chat.moment(course.apply_start)),
    }.get(status)
    return f"{word} · {detail()}" if detail else word


def seats_left(chat: Chat, course: Course) -> str:
    if course.selection != "first_come":
        return chat.text(f"selection.{course.selection}")
    return chat.text("courses.seats_left", left=max(course.capacity - course.held, 0))


def timetable(chat: Chat, course: Course) -> str:
    times = dates.hours(course.start_time, course.end_time, chat.language)
    if course.start_date == course.end_date:
        return times
    days = dates.weekdays(course.weekdays, chat.language)
    return chat.text("courses.weekly", days=days, times=times)


def card_facts(chat: Chat, course: Course, status: Status) -> Facts:
    return chat.facts(facts_by_name(chat, course, status))


def facts_by_name(chat: Chat, course: Course, status: Status) -> dict[str, str]:
    """Everything that the record has, in the order in which people decide: first whether they may come at all."""
    meetings, is_english = sessions.of_courses(chat.tx, [course.id]), chat.language == "en"
    return {
        "status": _status(chat, course, status),
        "audience": _audience(chat, course),
        "dates": _dates(chat, course, meetings),
        "costs": costs(chat, course),
        "seats": _seats(chat, course),
        "venue": course.venue,
        "apply": chat.text(
            "facts.apply_span", start=chat.moment(course.apply_start), end=chat.moment(course.apply_end)
        ),
        "payment": course.payment,
        "selection": _selection(chat, course),
        "draw": _draw(chat, course),
        "first_class": chat.moment(meetings[0].starts_at) if meetings else "",
        "directions": course.directions,
        "supplies": course.supplies,
        "certificate": course.certificate,
        "completion": english.completion(course.completion_rule) if is_english else course.completion_rule,
        "instructor": course.instructor,
        "operation": english.operation(course.operation) if is_english else course.operation,
        "contact": contact(chat, course),
    }


def _status(chat: Chat, course: Course, status: Status) -> str:
    word = chat.text(f"status.{status}")
    if status == "upcoming":
        return status_line(chat, course, status)
    if status not in ("open", "waitlist"):
        return word
    return chat.text("facts.time_left", status=word, left=dates.remaining(course.apply_end - chat.now, chat.language))


def _dates(chat: Chat, course: Course, meetings: list[Session]) -> str:
    span = dates.span(course.start_date, course.end_date, chat.language, today=chat.today)
    length = chat.text("facts.length", count=len(meetings), hours=f"{_hours(meetings):g}")
    return f"{span}\n{timetable(chat, course)} ({length})"


def _hours(meetings: list[Session]) -> float:
    return sum((meeting.ends_at - meeting.starts_at).total_seconds() for meeting in meetings) / 3600


def _seats(chat: Chat, course: Course) -> str:
    taken = course.held + course.applied
    return chat.text("facts.seats_taken", capacity=course.capacity, taken=taken, waiting=course.waiting)


def _selection(chat: Chat, course: Course) -> str:
    how = chat.text(f"selection_long.{course.selection}")
    first = groups(chat, course)
    return chat.text("facts.priority", how=how, first=first) if first and course.selection != "first_come" else how


def groups(chat: Chat, course: Course) -> str:
    """Whom the course takes first, in officers' words or, in English, in those that say whom we take so."""
    said, district = course.priority, chat.organization.district
    if chat.language == "en":
        said = tuple(targets.in_english(group, chat.organization.called(district, "en")) for group in said)
    return ", ".join(dict.fromkeys(said))


def _draw(chat: Chat, course: Course) -> str:
    """What a lottery is bound to before it closes."""
    promised = draws.find(chat.tx, course.id) if course.selection == "lottery" else None
    return seed_hash(promised) if promised else ""


def _audience(chat: Chat, course: Course) -> str:
    who = chat.text(f"open_to.{course.open_to}")
    age = chat.text("facts.age", age=course.minimum_age) if course.minimum_age else ""
    limit = chat.text("facts.term_limit", limit=course.term_limit) if course.term_limit else ""
    return "\n".join(filter(None, [course.audience, f"{who} {age}".strip(), limit]))


def costs(chat: Chat, course: Course) -> str:
    fees = {"material": course.material_fee, "textbook": course.textbook_fee, "exam": course.exam_fee}
    asked = [f"{chat.text(f'facts.{name}')} {dates.money(fee, chat.language)}" for name, fee in fees.items() if fee]
    return "\n".join([chat.text("facts.tuition_free"), *filter(None, [", ".join(asked)])])


def contact(chat: Chat, course: Course) -> str:
    here = chat.organization
    return course.contact.replace(here.team, here.called(here.team, chat.language)) or here.contact_in(chat.language)
