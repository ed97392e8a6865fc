"""What somebody may be sent, turned on and off in one tap each, its consent shown whole before."""

from dataclasses import replace

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.notices import kinds
from handlers.notices.kinds import Purpose
from handlers.residents.people import consents, reached
from handlers.residents.people.consents import OPTIONAL, holds
from handlers.residents.people.reached import OPENING
from storage.people.consents import ALIMTALK, KAKAO_NEWS
from storage.teaching import wishes


def offers(chat: Chat) -> list[Button]:
    """Buttons that lead to the optional consents not given yet; a chat needs the same news but once."""
    if chat.speaker:
        return []
    missing = (purpose for purpose in OPTIONAL if not holds(chat, purpose))
    return [chat.button(f"offer_{purpose}", f"news/{purpose}") for purpose in missing]


@router.view("news", "소식", "소식 받기", "알림", "알림 설정", "/news", "news")
def show_news(chat: Chat) -> Reply:
    shown = [*OPTIONAL, *(each for each in OPENING if reached.may_agree(chat, each) or holds(chat, each))]
    lines = [chat.text(f"news.{purpose}.{'on' if holds(chat, purpose) else 'off'}") for purpose in shown]
    buttons = (chat.button(f"about_{purpose}", f"news/{purpose}") for purpose in shown)
    links = [chat.button("topics", "news/topics"), chat.button("reminders", "reminders")]
    if wishes.of_resident(chat.tx, chat.resident.id):
        links.append(chat.button("my_wishes", "wishes"))
    return chat.page("news.overview", *buttons, links=links, lines="\n".join(lines))


@router.view("news/{purpose}")
def ask_news(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    if holds(chat, purpose):
        return chat.page(f"news.{purpose}.on", chat.button("stop_news", f"news/{purpose}/off"))
    _check_opens(chat, purpose)
    agree = chat.button(f"agree_{purpose}", f"news/{purpose}/on")
    asked = chat.page(f"consent.{purpose}.text", agree, chat.button("no_news", f"news/{purpose}/off").apart())
    return replace(asked, text=_asked(chat, purpose))


def _asked(chat: Chat, purpose: str) -> str:
    """The words as they are kept, and below them to which number it is."""
    words = consents.wording(chat, purpose)
    return (
        f"{words}\n\n{chat.text('news.alimtalk.number', number=reached.number(chat))}" if purpose == ALIMTALK else words
    )


@router.view("news/alimtalk", "알림톡", "알림톡 받기", "알림톡으로 받기", "알림톡 신청", "alimtalk")
def ask_alimtalk(chat: Chat) -> Reply:
    return ask_news(chat, ALIMTALK)


@router.act("news/{purpose}/on")
def turn_on(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    _check_opens(chat, purpose)
    consents.record(chat, purpose, True)
    slip = chat.button("slip", f"news/{purpose}/off")
    day = chat.day(chat.today)
    if purpose == ALIMTALK:
        return chat.page("news.alimtalk.turned_on", slip, day=day, number=reached.number(chat))
    if purpose == KAKAO_NEWS:
        return _turned_on_here(chat, slip, day)
    others = [button for button in offers(chat) if button.path != f"news/{purpose}"]
    now = _how_it_comes(chat, purpose)
    at_once = [chat.button("offer_kakao_news", f"news/{KAKAO_NEWS}")] if now == "turned_on_kept" else []
    return chat.page(f"news.{purpose}.{now}", *at_once, slip, links=others, day=day)


def _turned_on_here(chat: Chat, slip: Button, day: str) -> Reply:
    """News may come here now, if there is any that they want."""
    if any(holds(chat, purpose) for purpose in OPTIONAL):
        return chat.page("news.kakao_news.turned_on", slip, links=offers(chat), day=day)
    return chat.page("news.kakao_news.turned_on_alone", *offers(chat), slip, day=day)


def _how_it_comes(chat: Chat, purpose: str) -> str:
    if reached.is_told(chat, *kinds.of_purpose(Purpose(purpose))):
        return "turned_on"
    return "turned_on_kept" if reached.may_agree(chat, KAKAO_NEWS) else "turned_on_here"


@router.act("news/{purpose}/off")
def turn_off(chat: Chat, purpose: str) -> Reply:
    _known(purpose)
    consents.record(chat, purpose, False)
    if purpose in OPTIONAL:
        consents.cancel_owed(chat, Purpose(purpose))
    return chat.page(f"news.{purpose}.turned_off", day=chat.day(chat.today))


def _known(purpose: str) -> None:
    if purpose not in (*OPTIONAL, *OPENING):
        raise Refused("help.unknown_button")


def _check_opens(chat: Chat, purpose: str) -> None:
    if purpose in OPTIONAL or reached.may_agree(chat, purpose):
        return
    if purpose == ALIMTALK and chat.organization.tells_at_numbers:
        raise Refused("news.alimtalk.no_number", ("courses", "courses"), ("news", "news"))
    raise Refused(f"news.{purpose}.not_here", ("news", "news"))
