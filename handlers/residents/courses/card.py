"""A course in residents' words: a line in a list, what decides, and all the rest."""

from handlers.calendar.attending import stated
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card
from handlers.language import english
from handlers.language.days import dates
from handlers.language.days.years import YOUNGEST
from handlers.seating import targets
from handlers.seating.protocol import seed_hash
from storage.seating import draws
from storage.teaching import sessions
from storage.teaching.course import Course, Status
from storage.teaching.sessions import Session

Facts = tuple[tuple[str, str], ...]

TAKING = ("open", "waitlist")


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
    return chat.text("courses.seats_left", left=course.free_for(chat.channel, chat.now))


def timetable(chat: Chat, course: Course) -> str:
    times = dates.hours(course.start_time, course.end_time, chat.language)
    if course.start_date == course.end_date:
        return times
    days = dates.weekdays(course.weekdays, chat.language)
    return chat.text(
        "courses.weekly" if course.every_weeks == 1 else "courses.every_other_week", days=days, times=times
    )


def first_facts(chat: Chat, course: Course, status: Status) -> Facts:
    """What decides, in the order in which people decide: first whether they may come at all."""
    return chat.facts(_deciding(chat, course, status))


def more_facts(chat: Chat, course: Course, status: Status) -> Facts:
    """All the others, but for what the first screen has said in the same words."""
    said = set(_deciding(chat, course, status).values())
    return chat.facts({name: value for name, value in _others(chat, course, status).items() if value not in said})


def facts_by_name(chat: Chat, course: Course, status: Status) -> dict[str, str]:
    """Everything that the record has."""
    return {**_deciding(chat, course, status), **_others(chat, course, status)}


def _deciding(chat: Chat, course: Course, status: Status) -> dict[str, str]:
    return {
        "who": _who(chat, course, is_short=True),
        "dates": dates.span(course.start_date, course.end_date, chat.language, today=chat.today),
        "timetable": timetable(chat, course),
        "venue": course.venue,
        "places": _places(chat, course, status),
        "cost": _cost(chat, course),
        "opens": chat.moment(course.apply_start) if status == "upcoming" else "",
        "deadline": _deadline(chat, course) if status in TAKING else "",
    }


def _others(chat: Chat, course: Course, status: Status) -> dict[str, str]:
    meetings, is_english = sessions.of_courses(chat.tx, [course.id]), chat.language == "en"
    return {
        "status": chat.text(f"status.{status}"),
        "audience": _who(chat, course),
        "limit": chat.text("facts.term_limit", limit=course.term_limit) if course.term_limit else "",
        "costs": costs(chat, course),
        "payment": course.payment,
        "length": chat.text("facts.length_of", count=len(meetings), hours=f"{_hours(meetings):g}"),
        "first_class": chat.moment(meetings[0].starts_at) if meetings else "",
        "seats": _seats(chat, course),
        "apply": chat.text(
            "facts.apply_span", start=chat.moment(course.apply_start), end=chat.moment(course.apply_end)
        ),
        "selection": _selection(chat, course),
        "draw": _draw(chat, course),
        "directions": course.directions,
        "parking": course.parking,
        "lift": chat.text(f"courses.lift.{course.lift}") if course.lift else "",
        "access": course.access,
        "supplies": course.supplies,
        "certificate": course.certificate,
        "completion": _completion(chat, course),
        "instructor": course.instructor,
        "operation": english.operation(course.operation) if is_english else course.operation,
        "contact": contact(chat, course),
    }


def _completion(chat: Chat, course: Course) -> str:
    """The rule in words, with the share where that stands in none of them."""
    said = english.completion(course.completion_rule) if chat.language == "en" else course.completion_rule
    if course.completion_percent is None or stated(course.completion_rule) is not None:
        return said
    share = chat.text("facts.completion_share", share=course.completion_percent)
    return f"{said} ({share})" if said else share


def _deadline(chat: Chat, course: Course) -> str:
    left = dates.remaining(course.apply_end - chat.now, chat.language)
    return chat.text("facts.deadline_at", until=chat.moment(course.apply_end), left=left)


def _hours(meetings: list[Session]) -> float:
    return sum((meeting.ends_at - meeting.starts_at).total_seconds() for meeting in meetings) / 3600


def _places(chat: Chat, course: Course, status: Status) -> str:
    """Whether there is room, as long as that decides anything."""
    if status not in (*TAKING, "upcoming"):
        return ""
    if course.selection != "first_come":
        how, taken = chat.text(f"selection.{course.selection}"), course.held + course.applied
        return chat.text("courses.places.chosen", how=how, capacity=course.capacity, taken=taken)
    key = "waitlist" if status == "waitlist" else "first_come"
    left = course.free_for(chat.channel, chat.now)
    places = chat.text(f"courses.places.{key}", left=left, capacity=course.capacity, waiting=course.waiting)
    return "\n".join(filter(None, [places, _shares(chat, course)]))


def _shares(chat: Chat, course: Course) -> str:
    """Whose the seats are, and until when."""
    if not course.is_shared(chat.now) or not course.offline_until:
        return ""
    online, until = course.capacity - course.offline_seats, chat.moment(course.offline_until)
    return chat.text("courses.places.shared", online=online, offline=course.offline_seats, until=until)


def _seats(chat: Chat, course: Course) -> str:
    taken = course.held + course.applied
    key = "seats_taken_and_kept" if course.kept else "seats_taken"
    counts = {"capacity": course.capacity, "taken": taken, "waiting": course.waiting, "kept": course.kept}
    return chat.text(f"facts.{key}", **counts)


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


def _who(chat: Chat, course: Course, is_short: bool = False) -> str:
    """Who may come; in short only what keeps somebody out."""
    who = chat.text(f"open_to.{course.open_to}") if course.open_to != "anyone" or not is_short else ""
    age = chat.text("facts.age", age=course.minimum_age) if course.minimum_age > (YOUNGEST if is_short else 0) else ""
    both = f"{who} ({age})" if who and age else who or age
    return "\n".join(filter(None, [course.audience, both]))


def _cost(chat: Chat, course: Course) -> str:
    """What one pays in all; the fees stand apart in `costs`."""
    tuition, fees = chat.text("facts.tuition_free"), _fees(course)
    if not fees:
        return tuition
    key = "cost_of" if len(fees) == 1 else "cost_of_several"
    total = dates.money(sum(fees.values()), chat.language)
    return chat.text(f"facts.{key}", tuition=tuition, fee=chat.text(f"facts.{next(iter(fees))}"), sum=total)


def costs(chat: Chat, course: Course) -> str:
    asked = [f"{chat.text(f'facts.{name}')} {dates.money(fee, chat.language)}" for name, fee in _fees(course).items()]
    return "\n".join([chat.text("facts.tuition_free"), *filter(None, [", ".join(asked)])])


def _fees(course: Course) -> dict[str, int]:
    """Those that there are."""
    fees = {"material": course.material_fee, "textbook": course.textbook_fee, "exam": course.exam_fee}
    return {name: fee for name, fee in fees.items() if fee}


def contact(chat: Chat, course: Course) -> str:
    here = chat.organization
    return course.contact.replace(here.team, here.called(here.team, chat.language)) or here.contact_in(chat.language)
