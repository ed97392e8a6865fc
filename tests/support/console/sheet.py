"""A term of office as a district's own sheet tells of it, as entries."""

from collections.abc import Iterator
from datetime import date

from storage.database import Transaction
from storage.year import entries
from storage.year.entries import (
    BudgetEntry,
    Entry,
    Indicator,
    Participation,
    PastCourse,
    PlanStep,
    PolicyTask,
    Problem,
    Promotion,
    Target,
)

MILLION = 1_000_000
TITLE = "온오프라인 중구형 평생학습 재교육 지원으로 일자리 체계 구축"
CHOSEN = {"사업구분": "임기내", "사업주체": "중구", "신규여부": "신규"}
TARGETS = {2022: 3, 2023: 12, 2024: 16, 2025: 20, 2026: 24}
SECURED, SPENT = {2022: 20, 2023: 50, 2024: 30}, {2022: 8, 2023: 50}
COURSES = {
    (2022, None): ("보드게임 지도사 2급", "바리스타 2급", "초급강사 역량강화교육"),
    (2023, 1): ("꽃차소믈리에", "바리스타 2급+심화", "색채심리사", "원예심리지도사", "정리수납컨설턴트", "플로리스트"),
    (2023, 2): ("미디어중독상담사", "분노조절지도사", "아트플라워", "에어컨관리사", "한방건강차", "MBTI(주)", "MBTI(야)"),
}
PRESS = (date(2023, 3, 28), date(2023, 8, 29), date(2023, 9, 1))


def enter(tx: Transaction) -> None:
    entries.save(tx, [*_task(), *_money(), *_past(), *_told()])


def _task() -> Iterator[Entry]:
    departments = "작성 부서: 평생학습과\n담당: 평생학습팀 02-000-0000"
    yield PolicyTask(0, "3-1", TITLE, 2022, 2026, 188 * MILLION, CHOSEN, "취업 과정을 엽니다.", departments)
    yield Indicator(0, "직업교육 프로그램", "courses", "개")
    yield from (Target(0, 1, year, target) for year, target in TARGETS.items())


def _money() -> Iterator[Entry]:
    for year, millions in SECURED.items():
        yield BudgetEntry(0, year, "secured", "district", date(year, 1, 2), millions * MILLION, "", "본예산", None)
    for year, millions in SPENT.items():
        spent = millions * MILLION
        yield BudgetEntry(0, year, "spent", "district", date(year, 12, 1), spent, "위탁금", "과정 운영", None)


def _past() -> Iterator[Entry]:
    for (year, half), titles in COURSES.items():
        for title in titles:
            daypart = "evening" if title.endswith("(야)") else "day"
            yield PastCourse(0, year, half, title, "", "위탁", daypart, 15, 20, 15, 13, 12, 3, True)


def _told() -> Iterator[Entry]:
    yield Participation(0, 2023, "press", PRESS, None, 9, "강좌 모집", "예시신문", "https://news.example.org/1", None)
    yield Participation(
        0, 2023, "satisfaction", (date(2023, 5, 19),), date(2023, 12, 12), 13, "만족도 조사", "", "", None
    )
    yield Participation(0, 2022, "survey", (date(2022, 9, 26),), date(2022, 10, 7), 1, "수요조사", "", "", 120)
    yield PlanStep(0, 2024, date(2024, 1, 1), date(2024, 2, 29), "프로그램 기획", "done")
    yield PlanStep(0, 2024, date(2024, 3, 1), date(2024, 7, 31), "상반기 운영", "planned")
    yield Problem(0, 2023, "예산이 줄어 위탁 과정을 다 열 수 없음", "일부 과정을 직영으로 엶", "running")
    yield Promotion(0, 2023, date(2023, 3, 2), "구 소식지", "3월호에 모집 안내", "", "done")
