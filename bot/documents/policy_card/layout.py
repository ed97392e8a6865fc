"""The policy card laid out as the district's sheet is."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.documents.papers.paper import Block, Cell, Grid, Heading, Lines, Paper, head, said
from bot.documents.policy_card.figures import budget, indicators
from bot.documents.policy_card.numbers import count, counted, in_millions
from handlers.staff.year.cards.card import Boxes, Card
from handlers.staff.year.entries.cells.words import PROGRESS

TITLE, UNIT = "공약 이행카드", "백만원"
TICKED, OPEN = "■", "□"
NOTHING = "해당 없음"
FACTS, THIRDS, HALVES = (3, 9, 3, 9), (5, 3, 16), (11, 10, 3)


def lay_out(card: Card) -> Paper:
    task = card.task
    blocks = (
        Lines((f"기준: {card.year}년 {card.quarter}분기",), is_small=True),
        _facts(card),
        *_section("주요내용", Lines(tuple(task.overview.splitlines()) or (NOTHING,))),
        *_section("확인지표", *indicators(card.indicators)),
        *_section(f"예산 (단위: {UNIT})", *budget(card.budget)),
        *_section("추진실적", _terms(card)),
        *_section("주민 참여(소통) 실적", _participation(card)),
        *_section("문제점 및 대책", _problems(card)),
        *_section("향후계획", _plan(card)),
    )
    return Paper(f"{TITLE} {task.number}", blocks, task.title)


def ticked(boxes: Boxes) -> str:
    """None is ticked where nobody has chosen; what was chosen and is no option any more stands behind the others."""
    options = dict.fromkeys((*boxes.options, *filter(None, [boxes.chosen])))
    return "  ".join(f"{TICKED if each == boxes.chosen else OPEN} {each}" for each in options)


def departments(card: Card) -> str:
    return card.task.departments.strip() or NOTHING


def span(first: date, last: date) -> str:
    """Whole months as months: 2024.1. ~ 2."""
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    begins = f"{first.year}.{first.month}." + ("" if whole else f"{first.day}.")
    year = f"{last.year}." if last.year != first.year else ""
    ends = f"{year}{last.month}." + ("" if whole else f"{last.day}.")
    same = (first.year, first.month) == (last.year, last.month) if whole else first == last
    return begins if same else f"{begins} ~ {ends}"


def _section(title: str, *blocks: Block) -> Iterator[Block]:
    yield Heading(title)
    yield from blocks


def _facts(card: Card) -> Grid:
    """Two facts a row, but for those that are long."""
    task = card.task
    short = [("관리번호", task.number), ("총사업비", f"{in_millions(task.total_cost)}{UNIT}")]
    short += [(each.name, ticked(each)) for each in card.boxes]
    pairs = [short[at : at + 2] for at in range(0, len(short), 2)]
    alone = [("제목", task.title), (card.stage.name, ticked(card.stage)), ("작성 부서", departments(card))]
    rows = [_row(pair) for pair in pairs]
    long = [_row([each]) for each in alone]
    return Grid((rows[0], long[0], *rows[1:], *long[1:]), FACTS)


def _row(facts: list[tuple[str, str]]) -> tuple[Cell, ...]:
    across = 3 if len(facts) == 1 else 1
    return tuple(cell for name, words in facts for cell in (head(name), said(words, across)))


def _terms(card: Card) -> Grid:
    counts = [sum(course.count for course in term.courses) for term in card.terms]
    rows = [
        (head(term.title), count(number), said(" · ".join(course.title for course in term.courses)))
        for term, number in zip(card.terms, counts, strict=True)
    ]
    total = count(sum(counts), tuple((row, 1) for row in range(1, len(rows) + 1)))
    top = (head("시기"), head("과정 수"), head("과정"))
    return Grid((top, *rows, (head("계"), total, said(""))), THIRDS, head=1)


def _participation(card: Card) -> Grid:
    top = (head("구분"), head("횟수"), head("일자"))
    rows = [(head(each.title), counted(each.count), said(each.when or "-")) for each in card.participation]
    return Grid((top, *rows), THIRDS, head=1)


def _problems(card: Card) -> Grid:
    rows = [
        (said(each.problem), said(each.measure), said(PROGRESS[each.state], align="center")) for each in card.problems
    ]
    return _listed(("문제점", "대책", "상태"), rows, HALVES)


def _plan(card: Card) -> Grid:
    steps = sorted(card.plan, key=lambda each: (each.starts_on, each.ends_on))
    rows = [
        (
            said(span(each.starts_on, each.ends_on), align="center"),
            said(each.what),
            said(PROGRESS[each.state], align="center"),
        )
        for each in steps
    ]
    return _listed(("기간", "내용", "상태"), rows, (6, 15, 3))


def _listed(names: tuple[str, ...], rows: Sequence[tuple[Cell, ...]], widths: tuple[int, ...]) -> Grid:
    nothing = (said(NOTHING, align="center"), *(said("") for _ in names[1:]))
    return Grid((tuple(map(head, names)), *(rows or [nothing])), widths, head=1)
