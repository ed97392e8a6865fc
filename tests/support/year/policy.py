"""What the district's policy sheet says of its task, as officers would enter it: nobody's name."""

from datetime import date

from sqlalchemy import select

from storage.database import Transaction
from storage.states import BudgetKind
from storage.tables import indicators
from storage.year import entries
from storage.year.entries import (
    BudgetEntry,
    Indicator,
    Participation,
    PastCourse,
    PlanStep,
    PolicyTask,
    Problem,
    Target,
)

MILLION = 1_000_000
TARGETS = {2022: 3, 2023: 12, 2024: 16, 2025: 20, 2026: 24}
INDICATOR = "직업교육 프로그램(수)"
TITLES: dict[tuple[int, int | None], tuple[str, ...]] = {
    (2022, None): (
        "보드게임 지도사 2급 자격증반(더자람 동네배움터)",
        "바리스타 2급 자격증반(더자람 동네배움터)",
        "초급강사 역량강화교육 및 강의활동 연계 지원(크리스마스 원데이특강)",
    ),
    (2023, 1): (
        "꽃차소믈리에",
        "바리스타 2급 자격증+심화과정",
        "색채심리사 2급",
        "원예심리지도사 2급",
        "정리수납컨설턴트 2급",
        "플로리스트&화훼장식기능사",
    ),
    (2023, 2): (
        "미디어중독상담사 2급",
        "분노조절지도사",
        "아트플라워인테리어지도사",
        "에어컨살균세정관리사 2급",
        "한방건강차전문가 2급",
        "MBTI심리상담사",
        "MBTI심리상담사",
    ),
}


def past(year: int, half: int | None, title: str, **known: object) -> PastCourse:
    of_nobody: dict[str, object] = dict.fromkeys(("capacity", "applied", "seated", "completed", "acquired", "placed"))
    given = {"category": "", "operation": "위탁", "daypart": "day", "counts_toward_kpi": True, **of_nobody, **known}
    return PastCourse(0, year, half, title, **given)  # type: ignore[arg-type]


def task() -> PolicyTask:
    return PolicyTask(
        0,
        "3-1",
        "온오프라인 중구형 평생학습 재교육 지원으로 일자리 체계 구축",
        2022,
        2026,
        188 * MILLION,
        {},
        "",
        "담당 평생학습팀 02-000-0000",
    )


def courses() -> list[PastCourse]:
    """Three and thirteen; of the last two of them one is in the evening."""
    found = [past(year, half, title) for (year, half), titles in TITLES.items() for title in titles]
    return [*found[:-1], past(2023, 2, found[-1].title, daypart="evening")]


def money() -> list[BudgetEntry]:
    secured = [_money(year, "secured", amount) for year, amount in ((2022, 20), (2023, 50), (2024, 30))]
    return [*secured, _money(2022, "spent", 8), _money(2023, "spent", 50)]


def _money(year: int, kind: BudgetKind, millions: int) -> BudgetEntry:
    return BudgetEntry(0, year, kind, "district", None, millions * MILLION, "", "", None)


def done_with_residents() -> list[Participation]:
    articles = (date(2023, 3, 28), date(2023, 8, 29), date(2023, 9, 1))
    return [
        Participation(0, 2023, "satisfaction", (date(2023, 5, 19),), date(2023, 12, 12), 13, "", "", "", None),
        Participation(0, 2022, "survey", (date(2022, 9, 26),), date(2022, 10, 7), 1, "수요조사", "", "", None),
        Participation(0, 2023, "press", articles, None, 9, "", "", "", None),
    ]


def planned() -> list[PlanStep]:
    return [
        PlanStep(0, 2024, date(2024, 1, 1), date(2024, 2, 29), "프로그램 기획", "planned"),
        PlanStep(0, 2024, date(2024, 3, 1), date(2024, 7, 31), "상반기 운영", "planned"),
        PlanStep(0, 2024, date(2024, 8, 1), date(2024, 12, 31), "하반기 운영 및 결과보고", "planned"),
    ]


def enter(tx: Transaction, courses_of_before: list[PastCourse] | None = None) -> None:
    """All of it; `courses_of_before` may be others than the sheet's."""
    of_before = courses() if courses_of_before is None else courses_of_before
    entries.save(tx, [task(), Indicator(0, INDICATOR, "courses", "개"), *of_before, *money()])
    problem = Problem(0, 2023, "예산 축소", "직영 확대", "running")
    entries.save(tx, [*done_with_residents(), *planned(), problem])
    indicator = tx.execute(select(indicators.c.id).where(indicators.c.name == INDICATOR)).scalar_one()
    entries.save(tx, [Target(0, indicator, year, target) for year, target in TARGETS.items()])
