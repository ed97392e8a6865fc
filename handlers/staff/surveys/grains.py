"""What was answered, in grains. A grain is what at least five people answered to one question, and never taken apart.

All that is shown is a sum of grains, so neither a figure nor the difference of two is of fewer than five, whatever is
compared: a course with the total, a channel with a course, or the results of two days. For the last, answers of small
groups enter in the order in which their rounds were settled, five or more at a time; once they are in they stay.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TypeVar

from handlers.staff.surveys.editions import Edition
from storage import answers
from storage.database import Transaction
from storage.rounds import Round
from storage.survey import FEWEST, shown

T = TypeVar("T")
K = TypeVar("K")
Tally = Counter[tuple[str, str]]  # of (channel, value); "" is a channel that isn't told

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """Sheets of a round: those that are taken apart, or those that are sealed; `year` is that of its last day."""

    round: Round
    year: int
    is_sealed: bool
    sheets: int


@dataclass(frozen=True)
class Lot:
    """Answers that are looked at together. `course_id` is None where they are of several courses or of none."""

    year: int
    course_id: int | None
    sheets: int
    tallies: Mapping[tuple[int, str], Tally]  # by the survey's id and the question's name

    def tally(self, edition: Edition) -> Tally:
        keys = [(survey_id, edition.item.name) for survey_id in edition.survey_ids]
        return added(self.tallies[key] for key in keys if key in self.tallies)


@dataclass(frozen=True)
class Grain:
    """Answers to one question. `course_id` and `channel` are None where they are not told."""

    year: int
    course_id: int | None
    channel: str | None
    values: Counter[str]


def added(counters: Iterable[Counter[K]]) -> Counter[K]:
    """The sum of all; `sum` makes a new one at each step."""
    total: Counter[K] = Counter()
    for each in counters:
        total.update(each)
    return total


def gather(parts: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Each part of at least five apart; smaller ones together, in their order, as soon as they are five.

    Those that are not five yet are left out.
    """
    small: list[T] = []
    for part in parts:
        if size(part) >= FEWEST:
            yield [part]
        elif size(part):
            small.append(part)
            if sum(map(size, small)) >= FEWEST:
                yield small
                small = []


def lots(tx: Transaction, parts: Sequence[Part], texts: Sequence[str]) -> list[Lot]:
    """The answers of `parts`, but to questions named in `texts`; a course of fewer than five is not apart."""
    in_order = sorted(parts, key=lambda part: (part.year, part.round.settled_at or LAST, part.round.id))
    groups = [
        group
        for _, of_year in groupby(in_order, key=lambda part: part.year)
        for group in gather(of_year, lambda part: part.sheets)
    ]
    counted = _counted(tx, [part.round.id for group in groups for part in group if not part.is_sealed], texts)
    return [_lot(tx, group, counted, texts) for group in groups]


def grains(found: Sequence[Lot], edition: Edition) -> list[Grain]:
    """Of the answers to one question; those of too few people are left out."""
    tallied = [(lot, tally) for lot in found if (tally := lot.tally(edition))]
    return [
        grain
        for year, of_year in groupby(tallied, key=lambda pair: pair[0].year)
        for group in gather(of_year, lambda pair: pair[1].total())
        for grain in _by_channel(year, group[0][0].course_id if len(group) == 1 else None, [each for _, each in group])
    ]


def _by_channel(year: int, course_id: int | None, tallies: Sequence[Tally]) -> Iterator[Grain]:
    tally = added(tallies)
    by_channel: Counter[str] = Counter()
    for (channel, _), count in tally.items():
        by_channel[channel] += count
    told = shown(by_channel)
    values: dict[str, Counter[str]] = {}
    for (channel, value), count in tally.items():
        values.setdefault(channel if channel in told else "", Counter())[value] += count
    for channel, counts in values.items():
        yield Grain(year, course_id, channel or None, counts)


# --- reading ---

_Counted = dict[int, dict[tuple[int, str], Tally]]  # by round


def _counted(tx: Transaction, round_ids: Sequence[int], texts: Sequence[str]) -> _Counted:
    found: _Counted = {}
    for round_id, survey_id, question, channel, value, count in answers.counts(tx, round_ids, texts):
        tally = found.setdefault(round_id, {}).setdefault((survey_id, question), Tally())
        tally[channel or "", value] += count
    return found


def _lot(tx: Transaction, group: Sequence[Part], counted: _Counted, texts: Sequence[str]) -> Lot:
    tallies: dict[tuple[int, str], Tally] = {}
    for part in group:
        for key, tally in {} if part.is_sealed else counted.get(part.round.id, {}).items():
            tallies.setdefault(key, Tally()).update(tally)
    sealed = [part.round.id for part in group if part.is_sealed]
    for sheet in answers.pending(tx, sealed) if sealed else []:
        for question, value in answers.in_writing(sheet):
            if question not in texts:
                tallies.setdefault((sheet.survey_id, question), Tally())[sheet.channel, value] += 1
    course_id = group[0].round.course_id if len(group) == 1 else None
    return Lot(group[0].year, course_id, sum(part.sheets for part in group), tallies)
