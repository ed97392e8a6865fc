"""What was looked for in vain: it is counted, and who wants to is told when a course like it can be registered for."""

from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.conversation import when_unfound
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.language.letters.spelling import unspaced
from handlers.residents.people import consents, reached
from handlers.search import subjects
from storage.dialogue import missed
from storage.dialogue.missed import Missed
from storage.teaching import wishes
from storage.teaching.wishes import CourseWish

PURPOSE = "wished"


@when_unfound
def note(chat: Chat, reply: Reply, can_write: bool) -> Reply | None:
    """Counted without the person; what may be a course is offered to be waited for."""
    words = subjects.subject(reply.unfound)
    if not words or _is_own_name(chat, words):
        return reply
    if not can_write:
        return None
    found = missed.note(chat.tx, words, chat.today)
    if found is None or found.state == "dropped" or not subjects.may_be_course(reply.unfound):
        return reply
    offer, button = chat.text("wished.offer", words=found.words), chat.button("wish", f"wish/{found.id}")
    return replace(reply, text=f"{reply.text}\n{offer}", buttons=(button, *reply.buttons))


def _is_own_name(chat: Chat, words: str) -> bool:
    name = chat.resident.name
    return bool(name) and unspaced(name or "") in unspaced(words)


@router.view("wish/{missed_id}")
def ask_to_wish(chat: Chat, missed_id: int) -> Reply:
    found = _known(chat, missed_id)
    yes, no = chat.button("wish_yes", f"wish/{found.id}/yes"), chat.button("wish_no", "menu")
    return chat.reply("wished.ask", yes, no, words=found.words, consent=consents.wording(chat, PURPOSE))


@router.act("wish/{missed_id}/yes")
def wish(chat: Chat, missed_id: int) -> Reply:
    found = _known(chat, missed_id)
    if not wishes.add(chat.tx, chat.resident.id, found.words, chat.now):
        raise Refused("wished.too_many", ("my_wishes", "wishes"), most=wishes.MOST)
    consents.record(chat, PURPOSE, True)
    key = "wished.noted" if reached.is_told(chat, wishes.KIND) else "wished.noted_here"
    links = [chat.button("my_wishes", "wishes"), chat.button("other_courses", "courses")]
    return chat.page(key, links=links, words=found.words)


@router.view("wishes", "바라는 강좌", "기다리는 강좌", "알림 신청한 강좌", "my wishes", "wishes")
def list_wishes(chat: Chat) -> Reply:
    theirs = wishes.of_resident(chat.tx, chat.resident.id)
    if not theirs:
        return chat.page("wished.none", links=[chat.button("courses", "courses"), chat.button("news", "news")])
    lines = "\n".join(chat.text("wished.line", words=each.words, day=_day(chat, each)) for each in theirs)
    stops = (chat.button("wish_off", f"wishes/{each.id}/off", words=each.words) for each in theirs)
    return chat.page("wished.list", *stops, links=[chat.button("news", "news")], lines=lines)


@router.act("wishes/{wish_id}/off")
def stop_wishing(chat: Chat, wish_id: int) -> Reply:
    theirs = chat.own(wishes.find(chat.tx, wish_id), "wished.gone", ("my_wishes", "wishes"))
    wishes.drop(chat.tx, chat.resident.id, theirs.id)
    note_end(chat)
    return chat.page("wished.stopped", links=[chat.button("my_wishes", "wishes")], words=theirs.words)


def stop_all(chat: Chat) -> None:
    if wishes.of_resident(chat.tx, chat.resident.id):
        wishes.drop(chat.tx, chat.resident.id)
        note_end(chat)


def note_end(chat: Chat) -> None:
    """With the last of their wishes their consent ends."""
    if not wishes.of_resident(chat.tx, chat.resident.id):
        consents.record(chat, PURPOSE, False)


def _known(chat: Chat, missed_id: int) -> Missed:
    found = missed.find(chat.tx, missed_id)
    if found is None or found.state == "dropped":
        raise Refused("wished.gone", ("courses", "courses"))
    return found


def _day(chat: Chat, wish: CourseWish) -> str:
    return chat.day(wish.since.astimezone(chat.organization.timezone).date())
