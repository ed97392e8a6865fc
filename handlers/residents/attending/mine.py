"""One's own attendance: each class with what is known of it, the share that counts, and how many may be missed."""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.attendance import counting
from handlers.attendance.counting import Tally
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.residents.people import rules
from handlers.residents.seats.mine import Mine, owned
from storage.attendance import entries
from storage.attendance.entries import Entry
from storage.seating import enrollments
from storage.states import ATTENDED
from storage.teaching import courses, sessions
from storage.teaching.sessions import Session

SHOWN = 7  # classes on a screen, which simple mode shows without folding them


@dataclass(frozen=True)
class Attended:
    """An enrollment with the classes of its course, all that was said of them, and what it comes to."""

    mine: Mine
    meetings: list[Session]
    found: list[Entry]
    tally: Tally

    def counting(self, session_id: int) -> Entry | None:
        return next((each for each in self._of(session_id) if each.standing == "counts"), None)

    def waiting(self, session_id: int) -> Entry | None:
        """What was said last of a class, and waits for it or for an officer."""
        return next((each for each in reversed(self._of(session_id)) if each.standing == "open"), None)

    def ahead(self, session_id: int) -> str:
        """The mark that was last said before a class, until an officer decides; "" where none was."""
        ahead = [each.mark for each in self._of(session_id) if each.standing == "open" and each.way == "ahead"]
        return ahead[-1] if ahead else ""

    def is_missed(self, session_id: int) -> bool:
        """Whether they won't come, as was said last or is decided."""
        if ahead := self.ahead(session_id):
            return ahead == "absent"
        counts = self.counting(session_id)
        return counts is not None and counts.mark in ("absent", "excused")

    def planned(self, besides: Collection[int] = ()) -> int:
        """How many classes will be missed as was said, with these besides; what is decided counts already."""
        seated = self.mine.enrollment.seated_at
        theirs = [each.id for each in self.meetings if seated is None or each.starts_at >= seated]
        undecided = [each for each in theirs if not self.counting(each)]
        return sum(each in besides or self.ahead(each) == "absent" for each in undecided)

    def _of(self, session_id: int) -> list[Entry]:
        return [each for each in self.found if each.session_id == session_id]


def attended(chat: Chat, enrollment_id: int) -> Attended:
    """Refused for whoever has no seat, or never had one."""
    mine = owned(chat, enrollment_id)
    if mine.enrollment.state not in ATTENDED or mine.enrollment.is_unchecked:
        raise Refused("my_attendance.no_seat", ("my_enrollment", f"mine/{enrollment_id}"), title=mine.course.title)
    return of(chat, mine)


def of(chat: Chat, mine: Mine) -> Attended:
    meetings = sessions.of_courses(chat.tx, [mine.course.id])
    found = entries.of_enrollments(chat.tx, [mine.enrollment.id])
    ours = chat.organization.attendance.of_course(mine.course)
    return Attended(mine, meetings, found, counting.tally(ours, mine.enrollment, meetings, found))


@router.view("attendance", "출석", "내 출석", "출석 확인", "출석률", "출석 현황", "my attendance", "attendance")
def show_all(chat: Chat) -> Reply:
    """Of everybody of the chat: of the one course that somebody attends, or of each, to choose from."""
    held = [(theirs, each) for theirs in on_behalf.everybody(chat) for each in attending(theirs)]
    if not held:
        return chat.page("my_attendance.none", chat.button("courses", "courses"), links=[chat.button("mine", "mine")])
    if len(held) == 1:
        theirs, mine = held[0]
        return on_behalf.run(chat, theirs.resident.id, lambda them: show(them, mine.enrollment.id))
    return chat.page("my_attendance.which", cards=[_card(*each) for each in held], links=[chat.button("mine", "mine")])


def attending(chat: Chat) -> list[Mine]:
    """The courses in which somebody has a seat now."""
    held = enrollments.of_resident(chat.tx, chat.resident.id)
    seats = [each for each in held if each.state == "confirmed" and not each.ended_at and not each.is_unchecked]
    known = {course.id: course for course in courses.with_ids(chat.tx, [each.course_id for each in seats])}
    found = [Mine(each, known[each.course_id].in_(chat.language)) for each in seats if each.course_id in known]
    return [each for each in found if each.course.takes_place]


