"""The form of a course as it stands once somebody has answered all of it, without the messages that lead there."""

from collections.abc import Mapping
from datetime import datetime

from bot.messages.answering import Answering
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms import kinds
from handlers.dialogue.forms.filling import Filling
from handlers.language.answers import Unparsed
from storage.database import Transaction
from storage.dialogue import drafts
from storage.dialogue.drafts import Draft
from storage.people import residents


class Unanswered(Exception):
    """Something was asked that isn't among the answers, or refused: the chat tells what."""


async def fills_in(answering: Answering, channel: str, address: str, course: int, answers: Mapping[str, str]) -> bool:
    """Whether the form took all of it; if not, nothing has changed."""

    def fill(tx: Transaction) -> None:
        now = answering.now()
        resident = residents.welcome(tx, channel, address, answering.organization.language, now)
        _answer(Chat(tx, resident, now, channel, address, answering.organization), course, answers, now)

    try:
        await answering.database.write(fill)
    except (Unanswered, Unparsed, Refused):
        return False
    return True


def _answer(chat: Chat, course: int, answers: Mapping[str, str], now: datetime) -> None:
    form = kinds.make(chat, "enroll", course)
    form.check()
    if kinds.is_elsewhere(chat, "enroll") or drafts.find(chat.tx, chat.resident.id, "enroll", course):
        raise Unanswered
    filling = Filling(form.questions, list(form.known().items()))
    while question := filling.current:
        said = "yes" if question.is_binding else answers.get(question.name)
        if said is None:
            raise Unanswered(question.name)
        filling = filling.answer(question.name, said)
    drafts.save(chat.tx, chat.resident.id, Draft("enroll", course, list(filling.log)), now)
