"""Courses that fit what somebody wishes for, or the nearest ones, with the part that doesn't fit named."""

from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Reply
from handlers.language.days import dates
from handlers.residents.courses.card import list_card
from handlers.understanding.wish import TimeOfDay, Wish
from storage.teaching import courses
from storage.teaching.courses import Offered

SHOWN = 8  # courses on one screen
_SHORT = 31  # days
_NOON, _EVENING = 12, 18
# What is given up first where no course has everything.
_GIVEN_UP = ("is_short", "days", "hours", "time", "place", "month", "most", "has_certificate", "is_one_day",
             "is_open", "is_soon")  # fmt: skip


def find(chat: Chat, offered: Sequence[Offered], wish: Wish, named: Collection[int] = ()) -> Reply | None:
    """The courses that fit, of those that are named where some are; None where nothing comes near."""
    among = [each for each in offered if each.id in named or (not named and each.can_still_apply(chat.now))]
    for count in range(len(wish.parts) + 1):
        for without in combinations([part for part in _GIVEN_UP if part in wish.parts], count):
            if found := [each for each in among if fits(chat, each, wish, without)]:
                return _shown(chat, _ordered(chat, found, wish), wish, without)
    return None


def _shown(chat: Chat, found: Sequence[Offered], wish: Wish, without: Sequence[str]) -> Reply:
    cards = [list_card(chat, course) for course in courses.with_ids(chat.tx, [each.id for each in found[:SHOWN]])]
    lines = [chat.text(f"finding.without.{part}", **_said(chat, part, wish, found)) for part in without]
    more = chat.text("finding.more", count=len(found) - SHOWN) if len(found) > SHOWN else ""
    fits = "" if without else chat.text("finding.fits", count=len(found))
    text = "\n".join(filter(None, [*lines, fits, more]))
    return chat.page("finding.shown", cards=cards, links=_links(chat, without), text=text)


def _links(chat: Chat, without: Sequence[str]) -> list[Button]:
    doubt = [chat.button("not_it", "asked/no")] if without else []
    return [*doubt, chat.button("courses", "courses")]


def _ordered(chat: Chat, found: Sequence[Offered], wish: Wish) -> list[Offered]:
    """Those that one can still register for first, then in the order of the catalogue, the soonest to close first."""
    return sorted(found, key=lambda each: (not each.can_still_apply(chat.now), wish.is_cheap and each.fees))


def fits(chat: Chat, course: Offered, wish: Wish, without: Collection[str] = ()) -> bool:
    return all(_FITS[part](chat, course, wish) for part in wish.parts if part not in without)


_FITS: dict[str, Callable[[Chat, Offered, Wish], bool]] = {
    "days": lambda _, course, wish: bool(set(course.weekdays) & set(wish.days)),
    "time": lambda _, course, wish: _is_at(course.start_time.hour, wish.time),
    "hours": lambda _, course, wish: wish.hours is None or wish.hours[0] <= course.start_time.hour < wish.hours[1],
    "most": lambda _, course, wish: wish.most is None or course.fees <= wish.most,
    "is_cheap": lambda *_: True,
    "place": lambda _, course, wish: wish.place in f"{course.venue} {course.directions}",
    "has_certificate": lambda _, course, __: bool(course.certificate),
    "month": lambda _, course, wish: course.start_date.replace(day=1) == wish.month,
    "is_open": lambda chat, course, _: course.apply_start <= chat.now <= course.apply_end,
    "is_soon": lambda chat, course, _: course.apply_start > chat.now,
    "is_one_day": lambda _, course, __: course.start_date == course.end_date,
    "is_short": lambda _, course, __: (course.end_date - course.start_date).days <= _SHORT,
}


def _is_at(hour: int, time: TimeOfDay | None) -> bool:
    spans = {"morning": (0, _NOON), "afternoon": (_NOON, _EVENING), "day": (0, _EVENING), "evening": (_EVENING, 24)}
    since, before = spans[time or "day"]
    return since <= hour < before


def _said(chat: Chat, part: str, wish: Wish, found: Sequence[Offered]) -> dict[str, Any]:
    """What was asked for, and what there is instead."""
    if part == "days":
        there = sorted({day for each in found for day in each.weekdays})
        return {"asked": dates.weekdays(wish.days, chat.language), "there": dates.weekdays(there, chat.language)}
    if part == "time":
        names = {
            name for each in found for name in ("morning", "afternoon", "evening") if _is_at(each.start_time.hour, name)
        }
        there_at = (chat.text(f"finding.times.{name}") for name in ("morning", "afternoon", "evening") if name in names)
        return {"asked": chat.text(f"finding.times.{wish.time}"), "there": ", ".join(there_at)}
    if part == "most":
        asked = (
            chat.text("finding.up_to", amount=dates.money(wish.most, chat.language))
            if wish.most
            else chat.text("finding.free")
        )
        return {"asked": asked, "there": dates.money(min(each.fees for each in found), chat.language)}
    if part == "place":
        return {"asked": _place(chat, wish.place)}
    if part == "month" and wish.month:
        months = sorted({each.start_date.replace(day=1) for each in found})
        return {
            "asked": dates.month(wish.month, chat.language),
            "there": ", ".join(dates.month(each, chat.language) for each in months),
        }
    return {}


def _place(chat: Chat, place: str) -> str:
    """As the language calls it."""
    dong = next((each for each in chat.organization.dongs if place in (each, each.removesuffix("동"))), place)
    return chat.organization.called(dong, chat.language) if chat.language == "en" else place
