"""Who took part: no reader finds a cell of fewer than five, in a half-year, in the year, or by subtraction."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.staff.year.reports.sections.people import told_of
from storage.asking.survey import FEWEST
from tests.support.year.half_year import HalfYear, rows

pytestmark = pytest.mark.on_sqlite
NAMES = ("가", "나", "다", "라", "마")
SPRING, AUTUMN = date(2025, 3, 4), date(2025, 9, 2)
CELLS = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 12)).map(Counter)


def is_too_few(people):
    return 0 < people < FEWEST


@settings(max_examples=60)
@given(st.lists(CELLS.filter(lambda cells: cells.total() >= FEWEST), min_size=2, max_size=2))
def test_no_figure_and_no_difference_of_figures_is_of_fewer_than_five(halves):
    """Readers have each half-year and the year, and take any groups of cells from each other and from totals."""
    told = [told_of([cells], NAMES) for cells in halves]
    year = told_of(halves, NAMES)
    for shown, total in (
        (told[0], halves[0].total()),
        (told[1], halves[1].total()),
        (year, sum(map(Counter.total, halves))),
    ):
        known = [people for people in shown.values() if people is not None]
        assert not any(map(is_too_few, known))
        assert not is_too_few(total - sum(known))
    for name, people in year.items():
        if people is not None:
            assert not any(is_too_few(people - (half.get(name) or 0)) for half in told)
            assert all(half.get(name, 0) is not None for half in told)


async def test_people_stand_by_age_dong_and_group_and_the_few_are_hidden_together(reported):
    def work(half: HalfYear):
        course = half.course()
        half.fills(course, 9, birth_year=1980, dong="신당동", tie="lives", target="returning")
        half.fills(course, 6, birth_year=1962, dong="명동", tie="lives", target="none")
        half.fills(course, 3, birth_year=1990, dong="필동", tie="lives", target="none")
        return half.part(5)

    section = await reported(work)
    assert rows(section, "나이대")["40대"] == ("9명", "50%")
    dongs = rows(section, "사는 동")
    assert dongs["신당동"] == ("9명", "50%")
    assert dongs["가린 칸(명동, 필동)"] == ("9명", "50%")
    assert rows(section, "구분") == {
        "경력단절여성": ("9명", "50%"),
        "해당 없음": ("9명", "50%"),
        "계": ("18명", "100%"),
    }


async def test_a_half_year_of_fewer_than_five_is_in_no_year(reported):
    def work(half: HalfYear):
        half.fills(half.course(SPRING), 8, dong="신당동")
        half.fills(half.course(AUTUMN), 3, dong="명동")
        return half.part(5, 2), half.part(5, None)

    autumn, year = await reported(work)
    assert autumn.missing == "5명 미만이라 가립니다."
    assert rows(year, "사는 동") == {"신당동": ("8명", "100%"), "계": ("8명", "100%")}
    assert "들은 분이 5명 미만인 반기는 넣지 않았습니다." in year.lines


async def test_who_takes_several_courses_counts_once_also_after_records_became_one(reported):
    def work(half: HalfYear):
        first, second = half.course(SPRING), half.course(SPRING)
        people = [half.person(dong="신당동") for _ in range(6)]
        for person in people:
            half.applies(first, person=person)
            half.applies(second, person=half.person(merged_into=person))
        return half.part(5)

    assert rows(await reported(work), "사는 동") == {"신당동": ("6명", "100%"), "계": ("6명", "100%")}


async def test_who_waited_or_left_before_the_first_day_has_not_taken_part(reported):
    def work(half: HalfYear):
        course = half.course(SPRING)
        half.fills(course, 5, dong="신당동")
        half.fills(course, 7, "waiting", dong="명동")
        return half.part(5)

    assert set(rows(await reported(work), "사는 동")) == {"신당동", "계"}


def test_hiding_a_cell_alone_would_tell_it_by_subtraction():
    """What the rule is for: nine of twelve shown leave three."""
    cells = Counter({"가": 9, "나": 3, "다": 6})
    assert told_of([cells], NAMES) == {"가": 9, "나": None, "다": None}
    assert not any(sum(cells[name] for name in some) == 3 for some in combinations(("나", "다"), 2))


async def test_what_is_known_of_nobody_is_said_without_a_table(reported):
    def work(half: HalfYear):
        half.fills(half.course(SPRING), 6, dong="신당동")
        return half.part(5)

    section = await reported(work)
    assert [each.title for each in section.tables] == ["사는 동"]
    assert "나이대: 모두 모릅니다." in section.lines
