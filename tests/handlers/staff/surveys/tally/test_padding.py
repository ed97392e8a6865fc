"""Two attended, or nine, and one answered; whoever adds answers of their own is never told what that one said."""

import io
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from handlers.staff.reports.surveys import files
from handlers.staff.reports.surveys import lines as survey_lines
from handlers.staff.surveys.tally import years
from handlers.staff.surveys.tally.figures import Figures
from storage.asking import answers, rounds, surveys
from storage.asking.answers import Sheet
from storage.asking.survey import may_be_told, shown
from storage.tables import survey_answers
from tests.support.domain import typed
from tests.support.surveys.ballots import satisfied, tried

pytestmark = pytest.mark.on_sqlite

SECRET = "강사에게 서운했습니다"


def alone(_):
    """What the one says: nobody else gives the worst points, or these words."""
    return satisfied(0) | {f"S{at}": 1 for at in range(1, 14)} | {"S18": SECRET}


def known(number):
    return satisfied(number) | {f"S{at}": 5 for at in range(1, 14)} | {"S18": f"{number}번째로 채운 말"}


def add(of, course, count, channel, is_proven=False):
    """Answers that somebody who looks at the results knows, by whatever got them past the doors."""
    round_ = rounds.of_code(of.tx, "만족도조사")[course]
    survey = surveys.find(of.tx, round_.survey_id)
    for number in range(count):
        sheet = Sheet(survey.id, channel, known(number), is_proven)
        answers.hand_in(of.tx, round_, survey, sheet, of.now.date())


def by_another_version(of, course):
    """Worded anew, so that the one's answers may stand apart or be counted with others."""
    newest = surveys.newest(of.tx, "만족도조사")
    first, *others = newest.items
    reworded = replace(first, text=replace(first.text, ko="교육 내용이 좋았다."))
    new = surveys.add(of.tx, replace(newest, version=newest.version + 1, items=(reworded, *others)))
    rounds.ask_in_version(of.tx, newest.id, new)
    add(of, course, 6, "kiosk")


def by_other_rounds(of, course):
    """The one's fellow answers in every other course, too, as themselves."""
    for _ in range(6):
        of.course({"chat": 1}, known, attendees=2)
    add(of, course, 1, "chat", is_proven=True)


PADDINGS = {
    "kiosk": lambda of, course: add(of, course, 8, "kiosk"),
    "link": lambda of, course: add(of, course, 8, "chat"),
    "paper": lambda of, course: add(of, course, 4, "paper"),
    "import": lambda of, course: add(of, course, 4, "import"),
    "all of them": lambda of, course: [add(of, course, 4, way) for way in ("kiosk", "chat", "paper", "import")],
    "themselves and a kiosk": lambda of, course: (
        add(of, course, 1, "chat", is_proven=True),
        add(of, course, 8, "kiosk"),
    ),
    "another version": by_another_version,
    "other rounds": by_other_rounds,
}


def found(of):
    """All that officers can be shown: of the survey, of the year, and of each course alone."""
    of_survey = of.result()
    courses = [of.result(course=each.course.code) for each in of_survey.turnout.by_course]
    return [of_survey, years.of_year(of.tx, of.desk, of.now.year), *courses]


def written(of):
    """The same as text, pages and workbooks."""
    of_survey, of_year, *courses = found(of)
    for each in (of_survey, of_year, courses[-1]):
        yield files.MAKERS[".html"](each, of.desk).decode()
        yield cells(files.MAKERS[".xlsx"](each, of.desk))
    yield "\n".join(survey_lines.of_survey(of_survey, of.desk, typed))
    yield "\n".join(survey_lines.of_year(of_year))


def cells(book):
    return str([row for sheet in load_workbook(io.BytesIO(book)) for row in sheet.iter_rows(values_only=True)])


def figures_in(value):
    if isinstance(value, Figures):
        yield value
    elif is_dataclass(value):
        yield from (found for each in fields(value) for found in figures_in(getattr(value, each.name)))
    elif isinstance(value, dict | list | tuple):
        of = value.values() if isinstance(value, dict) else value
        yield from (found for each in of for found in figures_in(each))


def tells_of_the_one(told):
    """Worse than the best points, which all others gave, or their words."""
    if isinstance(told, str):
        return SECRET in told
    return any(each.score is not None and each.score < 100 for each in figures_in(told)) or SECRET in str(told)


