"""My talk: when and where it is, the calendar, another time, and cancelling it."""

from functools import partial

from handlers.counseling import slots
from handlers.dialogue.chat import Chat, Refused, Step
from handlers.dialogue.forms import Answers, Form, form
from handlers.dialogue.reply import Button, Card, File, Reply
from handlers.dialogue.router import router
from handlers.residents import rules
from handlers.residents.calendar import talk_calendar
from handlers.residents.slot_questions import DAY_AND_SLOT, chosen, offer_others, slot_questions
from storage import counselors, talks
from storage.counselors import VISIT, Counselor
from storage.talks import Talk

MOVE = "move_talk"
MINE: Step = ("my_talk", "talks")
ABOUT: Step = ("counseling", "counseling")


@router.view(
    "talks", "내 상담", "나의 상담", "상담 확인", "상담 예약 확인", "상담 취소", "상담 변경", "my talk", "my talks"
)
def show_my_talk(chat: Chat) -> Reply:
    mine = talks.coming(chat.tx, [chat.resident.id], chat.now)
    if mine is None:
        return chat.page("talks.none", chat.button(*ABOUT))
    return show_talk(chat, mine.id)


@router.view("talks/{talk_id}")
def show_talk(chat: Chat, talk_id: int) -> Reply:
    talk = _owned(chat, talk_id)
    key = "past" if talk.state in talks.COMING and not talk.is_coming(chat.now) else talk.state
    buttons = doors(chat, talk) if talk.is_coming(chat.now) else [chat.button(*ABOUT)]
    shown = card(chat, talk, counselors.find(chat.tx, talk.counselor_id))
    return chat.page(f"talks.about.{key}", *buttons, cards=[shown])


@router.view("talks/{talk_id}/calendar")
def add_to_calendar(chat: Chat, talk_id: int) -> Reply:
    talk = _coming(chat, talk_id)
    counselor = counselors.find(chat.tx, talk.counselor_id)
    title = chat.text("talks.title", counselor=counselor.name)
    file = File(f"talk-{talk.id}.ics", "text/calendar", talk_calendar(talk, counselor, title, chat.house, chat.now))
    return chat.page("talks.calendar", links=[chat.button(*MINE)], file=file)


@router.view("talks/{talk_id}/cancel")
def ask_to_cancel(chat: Chat, talk_id: int) -> Reply:
    talk = _coming(chat, talk_id)
    yes, keep = chat.button("cancel_yes", f"talks/{talk_id}/cancel/yes"), chat.button("cancel_no", f"talks/{talk_id}")
    return chat.reply("talks.cancel", yes, keep, when=chat.moment(talk.starts_at))


@router.act("talks/{talk_id}/cancel/yes")
def cancel(chat: Chat, talk_id: int) -> Reply:
    talk = _coming(chat, talk_id)
    if not talks.cancel(chat.tx, talk.id, chat.now):
        raise Refused("talks.over", MINE, ABOUT)
    again = chat.button("book_talk", "forms/counsel/0")
    return chat.page("talks.cancelled", again, when=chat.moment(talk.starts_at))


@form(MOVE)
def moving_form(chat: Chat, talk_id: int) -> Form:
    talk = _coming(chat, talk_id)
    found = slots.free(chat.tx, chat.house, chat.now)
    return Form(
        title=chat.moment(talk.starts_at),
        questions=list(slot_questions(chat, found, talk.way, lambda _: True)),
        check=partial(_check_others, talk, found),
        finish=partial(_move, chat, talk),
        least=DAY_AND_SLOT,
    )


def _check_others(talk: Talk, found: list[slots.Slot]) -> None:
    if not any(slot.counselor.takes(talk.way) for slot in found):
        raise Refused("talks.no_other", MINE, rules.ASK)


def _move(chat: Chat, talk: Talk, answers: Answers) -> Reply:
    starts_at = chosen(chat, answers, talk.way)
    counselor = slots.take(chat.tx, chat.house, chat.now, talk.way, starts_at) if starts_at else None
    is_moved = counselor and starts_at and talks.move(chat.tx, talk.id, counselor.id, starts_at, chat.now)
    moved = _coming(chat, talk.id)
    if counselor is None or not is_moved:
        return offer_others(chat, MOVE, talk.id, answers)
    return _moved(chat, talk, moved, counselor)


def _moved(chat: Chat, before: Talk, talk: Talk, counselor: Counselor) -> Reply:
    old, new = chat.moment(before.starts_at), chat.moment(talk.starts_at)
    return chat.page("talks.moved", *doors(chat, talk), cards=[card(chat, talk, counselor)], old=old, new=new)


def card(chat: Chat, talk: Talk, counselor: Counselor) -> Card:
    facts = {"talk_when": chat.moment(talk.starts_at), "counselor": counselor.name}
    facts |= {"topic": chat.text(f"talk_topic.{talk.topic}"), "talk_way": chat.text(f"talk_way.{talk.way}")}
    if talk.way == VISIT:
        facts |= {"venue": counselor.place, "directions": counselor.directions}
    else:
        facts |= {"calling": counselor.phone}
    return Card(chat.text("counseling.title"), facts=chat.facts(facts))


def doors(chat: Chat, talk: Talk) -> list[Button]:
    this = f"talks/{talk.id}"
    paths = {"calendar": f"{this}/calendar", "move_talk": f"forms/{MOVE}/{talk.id}", "cancel_talk": f"{this}/cancel"}
    return [chat.button(name, path) for name, path in paths.items()]


def _owned(chat: Chat, talk_id: int) -> Talk:
    return chat.own(talks.find(chat.tx, talk_id), "talks.unknown", MINE)


def _coming(chat: Chat, talk_id: int) -> Talk:
    talk = _owned(chat, talk_id)
    if not talk.is_coming(chat.now):
        raise Refused("talks.over", ABOUT)
    return talk
