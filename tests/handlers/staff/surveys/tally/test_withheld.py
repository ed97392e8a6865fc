"""No figure of fewer than five: not shown, and not to be found by taking away what is shown."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.staff.surveys.tally import years as survey_years
from tests.support.surveys.ballots import differences, satisfied, taken_away, tried

pytestmark = pytest.mark.on_sqlite

TURNOUT = st.fixed_dictionaries(
    {"chat": st.integers(0, 9), "slip": st.integers(0, 6), "kiosk": st.integers(0, 4), "paper": st.integers(0, 7)}
)
TURNOUTS = st.lists(TURNOUT, min_size=1, max_size=7)
SKIPPED = st.integers(2, 5)  # every so-maniest skips the question of counseling
FEW = {1, 2, 3, 4}
PHASES = (Phase.reuse, Phase.generate)  # making examples smaller takes minutes with a database


def says(skipped):
    return lambda number: satisfied(number) | ({} if number % skipped == 0 else {"S17": "네"})


def question(result, name):
    return next(each for each in result.questions if each.item.name == name)


def answered(of, turnouts, skipped):
    for turnout in turnouts:
        of.course(turnout, says(skipped))
    return of


def lots_told(turnout):
    """How many answers of a round are told: what people gave if five are proven, and what was entered if it is five."""
    given, proven = turnout["chat"] + turnout["kiosk"] + turnout["slip"], turnout["chat"] + turnout["slip"]
    return [given if proven >= 5 else 0, turnout["paper"] if turnout["paper"] >= 5 else 0]


def over(school, strategies, check):
    """Tries `check` with many examples, in the database of the test."""
    loop = asyncio.get_running_loop()

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(st.tuples(*strategies))
    def examples(drawn):
        asyncio.run_coroutine_threadsafe(tried(school, lambda of: check(of, *drawn)), loop).result()

    return asyncio.to_thread(examples)


async def test_groups_and_what_is_withheld_are_the_total_and_the_total_is_the_rows(school, office):
    def check(of, turnouts, skipped):
        result = answered(of, turnouts, skipped).result()
        rows = sum(sum(turnout.values()) for turnout in turnouts)
        used = sum(lot for turnout in turnouts for lot in lots_told(turnout))
        assert (result.turnout.answers, result.used, result.withheld) == (rows, used, rows - used)
        assert sum(result.turnout.by_channel.values()) == sum(result.turnout.by_day.values()) == rows
        assert sum(each.answers for each in result.turnout.by_course) == rows
        told = question(result, "S1").figures
        assert (told.n if told else 0) <= used

    await over(school, (TURNOUTS, SKIPPED), check)


@pytest.mark.on_both
async def test_who_takes_away_what_is_shown_never_gets_a_figure_of_one_to_four(school, office):
    def check(of, turnouts, skipped):
        result = answered(of, turnouts, skipped).result()
        for name in ("S1", "S14", "S17"):
            assert FEW.isdisjoint(differences(result, name))

    await over(school, (TURNOUTS, SKIPPED), check)


async def test_neither_by_taking_courses_asked_for_one_by_one_from_the_total_nor_channels_from_courses(school, office):
    def check(of, turnouts, skipped):
        codes = [of.course(turnout, says(skipped)) for turnout in turnouts]
        total, alone = question(of.result(), "S17"), [question(of.result(course=code), "S17") for code in codes]
        courses = [each.figures.n for each in alone if each.figures]
        assert FEW.isdisjoint(taken_away(total.figures.n if total.figures else 0, courses))
        for each in alone:
            assert FEW.isdisjoint(
                taken_away(each.figures.n if each.figures else 0, [way.n for way in each.by_channel.values() if way])
            )

    await over(school, (TURNOUTS, SKIPPED), check)


async def test_the_results_of_two_days_never_differ_by_one_to_four(school, office):
    def check(of, turnouts, skipped):
        before = dict.fromkeys(("S1", "S17"), 0)
        for turnout in turnouts:
            of.course(turnout, says(skipped))
            for name, old in before.items():
                found = question(of.result(), name).figures
                before[name] = found.n if found else 0
                assert before[name] - old not in FEW
                assert before[name] >= old

    await over(school, (TURNOUTS, SKIPPED), check)


@pytest.mark.on_both
async def test_years_are_sums_of_the_same_grains(school, office):
    def check(of, turnouts, skipped):
        answered(of, turnouts, skipped)
        of.now += timedelta(days=365)
        answered(of, turnouts[::-1], skipped)
        years = [survey_years.of_year(of.tx, of.desk, year).satisfaction.figures for year in (2026, 2027)]
        total = of.result().overall.figures
        assert sum(each.n for each in years if each) == (total.n if total else 0)

    await over(school, (TURNOUTS, SKIPPED), check)


# --- small groups ---


async def test_a_course_of_four_is_not_shown_apart(school, office):
    def work(of):
        for people in (9, 4):
            of.course({"chat": people})
        return of.result()

    result = await tried(school, work)
    assert [found and found.n for found in question(result, "S1").by_course.values()] == [9, None]
    assert (question(result, "S1").figures.n, result.withheld) == (9, 4)


async def test_small_courses_never_lend_each_other_numbers_as_the_same_people_may_have_answered(school, office):
    def work(of):
        return [(of.course({"chat": people}), of.result())[1].used for people in (3, 2, 4, 1)]

    assert await tried(school, work) == [0, 0, 0, 0]


async def test_a_course_of_four_asked_for_alone_tells_nothing(school, office):
    result = await tried(school, lambda of: of.result(course=of.course({"paper": 4})))
    assert (result.used, result.withheld) == (0, 4)
    assert [each for each in result.questions if each.figures or each.texts] == []


async def test_a_question_that_four_answered_is_withheld_where_the_others_are_told(school, office):
    def few(number):
        return satisfied(number) | ({"S17": "네"} if number < 4 else {})

    result = await tried(school, lambda of: (of.course({"chat": 9}, few), of.result())[1])
    assert (question(result, "S1").figures.n, question(result, "S17").figures) == (9, None)


async def test_a_rare_way_of_answering_takes_the_next_smallest_with_it(school, office):
    result = await tried(school, lambda of: (of.course({"chat": 12, "slip": 2, "paper": 6}), of.result())[1])
    shown = {channel: found and found.n for channel, found in question(result, "S1").by_channel.items()}
    assert shown == {"chat": None, "kiosk": None, "paper": 6}


@pytest.mark.parametrize(("other", "told"), [("slip", (14, [None, None])), ("paper", (10, [10, None]))])
async def test_a_channel_in_which_four_answered_the_question_takes_another_with_it_or_is_left_out(
    school, office, other, told
):
    def few(number):
        return satisfied(number) | ({"S17": "네"} if number < 14 else {})

    result = await tried(school, lambda of: (of.course({"chat": 10, other: 6}, few), of.result())[1])
    ways = {name: [way and way.n for way in question(result, name).by_channel.values()] for name in ("S1", "S17")}
    assert ways["S1"] == [10, 6]
    assert (question(result, "S17").figures.n, ways["S17"]) == told