@pytest.mark.parametrize("attended", [2, 9])
@pytest.mark.parametrize("padding", PADDINGS)
async def test_who_adds_what_they_know_is_never_told_what_the_one_said(school, office, padding, attended):
    def work(of):
        of.course({"paper": 6}, known)  # a course whose results are there, to be compared with
        of.course({"chat": 1}, alone, closes=False, attendees=attended)
        at = len(rounds.of_code(of.tx, "만족도조사")) - 1
        course_id = rounds.of_code(of.tx, "만족도조사")[at].course_id
        PADDINGS[padding](of, at)
        told = found(of)
        of.closes("만족도조사", course_id)
        told += found(of)
        of.now += timedelta(days=1)
        return [*told, *found(of), *written(of)]

    told = await tried(school, work)
    assert sum(1 for value in told for _ in figures_in(value)) > 50  # the other course is told
    assert [value for value in told if tells_of_the_one(value)] == []


@pytest.mark.parametrize("padding", ["kiosk", "anybody", "import", "all"])
async def test_neither_where_everybody_is_asked(school, office, padding):
    ways = ("kiosk", "anybody", "import") if padding == "all" else (padding,)

    def work(of):
        of.answers("수요조사", {"chat": 1}, lambda _: {"N1": "다산동", "N9": SECRET}, None)
        of.needs(dict.fromkeys(ways, 40), lambda _: {"N1": "청구동", "N9": "빵"})
        result = of.result("수요조사")
        return [result, "\n".join(survey_lines.of_survey(result, of.desk, typed))]

    result, told = await tried(school, work)
    assert SECRET not in told
    shares = [share for each in figures_in(result) for share in each.shares]
    assert [share for share in shares if share.label == "다산동" and share.count] == []


async def test_late_papers_one_by_one_change_nothing_that_is_told(school, office):
    def work(of):
        of.course({"chat": 6}, known)
        before = of.result()
        add(of, 0, 1, "paper")
        of.closes("만족도조사", rounds.of_code(of.tx, "만족도조사")[0].course_id)
        return before, of.result()

    before, after = await tried(school, work)
    assert [each.figures for each in before.questions] == [each.figures for each in after.questions]
    assert [sorted(each.texts) for each in before.questions] == [sorted(each.texts) for each in after.questions]


@pytest.mark.on_both
async def test_papers_that_come_after_the_end_lie_sealed_until_they_are_five(school, office):
    def work(of):
        of.course({"chat": 6}, known, attendees=20)
        taken_apart = select(func.count()).select_from(survey_answers)
        counts = [of.tx.execute(taken_apart).scalar_one()]
        for _ in range(5):
            add(of, 0, 1, "paper")
            of.closes("만족도조사", rounds.of_code(of.tx, "만족도조사")[0].course_id)
            counts.append(of.tx.execute(taken_apart).scalar_one())
        return counts

    before, *few, five = await tried(school, work)
    assert (few, five > before > 0) == ([before] * 4, True)


@pytest.mark.parametrize("way", ["kiosk", "chat"])
async def test_with_five_who_are_proven_the_others_count_too_but_no_question_that_too_few_of_them_may_have_answered(
    school, office, way
):
    def work(of):
        of.course({"chat": 5}, alone, closes=False, attendees=12)
        add(of, 0, 3, way)
        of.closes("만족도조사", rounds.of_code(of.tx, "만족도조사")[0].course_id)
        return of.result()

    result = await tried(school, work)
    named = {each.item.name: each for each in result.questions}
    assert (result.used, named["S1"].figures.n, named["S17"].figures) == (8, 8, None)


@pytest.mark.on_both
async def test_there_are_never_more_sheets_than_people_attended_and_what_is_proven_stays(school, office):
    def work(of):
        of.course({"kiosk": 9, "paper": 9, "chat": 6}, attendees=7)
        result = of.result()
        return result.turnout.answers, result.turnout.by_channel["chat"], result.turnout.rate

    assert await tried(school, work) == (7, 6, 1)


def test_a_group_is_told_by_those_who_are_proven_and_never_beside_a_rest_of_too_few():
    assert [may_be_told(5), may_be_told(4), may_be_told(9, 5)] == [True, False, False]
    assert shown({"chat": 12, "kiosk": 6}) == {"chat", "kiosk"}
    assert shown({"chat": 12, "kiosk": 6}, {"kiosk": 6}) == set()
    assert shown({"chat": 12, "kiosk": 0}, {"kiosk": 0}) == {"chat"}