@router.view("mine/{enrollment_id}/attendance")
def show(chat: Chat, enrollment_id: int) -> Reply:
    """With the classes around now."""
    found = attended(chat, enrollment_id)
    begun = sum(each.starts_at <= chat.now for each in found.meetings)
    return _shown(chat, found, max(begun - 1, 0) // SHOWN)


@router.view("mine/{enrollment_id}/attendance/{page}")
def show_page(chat: Chat, enrollment_id: int, page: int) -> Reply:
    return _shown(chat, attended(chat, enrollment_id), page)


def _shown(chat: Chat, found: Attended, page: int) -> Reply:
    this, title = f"mine/{found.mine.enrollment.id}", found.mine.course.title
    if not found.meetings:
        return chat.page("my_attendance.no_classes", links=[chat.button("my_enrollment", this)], title=title)
    page = min(page, (len(found.meetings) - 1) // SHOWN)
    there = found.meetings[page * SHOWN : (page + 1) * SHOWN]
    facts = tuple((_which(chat, each), state(chat, found, each)) for each in there)
    turns = chat.turns(f"{this}/attendance", page, len(found.meetings) > (page + 1) * SHOWN, of="classes")
    links = [chat.button("my_enrollment", this), *ask_staff(chat, found)]
    said = share(chat, found)
    return chat.page(
        "my_attendance.of", *tell_absence(chat, found), *turns, cards=[Card(title, facts=facts)], links=links,
        title=title, said=said,
    )  # fmt: skip


def share(chat: Chat, found: Attended) -> str:
    """What it comes to, and how many classes may still be missed."""
    tally = found.tally
    figures = {"classes": tally.classes, "attended": tally.attended, "percent": tally.percent}
    lines = [chat.text("my_attendance.share", needed=tally.rules.completion_percent, **figures)]
    if found.mine.enrollment.state == "confirmed":
        lines.append(left(chat, tally))
    return "\n".join(lines)


def left(chat: Chat, tally: Tally) -> str:
    """How many of the classes that are left may be missed."""
    if tally.may_miss < 0:
        return chat.text("my_attendance.left.lost")
    if tally.may_miss >= tally.unmarked:
        return chat.text("my_attendance.left.reached")
    if tally.may_miss:
        return chat.text("my_attendance.left.more", count=tally.may_miss)
    return chat.text("my_attendance.left.none" if tally.lost else "my_attendance.left.no_first")


def state(chat: Chat, found: Attended, meeting: Session) -> str:
    """출석, 결석, 아직, or what was said of it that nobody has looked at yet."""
    seated = found.mine.enrollment.seated_at
    if seated and meeting.starts_at < seated:
        return chat.text("my_attendance.state.before")
    if counts := found.counting(meeting.id):
        return chat.text(f"my_attendance.mark.{counts.mark}")
    if (ahead := found.ahead(meeting.id)) and meeting.starts_at > chat.now:
        return chat.text(f"my_attendance.ahead.{ahead}")
    return chat.text("my_attendance.state.open" if found.waiting(meeting.id) else "my_attendance.state.none")


def tell_absence(chat: Chat, found: Attended) -> list[Button]:
    """Where there are classes to come."""
    is_coming = any(each.starts_at > chat.now for each in found.meetings)
    is_held = found.mine.enrollment.state == "confirmed" and found.mine.course.takes_place
    return [chat.button("absence", f"mine/{found.mine.enrollment.id}/absence")] if is_coming and is_held else []


def ask_staff(chat: Chat, found: Attended) -> list[Button]:
    return [chat.button(*rules.ASK)] if found.tally.may_miss < 0 else []


def _which(chat: Chat, meeting: Session) -> str:
    day = chat.day(meeting.starts_at.astimezone(chat.organization.timezone).date())
    return chat.text("my_attendance.class", number=meeting.number, day=day)


def _card(chat: Chat, mine: Mine) -> Card:
    said = share(chat, of(chat, mine))
    button = Button(mine.course.title, f"mine/{mine.enrollment.id}/attendance")
    return on_behalf.named_card(chat, Card(mine.course.title, tuple(said.split("\n")), button=button))
