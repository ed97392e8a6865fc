"""Two courses in one place at one time: which place is meant is told by its name, however it is spaced."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from handlers.language.days import dates
from handlers.staff.desk.desk import Desk
from storage.database import Transaction
from storage.teaching import courses, sessions
from storage.teaching.course import Course
from storage.teaching.sessions import Times

NOWHERE = ("온라인", "비대면", "줌", "zoom", "미정", "추후", "별도")  # names that begin so are no room

MOST = 5  # at one time in one place: who has put a whole programme into one hall needn't read of every pair


@dataclass(frozen=True)
class Meeting:
    """One class in a place, and of which course."""

    code: str
    title: str
    venue: str
    times: Times


Clash = tuple[Meeting, Meeting]


def fold(venue: str) -> str:
    """The same for one place, as 2층 실습실 (A) and 2층실습실A are; "" where nobody gets in another's way."""
    text = unicodedata.normalize("NFKC", venue).casefold()
    text = re.sub(r"(?<=\d)[\W_]+(?=\d)", "-", text)  # room 2-1 isn't room 21
    text = re.sub(r"[^\w-]|_|(?<!\d)-|-(?!\d)", "", text)
    return "" if text.startswith(NOWHERE) else text


def same(tx: Transaction, venue: str) -> list[str]:
    """All names by which courses call this place."""
    return [each for each in courses.venues(tx) if fold(each) == fold(venue) != ""]


def clashes(tx: Transaction, wanted: Sequence[tuple[Course, Sequence[Times]]]) -> list[Clash]:
    """Classes of these courses that meet others', of this list or known, in one place; each pair of courses once."""
    mine = [
        Meeting(course.code, course.title, course.venue, times)
        for course, its in wanted
        if course.state != "cancelled"
        for times in its
    ]
    if not mine:
        return []
    own = {course.code for course, _ in wanted}
    beside = [each for each in _known(tx, mine) if each.code not in own]
    found: dict[frozenset[str], Clash] = {}
    for one, other in _meeting(sorted([*mine, *beside], key=lambda each: each.times)):
        if one.code in own or other.code in own:
            first, second = (one, other) if one.code in own else (other, one)
            found.setdefault(frozenset((one.code, other.code)), (first, second))
    return list(found.values())


def said(clash: Clash, desk: Desk) -> str:
    one, other = clash
    start, end = (at.astimezone(desk.organization.timezone) for at in other.times)
    when = f"{dates.day(start.date(), 'ko', today=desk.today)} {dates.hours(start.time(), end.time(), 'ko')}"
    return f"{one.title}({one.code}): {when}에 ‘{other.title}’({other.code}) 과정도 {other.venue}에서 합니다."


def _known(tx: Transaction, mine: Sequence[Meeting]) -> list[Meeting]:
    places = {fold(each.venue) for each in mine} - {""}
    names = [venue for venue in courses.venues(tx) if fold(venue) in places]
    since, until = min(each.times[0] for each in mine), max(each.times[1] for each in mine)
    rows = sessions.in_venues(tx, names, since, until)
    return [Meeting(row.code, row.title, row.venue, (row.starts_at, row.ends_at)) for row in rows]


def _meeting(ordered: Collection[Meeting]) -> Iterator[Clash]:
    """Those of two courses that overlap in one place; what is given stands in the order of time."""
    going: dict[str, list[Meeting]] = defaultdict(list)
    for each in ordered:
        place = fold(each.venue)
        if not place:
            continue
        going[place] = [other for other in going[place] if other.times[1] > each.times[0]][-MOST:]
        yield from ((other, each) for other in going[place] if other.code != each.code)
        going[place].append(each)
