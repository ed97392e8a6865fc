"""My data: what is kept of somebody, why and until when, and who can see it."""

from collections.abc import Callable
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.dialogue.forms.form import Question
from handlers.dialogue.reply import Card, Reply
from handlers.dialogue.router import router
from handlers.language.days import years
from handlers.residents.people import personal
from storage.people import personal as records
from storage.people import strangers
from storage.people.forgetting.periods import Period
from storage.tables.rules import Kept

ASKED: dict[str, Callable[[Chat], Question]] = {
    "name": personal.name_question,
    "birth_year": lambda chat: personal.birth_year_question(chat, years.birth_year(chat.today)),
    "mobile": personal.mobile_question,
    "dong": personal.dong_question,
    "tie": personal.tie_question,
    "target": personal.target_question,
}
"""What is asked of a person, by the columns that hold it, as forms ask it."""

ALWAYS = (Kept.TALK, Kept.ACCESS_LOG)
SETTING = {Kept.APPLICATIONS: "attended", Kept.COMPLETIONS: "attended"}
"""What the setting of a kind is called, where it isn't called alike."""


@router.view(
    "me", "내 정보", "내 정보 보기", "내 정보 확인", "개인정보", "내 개인정보", "개인정보 보기", "/me", "my data",
    "my information", "my info", "personal data", "privacy",
)  # fmt: skip
def show_me(chat: Chat) -> Reply:
    if is_unknown(chat):
        return nothing(chat)
    ways = (
        ("me_correct", "me/correct"),
        ("me_kept", "me/kept"),
        ("me_seers", "me/seers"),
        ("me_consents", "me/consents"),
    )
    buttons = [chat.button(*way) for way in (*ways, ("me_export", "me/export"))]
    erase = chat.button("me_erase", "me/erase").apart()
    shown = cards(chat)
    links = [chat.button("link", "me/link")]
    return chat.page("me.overview" if shown else "me.overview_unnamed", *buttons, erase, cards=shown, links=links)


@router.view("me/kept", "무엇을 적어 두나요", "언제까지 갖고 있나요", "what do you keep")
def show_kept(chat: Chat) -> Reply:
    """The kinds of which something is there, each with why it is kept and until when."""
    if is_unknown(chat):
        return nothing(chat)
    there = {*records.kinds(chat.tx, chat.resident.id), *ALWAYS}
    facts = tuple((chat.text(f"me.kept.{kind}"), _why(chat, kind)) for kind in Kept if kind in there)
    card = Card(chat.text("me.kept_title"), facts=facts)
    return chat.page("me.kept_what", chat.button("me_erase", "me/erase"), cards=[card], links=[chat.button("me", "me")])


@router.view("me/seers", "누가 볼 수 있나요", "누가 내 정보를 보나요", "who can see my data")
def show_seers(chat: Chat) -> Reply:
    if is_unknown(chat):
        return nothing(chat)
    return chat.page("me.seers", chat.button("me_seen", "me/seen"), links=[chat.button("me", "me")])


def is_unknown(chat: Chat) -> bool:
    """Whether nothing is known of whoever writes; of what they said only the talk is there, and goes by itself."""
    return not chat.resident.id or strangers.is_one(chat.tx, chat.channel, chat.address)


def nothing(chat: Chat) -> Reply:
    erase = [chat.button("me_erase_talk", "me/erase")] if chat.resident.id else []
    return chat.page(
        "me.nothing",
        chat.button("courses", "courses"),
        *erase,
        until=chat.organization.periods.strangers.in_words(chat.language),
    )


def cards(chat: Chat) -> list[Card]:
    """What they told of themselves, as forms show it; nothing where such things aren't to pass through the chat."""
    facts = () if chat.traits.asks_on_page else told(chat)
    return [Card(chat.text("me.title"), facts=facts)] if facts else []


def told(chat: Chat) -> tuple[tuple[str, str], ...]:
    """Each with what it is called."""
    values: dict[str, Any] = {name: getattr(chat.resident, name) for name in ASKED}
    if values["dong"] != personal.ELSEWHERE:
        values["tie"] = None
    asked = {name: ASKED[name](chat) for name, value in values.items() if value is not None}
    return tuple((question.label, question.show(values[name])) for name, question in asked.items())


def lasts(chat: Chat, kind: Kept) -> str:
    """90일, 3년."""
    if kind is Kept.WITH_PERSON:
        return chat.text("me.lasts.with_person")
    period: Period = getattr(chat.organization.periods, SETTING.get(kind, kind))
    return period.in_words(chat.language)


def _why(chat: Chat, kind: Kept) -> str:
    return chat.text(f"me.why.{kind}", until=lasts(chat, kind))
