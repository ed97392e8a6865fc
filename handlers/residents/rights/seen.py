"""Who has seen one's data: when, what was done and what for; in which role, and never which officer."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Card, Reply
from handlers.dialogue.router import router
from handlers.residents.people import seen
from handlers.residents.people.seen import Seen
from handlers.residents.rights import overview

MOST = 10


@router.view("me/seen", "누가 보았나요", "누가 봤나요", "누가 내 정보를 보았나요", "who has seen my data")
def show_seen(chat: Chat) -> Reply:
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    found = seen.seen(chat.tx, chat.resident.id, chat.language, chat.organization.timezone, MOST)
    links = [chat.button("me", "me")]
    cards = [_card(chat, each) for each in found]
    return chat.page("me.seen.list" if cards else "me.seen.none", cards=cards, links=links, most=MOST)


def _card(chat: Chat, one: Seen) -> Card:
    facts = {"who": one.who, "what": one.what, "purpose": one.purpose}
    return Card(chat.moment(one.at), facts=chat.facts(facts, "me.seen"))
