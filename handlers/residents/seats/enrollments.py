"""Registering for a course: consent, what we need to know, and a seat or a place in line at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Form, Question
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Button, Reply
from handlers.language.days import years
from handlers.residents.courses import card as course_card
from handlers.residents.courses import questions as course_questions
from handlers.residents.courses import sharing
from handlers.residents.people import news, others, personal, reached, rules
from handlers.residents.people.personal import ELSEWHERE
from handlers.residents.seats import receipts
from handlers.seating import bursts, numbers, shares, targets
from storage.people import residents
from storage.people.finding import persons
from storage.people.residents import PERSONAL
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses
from storage.teaching.course import Course

THEIR_OWN = (
    "refused.already",
    "refused.term_limit",
    "refused.overlap",
    "refused.no_show",
)  # what keeps nobody else out


@form("enroll", is_personal=True)
def enrollment_form(chat: Chat, course_id: int) -> Form:
    course = rules.known_course(chat, course_id, rules.OTHERS)
    questions = (*_consent_questions(chat, course), *_personal_questions(chat, course))
    return Form(
        title=course.title,
        questions=questions,
        known=partial(_known, chat, course),
        check=partial(_check, chat, course, [chat.resident.id]),
        learn=partial(_learn, chat),
        finish=partial(_finish, chat, course.id),
        about=partial(course_questions.answer, chat, course),
        links=_for_others(chat, course),
    )


def _for_others(chat: Chat, course: Course) -> tuple[Button, ...]:
    """Who has it speak for somebody knows whom this is for."""
    is_known = chat.speaker or chat.resident.speaks_for_others
    return () if is_known else (others.way(chat, "enroll", course.id),)


def _check(chat: Chat, course: Course, people: list[int]) -> None:
    try:
        _check_all(chat, course, people)
    except Refused as refused:
        if refused.key in THEIR_OWN and not chat.speaker:
            refused.steps = (*refused.steps, others.step(chat, "enroll", course.id))
        raise


def _check_all(chat: Chat, course: Course, people: list[int]) -> None:
    rules.check_shown(course, rules.OTHERS)
    rules.check_not_enrolled(chat, course, people)
    rules.check_taking(chat, course)
    rules.check_other_courses(chat, course, people)
    rules.check_no_shows(chat, course, people)


def _known(chat: Chat, course: Course) -> Answers:
    """What needn't be asked again; an answer that this course would refuse is asked."""
    agreed = personal.given(chat, ["abroad", "enrollment"])
    person = {name: getattr(chat.resident, name) for name in PERSONAL}
    if not years.tells_age(chat.resident.birth_year or 0, chat.today):
        person["birth_year"] = None
    try:
        rules.check_person(chat, course, chat.resident)
    except Refused:
        person["birth_year"] = person["dong"] = person["tie"] = None
    return {**agreed, **{name: value for name, value in person.items() if value is not None}}


def _consent_questions(chat: Chat, course: Course) -> list[Question]:
    steps = (("read_again", f"forms/enroll/{course.id}"), rules.OTHERS, rules.ASK)
    needed = personal.purposes(chat, "enrollment")
    return [personal.consent_question(chat, purpose, f"c{course.id}", *steps) for purpose in needed]


def _personal_questions(chat: Chat, course: Course) -> list[Question]:
    """Who may come is asked first, so that nobody tells their name and number in vain."""
    dong, tie = personal.dong_question(chat), personal.tie_question(chat)
    return [
        replace(dong, parse=partial(_dong, course, dong.parse), text=course_questions.dong(chat, course)),
        replace(tie, parse=partial(_tie, course, tie.parse)),
        personal.name_question(chat, *_for_others(chat, course), with_more=True),
        others.same_person_question(chat, "enroll", course.id),
        personal.birth_year_question(chat, partial(_birth_year, chat, course)),
        personal.mobile_question(chat),
        *([_target_question(chat, course)] if targets.asks(course) else []),
    ]


def _target_question(chat: Chat, course: Course) -> Question:
    """Asked where the answer counts; whether somebody is young or middle-aged follows from their birth year."""
    asked = personal.target_question(chat)
    first = chat.text("ask.takes_first", first=course_card.groups(chat, course))
    return replace(asked, text=f"{first}\n{asked.text}")


def _birth_year(chat: Chat, course: Course, text: str) -> int:
    least = years.YOUNGEST if course.minimum_age <= years.YOUNGEST else 0  # above it the year decides
    year = years.birth_year(chat.today, least)(text)
    rules.check_age(chat, course, year)
    return year


def _dong(course: Course, read: Callable[[str], Any], text: str) -> Any:
    dong = read(text)
    if dong == ELSEWHERE and course.open_to == "residents":
        rules.check_tie(course, "none")
    return dong


def _tie(course: Course, read: Callable[[str], Any], text: str) -> Any:
    tie = read(text)
    rules.check_tie(course, tie)
    return tie


def _learn(chat: Chat, answers: Answers) -> bool:
    described = {name: answers[name] for name in PERSONAL if name in answers}
    if described.get("dong", ELSEWHERE) != ELSEWHERE:
        described["tie"] = "lives"
    if not described or others.is_undecided(chat, answers):
        return False
    residents.describe(chat.tx, chat.resident, **described)
    return True


def _finish(chat: Chat, course_id: int, _: Answers) -> Reply:
    person = residents.lock(chat.tx, chat.resident.id)
    people = persons.lock_same(chat.tx, person)
    course = courses.lock(chat.tx, course_id, chat.language)
    most = chat.organization.people_per_number
    is_unchecked = bursts.needs_a_look(chat, course) or not numbers.count_at_once(chat.tx, person, course.id, most)
    _check(chat, replace(course, unchecked=0) if is_unchecked else course, people)
    rules.check_person(chat, course, person)
    origin = residents.origin(chat.tx, chat.channel, chat.address)
    came = (chat.channel, chat.now, bursts.source(chat), is_unchecked, origin)
    enrollment = enrollments.add(chat.tx, course.id, person.id, shares.state_for(course, chat.channel, chat.now), *came)
    if enrollment is None:
        raise Refused("refused.already", rules.OTHERS, title=course.title)
    return _receipt(chat, course, enrollment)


def _receipt(chat: Chat, course: Course, enrollment: Enrollment) -> Reply:
    key, data = receipts.said(chat, course, enrollment)
    buttons = [chat.button("my_enrollment", f"mine/{enrollment.id}")]
    if key == "enrolled.confirmed":
        buttons.append(chat.button("calendar", f"mine/{enrollment.id}/calendar"))
    buttons += [*reached.offers(chat), *receipts.ways_to_learn(chat, enrollment)]
    card = receipts.card(chat, course, enrollment)
    too = others.way(chat, "enroll", course.id, "somebody_else_too")
    links = [*news.offers(chat), sharing.way(chat, course.id), too]
    shown = chat.page(key, *buttons, cards=[card], links=links, **data)
    text = "\n".join(filter(None, [shown.text, receipts.how_to_learn(chat, enrollment)]))
    return replace(shown, text=text).as_receipt()
