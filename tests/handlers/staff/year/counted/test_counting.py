"""What counts of a year: courses, who completed them, who has a qualification, who works."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.staff.year import listing
from handlers.staff.year.cards import carding
from handlers.staff.year.counted import counting
from handlers.staff.year.counted.figures import OfYear
from storage import tables
from storage.completion import followups
from storage.database import Transaction
from storage.states import Counted
from storage.year import entries
from storage.year.entries import Indicator, PastCourse
from tests.support.databases.statements import statements
from tests.support.domain import SEOUL, School
from tests.support.surveys.ballots import seat
from tests.support.year import policy

LATER = datetime(2026, 12, 31, 12, tzinfo=SEOUL)
WAYS: tuple[Counted, ...] = ("courses", "completers", "certificates", "placed")


async def counts(school: School, *past: PastCourse) -> None:
    """The district counts in all ways; and these courses were before the service."""
    known = [Indicator(0, kind, kind, "명") for kind in WAYS]
    await school.database.write(lambda tx: entries.save(tx, [*known, *past]))


async def year(school: School, of: int, kind: str = "courses") -> OfYear:
    for each in await school.gets(counting.indicators, of):
        if each.indicator.name == kind:
            (found,) = each.years
            return found
    raise AssertionError(kind)


async def completed(school: School, people: int, acquired: int = 0, working: int = 0, **course: Any) -> None:
    """A course that so many completed, of whom some acquired two qualifications, and some work."""
    number = await school.opens(**course)

    def complete(tx: Transaction) -> None:
        seat(tx, number, people, school.now)
        of = tables.enrollments.c.course_id == number
        ids = list(tx.execute(tables.enrollments.select().where(of)).scalars())
        for each in ids[:acquired]:
            for name in ("바리스타", "제과"):
                row = {"enrollment_id": each, "name": name, "grade": "2급", "license_number": "", "entered_by": ""}
                tx.execute(tables.qualifications.insert().values(**row, acquired_on=date(2026, 12, 1), told_at=LATER))
        for each in ids[:working]:
            for stage in followups.STAGES:
                followups.ask(tx, each, stage, LATER)
                followups.answer(tx, each, stage, "related", LATER)

    await school.database.write(complete)


async def test_each_person_counts_once_in_a_course_whatever_they_acquired_and_however_often_they_work(
    school: School,
) -> None:
    school.now = LATER
    await counts(school)
    await completed(school, 5, acquired=3, working=2, code="A")
    await completed(school, 4, code="B")
    assert [(await year(school, 2026, kind)).actual for kind in WAYS] == [2, 9, 3, 2]
    sources = (await year(school, 2026, "completers")).sources
    assert [(each.key, each.count) for each in sources] == [("A", 5), ("B", 4)]
    assert [each.key for each in (await year(school, 2026, "placed")).sources] == ["A"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    "differing",
    [
        {"state": "cancelled"},
        {"state": "hidden"},
        {"counts_toward_kpi": False},
        {"start_date": date(2027, 1, 4), "term": "2027-H1"},
        {"term": "2025-H2"},
    ],
)
async def test_what_does_not_count_counts_in_no_way(school: School, differing: dict[str, Any]) -> None:
    school.now = LATER
    await counts(school)
    await completed(school, 5, acquired=3, working=2, **differing)
    assert [(await year(school, 2026, kind)).actual for kind in WAYS] == [0, 0, 0, 0]


@pytest.mark.on_sqlite
async def test_a_course_that_takes_nobody_new_counts_and_one_that_has_not_begun_does_not(school: School) -> None:
    await counts(school)
    await school.opens(start_date=date(2026, 11, 23), state="suspended")
    await school.opens(start_date=date(2026, 11, 24))
    assert (await year(school, 2026)).actual == 1


@pytest.mark.on_sqlite
async def test_a_course_is_of_the_year_of_its_term_also_where_it_begins_after_it(school: School) -> None:
    await counts(school)
    await school.opens(term="2026-H2", start_date=date(2027, 1, 4), code="LATE")
    await school.opens(term="겨울학기", start_date=date(2026, 1, 5), code="OTHER")
    school.now = datetime(2027, 1, 5, tzinfo=UTC)
    assert [each.key for each in (await year(school, 2026)).sources] == ["OTHER", "LATE"]
    assert (await year(school, 2027)).actual == 0


@pytest.mark.on_sqlite
async def test_a_year_that_has_not_come_has_no_figure(school: School) -> None:
    await counts(school)
    assert (await year(school, 2027)).actual is None


@pytest.mark.on_sqlite
async def test_courses_of_before_count_beside_as_far_as_anything_is_known(school: School) -> None:
    known = policy.past(2024, 1, "바리스타", completed=12, acquired=9, placed=4)
    aside = policy.past(2024, 1, "특강", completed=30, counts_toward_kpi=False)
    await counts(school, known, policy.past(2024, 2, "제과"), aside)
    assert [(await year(school, 2024, kind)).actual for kind in WAYS] == [2, 12, 9, 4]


@pytest.mark.on_sqlite
async def test_what_counts_twice_and_what_nobody_knows_is_warned_of(policy_district: School) -> None:
    before = policy.past(2023, 2, "다시 연 과정")
    completers = Indicator(0, "수료생", "completers", "명")
    await policy_district.database.write(lambda tx: entries.save(tx, [before, completers]))
    await policy_district.opens(code="23-20", title=before.title, term="2023-H2", start_date=date(2023, 9, 4))
    warned = "\n".join((await policy_district.gets(carding.card, 2023, 4)).warnings)
    assert "2023년 ‘다시 연 과정’: 지난 과정에도 있고 등록한 과정(23-20)에도 있어 두 번 셉니다." in warned
    assert "지난 과정 17개는 수료 인원을 몰라 세지 않았습니다." in warned
    assert "확인지표 ‘수료생’: 목표가 없는 해가 있습니다(2022, 2023, 2024, 2025, 2026)." in warned


@pytest.mark.on_sqlite
async def test_the_rows_of_a_figure_are_listed(policy_district: School) -> None:
    said = await policy_district.asks(listing.sources, policy.INDICATOR, 2023)
    assert said[0] == "직업교육 프로그램(수), 2023년: 목표 12개, 실적 13개"
    assert sum("지난 과정" in line for line in said) == 13
    assert "MBTI심리상담사(야)" in "\n".join(said)
    assert "이런 확인지표가 없습니다" in await policy_district.declines(listing.sources, "다른 지표", 2023)


@pytest.mark.on_sqlite
async def test_however_many_courses_there_are_no_more_is_asked_of_the_database(policy_district: School) -> None:
    async def asked() -> int:
        with statements() as found:
            await policy_district.gets(listing.show, 2023)
        return len(found)

    few = await asked()
    for number in range(20):
        await policy_district.opens(code=f"23-{number}", term="2023-H2", start_date=date(2023, 9, 4))
    assert await asked() == few
