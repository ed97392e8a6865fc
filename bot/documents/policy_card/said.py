"""What a policy card says, by the labels under which templates ask for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.policy_card.layout import UNIT, departments, span, ticked
from bot.documents.policy_card.numbers import NONE, in_millions
from handlers.staff.year.cards.card import Card
from handlers.staff.year.counted.figures import BudgetYear, IndicatorFigures
from handlers.staff.year.entries.cells.words import BUDGET_KINDS
from storage.states import BudgetKind

Labels = tuple[str, ...]  # any of these words
_NOT_TOLD_APART = re.compile(r"\(.*?\)|^[0-9]+[.)]|[\s:：·ㆍ‧・․∙•･()\[\]○◦□※]")
_QUOTES = str.maketrans("‘’`´", "''''")
TOTAL: Labels = ("계", "합계", "총계")
RATE: Labels = ("이행률", "이행율")


@dataclass(frozen=True)
class Words:
    """What stands beside a label, or where the row and the column of two labels meet, or either.

    `of` is the label of what the row belongs to.
    """

    text: str
    label: Labels
    crossing: Labels = ()
    of: str = ""
    is_beside: bool = False

    @property
    def name(self) -> str:
        met = () if self.label == RATE else self.crossing[:1]  # a rate is in rows of what it is of
        return " ".join(each for each in (self.of, self.label[0], *met) if each)


def plain(label: str) -> str:
    """Without what is written in one way here and in another there: spaces, colons, numbers before it, units."""
    return _NOT_TOLD_APART.sub("", "".join(label.split()).translate(_QUOTES))


def said(card: Card) -> Iterator[Words]:
    yield from _facts(card)
    for one in card.indicators:
        yield from _indicator(one, one.indicator.name if len(card.indicators) > 1 else "")
    yield from _budget(card)
    for each in card.participation:
        yield Words(f"{each.count or NONE}", (each.title,), ("횟수", "건수", "실적"), is_beside=True)
        yield Words(each.when or NONE, (each.title,), ("일자", "기간", "일시", "시기"))


def _facts(card: Card) -> Iterator[Words]:
    task = card.task
    yield Words(task.number, ("관리번호", "공약번호", "과제번호"))
    yield Words(task.title, ("제목", "공약명", "사업명", "공약사업명", "과제명"))
    yield Words(f"{in_millions(task.total_cost)}{UNIT}", ("총사업비",))
    for each in (*card.boxes, card.stage):
        yield Words(ticked(each), (each.name,))
    yield Words(departments(card), ("작성부서", "작성자", "담당부서"))
    yield Words(task.overview, ("주요내용", "사업개요", "사업내용"))
    done = "\n".join(f"{term.title}: {', '.join(course.title for course in term.courses)}" for term in card.terms)
    yield Words(done, ("추진실적", "주요실적"))
    yield Words("\n".join(each.problem for each in card.problems), ("문제점",))
    yield Words("\n".join(each.measure for each in card.problems), ("대책", "개선방안", "향후대책"))
    ahead = sorted(card.plan, key=lambda each: (each.starts_on, each.ends_on))
    yield Words(
        "\n".join(f"{span(each.starts_on, each.ends_on)} {each.what}" for each in ahead), ("향후계획", "추진계획")
    )


def _indicator(one: IndicatorFigures, name: str) -> Iterator[Words]:
    for each in one.years:
        yield Words(_number(each.target), ("목표", "목표치"), _year(each.year), name)
        yield Words(_number(each.actual), ("실적", "실적치"), _year(each.year), name)
    yield Words(f"{one.target:,}", ("목표", "목표치"), TOTAL, name)
    yield Words(f"{one.actual:,}", ("실적", "실적치"), TOTAL, name)
    yield Words(NONE if one.rate is None else f"{one.rate:,}%", RATE, ("목표", "실적"), name, is_beside=True)


def _budget(card: Card) -> Iterator[Words]:
    for each in card.budget.years:
        for kind, won in _of(each):
            yield Words(won, kind, _year(each.year))
    yield Words(in_millions(card.budget.secured), _kind("secured"), TOTAL)
    yield Words(in_millions(card.budget.spent), _kind("spent"), TOTAL)


def _of(year: BudgetYear) -> Iterator[tuple[Labels, str]]:
    yield _kind("secured"), in_millions(year.secured)
    yield _kind("spent"), in_millions(year.spent)


def _kind(kind: BudgetKind) -> Labels:
    name = BUDGET_KINDS[kind]
    return name, f"{name}액", f"예산{name}"


def _number(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _year(year: int) -> Labels:
    return f"{year}년", f"{year}", f"'{year % 100:02}", f"'{year % 100:02}년", f"{year}년도"


def labels(card: Card) -> set[str]:
    """All labels that it may stand under, as they are compared."""
    return {plain(label) for words in said(card) for label in (*words.label, *words.crossing)}
