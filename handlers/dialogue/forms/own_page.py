"""A form on a page of ours, in place of the chat that led there: its questions, and what came of them told in the chat.

Whoever opens the link gets a secret of their own for the rest of it: the link opens nothing a second time.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import steps
from handlers.dialogue.forms.form import Question
from handlers.dialogue.reply import Button, Reply, to_json
from handlers.dialogue.router import router
from storage.dialogue import inbox
from storage.people import links, residents
from storage.people.links import Link

SITTING = "sitting"
SITS = timedelta(minutes=30)


@dataclass(frozen=True)
class Sent:
    """What a page sent: a button's path, or what was typed for a question; `form` is the one that it showed."""

    form: str = ""
    path: str = ""
    question: str = ""
    text: str = ""


@dataclass(frozen=True)
class Screen:
    """What is shown: a question (`asked`, unless something stands in its way), or at the end what came of it."""

    chat: Chat
    form: str
    reply: Reply
    asked: Question | None = None
    said: str = ""
    problem: str = ""  # stands above the question
    is_plain: bool = False  # nothing but the question that is asked now
    is_told: bool = False  # in the chat as well

    @property
    def is_over(self) -> bool:
        return self.reply.form != self.form

    @property
    def is_typed(self) -> bool:
        return self.asked is not None and not self.asked.choices

    @property
    def whose(self) -> str:
        """Said where it is for somebody else."""
        return self.chat.text("on_behalf.head", who=on_behalf.named(self.chat)) if self.chat.speaker else ""

    @property
    def choices(self) -> list[Button]:
        return self._inside(self.reply.buttons)

    @property
    def ways(self) -> list[Button]:
        return self._inside(self.reply.links)

    def _inside(self, buttons: Sequence[Button]) -> list[Button]:
        """What can be pressed here; the rest leads elsewhere, and for leaving the chat is there."""
        inside = (each for each in buttons if _is_inside(self.form, each.path))
        return [each for each in inside if not each.path.endswith("/leave")]


def sit_down(chat: Chat, link: Link) -> str:
    """The secret of whoever has opened this link, with whom the form begins or goes on."""
    theirs = _chat(chat, link, chat.resident)
    if theirs:
        steps.open_form(theirs, *steps.named(_form(link)))
    return links.make(chat.tx, SITTING, link.resident_id, link.subject, chat.now, SITS)


def is_of(chat: Chat, secret: str, link: Link) -> bool:
    """Whether this secret goes on with what the link was for."""
    sitting = links.look(chat.tx, secret, SITTING, chat.now)
    return sitting is not None and (sitting.resident_id, sitting.subject) == (link.resident_id, link.subject)


def show(chat: Chat, secret: str) -> Screen | None:
    """Where it stands; None for a secret that is none, or no longer. `chat` is anybody's; nothing is stored."""
    sitting = links.look(chat.tx, secret, SITTING, chat.now)
    theirs = _chat(chat, sitting, residents.by_id(chat.tx, sitting.resident_id)) if sitting else None
    return _standing(theirs, _form(sitting)) if theirs and sitting else None


def is_done(chat: Chat, secret: str) -> bool:
    sitting = links.find(chat.tx, secret, SITTING)
    return sitting is not None and sitting.used_at is not None


def step(chat: Chat, secret: str, sent: Sent) -> Screen | None:
    """What a page leads to, and when that is the end, it is told in the chat as well; all in this one transaction."""
    sitting = links.look(chat.tx, secret, SITTING, chat.now)
    if sitting is None:
        return None
    resident = residents.lock(chat.tx, sitting.resident_id)
    theirs, form = _chat(chat, sitting, resident), _form(sitting)
    if theirs is None or links.look(chat.tx, secret, SITTING, chat.now) is None:  # it ended while we waited
        return None
    reply = _answered(theirs, form, sent) if sent.form == form else None
    if reply is None:
        return _standing(theirs, form)
    if reply.form != form:
        _end(theirs, secret, reply)
        return Screen(theirs, form, reply, is_told=True)
    standing = _standing(theirs, form)
    if standing.reply.text == reply.text:
        return replace(standing, is_plain=True)
    if reply.text.endswith(standing.reply.text):
        return replace(standing, problem=reply.text.removesuffix(standing.reply.text).strip(), said=sent.text)
    return Screen(theirs, form, reply)


def _answered(chat: Chat, form: str, sent: Sent) -> Reply | None:
    """None where it isn't about what is asked now: an old page, a second tap."""
    name, subject = steps.named(form)
    if sent.path:
        is_here = _is_inside(form, sent.path) and "leave" not in sent.path.split("/")
        action = router.at(sent.path) if is_here else None
        return action.route.handler(chat, **action.values) if action else None
    asked = steps.asked_now(chat, name, subject)
    if asked is None or asked.name != sent.question:
        return None
    return steps.type_answer(chat, name, subject, sent.text)


def _is_inside(form: str, path: str) -> bool:
    return f"{path}/".startswith(f"forms/{form}/")


def _standing(chat: Chat, form: str) -> Screen:
    try:
        return Screen(chat, form, *steps.look(chat, *steps.named(form)))
    except Refused as refused:
        return Screen(chat, form, chat.refusal(refused))


def _end(chat: Chat, secret: str, reply: Reply) -> None:
    links.use(chat.tx, secret, SITTING, chat.now)
    there = replace(chat, resident=chat.speaker or chat.resident, speaker=None, is_on_page=False)
    told = on_behalf.marked(on_behalf.find(there, chat.resident.id) or there, reply)  # as they are called by now
    inbox.owe(chat.tx, chat.channel, f"page-{secrets.token_hex(16)}", chat.address, to_json(told), chat.now)


def _form(sitting: Link) -> str:
    return sitting.subject.split()[0]


def _chat(chat: Chat, sitting: Link, resident: residents.Resident) -> Chat | None:
    """The chat that led here, about whom it did; None when it isn't there any more, or speaks for them no longer."""
    found = residents.address_of(chat.tx, int(sitting.subject.split()[1]))
    speaker = residents.find(chat.tx, *found) if found else None
    if found is None or speaker is None:
        return None
    there = replace(chat, resident=speaker, channel=found[0], address=found[1], is_on_page=True)
    return on_behalf.find(there, resident.id)
