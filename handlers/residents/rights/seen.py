"""Who has seen one's data: when, what was done and what for; in which role, and never which officer."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Card, Reply
from handlers.dialogue.router import router
from handlers.residents.rights import overview
from storage import journal
from storage.journal import Entry

MOST = 10
OWN = ("correct", "withdraw", "export", "erase")


@router.view("me/seen", "누가 보았나요", "누가 봤나요", "누가 내 정보를 보았나요", "who has seen my data")
def show_seen(chat: Chat) -> Reply:
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    entries = journal.about(chat.tx, journal.PERSON, chat.resident.id, MOST)
    cards = [_card(chat, entry) for entry in entries]
    links = [chat.button("me", "me")]
    return chat.page("me.seen.list" if cards else "me.seen.none", cards=cards, links=links, most=MOST)


def _card(chat: Chat, entry: Entry) -> Card:
    is_own = entry.officer.name == journal.OWN
    who = chat.text("me.seen.self" if is_own else "me.seen.officer")
    what = chat.text(f"me.seen.{entry.action}" if is_own and entry.action in OWN else "me.seen.looked")
    return Card(chat.moment(entry.at), facts=chat.facts({"who": who, "what": what}, "me.seen"))
