"""Speaking for somebody else in one's own chat: whose a screen is, and that what it leads to stays theirs."""

from collections.abc import Callable
from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.language.names import initial
from storage.dialogue import drafts
from storage.people import represented
from storage.people.residents import Resident

# Nobody's in particular: rooms by the first part of their paths, and screens that show what everybody of a chat has.
_ROOMS = {
    "start", "menu", "help", "contact", "callback", "language", "english", "korean", "leave", "simple", "more",
    "questions", "said", "courses", "who",
}  # fmt: skip
_SCREENS = {
    "mine", "cancel", "talks", "surveys", "counseling", "news/stop", "news/stop/ask", "reminders/all/off", "attendance",
    "absence", "coming",
}  # fmt: skip


def split(path: str) -> tuple[int, str]:
    """Whom a path is for, and the path; 0 for whoever speaks, and for what is nobody's in particular."""
    whose, rest = represented.split(path)
    return (whose if _is_personal(rest) else 0), rest


def path_for(chat: Chat, path: str) -> str:
    """The path of something of the person whom `chat` is about."""
    if chat.speaker is None or not path or not _is_personal(path):
        return path
    return represented.path_for(chat.resident.id, path)


def form_path(form: str, *steps: str) -> str:
    """The path of a form, or of a step in it: "for/7/enroll/42" is at for/7/forms/enroll/42."""
    whose, named = represented.split(form)
    path = "/".join(("forms", named, *steps))
    return represented.path_for(whose, path) if whose else path


def everybody(chat: Chat) -> list[Chat]:
    """The chat as it is about each person for whom it speaks, whoever speaks first."""
    if not chat.resident.speaks_for_others:
        return [chat]
    return [chat, *(about(chat, each) for each in represented.at(chat.tx, chat.channel, chat.address))]


def about(chat: Chat, person: Resident) -> Chat:
    """The chat about somebody for whom it speaks, in the words that whoever speaks can read."""
    speaker = chat.speaker or chat.resident
    said = {name: getattr(speaker, name) for name in ("language", "is_simple", "simple_declined_at")}
    return replace(chat, resident=replace(person, **said), speaker=speaker)


def find(chat: Chat, whose: int) -> Chat | None:
    """The chat about this person: None where it doesn't speak for them. 0 is whoever speaks."""
    if not whose or whose == chat.resident.id:
        return chat
    person = represented.find(chat.tx, chat.channel, chat.address, whose)
    return about(chat, person) if person else None


def run(chat: Chat, whose: int, work: Callable[[Chat], Reply]) -> Reply:
    """What this comes to for a person; a chat that doesn't speak for them is refused, as one that asks for nobody."""
    theirs = find(chat, whose)
    if theirs is None:
        raise Refused("help.unknown_button")
    try:
        reply = work(theirs)
        return marked(_as_called_now(theirs, reply.form), reply)
    except Refused as refused:
        if theirs.speaker and not refused.head:
            refused.head = _head(theirs)
            refused.steps = tuple((label, path_for(theirs, path)) for label, path in refused.steps)
        raise


def _as_called_now(chat: Chat, form: str) -> Chat:
    """What was done may have given somebody a name, or the form that they are asked in has one."""
    if chat.speaker is None:
        return chat
    person = represented.find(chat.tx, chat.channel, chat.address, chat.resident.id) or chat.resident
    if form and person.name is None:
        name, subject = form.split("/")
        begun = drafts.find(chat.tx, person.id, name, int(subject))
        person = replace(person, name=dict(begun.log).get("name") if begun else None)
    return about(chat, person)


def marked(chat: Chat, reply: Reply, key: str = "on_behalf.head") -> Reply:
    """It says whom it is about, and what it leads to stays with them."""
    if chat.speaker is None:
        return reply
    return replace(
        reply,
        text=f"{_head(chat, key)}\n\n{reply.text}",
        cards=tuple(_card(chat, card) for card in reply.cards),
        buttons=tuple(_button(chat, button) for button in reply.buttons),
        links=tuple(_button(chat, link) for link in reply.links),
        form=represented.path_for(chat.resident.id, reply.form) if reply.form else "",
        left=represented.path_for(chat.resident.id, reply.left) if reply.left else "",
    )


def named(chat: Chat) -> str:
    """The person whom a chat is about, as whoever speaks calls them: 김순자 님, 홍길동 님(본인), 다른 분."""
    name = chat.resident.name
    if name and chat.traits.asks_on_page:
        name = initial(name)
    if chat.speaker is None:
        return chat.text("on_behalf.myself", name=name) if name else chat.text("on_behalf.me")
    return chat.text("on_behalf.other", name=name) if name else chat.text("on_behalf.somebody")


def labelled(chat: Chat, label: str, path: str) -> Button:
    """A button of one of several persons: it says whose it is, and stays with them."""
    return Button(_named_label(chat, label), path_for(chat, path))


def named_card(chat: Chat, card: Card) -> Card:
    """A card of a list in which several persons may have theirs."""
    if not _is_shared(chat):
        return card
    button = card.button and labelled(chat, card.button.label, card.button.path)
    return replace(card, title=_named_label(chat, card.title), button=button)


def _named_label(chat: Chat, label: str) -> str:
    return chat.text("on_behalf.labelled", who=named(chat), label=label) if _is_shared(chat) else label


def _is_shared(chat: Chat) -> bool:
    return chat.speaker is not None or chat.resident.speaks_for_others


def _head(chat: Chat, key: str = "on_behalf.head") -> str:
    return chat.text(key, who=named(chat))


def _card(chat: Chat, card: Card) -> Card:
    return replace(card, button=_button(chat, card.button)) if card.button else card


def _button(chat: Chat, button: Button) -> Button:
    return replace(button, path=path_for(chat, button.path))


def _is_personal(path: str) -> bool:
    return not (path in _SCREENS or path.split("/")[0] in _ROOMS or represented.split(path)[0])
