"""The first words, the main menu, the language, help, and the way to a person."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.dialogue.texts import LANGUAGES
from handlers.residents.surveys.answering import open_to
from storage.counseling import counselors
from storage.dialogue import common_questions
from storage.people import residents
from storage.seating import origins

# "aCODE", of a class, alone; else "c42", "sCODE", "talk" or "call", and "from-CODE" before or after it, joined by "-"
# or "_": they have no other signs.
_COURSE = re.compile(r"(?:^|[-_])c(\d{1,12})(?=$|[-_])")
_SURVEY = re.compile(r"(?:^|[-_])s([2-9A-Z]{8})(?=$|[-_])")
_CALL = re.compile(r"(?:^|[-_])call(?=$|[-_])")
_TALK = re.compile(r"(?:^|[-_])talk(?=$|[-_])")
_ATTEND = re.compile(r"a(\d{1,12}-[a-z2-7]{10})")
_ORIGIN = re.compile(r"(?:^|[-_])from-([A-Za-z0-9-]{1,40}?)(?=$|[-_](?:c\d{1,12}|s[2-9A-Z]{8})$|_)")


@router.view("start", "/start", "시작", "처음", "처음으로", "안녕", "안녕하세요", "하이", "hello", "hi", "start")
def start(chat: Chat) -> Reply:
    return _with_menu(chat, "welcome.greeting")


@router.view("start/due")
def show_due(chat: Chat) -> Reply:
    """Below what is told to somebody whose page is open: no greeting, as they may be in the middle of something."""
    return chat.page("welcome.due")


@router.act("start/{parameter}")
def start_with(chat: Chat, parameter: str) -> Reply:
    arrived = router.at(f"attend/{code[1]}") if (code := _ATTEND.fullmatch(parameter)) else None
    if arrived:  # whoever stands in the room needs no greeting
        return arrived.run(chat)
    origin = _ORIGIN.search(parameter)
    if origin:
        residents.remember_origin(chat.tx, chat.channel, chat.address, origin[1])
        origins.look(chat.tx, origin[1], _course_of(parameter), chat.today)
    shown = _destination(chat, parameter)
    return replace(shown, text=f"{chat.text('welcome.short')}\n\n{shown.text}") if shown else start(chat)


def _course_of(parameter: str) -> int:
    kind, _, number = path_of(parameter).partition("/")
    return int(number) if kind == "courses" else origins.NO_COURSE


def _destination(chat: Chat, parameter: str) -> Reply | None:
    action = router.at(path_of(parameter))
    return action.run(chat) if action else None


def path_of(parameter: str) -> str:
    """Where a start parameter leads: a course, a survey, a talk with a counselor, a call, or nowhere ("")."""
    known = _ORIGIN.sub("", parameter)
    if course := _COURSE.search(known):
        return f"courses/{course[1]}"
    if survey := _SURVEY.search(known):
        return f"surveys/{survey[1]}"
    if _CALL.search(known):
        return "callback"
    return "counseling" if _TALK.search(known) else ""


@router.view("menu", "메뉴", "홈", "/menu", "menu", "home")
def show_menu(chat: Chat) -> Reply:
    return _with_menu(chat, "welcome.menu")


@router.view("help", "도움말", "도움", "사용법", "어떻게 해요", "어떻게 써요", "/help", "help", "?")
def show_help(chat: Chat) -> Reply:
    return _with_menu(chat, "welcome.help", chat.button("callback", "callback"), chat.button("me", "me"))


@router.view(
    "contact",
    "사람에게 문의",
    "문의",
    "담당자",
    "사람",
    "직원",
    "상담원",
    "상담원 연결",
    "직원 연결",
    "담당자 연결",
    "전화번호",
    "문의처",
    "/contact",
    "contact",
)
def show_contact(chat: Chat) -> Reply:
    ways = {"questions": common_questions.exist(chat.tx), "counseling": counselors.exist(chat.tx)}
    others = (chat.button(path, path) for path, is_there in ways.items() if is_there)
    return chat.page("welcome.contact", chat.button("callback", "callback"), *others)


@router.act("language/{language}")
def speak(chat: Chat, language: str) -> Reply:
    if language in LANGUAGES:
        residents.speak(chat.tx, chat.resident.id, language)
        chat = replace(chat, resident=replace(chat.resident, language=language))
    return show_menu(chat)


@router.act("english", "english", "/english")
def speak_english(chat: Chat) -> Reply:
    return speak(chat, "en")


@router.act("korean", "한국어로 바꾸기", "/korean")
def speak_korean(chat: Chat) -> Reply:
    return speak(chat, "ko")


def _with_menu(chat: Chat, key: str, *ways: Button) -> Reply:
    other = "en" if chat.language == "ko" else "ko"
    links = [*ways, chat.button("contact", "contact"), chat.button(f"speak_{other}", f"language/{other}")]
    return chat.reply(key, *_menu(chat), links=links)


def _menu(chat: Chat) -> Iterator[Button]:
    yield chat.button("courses", "courses")
    yield chat.button("mine", "mine")
    if any(open_to(each) for each in on_behalf.everybody(chat)):
        yield chat.button("surveys", "surveys")
    yield chat.button("jobs", "jobs")
    if counselors.exist(chat.tx):
        yield chat.button("counseling", "counseling")
    yield chat.button("news", "news")
    yield chat.button("help", "help")
