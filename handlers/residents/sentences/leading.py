"""Where each kind of request leads, what it is called, and how it is asked back which was meant."""

from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.dialogue.texts import LANGUAGES
from handlers.residents.courses.questions import TOPICS
from handlers.understanding.meaning import SEEK, Meaning

# Where a kind leads that is somewhere already.
PATHS = {
    "mine": "mine",
    "cancel": "mine",
    "job": "jobs",
    "counseling": "counseling",
    "survey": "surveys",
    "person": "contact",
    "teach": "instructors",
    "news": "news",
    "stop": "news/stop/ask",
    "hello": "start",
    "help": "help",
    SEEK: "courses",
}
# Kinds that are answered in words, with buttons to what can be done today.
SAID = {
    "call_me": ("contact", "counseling"),
    "change_data": ("contact", "mine"),
    "for_other": ("contact", "courses"),
    "apply_how": ("courses", "contact"),
    "privacy": ("contact",),
    "language": (),
    "bigger": ("contact",),
    "voice": ("contact",),
    "thanks": ("courses", "mine"),
    "complaint": ("contact",),
    "nothing": ("contact",),
}


def ask_back(chat: Chat, meaning: Meaning) -> Reply:
    """Not understood: the likeliest kinds to choose from, a person, and all courses."""
    kinds = (SEEK,) if meaning.kind == SEEK and meaning.is_sure else meaning.kinds
    choices = [Button(name_of(chat, kind), path_of(kind)) for kind in kinds if kind != "nothing"]
    others = [chat.button(path, path) for path in ("courses", "contact") if path not in [each.path for each in choices]]
    return chat.page("courses.not_found", *choices, *others).as_stumble()


def doubted(chat: Chat, reply: Reply, meaning: Meaning) -> Reply:
    """An answer to what was meant by all likelihood, told as a question, with what else it may have been."""
    asks = chat.text("understood.perhaps", about=name_of(chat, meaning.kind))
    others = [Button(name_of(chat, kind), path_of(kind)) for kind in meaning.kinds[1:] if kind != "nothing"]
    return replace(reply, text=f"{asks}\n{reply.text}").with_links(*others, chat.button("not_it", "asked/no"))


def name_of(chat: Chat, kind: str) -> str:
    return chat.text(f"asked.topic.{kind}")


def path_of(kind: str) -> str:
    return PATHS.get(kind) or (f"asked/{kind}" if kind in TOPICS else f"said/{kind}")


@router.view("said/{kind}")
def say(chat: Chat, kind: str) -> Reply:
    if kind not in SAID:
        raise Refused("help.unknown_button")
    ways = {
        "language": [chat.button(f"speak_{each}", f"language/{each}") for each in LANGUAGES],
        "bigger": [chat.button("simple_on", "simple/on")],
    }.get(kind, [])
    return chat.page(f"understood.{kind}", *ways, *(chat.button(path, path) for path in SAID[kind]))


def go(chat: Chat, path: str) -> Reply:
    action = router.at(path)
    if action is None:
        raise ValueError(f"no route {path}")
    return action.run(chat)
