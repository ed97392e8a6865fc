"""What officers noted of a time: what the press wrote, and surveys before the service."""

from collections.abc import Iterator
from datetime import date

from handlers.staff.surveys.tally.turnout import official
from handlers.staff.year.entries.cells.words import PARTICIPATIONS
from handlers.staff.year.reports.sections.given import Given
from storage.states import ParticipationKind
from storage.year import entries
from storage.year.entries import Participation


def of_kind(given: Given, kind: ParticipationKind, unit: str) -> Iterator[str]:
    """One line, or none. What was counted for days of both halves together is told with that."""
    first, last = given.days
    of_year = [each for each in entries.all_of(given.tx, Participation, [given.year]) if each.kind == kind]
    mine = [each for each in of_year if given.half is None or (_first(each) <= last and _last(each) >= first)]
    if not mine:
        return
    found = [day for each in mine for day in (*each.days, each.ends_on) if day]
    when = [official(min(found), max(found))] if found else []
    reaches = given.half and any(not first <= day <= last for day in found)
    notes = ", ".join([*when, *(["다른 반기의 날도 함께 셈"] if reaches else [])])
    total = f"{PARTICIPATIONS[kind]} {sum(each.count for each in mine):,}{unit}"
    yield f"{total} ({notes})" if notes else total


def _first(one: Participation) -> date:
    return min(one.days, default=date(one.year, 1, 1))


def _last(one: Participation) -> date:
    return one.ends_on or max(one.days, default=date(one.year, 12, 31))
