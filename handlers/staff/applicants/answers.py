"""What somebody says of themselves to an officer, read as forms read what residents write."""

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.dialogue.forms.form import Question
from handlers.language.answers import Unparsed
from handlers.language.days import years
from handlers.residents.people import personal
from handlers.residents.people.personal import ELSEWHERE
from handlers.seating import targets
from handlers.staff.desk.declined import Declined
from storage.people.residents import PERSONAL
from storage.teaching.course import Course


class Unreadable(Declined):
    """What somebody told can't be read, or isn't all that is needed: they can tell it again."""


def read(chat: Chat, course: Course, told: Mapping[str, str]) -> dict[str, Any]:
    """By the names of PERSONAL; what isn't told is left out. Raises Declined, with all that is wrong."""
    questions = _questions(chat, course)
    found: dict[str, Any] = {}
    problems = []
    for name in PERSONAL:
        if said := told.get(name, "").strip():
            try:
                found[name] = questions[name].parse(said)
            except Unparsed as error:
                problems.append(f"{questions[name].label}: {chat.text(error.key, **error.data)}")
    if problems:
        raise Unreadable("고칠 칸이 있어 접수하지 않았습니다.", items=problems)
    if found.get("dong", ELSEWHERE) != ELSEWHERE:
        found["tie"] = "lives"
    return found


def check_complete(course: Course, known: Mapping[str, Any]) -> None:
    """Who they are, and what this course asks for. A mobile number needn't be there: not everybody has one."""
    missing = [label for name, label in _needed(course, known).items() if not known.get(name)]
    if missing:
        raise Unreadable("빠진 칸이 있어 접수하지 않았습니다.", items=missing)


def _needed(course: Course, known: Mapping[str, Any]) -> dict[str, str]:
    asked = {"name": "이름을 적어 주세요.", "birth_year": "태어난 해를 적어 주세요."}
    if course.open_to != "anyone" or known.get("dong"):
        asked["dong"] = "사는 동을 골라 주세요."
    if known.get("dong") == ELSEWHERE:
        asked["tie"] = "다른 곳에 사시면 이 구에서 일하거나 배우는지 골라 주세요."
    if targets.asks(course):
        asked["target"] = "대상 구분을 골라 주세요. 먼저 뽑는 분이 있는 과정입니다."
    return asked


def _questions(chat: Chat, course: Course) -> dict[str, Question]:
    least = years.YOUNGEST if course.minimum_age <= years.YOUNGEST else 0  # above it the rule of the course decides
    return {
        "name": personal.name_question(chat),
        "birth_year": personal.birth_year_question(chat, years.birth_year(chat.today, least)),
        "mobile": personal.mobile_question(chat),
        "dong": personal.dong_question(chat),
        "tie": personal.tie_question(chat),
        "target": personal.target_question(chat),
    }
