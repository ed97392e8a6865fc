"""What is asked about a course in a sentence, answered from its rows: of the one named, on the screen, or one's own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.dialogue.screen import shown_last
from handlers.residents.courses.card import facts_by_name
from handlers.residents.courses.discovering import list_open, show_course
from handlers.residents.courses.questions import TOPICS
from handlers.residents.people import rules
from handlers.residents.seats import giving_back
from handlers.residents.seats.mine import Mine, card, facts_of_mine, list_mine
from storage.dialogue import common_questions
from storage.seating import enrollments
from storage.states import HOLDING
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Session

SAID_OF_ALL = {"absence": (), "documents": (), "refund": (), "who_may": (), "parking": ("parking", "lift", "access")}
"""Topics of which mostly the same holds for all courses, with what a course may tell of itself."""
TOLD_BY_US = ("absence", "documents", "refund")  # topics whose text says something though no row does
SHOWN = 6  # courses to ask back with
_PATH = re.compile(r"(?:courses|forms/enroll|asked/[a-z_]+)/(\d+)(?:/|$)")
_MINE = re.compile(r"mine/(\d+)(?:/|$)")


@router.view("asked/{topic}/{course_id}")
def answer(chat: Chat, topic: str, course_id: int) -> Reply:
    course = rules.shown_course(chat, course_id, rules.OTHERS)
    if topic not in TOPICS:
        raise Refused("help.unknown_button")
    mine = _own(chat, course)
    facts = _facts(chat, topic, course, mine)
    step = ("my_enrollment", f"mine/{mine.enrollment.id}") if mine else ("course", f"courses/{course.id}")
    is_known = _says(chat, topic, course, mine)
    is_told = is_known or topic in TOLD_BY_US
    key = f"asked.{topic}" if is_told else "asked.unknown"
    cards = [Card(course.title, facts=facts)] if is_told else []
    links = [chat.button("contact", "contact")] if is_known else _who_knows(chat)
    about = chat.text(f"asked.topic.{topic}")
    return chat.page(key, chat.button(*step), links=links, cards=cards, title=course.title, topic=about)


def answer_of_holder(chat: Chat, topic: str, course_id: int) -> Reply:
    """The same about whoever of the chat has something in the course, whoever speaks first."""
    held = [mine for mine in live(chat) if mine.course.id == course_id] if chat.resident.speaks_for_others else []
    return on_behalf.run(chat, _whose(held[0]) if held else 0, lambda theirs: answer(theirs, topic, course_id))


@router.view("asked/{topic}")
def answer_topic(chat: Chat, topic: str) -> Reply:
    """Of one's own courses where one has some, else it is asked which."""
    if topic not in TOPICS:
        raise Refused("help.unknown_button")
    if live(chat) or topic == "place_in_line":
        return answer_of_mine(chat, topic)
    still = [each.id for each in courses.catalogue(chat.tx, chat.today) if each.can_still_apply(chat.now)]
    return ask_which(chat, topic, courses.with_ids(chat.tx, still))


def answer_of_mine(chat: Chat, topic: str) -> Reply:
    """Of the courses that somebody takes or waits for: of one, or of each, to choose from."""
    held = live(chat)
    if not held:
        return chat.page(
            "asked.nothing_held", chat.button("courses", "courses"), links=[chat.button("contact", "contact")]
        )
    if len(held) == 1:
        return on_behalf.run(chat, _whose(held[0]), lambda theirs: answer(theirs, topic, held[0].course.id))
    about = chat.text(f"asked.topic.{topic}")
    if not any(_says(chat, topic, mine.course, mine) for mine in held):
        return chat.page("asked.not_told", chat.button("mine", "mine"), links=_who_knows(chat), topic=about)
    cards = [_line(chat, topic, mine) for mine in held]
    return chat.page(
        "asked.which_of_mine", cards=cards, links=[chat.button("mine", "mine"), _not_it(chat)], topic=about
    )


def answer_for_day(chat: Chat, day: date) -> Reply:
    """The classes that somebody has on a day; where there are none, when the next ones are."""
    held = [mine for mine in live(chat) if mine.enrollment.state in HOLDING]
    timezone = chat.organization.timezone
    meetings = sessions.of_courses(chat.tx, list({mine.course.id for mine in held}))
    on_day = [each for each in meetings if each.starts_at.astimezone(timezone).date() == day]
    if not on_day:
        following = answer_of_mine(chat, "when")
        return (
            replace(following, text=f"{chat.text('asked.not_on_day', day=chat.day(day))}\n{following.text}")
            if held
            else following
        )
    cards = [_meeting(chat, mine, each) for each in on_day for mine in held if mine.course.id == each.course_id]
    return chat.page("asked.on_day", cards=cards, links=[chat.button("mine", "mine")], day=chat.day(day))


def _meeting(chat: Chat, mine: Mine, meeting: Session) -> Card:
    course = mine.course
    facts = chat.facts({"next_class": chat.near_moment(meeting.starts_at), "venue": course.venue})
    shown = Card(course.title, facts=facts, button=Button(course.title, f"asked/when/{course.id}"))
    return on_behalf.named_card(_about(chat, mine), shown)


def ask_which(chat: Chat, topic: str, among: Sequence[Course]) -> Reply:
    """Back with the courses that may be meant."""
    said = [each.in_(chat.language) for each in among[:SHOWN]]
    cards = [Card(each.title, button=Button(each.title, f"asked/{topic}/{each.id}")) for each in said]
    return chat.page("asked.which", cards=cards, links=[_not_it(chat)], topic=chat.text(f"asked.topic.{topic}"))


