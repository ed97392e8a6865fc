"""What an officer should look at before a card is printed, and how to settle it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.staff.year.cards.card import Boxes, Card
from handlers.staff.year.counted import counting, money
from handlers.staff.year.counted.counting import Ran
from handlers.staff.year.counted.figures import IndicatorFigures, ParticipationFigures
from handlers.staff.year.entries.cells.words import COUNTED
from storage.year.entries import PolicyTask


def warnings(card: Card, ran: Ran, other_tasks: Sequence[PolicyTask]) -> Iterator[str]:
    yield from money.warnings(card.budget)
    yield from _of_boxes((*card.boxes, card.stage))
    yield from _of_tasks(card, other_tasks)
    yield from _of_targets(card.indicators)
    yield from _of_doubles(ran)
    yield from _of_surveys(card.participation)
    yield from _of_unknown(card.indicators, ran)


def _of_boxes(boxes: Sequence[Boxes]) -> Iterator[str]:
    for each in boxes:
        if not each.chosen:
            yield f"{each.name}: 고른 것이 없습니다."
        elif each.chosen not in each.options:
            yield f"{each.name}: ‘{each.chosen}’ 칸이 카드에 없습니다. 고를 수 있는 것: {', '.join(each.options)}"


def _of_tasks(card: Card, others: Sequence[PolicyTask]) -> Iterator[str]:
    if others:
        numbers = ", ".join(each.number for each in others)
        yield f"{card.year}년이 임기에 드는 공약사업이 더 있습니다({numbers}). 이 카드는 {card.task.number}의 것입니다."


def _of_targets(indicators: Sequence[IndicatorFigures]) -> Iterator[str]:
    if not indicators:
        yield "확인지표가 없습니다."
    for each in indicators:
        missing = ", ".join(f"{one.year}" for one in each.years if one.target is None)
        if missing:
            yield f"확인지표 ‘{each.indicator.name}’: 목표가 없는 해가 있습니다({missing})."


def _of_doubles(ran: Ran) -> Iterator[str]:
    """What was entered of before the service, and ran in it."""
    before = {(each.year, each.title, each.daypart) for each in ran.before}
    for year, each in ran.courses:
        if (year, each.title, each.daypart) in before:
            yield (
                f"{year}년 ‘{each.title}’: 지난 과정에도 있고 등록한 과정({each.code})에도 있어 두 번 셉니다. "
                "한쪽을 지우거나 실적에 세지 않게 해 주세요."
            )


def _of_surveys(participation: Sequence[ParticipationFigures]) -> Iterator[str]:
    """What was entered of a year in which surveys of its kind ran here, too."""
    for kind in participation:
        here = Counter(each.year for each in kind.entries if not each.id)
        entered = Counter[int]()
        for each in kind.entries:
            entered[each.year] += each.count if each.id else 0
        for year in sorted(year for year in here if entered[year]):
            both = f"적은 {entered[year]}건과 여기에서 마감한 {here[year]}건"
            yield f"{kind.title}, {year}년: {both}을 더해 셉니다. 같은 조사를 두 번 세지 않는지 살펴보세요."


def _of_unknown(indicators: Sequence[IndicatorFigures], ran: Ran) -> Iterator[str]:
    for kind in dict.fromkeys(each.indicator.counts for each in indicators):
        if count := counting.unknown(ran.before, kind):
            yield f"지난 과정 {count}개는 {COUNTED[kind]} 인원을 몰라 세지 않았습니다."
