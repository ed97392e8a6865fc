"""What came of a survey: figures with their names, and what is told before it is over."""

import pytest

from handlers.staff.desk.declined import Declined
from handlers.staff.surveys.tally import words
from handlers.staff.surveys.tally.figures import figures, named, rounded
from storage.asking.survey import Item, Wording
from storage.tables import enrollments
from tests.support.surveys.ballots import satisfied, tried
from tests.support.surveys.poll import standard

pytestmark = pytest.mark.on_sqlite

FIVE = tuple(map(Wording, ("매우 그렇다", "그렇다", "보통이다", "그렇지 않다", "전혀 그렇지 않다")))
SCALE = Item("S1", "scale", Wording("좋았다"), FIVE, least=1, most=5)


def question(result, name, edition=""):
    return next(each for each in result.questions if (each.item.name, each.edition) == (name, edition))


def counted(asked):
    return {share.label: share.count for share in asked.figures.shares}


# --- figures ---


def test_each_score_is_told_by_its_name():
    told = named(SCALE, figures(SCALE, {"5": 10, "4": 4, "3": 1}))
    assert told == ["응답 15건", "평균 4.6/5점", "100점 환산 90.0점", "긍정응답률 93% (4·5점)"]


def test_an_option_that_nobody_chose_is_told_too():
    found = figures(SCALE, {"5": 5})
    assert [(each.label, each.count) for each in found.shares][-1] == ("전혀 그렇지 않다(1점)", 0)


def test_a_recommendation_is_promoters_minus_detractors():
    found = figures(Item("S14", "nps", Wording("권하나요")), {"10": 4, "9": 2, "8": 1, "6": 3})
    assert named(Item("S14", "nps", Wording("권하나요")), found)[-1] == (
        "추천지수(NPS) +30 (추천 9~10점 60%, 비추천 0~6점 30%)"
    )


def test_several_choices_are_shares_of_people_and_not_of_choices():
    item = Item("S16", "multi", Wording("무엇"), (Wording("가"), Wording("나")), most=2)
    found = figures(item, {"가\n나": 4, "가": 1})
    assert [(each.label, each.count, each.share) for each in found.shares] == [("가", 5, 1.0), ("나", 4, 0.8)]


def test_a_number_has_a_mean_and_its_ends():
    item = Item("N1", "number", Wording("몇 번"), most=99)
    assert named(item, figures(item, {"1": 3, "7": 2})) == [
        "응답 5건", "평균 3.4", "가장 작은 값 1", "가장 큰 값 7"
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "told"), [(4.65, "4.7"), (2.25, "2.3"), (0.04, "0.0"), (-0.04, "0.0")])
def test_halves_are_rounded_up_as_a_spreadsheet_does(value, told):
    assert rounded(value) == told


def test_four_answers_are_no_figure():
    assert figures(SCALE, {"5": 4}) is None
    assert named(SCALE, None) == ["5명 미만이라 가립니다"]


# --- a survey ---


async def test_a_course_is_told_question_by_question(school, office):
    result = await tried(school, lambda of: (of.course({"chat": 7}), of.result())[1])
    assert counted(question(result, "S1")) == {
        "매우 그렇다(5점)": 3, "그렇다(4점)": 2, "보통이다(3점)": 1, "그렇지 않다(2점)": 1, "전혀 그렇지 않다(1점)": 0
    }  # fmt: skip
    assert counted(question(result, "S16"))["구직상담"] == 3
    assert (result.turnout.answers, result.used, result.withheld) == (7, 7, 0)


async def test_nothing_but_the_turnout_is_told_while_an_anonymous_survey_runs(school, office):
    result = await tried(school, lambda of: (of.course({"chat": 9}, closes=False), of.result())[1])
    assert (result.turnout.answers, result.used, len(result.running)) == (9, 0, 1)
    assert [each for each in result.questions if each.figures or each.texts] == []


async def test_nothing_is_told_of_a_round_that_is_closed_but_not_settled(school, office):
    result = await tried(school, _closed_unsettled)
    assert (result.used, len(result.running), len(result.unsettled)) == (0, 0, 1)
    assert [each for each in result.questions if each.figures or each.texts] == []


def _closed_unsettled(of):
    from datetime import timedelta

    of.course({"chat": 9}, closes=False)
    of.now += timedelta(days=11)
    return of.result()


@pytest.mark.on_both
async def test_a_survey_with_names_is_told_at_once_but_not_its_texts(school, office, visitor):
    await office.imports([{**standard()[1], "is_anonymous": False}])
    await _signed_by(school, office, visitor, 6)
    result = await tried(school, lambda of: of.result())
    assert counted(question(result, "S1"))["매우 그렇다(5점)"] == 6
    assert question(result, "S18").texts == ()


