"""Topics: of which courses a resident wants to hear news."""

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Reply, toggle
from handlers.dialogue.router import router
from handlers.postings.reading import categories
from storage.people import preferences
from storage.teaching import courses
from storage.teaching.news import DAYPARTS

TIMES = tuple(dict.fromkeys(DAYPARTS.values()))


@router.view("news/topics", "관심 분야", "소식 고르기", "topics")
def show_topics(chat: Chat) -> Reply:
    chosen = preferences.topics(chat.tx, chat.resident.id)
    names = _names(chat)
    buttons = (toggle(name, f"news/topics/{_code(topic)}", topic in chosen) for topic, name in names.items())
    named = ", ".join(name for topic, name in names.items() if topic in chosen)
    key = "topics.some" if named else "topics.all"
    return chat.page(key, *buttons, links=[chat.button("news", "news")], chosen=named)


@router.act("news/topics/{code}/on")
def choose_topic(chat: Chat, code: str) -> Reply:
    preferences.choose(chat.tx, chat.resident.id, _topic(chat, code))
    return show_topics(chat)


@router.act("news/topics/{code}/off")
def drop_topic(chat: Chat, code: str) -> Reply:
    preferences.drop(chat.tx, chat.resident.id, _topic(chat, code))
    return show_topics(chat)


def _names(chat: Chat) -> dict[str, str]:
    """Each topic with its name: parts of the day, and the categories that there are, or that were chosen."""
    times = {topic: chat.text(f"topics.{topic.removeprefix('time:')}") for topic in TIMES}
    return times | {f"category:{name}": categories.in_(chat.language, name) for name in _categories(chat)}


def _categories(chat: Chat) -> list[str]:
    chosen = preferences.topics(chat.tx, chat.resident.id) - set(TIMES)
    return sorted({*courses.categories(chat.tx, chat.now), *(topic.removeprefix("category:") for topic in chosen)})


def _code(topic: str) -> str:
    kind, name = topic.split(":", 1)
    return name if kind == "time" else categories.code_of(name)


def _topic(chat: Chat, code: str) -> str:
    for topic in TIMES:
        if code in (_code(topic), categories.number_of(topic)):  # the number is what buttons of before have
            return topic
    name = categories.by_code(code, _categories(chat))
    if name is None:
        raise Refused("help.unknown_button")
    return f"category:{name}"
