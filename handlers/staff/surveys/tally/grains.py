"""What was answered, in grains. A grain is what at least five people answered to one question, and never taken apart.

All that is shown is a sum of grains, so neither a figure nor the difference of two is of fewer than five, whatever is
compared: a course with the total, a year with its courses, a channel with a course, or the results of two days. Whether
something is a grain `survey.may_be_told` decides, from answers of people who are proven to be different ones; rounds
never lend each other numbers, as the same person may have answered in several.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom
from typing import TypeVar

from handlers.staff.surveys.tally.editions import Edition
from storage.asking import answers, settling
from storage.asking.rounds import Round
from storage.asking.survey import may_be_told, shown
from storage.database import Transaction

_shuffle = SystemRandom().shuffle

K = TypeVar("K")
Tally = Counter[tuple[str, str]]  # of (channel, value)

UNTOLD = ("", settling.ENTERED)  # channels that aren't told


@dataclass(frozen=True)
class Lot:
    """Answers of a round that count together: what people gave themselves, or what officers entered.

    `unproven` is by channel how many of the sheets may be somebody's who handed in several: so many of the answers to
    any question may be theirs.
    """

    round: Round
    sheets: int
    unproven: Mapping[str, int]
    tallies: Mapping[tuple[int, str], Tally]  # by the survey's id and the question's name

    def tally(self, edition: Edition) -> Tally:
        keys = [(survey_id, edition.item.name) for survey_id in edition.survey_ids]
        return added(self.tallies[key] for key in keys if key in self.tallies)

    def may_be_told(self, count: int) -> bool:
        """Whether so many of its answers may be shown, to whatever question."""
        return may_be_told(count, sum(self.unproven.values()))


@dataclass(frozen=True)
class Grain:
    """Answers to one question. `course_id` is None where everybody is asked, `channel` where it isn't told."""

    course_id: int | None
    channel: str | None
    values: Counter[str]


def added(counters: Iterable[Counter[K]]) -> Counter[K]:
    """The sum of all; `sum` makes a new one at each step."""
    total: Counter[K] = Counter()
    for each in counters:
        total.update(each)
    return total


def lots(tx: Transaction, asked: Sequence[Round], texts: Sequence[str]) -> list[Lot]:
    """The answers to these rounds that may be told, but to questions named in `texts`."""
    ids = [each.id for each in asked]
    parts: dict[tuple[int, bool], list[settling.Lot]] = {}
    for part in settling.lots(tx, ids):
        parts.setdefault((part.round_id, part.is_entered), []).append(part)
    counted, by_id = _counted(tx, ids, texts), {each.id: each for each in asked}
    found = [_lot(by_id[round_id], of, counted.get(round_id, {})) for (round_id, _), of in parts.items()]
    return [lot for lot in found if lot.may_be_told(lot.sheets)]


def _lot(round_: Round, parts: Sequence[settling.Lot], counted: Mapping[tuple[int, str], Tally]) -> Lot:
    unproven = {part.channel: part.unproven for part in parts}
    tallies = {key: Counter({at: n for at, n in tally.items() if at[0] in unproven}) for key, tally in counted.items()}
    return Lot(round_, sum(part.sheets for part in parts), unproven, tallies)


def grains(found: Sequence[Lot], edition: Edition) -> list[Grain]:
    """Of the answers to one question; those of too few people are left out."""
    tallied = ((lot, lot.tally(edition)) for lot in found)
    return [grain for lot, tally in tallied if lot.may_be_told(tally.total()) for grain in _by_channel(lot, tally)]


def _by_channel(lot: Lot, tally: Tally) -> Iterator[Grain]:
    by_channel: Counter[str] = Counter()
    for (channel, _), count in tally.items():
        by_channel[channel] += count
    told = shown(by_channel, lot.unproven).difference(UNTOLD)
    values: dict[str, Counter[str]] = {}
    for (channel, value), count in tally.items():
        values.setdefault(channel if channel in told else "", Counter())[value] += count
    for channel, counts in values.items():
        yield Grain(lot.round.course_id, channel or None, counts)


def written(tx: Transaction, found: Sequence[Lot], edition: Edition) -> list[str]:
    """What people wrote to a question, in no order, where enough of a lot did."""
    home = {(lot.round.id, channel): at for at, lot in enumerate(found) for channel in lot.unproven}
    rows = answers.written(tx, {lot.round.id for lot in found}, edition.survey_ids, edition.item.name)
    said: dict[int, list[str]] = {}
    for round_id, channel, value in rows:
        if (round_id, channel or "") in home:
            said.setdefault(home[round_id, channel or ""], []).append(value)
    told = [text for at, texts in said.items() if found[at].may_be_told(len(texts)) for text in texts]
    _shuffle(told)
    return told


# --- reading ---

_Counted = dict[int, dict[tuple[int, str], Tally]]  # by round


def _counted(tx: Transaction, round_ids: Sequence[int], texts: Sequence[str]) -> _Counted:
    found: _Counted = {}
    for round_id, survey_id, question, channel, value, count in answers.counts(tx, round_ids, texts):
        tally = found.setdefault(round_id, {}).setdefault((survey_id, question), Tally())
        tally[channel or "", value] += count
    return found
