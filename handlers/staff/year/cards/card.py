"""The policy card (공약 이행카드) of a quarter, as all its papers print it."""

from dataclasses import dataclass

from handlers.staff.year.counted.figures import BudgetFigures, IndicatorFigures, ParticipationFigures, Source
from storage.year.entries import PlanStep, PolicyTask, Problem


@dataclass(frozen=True)
class Boxes:
    """A row of boxes: at most one of the options is ticked."""

    name: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class Term:
    """Courses of a half-year, or of a year of which no halves are known, as 추진실적 lists them."""

    title: str  # "2023년 하반기"
    courses: tuple[Source, ...]


@dataclass(frozen=True)
class Card:
    """`warnings` tell an officer what to look at before it is printed; they are on no paper."""

    task: PolicyTask
    year: int
    quarter: int
    boxes: tuple[Boxes, ...]
    stage: Boxes
    indicators: tuple[IndicatorFigures, ...]
    budget: BudgetFigures
    terms: tuple[Term, ...]
    participation: tuple[ParticipationFigures, ...]
    problems: tuple[Problem, ...]
    plan: tuple[PlanStep, ...]
    warnings: tuple[str, ...] = ()
