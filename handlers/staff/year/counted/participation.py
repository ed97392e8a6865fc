"""What was done with residents, by kind, as the card prints it: entries of officers, and surveys that ran here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from handlers.calendar.hours import last_day
from handlers.staff.desk.desk import Desk
from handlers.staff.year.counted import period
from handlers.staff.year.counted.figures import ParticipationFigures
from handlers.staff.year.counted.period import Period
from handlers.staff.year.entries.cells.words import PARTICIPATIONS
from storage.asking import surveys
from storage.database import Transaction
from storage.states import ParticipationKind
from storage.year import counted, entries
from storage.year.entries import Participation

PRINTED: Mapping[ParticipationKind, str] = {**PARTICIPATIONS, "briefing": "설명회·공청회 등"}
OF_SURVEYS: Mapping[str, ParticipationKind] = {"satisfaction": "satisfaction", "needs": "survey"}
"""As what a survey counts that ran here, by its kind; others don't count."""

Span = tuple[date, date]


def participation(tx: Transaction, desk: Desk, year: int) -> tuple[ParticipationFigures, ...]:
    """All kinds, those too of which there is nothing."""
    return of_period(tx, period.of(tx, desk, year))


def of_period(tx: Transaction, when: Period) -> tuple[ParticipationFigures, ...]:
    found = [*_entered(tx, when), *ran_here(tx, when)]
    return tuple(_of_kind(kind, [each for each in found if each.kind == kind]) for kind in PRINTED)


def _of_kind(kind: ParticipationKind, found: Sequence[Participation]) -> ParticipationFigures:
    count = sum(each.count for each in found)
    return ParticipationFigures(kind, PRINTED[kind], count, in_words(_spans(found)), tuple(found))


def _entered(tx: Transaction, when: Period) -> Iterator[Participation]:
    """Those that had begun by then; nine articles on three days are nine from the first of them on."""
    for each in entries.all_of(tx, Participation, when.counted):
        if not each.days or min(each.days) <= when.until:
            yield each


def ran_here(tx: Transaction, when: Period) -> Iterator[Participation]:
    """A survey each time that it was asked and answered, once it had closed; its id is 0, as nobody entered it."""
    found = counted.surveys_closed(tx, when.starts_at, when.ends_at)
    known = surveys.with_ids(tx, {each.survey_id for each in found})
    for each in found:
        if each.kind in OF_SURVEYS:
            first, last = each.opens_at.astimezone(when.timezone).date(), last_day(each.closes_at, when.timezone)
            title = known[each.survey_id].title.ko + (f": {each.course}" if each.course else "")
            kind = OF_SURVEYS[each.kind]
            yield Participation(0, last.year, kind, (first,), last, 1, title, "", "", each.answers)


def _spans(found: Iterable[Participation]) -> list[Span]:
    """Days and times in their order; surveys that ran here are one time a year, from the first to the last."""
    spans: list[Span] = []
    here: dict[int, list[date]] = {}
    for each in found:
        if each.id == 0 and each.ends_on:
            here.setdefault(each.year, []).extend((*each.days, each.ends_on))
        elif each.ends_on and each.days:
            spans.append((min(each.days), each.ends_on))
        else:
            spans += [(day, day) for day in each.days]
    spans += [(min(days), max(days)) for days in here.values()]
    return sorted(set(spans))


def in_words(spans: Sequence[Span]) -> str:
    """'23.3.28. / 8.29. ~ 9.1.: a year stands where it is another one than before it."""
    said, year = [], 0
    for first, last in spans:
        start = _day(first, year)
        said.append(start if first == last else f"{start} ~ {_day(last, first.year)}")
        year = last.year
    return " / ".join(said)


def _day(on: date, year: int) -> str:
    short = f"{on.month}.{on.day}."
    return short if on.year == year else f"'{on:%y}.{short}"
