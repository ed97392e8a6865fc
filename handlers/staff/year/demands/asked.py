"""What surveys of needs say of fields, courses and times: of rounds that are over, as results of surveys tell it."""

import re
from collections.abc import Iterator

from handlers.calendar.hours import last_day
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Table
from handlers.staff.surveys.tally import results, words
from handlers.staff.surveys.tally.figures import percent
from handlers.staff.surveys.tally.results import Asked, Result
from storage.asking import rounds, surveys
from storage.asking.survey import MULTI, SINGLE, TEXT, Survey
from storage.database import Transaction

NEEDS = "needs"
SAYS = re.compile("분야|배우|과정|자격증|언제|시간|요일|몇 번")
"""What a question asks that tells which courses are wanted, and when."""
WRITTEN = 30


def needs(tx: Transaction, desk: Desk, year: int) -> Iterator[Table | Listing]:
    """Of the year, or of the one before: what is asked in autumn is for the next year."""
    for survey in (each for each in surveys.all_newest(tx) if each.kind == NEEDS):
        found = of_survey(tx, desk, survey, year)
        for each in (each for each in found.questions if SAYS.search(each.item.text.ko)) if found else ():
            yield from _told(each)


def of_survey(tx: Transaction, desk: Desk, survey: Survey, year: int) -> Result | None:
    """What it said in the newest of these years in which it was asked, once that is over."""
    closed = [each for each in rounds.of_code(tx, survey.code) if each.closes_at <= desk.now]
    years = [last_day(each.closes_at, desk.organization.timezone).year for each in closed]
    wanted = max((each for each in years if year - 1 <= each <= year), default=None)
    asked = [each for each, when in zip(closed, years, strict=True) if when == wanted]
    return results.of_rounds(tx, desk, survey, asked) if asked else None


def _told(asked: Asked) -> Iterator[Table | Listing]:
    title = f"수요조사 {words.numbered(asked)}"
    if asked.item.kind in (SINGLE, MULTI) and asked.figures:
        shares = sorted(asked.figures.shares, key=lambda each: -each.count)
        rows = tuple((each.label, f"{each.count:,}명", percent(each.share)) for each in shares)
        yield Table(rows, ("답", "고른 분", "비율"), title=title)
    if asked.item.kind == TEXT and asked.texts:
        yield Listing(asked.texts, title).first(WRITTEN)
