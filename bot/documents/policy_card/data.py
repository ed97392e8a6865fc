"""The policy card as data: JSON with all that is known, and CSV with a figure a row."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.documents.policy_card.layout import TITLE, span
from handlers.staff.desk.told import Table, Told
from handlers.staff.reports import lists
from handlers.staff.year.cards.card import Card
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, PROGRESS

COLUMNS = ("부분", "이름", "세부", "연도", "값", "단위", "일자")
Line = tuple[str, str, str, str, str, str, str]


def as_json(card: Card) -> bytes:
    """With the figures that follow from others; warnings are for officers, and stay out."""
    given = asdict(card)
    del given["warnings"]
    for shown, one in zip(given["indicators"], card.indicators, strict=True):
        shown |= {"target": one.target, "actual": one.actual, "rate": one.rate}
        for year, of in zip(shown["years"], one.years, strict=True):
            year["rate"] = of.rate
    given["budget"] |= {"secured": card.budget.secured, "spent": card.budget.spent}
    return json.dumps(given, ensure_ascii=False, indent=1, default=_written).encode()


def as_csv(card: Card) -> bytes:
    rows = (*_facts(card), *_indicators(card), *_budget(card), *_done(card), *_ahead(card))
    return lists.separated(Told(TITLE, tables=(Table(rows, COLUMNS, TITLE),)))


def _written(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _line(
    part: str, name: str, detail: str = "", year: object = "", value: object = "", unit: str = "", when: str = ""
) -> Line:
    return part, name, detail, f"{year}", "" if value is None else f"{value}", unit, when


def _facts(card: Card) -> Iterator[Line]:
    task = card.task
    yield _line("개요", "관리번호", value=task.number)
    yield _line("개요", "제목", value=task.title)
    yield _line("개요", "총사업비", value=task.total_cost, unit="원")
    yield _line("개요", "기준", f"{card.quarter}분기", card.year)
    for each in (*card.boxes, card.stage):
        yield _line("개요", each.name, value=each.chosen)


def _indicators(card: Card) -> Iterator[Line]:
    for one in card.indicators:
        name, unit = one.indicator.name, one.indicator.unit
        for each in one.years:
            yield _line("확인지표", name, "목표", each.year, each.target, unit)
            yield _line("확인지표", name, "실적", each.year, each.actual, unit)
            yield _line("확인지표", name, "달성률", each.year, each.rate, "%")
        yield _line("확인지표", name, "목표", "계", one.target, unit)
        yield _line("확인지표", name, "실적", "계", one.actual, unit)
        yield _line("확인지표", name, "이행률", "계", one.rate, "%")


def _budget(card: Card) -> Iterator[Line]:
    for each in card.budget.years:
        within = "" if each.is_counted else "계에 넣지 않음"
        yield _line("예산", BUDGET_KINDS["secured"], within, each.year, each.secured, "원")
        yield _line("예산", BUDGET_KINDS["spent"], within, each.year, each.spent, "원")
    yield _line("예산", BUDGET_KINDS["secured"], "", "계", card.budget.secured, "원")
    yield _line("예산", BUDGET_KINDS["spent"], "", "계", card.budget.spent, "원")


def _done(card: Card) -> Iterator[Line]:
    for term in card.terms:
        for course in term.courses:
            yield _line("추진실적", term.title, course.title, value=course.count, unit="과정")
    for each in card.participation:
        yield _line("주민 참여", each.title, value=each.count, unit="회", when=each.when)


def _ahead(card: Card) -> Iterator[Line]:
    for each in card.problems:
        yield _line("문제점 및 대책", each.problem, each.measure, each.year, PROGRESS[each.state])
    for step in card.plan:
        yield _line("향후계획", step.what, "", step.year, PROGRESS[step.state], when=span(step.starts_on, step.ends_on))