async def _signed_by(school, office, visitor, people):
    from tests.support.surveys.poll import SATISFACTION, answer, attend

    course = await school.opens()
    everybody = [visitor(f"r{number}") for number in range(people)]
    for person in everybody:
        await attend(school, person, course)
    round_id = await office.opens(course)
    for person in everybody:
        await answer(person, round_id, SATISFACTION)


@pytest.mark.on_both
async def test_texts_of_a_closed_round_come_in_another_order_each_time(school, office):
    def texts(of):
        of.course({"chat": 30})
        return [question(of.result(), "S18").texts for _ in range(2)]

    once, again = await tried(school, texts)
    assert sorted(once) == sorted(again) == sorted(f"{number}번째 의견" for number in range(30))
    assert len({once, again, tuple(sorted(once))}) == 3


async def test_texts_of_a_round_of_four_are_never_told(school, office):
    result = await tried(school, lambda of: [of.course({"chat": 4}), of.course({"chat": 7}), of.result()][-1])
    assert result.used == 7
    assert len(question(result, "S18").texts) == 7


async def test_questions_that_a_version_words_differently_are_told_apart(school, office):
    def both(of):
        of.course({"chat": 6})
        return _second_version(of)

    result = await tried(school, both)
    assert question(result, "S2").figures.n == 11
    assert [question(result, "S1", edition).figures.n for edition in ("1판", "2판")] == [6, 5]
    assert [each.edition for each in result.questions if each.item.name == "S1"] == ["2판", "1판"]


def _second_version(of):
    from dataclasses import replace

    from storage.asking import surveys

    newest = surveys.newest(of.tx, "만족도조사")
    changed = replace(newest.items[0], text=Wording("교육 내용이 좋았다."))
    surveys.add(of.tx, replace(newest, version=2, items=(changed, *newest.items[1:])))
    of.course({"chat": 5})
    return of.result()


async def test_the_response_rate_is_of_those_who_attended(school, office):
    def rates(of):
        of.course({"chat": 6}, attendees=8)
        of.needs({"chat": 5}, lambda _: {"N1": "청구동"})
        return of.result(), of.result("수요조사")

    of_course, of_all = await tried(school, rates)
    assert (of_course.turnout.rate, of_all.turnout.rate) == (0.75, None)


@pytest.mark.on_both
async def test_a_rate_of_more_than_all_says_why(school, office):
    def rate(of):
        of.course({"chat": 6})
        of.tx.execute(enrollments.update().where(enrollments.c.resident_id == 1).values(state="removed"))
        return words.response(of.result().turnout)

    assert await tried(school, rate) == "120% (수강생 5명. 답한 뒤 수강생에서 빠진 분이 있어 100%를 넘습니다)"


async def test_what_is_hidden_is_told_as_it_holds_of_groups_and_not_of_single_choices(school, office):
    def notes(of):
        of.course({"chat": 6})
        return words.notes(of.result(), of.desk)

    told = await tried(school, notes)
    assert "한두 분만 고른 보기도 그 수를 보여 드립니다" in told[-1]


async def test_a_course_alone_is_told_as_it_is_among_the_others(school, office):
    def alone(of):
        code = of.course({"chat": 7})
        of.course({"chat": 8})
        return of.result(course=code), of.result()

    one, everything = await tried(school, alone)
    (course_id,) = question(one, "S1").by_course
    assert question(one, "S1").figures == question(everything, "S1").by_course[course_id]
    assert question(everything, "S1").figures.n == 15


async def test_the_whole_survey_is_one_figure_of_its_questions_on_the_whole(school, office):
    result = await tried(school, lambda of: (of.course({"chat": 7}), of.result())[1])
    assert result.overall.basis == "‘종합’ 5점 문항 1개"
    assert result.overall.figures.mean == question(result, "S13").figures.mean


async def test_an_unknown_survey_is_refused_with_the_near_ones(school, office):
    with pytest.raises(Declined, match="혹시 이 설문인가요"):
        await tried(school, lambda of: of.result("만족도조새"))


async def test_a_course_that_was_not_asked_is_refused(school, office):
    course = await school.opens()
    code = (await school.rows(_code_of(course)))[0].code
    with pytest.raises(Declined, match="아직 ‘프로그램 만족도 조사’ 설문을 하지 않았습니다"):
        await tried(school, lambda of: of.result(course=code))


def _code_of(course):
    from sqlalchemy import select

    from storage.tables import courses

    return select(courses.c.code).where(courses.c.id == course)


def test_the_answers_of_these_tests_are_answers():
    assert satisfied(0)["S1"] == 4
