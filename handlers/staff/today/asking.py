"""Surveys that close soon, and those for which paper may still have to be entered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step
from handlers.staff.surveys import lookup
from handlers.staff.surveys.tally.turnout import CourseTurnout, turnout
from handlers.staff.today.item import Item
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction

Known = Mapping[int, Survey]

CLOSING = timedelta(days=2)
PAPER = timedelta(days=7)  # so long after a survey has closed sheets of paper are asked for


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    asked = rounds.closing(tx, desk.now - PAPER, desk.now + CLOSING)
    known = {each: surveys.find(tx, each) for each in {each.survey_id for each in asked}}
    yield from _closing(known, [each for each in asked if each.is_open(desk.now)])
    yield from _paper(tx, known, [each for each in asked if each.closes_at <= desk.now])


def _closing(known: Known, asked: Sequence[Round]) -> Iterator[Item]:
    by_survey: dict[int, list[Round]] = {}
    for each in asked:
        by_survey.setdefault(each.survey_id, []).append(each)
    for survey_id, of in by_survey.items():
        where = f" {len(of)}개 과정" if of[0].course_id else ""
        title = f"{lookup.called(known[survey_id])}: 곧 마감합니다.{where}"
        yield Item("survey", title, len(of), Step("보려면", "surveys"), min(each.closes_at for each in of))


def _paper(tx: Transaction, known: Known, asked: Sequence[Round]) -> Iterator[Item]:
    """Of courses: how many should have answered isn't known of the others."""
    for each in turnout(tx, [each for each in asked if each.course_id]).by_course:
        if each.answers < each.attendees:
            yield _missing(known[each.round.survey_id], each, each.round.closes_at + PAPER)


def _missing(survey: Survey, one: CourseTurnout, until: datetime) -> Item:
    number = one.attendees - one.answers
    title = f"{called(one.course)} {survey.title.ko}: 답 {one.answers}건, 수강생 {one.attendees}명. 종이가 있나요?"
    words = {"files": "응답.xlsx", "answers": survey.code, "course": one.course.code}
    return Item("survey", title, number, Step("종이 응답을 등록하려면", "import", words), until, one.course.code)
