"""Discovering courses: lists, and the card of a course."""

from typing import Any

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.postings.reading import categories
from handlers.residents.courses import awaited, maps, sharing
from handlers.residents.courses.card import first_facts, list_card, more_facts
from handlers.residents.people import others, rules
from storage.seating import enrollments
from storage.teaching import courses
from storage.teaching.course import Course, Status
from storage.teaching.courses import Page

SIZE = 6  # courses on one screen
OTHER = "somebody_else"


@router.view(
    "courses", "강좌", "강좌 찾기", "과정", "수업", "강의", "접수중", "강좌 목록", "배우고 싶어요",
    "/courses", "courses", "course", "classes", "class",
)  # fmt: skip
@router.view("courses/open/{page}")
def list_open(chat: Chat, page: int = 0) -> Reply:
    return _listed(chat, "open", courses.open_now(chat.tx, chat.now, page, SIZE), "courses/open", page)


@router.view("courses/soon", "접수예정", "곧 접수", "곧 접수하는 강좌", "예정", "soon")
@router.view("courses/soon/{page}")
def list_soon(chat: Chat, page: int = 0) -> Reply:
    return _listed(chat, "soon", courses.opening_soon(chat.tx, chat.now, page, SIZE), "courses/soon", page)


@router.view(
    "courses/outside-work", "저녁", "야간", "주말", "저녁·주말 강좌", "저녁 강좌", "주말 강좌", "야간 강좌",
    "evening", "weekend",
)  # fmt: skip
@router.view("courses/outside-work/{page}")
def list_outside_work(chat: Chat, page: int = 0) -> Reply:
    found = courses.outside_work(chat.tx, chat.now, page, SIZE)
    return _listed(chat, "outside_work", found, "courses/outside-work", page)


@router.view("courses/certificate", "자격증", "자격증 과정", "자격증 강좌", "certificate", "certificates")
@router.view("courses/certificate/{page}")
def list_with_certificate(chat: Chat, page: int = 0) -> Reply:
    found = courses.with_certificate(chat.tx, chat.now, page, SIZE)
    return _listed(chat, "certificate", found, "courses/certificate", page)


@router.view("courses/categories", "분야", "분야별", "종류", "fields", "categories")
def list_categories(chat: Chat) -> Reply:
    names = courses.categories(chat.tx, chat.now)
    if not names:
        return chat.page("courses.none", links=_filters(chat))
    buttons = (
        Button(categories.in_(chat.language, name), f"courses/category/{categories.code_of(name)}/0") for name in names
    )
    return chat.page("courses.categories", *buttons, links=_filters(chat))


@router.view("courses/category/{code}/{page}")
def list_category(chat: Chat, code: str, page: int) -> Reply:
    name = categories.by_code(code, courses.categories(chat.tx, chat.now))
    if name is None:
        return list_categories(chat)
    found = courses.in_category(chat.tx, chat.now, name, page, SIZE)
    said = categories.in_(chat.language, name)
    return _listed(chat, "category", found, f"courses/category/{code}", page, category=said)


@router.view("courses/{course_id}")
def show_course(chat: Chat, course_id: int) -> Reply:
    """What decides, and the button; all else is one tap away."""
    course = rules.shown_course(chat, course_id, ("courses", "courses"))
    status = course.status(chat.now, chat.today)
    card = Card(course.title, facts=first_facts(chat, course, status))
    links = [chat.button("course_more", f"courses/{course.id}/more"), chat.button("other_courses", "courses")]
    return chat.page(f"courses.card.{status}", *_next_steps(chat, course, status), cards=[card], links=links)


@router.view("courses/{course_id}/more")
def show_more(chat: Chat, course_id: int) -> Reply:
    course = rules.shown_course(chat, course_id, ("courses", "courses"))
    status = course.status(chat.now, chat.today)
    card = Card(course.title, tuple(filter(None, [course.description])), more_facts(chat, course, status))
    how = [chat.button("draw", f"courses/{course.id}/draw")] if course.selection == "lottery" else []
    links = [*maps.ways(chat, course), sharing.way(chat, course.id), *how]
    links.append(chat.button("course", f"courses/{course.id}"))
    steps = _next_steps(chat, course, status)
    return chat.page("courses.card.more", *steps, cards=[card], links=links, title=course.title)


def _next_steps(chat: Chat, course: Course, status: Status) -> list[Button]:
    held = [button for each in on_behalf.everybody(chat) for button in _held(each, course)]
    if status not in ("open", "waitlist"):
        return held or [chat.button(*awaited.step(chat, course, status))]
    label = "enroll" if status == "open" else "wait"
    if held or chat.resident.speaks_for_others:
        return [*held, others.way(chat, "enroll", course.id, label if chat.resident.speaks_for_others else OTHER)]
    return [chat.button(label, f"forms/enroll/{course.id}")]


def _held(chat: Chat, course: Course) -> list[Button]:
    mine = enrollments.live(chat.tx, course.id, [chat.resident.id])
    label = chat.text("labels.my_enrollment")
    return [on_behalf.labelled(chat, label, f"mine/{mine.id}")] if mine else []


def _listed(chat: Chat, kind: str, found: Page, path: str, page: int, **data: Any) -> Reply:
    if not found.courses and page == 0:
        return chat.page("courses.none", links=_filters(chat))
    cards = [list_card(chat, course) for course in found.courses]
    turns = chat.turns(path, page, found.has_more)
    return chat.page(f"courses.list.{kind}", cards=cards, links=[*turns, *_filters(chat)], **data)


def _filters(chat: Chat) -> list[Button]:
    names = {
        "open_courses": "courses",
        "soon": "courses/soon",
        "outside_work": "courses/outside-work",
        "categories": "courses/categories",
        "certificate": "courses/certificate",
    }
    return [chat.button(name, path) for name, path in names.items()]
