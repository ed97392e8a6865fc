"""A course runs and ends: reminders, who completed, and what they thought of it, in the chat and on paper."""

import asyncio
from collections.abc import Mapping

from tests.support.surveys.poll import SATISFACTION
from tests.walks.courses import SHORT, confirms, moment, returns
from tests.walks.officers import Walker
from tests.walks.residents import Writer

SURVEY = "만족도조사"
ANSWERS = PAPERS = 5
PAPER = [*"5544554455544", *"10", "1", *"12", *["Enter"] * 6]


async def makes_survey(lead: Walker) -> None:
    with lead.job("만족도 조사 만들기"):
        await lead.opens("/desk/surveys")
        await lead.looks("surveys-empty")
        await lead.clicks("새 설문", "link")
        await lead.clicks(SURVEY, "link")
        await lead.types("#f-code", SURVEY)
        await lead.looks("survey-make")
        await lead.clicks("설문 만들기", "button")
        await confirms(lead, "survey-preview")
    await lead.looks("survey-made")
    assert lead.town.count("surveys WHERE code LIKE '%만족도%'") == 1


async def reminds(lead: Walker) -> None:
    """The evening before the first class."""
    await returns(lead, moment("2027-01-18", "18:30"))
    await lead.town.sees(lambda: lead.town.count("outbox WHERE kind = 'first_class'"), "reminders are planned")
    await lead.looks("evening-before")


async def completes(lead: Walker) -> None:
    await returns(lead, moment("2027-02-17"))
    await lead.looks("course-over")
    with lead.job("수료 적기"):
        await lead.opens(f"/desk/courses/{SHORT}/complete")
        await lead.looks("complete")
        await lead.clicks("누구에게 알리는지", "button")
        await confirms(lead, "complete-preview")
    await lead.looks("completed")
    of = "enrollments JOIN courses ON courses.id = course_id WHERE code = ? AND enrollments.state = 'completed'"
    assert lead.town.count(of, SHORT) == 10


async def is_answered(lead: Walker, writers: Mapping[int, Writer]) -> None:
    """It opened by itself after the last class."""
    asked = "SELECT survey_rounds.code FROM survey_rounds JOIN courses ON courses.id = course_id WHERE courses.code = ?"
    await lead.town.sees(lambda: lead.town.rows(asked, SHORT), "the survey is open")
    code = str(lead.town.rows(asked, SHORT)[0][0])
    attend = [writers[number] for number in writers if number % 13 == 0][:ANSWERS]
    await asyncio.gather(*(each.answers(code, list(SATISFACTION.values())) for each in attend))
    await lead.opens(f"/desk/surveys/{SURVEY}")
    await lead.looks("survey-open")
    assert lead.town.count("survey_receipts") == ANSWERS


async def types_papers(lead: Walker) -> None:
    with lead.job("종이 설문 5장 (키만)"):
        await lead.opens(f"/desk/surveys/{SURVEY}/papers?course={SHORT}")
        await lead.looks("papers")
        await lead.page.focus("[autofocus]")
        for number in range(1, PAPERS + 1):
            await lead.keys(*PAPER)
            await lead.reads_on(f"{number}번 종이를 넣었습니다")
    assert lead.effort.clicks == 0
    await lead.looks("papers-entered")


async def looks_at_results(lead: Walker) -> None:
    with lead.job("설문 마감과 결과"):
        await lead.opens(f"/desk/surveys/{SURVEY}")
        await lead.clicks("마감", "button")
        await confirms(lead, "survey-close")
        await lead.opens(f"/desk/surveys/{SURVEY}/results?course={SHORT}")
    await lead.looks("results")
    await lead.reads_on("전체 만족도")
    await lead.opens(f"/desk/surveys/{SURVEY}/results")
    await lead.looks("results-all")
