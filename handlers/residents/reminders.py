"""Reminders of classes: which of them a resident wants, and stopping everything at a word."""

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import router
from handlers.language import stopping
from handlers.notices.kinds import ANNOUNCED, MUTABLE
from handlers.residents.people import consents, reached
from handlers.residents.sentences import wished
from storage.notices import owing
from storage.people import preferences, represented
from storage.people.consents import KAKAO_NEWS
from storage.reasons import Reason
from storage.teaching import awaited


@router.view("reminders", "수업 알림", "수업 알림 끄기", "reminders")
def show_reminders(chat: Chat) -> Reply:
    off = preferences.muted(chat.tx, chat.resident.id)
    lines = [chat.text(f"reminders.{kind}.{'off' if kind in off else 'on'}") for kind in MUTABLE]
    buttons = (
        chat.button(f"{kind}_{'on' if kind in off else 'off'}", f"reminders/{kind}/{'on' if kind in off else 'off'}")
        for kind in MUTABLE
    )
    links, shown = [*reached.offers(chat), chat.button("news", "news")], "\n".join(lines)
    if chat.traits.speaks_first:
        return chat.page("reminders.overview", *buttons, links=links, lines=shown)
    if reached.is_told_at_number(chat, *(kind for kind in MUTABLE if kind != ANNOUNCED)):
        number = reached.number(chat)
        return chat.page("reminders.overview_at_number", *buttons, links=links, lines=shown, number=number)
    return chat.page("reminders.overview_here", *buttons, links=links, lines=shown)


@router.act("reminders/{kind}/off")
def turn_off(chat: Chat, kind: str) -> Reply:
    """All of them are those that the chat gets, whomever they are about."""
    kinds = _kinds(kind)
    for each in _reached_here(chat) if kind == "all" else [chat]:
        preferences.mute(chat.tx, each.resident.id, kinds)
        owing.cancel(chat.tx, each.resident.id, kinds, chat.now, Reason.SWITCHED_OFF)
    return show_reminders(chat)


@router.act("reminders/{kind}/on")
def turn_on(chat: Chat, kind: str) -> Reply:
    preferences.unmute(chat.tx, chat.resident.id, _kinds(kind))
    return show_reminders(chat)


@router.view("news/stop/ask", "알림 끄기", "알림 해제")
def ask_to_stop(chat: Chat) -> Reply:
    """What somebody who has had enough may mean."""
    buttons = (chat.button("stop_all_news", "news/stop"), chat.button("reminders", "reminders"))
    return chat.page("news.stop_which", *buttons, links=[chat.button("me", "me")])


@router.act("news/stop", "수신거부", "수신 거부", "그만", "그만 받기", "stop", "unsubscribe")
def stop_news(chat: Chat) -> Reply:
    """All that is optional ends at once, also what is on its way; what one's own courses need is asked about.

    Whoever gets it says so: it ends for everybody for whom the chat gets it.
    """
    for each in _reached_here(chat):
        _stop(each)
    keep, off = chat.button("keep_reminders", "menu"), chat.button("all_reminders_off", "reminders/all/off").apart()
    return chat.page("news.stopped", keep, off, links=[chat.button("news", "news")], day=chat.day(chat.today))


def _stop(chat: Chat) -> None:
    if consents.has_agreed(chat, KAKAO_NEWS):
        consents.record(chat, KAKAO_NEWS, False)
    for purpose in consents.OPTIONAL:
        if consents.holds(chat, purpose):
            consents.record(chat, purpose, False)
        consents.cancel_owed(chat, purpose)
    awaited.drop(chat.tx, chat.resident.id)
    wished.stop_all(chat)


def _reached_here(chat: Chat) -> list[Chat]:
    """Everybody of the chat, but for those who have another of their own."""
    everybody = on_behalf.everybody(chat)
    return [each for each in everybody if not each.speaker or not represented.has_own_chat(chat.tx, each.resident.id)]


router.hear(stopping.is_surely_meant, "news/stop")
router.hear(stopping.may_be_meant, "news/stop/ask")


def _kinds(kind: str) -> tuple[str, ...]:
    if kind == "all":
        return MUTABLE
    if kind not in MUTABLE:
        raise Refused("help.unknown_button")
    return (kind,)
