"""The first words, the main menu, the language, help, and the way to a person."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.dialogue.texts import LANGUAGES
from handlers.residents.courses import show_course
from storage import residents

# "c42", "from-CODE", or both in either order, joined by "-" or "_": a start parameter has no other signs.
_COURSE = re.compile(r"(?:^|[-_])c(\d{1,12})(?=$|[-_])")
_ORIGIN = re.compile(r"(?:^|[-_])from-([A-Za-z0-9-]{1,40}?)(?=$|[-_]c\d{1,12}$|_)")


@router.view("start", "/start", "시작", "처음", "처음으로", "안녕", "안녕하세요", "하이", "hello", "hi", "start")
def start(chat: Chat) -> Reply:
    return chat.reply("welcome.greeting", *_menu(chat), ways=[chat.button("contact", "contact"), _other_language(chat)])


@router.act("start/{parameter}")
def start_with(chat: Chat, parameter: str) -> Reply:
    origin = _ORIGIN.search(parameter)
    if origin:
        residents.remember_origin(chat.tx, chat.channel, chat.address, origin[1])
    course_id = course_of(parameter)
    if course_id is None:
        return start(chat)
    shown = show_course(chat, course_id)
    return replace(shown, text=f"{chat.text('welcome.short')}\n\n{shown.text}")


def course_of(parameter: str) -> int | None:
    """The course that a start parameter leads to."""
    course = _COURSE.search(_ORIGIN.sub("", parameter))
    return int(course[1]) if course else None


@router.view("menu", "메뉴", "홈", "/menu", "menu", "home")
def show_menu(chat: Chat) -> Reply:
    return chat.reply("welcome.menu", *_menu(chat), ways=[chat.button("contact", "contact"), _other_language(chat)])


@router.view("help", "도움말", "도움", "사용법", "어떻게 해요", "어떻게 써요", "/help", "help", "?")
def show_help(chat: Chat) -> Reply:
    return chat.reply("welcome.help", *_menu(chat), ways=[chat.button("contact", "contact"), _other_language(chat)])


@router.view(
    "contact",
    "사람에게 문의",
    "문의",
    "담당자",
    "사람",
    "직원",
    "상담원",
    "전화",
    "전화번호",
    "문의처",
    "/contact",
    "contact",
)
def show_contact(chat: Chat) -> Reply:
    return chat.reply("welcome.contact", ways=[chat.button("menu", "menu")])


@router.act("language/{language}")
def speak(chat: Chat, language: str) -> Reply:
    if language in LANGUAGES:
        residents.speak(chat.tx, chat.resident.id, language)
        chat = replace(chat, resident=replace(chat.resident, language=language))
    return show_menu(chat)


@router.act("english", "english", "영어", "/english")
def speak_english(chat: Chat) -> Reply:
    return speak(chat, "en")


@router.act("korean", "한국어", "korean", "/korean")
def speak_korean(chat: Chat) -> Reply:
    return speak(chat, "ko")


def _menu(chat: Chat) -> Iterable[Button]:
    return (
        chat.button("courses", "courses"),
        chat.button("mine", "mine"),
        chat.button("news", "news"),
        chat.button("help", "help"),
    )


def _other_language(chat: Chat) -> Button:
    other = "en" if chat.language == "ko" else "ko"
    return chat.button(f"speak_{other}", f"language/{other}")
