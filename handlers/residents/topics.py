"""Topics: of which courses a resident wants to hear news."""

import zlib

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from storage import courses, preferences
from storage.news import DAYPARTS

TIMES = tuple(dict.fromkeys(DAYPARTS.values()))


@router.view("news/topics", "관심 분야", "소식 고르기", "topics")
def show_topics(chat: Chat) -> Reply:
    chosen = preferences.topics(chat.tx, chat.resident.id)
    names = _names(chat)
    buttons = (
        Button(f"{'✓ ' if topic in chosen else ''}{name}", f"news/topics/{_number(topic)}/{_turn(topic in chosen)}")
        for topic, name in names.items()
    )
    told = ", ".join(name for topic, name in names.items() if topic in chosen)
    key = "topics.some" if told else "topics.all"
    return chat.reply(key, *buttons, ways=[chat.button("news", "news"), chat.button("menu", "menu")], chosen=told)


@router.act("news/topics/{number}/on")
def choose_topic(chat: Chat, number: int) -> Reply:
    preferences.choose(chat.tx, chat.resident.id, _topic(chat, number))
    return show_topics(chat)


@router.act("news/topics/{number}/off")
def drop_topic(chat: Chat, number: int) -> Reply:
    preferences.drop(chat.tx, chat.resident.id, _topic(chat, number))
    return show_topics(chat)


def _names(chat: Chat) -> dict[str, str]:
    """Each topic with its name: parts of the day, and the categories that there are, or that were chosen."""
    chosen = {topic for topic in preferences.topics(chat.tx, chat.resident.id) if topic not in TIMES}
    known = {f"category:{name}" for name in courses.categories(chat.tx, chat.now)}
    times = {topic: chat.text(f"topics.{topic.removeprefix('time:')}") for topic in TIMES}
    return times | {topic: topic.removeprefix("category:") for topic in sorted(known | chosen)}


def _topic(chat: Chat, number: int) -> str:
    for topic in _names(chat):
        if _number(topic) == number:
            return topic
    raise Refused("help.unknown_button")


def _number(topic: str) -> int:
    return zlib.crc32(topic.encode())


def _turn(is_chosen: bool) -> str:
    return "off" if is_chosen else "on"
