"""What is otherwise in a card than in one before it: each figure, with the rows that came, went or changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.staff.desk.told import Table
from handlers.staff.year.cards.card import Card
from handlers.staff.year.counted.figures import IndicatorFigures, ParticipationFigures, Source
from handlers.staff.year.counted.money import millions
from handlers.staff.year.entries.cells.words import BUDGET_KINDS, MONEY
from storage.year.entries import BudgetEntry, Participation

TITLE = "확정 뒤 바뀐 것"
COLUMNS = ("무엇", "확정한 때", "지금")
CAME, WENT, OTHERWISE = "들어옴", "빠짐", "바뀜"
NONE = "-"


@dataclass(frozen=True)
class Figure:
    """`rows` are what it is made of, by their keys, each in words."""

    value: str
    rows: Mapping[str, str] = field(default_factory=dict)


Figures = dict[str, Figure]  # by what it is called
Below = tuple[tuple[str, ...], ...]


def between(before: Card, after: Card) -> tuple[Table, ...]:
    """One table, or none where nothing is otherwise."""
    old, new = figures(before), figures(after)
    found = [(name, *_sides(name, old, new)) for name in dict.fromkeys([*old, *new])]
    differing = [(name, one, other) for name, one, other in found if one != other]
    if not differing:
        return ()
    rows = tuple((name, one.value, other.value) for name, one, other in differing)
    details = tuple(_below(one.rows, other.rows) for _, one, other in differing)
    return (Table(rows, COLUMNS, title=TITLE, details=details),)


def _sides(name: str, old: Figures, new: Figures) -> tuple[Figure, Figure]:
    none = Figure(NONE)
    return old.get(name, none), new.get(name, none)


def _below(old: Mapping[str, str], new: Mapping[str, str]) -> Below:
    came = [(CAME, new[key]) for key in new if key not in old]
    went = [(WENT, old[key]) for key in old if key not in new]
    changed = [(OTHERWISE, f"{old[key]} → {new[key]}") for key in old if key in new and old[key] != new[key]]
    return (*came, *went, *changed)


def figures(card: Card) -> Figures:
    """All that a card prints."""
    return dict(_figures(card))


def _figures(card: Card) -> Iterator[tuple[str, Figure]]:
    yield from _of_task(card)
    for each in card.indicators:
        yield from _of_indicator(each)
    yield from _of_money(card)
    for kind in card.participation:
        yield kind.title, _of_participation(kind)
    for term in () if any(each.indicator.counts == "courses" for each in card.indicators) else card.terms:
        yield f"추진실적 {term.title}", Figure(f"{len(term.courses)}개", _sources(term.courses))
    problems = {f"{each.id}": f"{each.problem}: {each.measure}" for each in card.problems}
    yield "문제점·대책", Figure(f"{len(problems)}건", problems)
    plan = {f"{each.id}": f"{each.starts_on} ~ {each.ends_on} {each.what}" for each in card.plan}
    yield "향후계획", Figure(f"{len(plan)}건", plan)


def _of_task(card: Card) -> Iterator[tuple[str, Figure]]:
    task = card.task
    said = {"관리번호": task.number, "제목": task.title, "임기": f"{task.first_year} ~ {task.last_year}"}
    said |= {
        "총사업비": f"{millions(task.total_cost)}백만원",
        "사업 개요": task.overview,
        "작성 부서": task.departments,
    }
    said |= {each.name: each.chosen for each in (*card.boxes, card.stage)}
    for name, value in said.items():
        yield name, Figure(value or NONE)


def _of_indicator(each: IndicatorFigures) -> Iterator[tuple[str, Figure]]:
    name, unit = each.indicator.name, each.indicator.unit
    for year in each.years:
        target = NONE if year.target is None else f"{year.target}{unit}"
        actual = NONE if year.actual is None else f"{year.actual}{unit}"
        yield f"{name} {year.year}년 목표", Figure(target)
        yield f"{name} {year.year}년 실적", Figure(actual, _sources(year.sources))
    yield f"{name} 이행률", Figure(NONE if each.rate is None else f"{each.rate}%")


def _sources(found: Sequence[Source]) -> dict[str, str]:
    return {f"{each.kind}/{each.key}": in_words(each) for each in found}


def in_words(each: Source) -> str:
    named = each.title if each.kind == "past" else f"{each.title}({each.key})"
    return named if each.count == 1 else f"{named} {each.count}"


def _of_money(card: Card) -> Iterator[tuple[str, Figure]]:
    for kind, name in BUDGET_KINDS.items():
        for year in card.budget.years:
            rows = {f"{each.id}": money_in_words(each) for each in year.entries if each.kind == kind}
            yield f"{year.year}년 {name}", Figure(f"{millions(getattr(year, kind))}백만원", rows)
        yield f"{name} 계", Figure(f"{millions(getattr(card.budget, kind))}백만원")


def money_in_words(each: BudgetEntry) -> str:
    parts = (f"{each.day}" if each.day else "", MONEY[each.source], each.item, each.purpose, f"{each.amount:,}원")
    return " ".join(part for part in parts if part)


def _of_participation(kind: ParticipationFigures) -> Figure:
    rows = {_key(each): done_in_words(each) for each in kind.entries}
    return Figure(f"{kind.count}건 {kind.when}".rstrip(), rows)


def _key(each: Participation) -> str:
    """A survey that ran here was entered by nobody."""
    return f"{each.id}" if each.id else f"{each.title} {each.days} {each.ends_on}"


def done_in_words(each: Participation) -> str:
    days = ", ".join(map(str, each.days)) + (f" ~ {each.ends_on}" if each.ends_on else "")
    parts = (days, each.outlet, each.title, f"{each.count}건")
    return " ".join(part for part in parts if part)
