"""Telling of a qualification that one acquired after a course, and taking it back."""

from dataclasses import replace
from datetime import date
from functools import partial

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Choice, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.language.answers import free_text
from handlers.language.days import dates
from handlers.language.days.past_days import past_day
from handlers.language.grades import with_grade
from handlers.residents.people import personal, rules
from storage.completion import qualifications
from storage.completion.qualifications import Qualification
from storage.people import residents
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

FORM = "qualification"
CONSENT = "qualification"
PREPARED = "prepared"  # the choice of what the course prepares for


@router.view(
    "qualifications", "내 자격증", "자격증 땄어요", "자격증 땄습니다", "자격증 취득", "자격 취득", "시험 합격했어요",
    "자격증 합격", "자격증 등록", "/qualifications", "i passed the exam", "i got my certificate", "qualification",
)  # fmt: skip
def show_qualifications(chat: Chat) -> Reply:
    """What they told, and the courses after which there may be more to tell."""
    told = qualifications.of_resident(chat.tx, chat.resident.id)
    completed = [each for each in enrollments.of_resident(chat.tx, chat.resident.id) if each.state == "completed"]
    known = courses.with_ids(chat.tx, [each.course_id for each in completed])
    titles = {course.id: course.in_(chat.language).title for course in known}
    ways = [Button(titles[each.course_id], f"forms/{FORM}/{each.id}") for each in completed]
    cards = [_card(chat, each) for each in told]
    key = "list" if cards else "choose" if ways else "none"
    return chat.page(f"qualifications.{key}", *ways, cards=cards, links=[chat.button("mine", "mine")])


@router.act("qualifications/{number}/drop")
def drop(chat: Chat, number: int) -> Reply:
    """What an officer saw and entered is theirs to take out."""
    told = qualifications.of_resident(chat.tx, chat.resident.id)
    one = next((each for each in told if each.id == number), None)
    if one is None:
        raise Refused("qualifications.unknown", ("qualifications", "qualifications"))
    if one.entered_by:
        raise Refused("qualifications.entered", rules.ASK, name=_named(one))
    qualifications.drop(chat.tx, [number])
    return chat.page("qualifications.dropped", chat.button("qualifications", "qualifications"), name=_named(one))


@form(FORM, is_personal=True)
def qualification_form(chat: Chat, subject: int) -> Form:
    enrollment, course = _completed(chat, subject)
    return Form(
        title=chat.text("qualifications.title"),
        questions=_questions(chat, subject, course),
        known=lambda: personal.given(chat, personal.purposes(chat, CONSENT)),
        check=lambda: None,
        finish=partial(_finish, chat, enrollment),
    )


def door(chat: Chat, enrollment: Enrollment) -> Button:
    """The way to tell of what one acquired after a completed course."""
    return chat.button("qualification", f"forms/{FORM}/{enrollment.id}")


def _questions(chat: Chat, subject: int, course: Course) -> list[Question]:
    again = f"forms/{FORM}/{subject}"
    consents = (
        personal.consent_question(chat, purpose, "mine", ("read_again", again), rules.ASK)
        for purpose in personal.purposes(chat, CONSENT)
    )
    ask = partial(personal.question, chat)
    prepared = (Choice(PREPARED, course.certificate),) if course.certificate else ()
    return [
        *consents,
        replace(ask("qualification_name", partial(_name, course), takes_anything=True), choices=prepared),
        ask("qualification_number", free_text, is_optional=True, takes_anything=True),
        ask("qualification_day", partial(_read_day, chat), show=partial(_day, chat)),
    ]


def _name(course: Course, text: str) -> str:
    return course.certificate if text == PREPARED and course.certificate else free_text(text)


def _read_day(chat: Chat, text: str) -> str:
    """As it is kept: "어제" is another day tomorrow."""
    return past_day(chat.today)(text).isoformat()


def _day(chat: Chat, on: str) -> str:
    return dates.day(date.fromisoformat(on), chat.language)


def _finish(chat: Chat, enrollment: Enrollment, answers: Answers) -> Reply:
    residents.lock(chat.tx, chat.resident.id)
    name, grade = with_grade(answers["qualification_name"])
    acquired, number = date.fromisoformat(answers["qualification_day"]), answers.get("qualification_number")
    told = Qualification(0, enrollment.id, name, grade, number or "", acquired, chat.now)
    qualifications.save(chat.tx, told)
    links = [chat.button("jobs", "jobs"), chat.button("mine", "mine")]
    way = chat.button("qualifications", "qualifications")
    return chat.page("qualifications.told", way, links=links, name=_named(told)).as_receipt()


def _card(chat: Chat, one: Qualification) -> Card:
    facts = {"acquired_on": dates.day(one.acquired_on, chat.language), "license": one.license_number}
    away = None if one.entered_by else chat.button("qualification_drop", f"qualifications/{one.id}/drop")
    return Card(_named(one), facts=chat.facts(facts), button=away)


def _named(one: Qualification) -> str:
    return f"{one.name} {one.grade}".strip()


def _completed(chat: Chat, enrollment_id: int) -> tuple[Enrollment, Course]:
    enrollment = chat.own(enrollments.find(chat.tx, enrollment_id), "mine.unknown", ("mine", "mine"))
    course = courses.get(chat.tx, enrollment.course_id)
    if enrollment.state != "completed":
        raise Refused("qualifications.not_completed", ("mine", "mine"), title=course.in_(chat.language).title)
    return enrollment, course