def _not_it(chat: Chat) -> Button:
    return chat.button("not_it", "asked/no")


@router.view("asked/no", "아니에요", "아니요 그게 아니고요", "그게 아니에요", "그거 말고요")
def show_other(chat: Chat) -> Reply:
    """Where a sentence was taken for something else."""
    names = ("courses", "mine", "jobs", "contact")
    return chat.page("understood.not_it", *(chat.button(name, name) for name in names))


@router.view("apply", "신청", "등록", "접수", "수강신청")
def apply(chat: Chat) -> Reply:
    """For the course on the screen, whose card leads to the form; else for any."""
    course_id, _ = on_screen(shown_last(chat))
    return show_course(chat, course_id) if course_id else list_open(chat)


def ask_to_cancel(chat: Chat, course_id: int = 0) -> Reply:
    """To the one registration that can be meant, whose screen asks before anything is given up, or to all of them."""
    held = [mine for mine in live(chat) if course_id in (0, mine.course.id)]
    if len(held) != 1:
        return ask_which_to_cancel(chat)
    return on_behalf.run(chat, _whose(held[0]), lambda theirs: giving_back.ask_to_cancel(theirs, held[0].enrollment.id))


@router.view("cancel", "취소", "철회", "신청 취소", "신청 취소하기", "취소하기", "cancel", "unregister")
def ask_which_to_cancel(chat: Chat) -> Reply:
    """Each leads to the screen that asks whether to give it up."""
    cards = [card(_about(chat, each), each, step="/cancel") for each in live(chat)]
    if not cards:
        return list_mine(chat)
    return chat.page("mine.cancel.which", cards=cards, links=[chat.button("mine", "mine")])


def tells(chat: Chat, course_id: int, topic: str) -> bool:
    """Whether the rows of a course answer what is asked of it, rather than what holds for all courses."""
    course = rules.shown_course(chat, course_id, rules.OTHERS)
    facts = facts_by_name(chat, course, course.status(chat.now, chat.today))
    return any(facts.get(name) for name in SAID_OF_ALL.get(topic, TOPICS[topic]))


def has_completed(chat: Chat) -> bool:
    """Whether anybody of the chat has completed a course, and may want the certificate of it."""
    people = [each.resident.id for each in on_behalf.everybody(chat)]
    return any(each.state == "completed" for one in people for each in enrollments.of_resident(chat.tx, one))


def _who_knows(chat: Chat) -> list[Button]:
    ways = ("questions", "contact") if common_questions.exist(chat.tx) else ("contact",)
    return [chat.button(path, path) for path in ways]


def live(chat: Chat) -> list[Mine]:
    """Of everybody of the chat, where nothing is written meanwhile."""
    return chat.read_once(_read_live)


def _read_live(chat: Chat) -> list[Mine]:
    people = [each.resident.id for each in on_behalf.everybody(chat)]
    held = [each for one in people for each in enrollments.of_resident(chat.tx, one) if not each.ended_at]
    known = {course.id: course for course in courses.with_ids(chat.tx, [each.course_id for each in held])}
    return [Mine(each, known[each.course_id].in_(chat.language)) for each in held if each.course_id in known]


def _whose(mine: Mine) -> int:
    return mine.enrollment.resident_id


def _about(chat: Chat, mine: Mine) -> Chat:
    return on_behalf.find(chat, _whose(mine)) or chat


def on_screen(reply: Reply) -> tuple[int, int]:
    """The course and the enrollment that a screen is about, 0 where it is about none or several."""
    about = [_ids(_PATH, reply), _ids(_MINE, reply)]
    course, enrollment = (next(iter(ids)) if len(ids) == 1 else 0 for ids in about)
    return course, enrollment


def _ids(pattern: re.Pattern[str], reply: Reply) -> set[int]:
    form = [on_behalf.form_path(reply.form)] if reply.form else []
    paths = (on_behalf.split(path)[1] for path in [*form, *(each.path for each in reply.all_buttons)])
    return {int(found[1]) for path in paths if (found := pattern.match(path))}


def _own(chat: Chat, course: Course) -> Mine | None:
    mine = enrollments.live(chat.tx, course.id, [chat.resident.id])
    return Mine(mine, course) if mine else None


def _says(chat: Chat, topic: str, course: Course, mine: Mine | None) -> bool:
    """Whether rows answer it, rather than only say whom to ask."""
    return bool(_known(chat, topic, course, mine).keys() - {"contact"})


def _facts(chat: Chat, topic: str, course: Course, mine: Mine | None) -> tuple[tuple[str, str], ...]:
    return chat.facts(_known(chat, topic, course, mine))


def _known(chat: Chat, topic: str, course: Course, mine: Mine | None) -> dict[str, str]:
    known = facts_by_name(chat, course, course.status(chat.now, chat.today))
    known |= facts_of_mine(chat, mine) if mine else {}
    if topic == "when" and mine:
        known.pop("first_class", None)
    return {name: known[name] for name in TOPICS[topic] if known.get(name)}


def _line(chat: Chat, topic: str, mine: Mine) -> Card:
    facts = _facts(chat, topic, mine.course, mine)
    shown = Card(mine.course.title, facts=facts, button=Button(mine.course.title, f"asked/{topic}/{mine.course.id}"))
    return on_behalf.named_card(_about(chat, mine), shown)
