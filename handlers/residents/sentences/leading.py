"""Where each kind of request leads, what it is called, and how it is asked back which was meant."""

import re
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
    "qualification": "qualifications",
    "cancel": "cancel",
    "job": "jobs",
    "counseling": "counseling",
    "survey": "surveys",
    "person": "contact",
    "call_me": "callback",
    "teach": "instructors",
    "news": "news",
    "privacy": "me",
    "change_data": "me/correct",
    "stop": "news/stop/ask",
    "hello": "start",
    "help": "help",
    SEEK: "courses",
}
# Kinds that are answered in words, with buttons to what can be done today.
SAID = {
    "for_other": ("courses", "callback", "contact"),
    "apply_how": ("courses", "callback", "contact"),
    "language": (),
    "bigger": ("callback", "contact"),
    "voice": ("callback",),
    "thanks": ("courses", "mine"),
    "complaint": ("callback", "contact"),
    "nothing": ("callback", "contact"),
}
NO_CHOICE = ("nothing", "hello", "thanks")  # that nobody would press


def ask_back(chat: Chat, meaning: Meaning, text: str) -> Reply:
    """Not understood: the likeliest kinds to choose from, a person, and all courses."""
    is_guess = not meaning.heard and re.fullmatch(r"\w+", text.strip())  # of one word of which we know nothing
    likely = () if is_guess else meaning.kinds
    kinds = (SEEK,) if meaning.kind == SEEK and meaning.is_sure else likely
    choices = [Button(name_of(chat, kind), path_of(kind)) for kind in kinds if kind not in NO_CHOICE]
    ways, known = ("courses", "callback", "contact"), [each.path for each in choices]
    others = [chat.button(path, path) for path in ways if path not in known]
    return chat.page("courses.not_found", *choices, *others).as_stumble()


def doubted(chat: Chat, reply: Reply, meaning: Meaning) -> Reply:
    """An answer to what was meant by all likelihood, told as a question, with what else it may have been.

    Who is asked back already isn't asked twice.
    """
    if reply.is_stumble:
        return reply
    asks = chat.text("understood.perhaps", about=name_of(chat, meaning.kind))
    others = [Button(name_of(chat, kind), path_of(kind)) for kind in meaning.kinds[1:] if kind not in NO_CHOICE]
    doubted = replace(reply, text=f"{asks}\n{reply.text}", links=())
    return doubted.with_links(*others, chat.button("not_it", "asked/no"), *reply.links)


def name_of(chat: Chat, kind: str) -> str:
    return chat.text(f"asked.topic.{kind}")


def path_of(kind: str) -> str:
    return PATHS.get(kind) or (f"asked/{kind}" if kind in TOPICS else f"said/{kind}")


@router.view("said/{kind}")
def say(chat: Chat, kind: str) -> Reply:
    if kind in PATHS:  # which was answered in words once
        return go(chat, PATHS[kind])
    if kind not in SAID:
        raise Refused("help.unknown_button")
    ways = {
        "language": [chat.button(f"speak_{each}", f"language/{each}") for each in LANGUAGES],
        "bigger": [chat.button("simple_on", "simple/on")],
    }.get(kind, [])
    key = "bigger_small" if kind == "bigger" and not chat.traits.sets_letters else kind
    return chat.page(f"understood.{key}", *ways, *(chat.button(path, path) for path in SAID[kind]))


def go(chat: Chat, path: str) -> Reply:
    action = router.at(path)
    if action is None:
        raise ValueError(f"no route {path}")
    return action.run(chat)
