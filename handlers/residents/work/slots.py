"""Questions for the day and slot of an appointment: which slots are asked about depends on the day that was chosen."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from itertools import groupby

from handlers.calendar.hours import local
from handlers.counseling.slots import Slot
from handlers.dialogue.chat import Chat
from handlers.dialogue.forms import steps
from handlers.dialogue.forms.form import Answers, Choice, Question
from handlers.dialogue.reply import Reply
from handlers.language import answers
from handlers.language.answers import Unparsed
from handlers.language.days import dates, times

DAY_AND_SLOT = 2
MANY = 10  # from so many free slots on their number isn't told: it would not fit on a button
_CLOCK = re.compile(r"\d\d:\d\d")

Asked = Callable[[Answers], bool]


def slot_questions(chat: Chat, found: Iterable[Slot], way: str, is_asked: Asked) -> Iterator[Question]:
    """For appointments in one way; `is_asked` is whether that is the way which was chosen."""
    zone = chat.organization.timezone
    able = (slot.starts_at.astimezone(zone) for slot in found if slot.counselor.takes(way))
    by_day = {day: list(moments) for day, moments in groupby(able, lambda at: at.date())}
    yield _day_question(chat, way, by_day, is_asked)
    for day, moments in by_day.items():
        yield _slot_question(chat, way, day, moments, is_asked)


def chosen(chat: Chat, answers: Answers, way: str) -> datetime | None:
    """The slot that was chosen; None when its day is asked about anew."""
    day = answers.get(f"{way}_day")
    clock = answers.get(_name(way, date.fromisoformat(day))) if day else None
    return (
        local(date.fromisoformat(day), time.fromisoformat(clock), chat.organization.timezone) if day and clock else None
    )


def offer_others(chat: Chat, name: str, subject: int, answers: Answers) -> Reply:
    """The form goes on, all but the slot that somebody else took. Raises Refused when there is none left."""
    kept = [(question, value) for question, value in answers.items() if not _CLOCK.fullmatch(str(value))]
    return steps.begin_with(chat, name, subject, kept, "counseling.taken")


def _day_question(chat: Chat, way: str, by_day: dict[date, list[datetime]], is_asked: Asked) -> Question:
    choices = [(day.isoformat(), _day_label(chat, day, len(moments))) for day, moments in by_day.items()]
    return Question(
        name=f"{way}_day",
        text=chat.text("ask.appointment_day"),
        parse=partial(_day, choices, chat.today),
        choices=_choices(choices),
        label=chat.text("ask.appointment_day_label"),
        show=lambda day: dates.day(date.fromisoformat(day), chat.language),
        asked=is_asked,
        is_valid=lambda day: any(day == value for value, _ in choices),
    )


def _day_label(chat: Chat, day: date, count: int) -> str:
    key = "counseling.day_many" if count >= MANY else "counseling.day"
    return chat.text(key, day=dates.day(day, chat.language), count=count)


def _slot_question(chat: Chat, way: str, day: date, moments: list[datetime], is_asked: Asked) -> Question:
    clocks = dict.fromkeys(at.time() for at in moments)
    choices = [(f"{clock:%H:%M}", dates.clock(clock, chat.language)) for clock in clocks]
    return Question(
        name=_name(way, day),
        text=chat.text("ask.appointment_slot", day=dates.day(day, chat.language)),
        parse=partial(_slot, choices),
        choices=_choices(choices),
        label=chat.text("ask.appointment_slot_label"),
        show=lambda clock: dates.clock(time.fromisoformat(clock), chat.language),
        asked=lambda answers: is_asked(answers) and answers.get(f"{way}_day") == day.isoformat(),
    )


def _name(way: str, day: date) -> str:
    return f"{way}_{day:%m%d}"


def _day(choices: list[tuple[str, str]], today: date, text: str) -> str:
    is_said = times.day(text, today)
    return _only([value for value, _ in choices if is_said(date.fromisoformat(value))], choices, text)


def _slot(choices: list[tuple[str, str]], text: str) -> str:
    is_said = times.clock(text)
    try:
        return _only([value for value, _ in choices if is_said(time.fromisoformat(value))], choices, text)
    except Unparsed as wrong:
        if _CLOCK.fullmatch(text):  # a button that was still there when it was pressed
            raise Unparsed("counseling.taken") from wrong
        raise


def _only(meant: list[str], choices: list[tuple[str, str]], text: str) -> str:
    """The one that was said in words; else what can be read of a label or a number."""
    return meant[0] if len(meant) == 1 else answers.one_of(choices)(text)


def _choices(choices: list[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label) for value, label in choices)
