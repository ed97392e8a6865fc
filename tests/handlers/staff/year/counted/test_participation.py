"""What was done with residents: what officers entered, and surveys that ran here."""

from datetime import date, datetime

import pytest
from sqlalchemy import update

from handlers.staff.year.cards import carding
from handlers.staff.year.counted import participation
from handlers.staff.year.counted.figures import ParticipationFigures
from storage.database import Transaction
from storage.tables import survey_turnout
from storage.year import entries
from storage.year.entries import Participation
from tests.support.domain import SEOUL, School
from tests.support.surveys.ballots import Ballots
from tests.support.surveys.poll import Office
from tests.support.year import policy


async def kinds(school: School, year: int = 2026) -> dict[str, ParticipationFigures]:
    return {each.kind: each for each in await school.gets(participation.participation, year)}


async def test_surveys_that_closed_count_one_a_course_and_need_no_entry(school: School, office: Office) -> None:
    def ask(tx: Transaction) -> None:
        ballots = Ballots(tx, school.now)
        for _ in range(3):
            ballots.course({"chat": 6})
        ballots.course({"chat": 6}, closes=False)
        ballots.course({}, attendees=4)

    await office.school.database.write(ask)
    school.waits(minutes=5)
    found = (await kinds(school))["satisfaction"]
    assert (found.count, found.when) == (3, "'26.11.23.")
    assert [each.people for each in found.entries] == [6, 6, 6]
    assert all(each.title.startswith("직업교육") or "과정 B" in each.title for each in found.entries)


@pytest.mark.on_sqlite
async def test_what_was_entered_counts_beside_what_ran_here(school: School, office: Office) -> None:
    before = Participation(0, 2026, "satisfaction", (date(2026, 3, 2),), date(2026, 4, 1), 5, "", "", "", None)

    def ask(tx: Transaction) -> None:
        entries.save(tx, [before])
        Ballots(tx, school.now).course({"chat": 6})

    await office.school.database.write(ask)
    school.waits(minutes=5)
    found = (await kinds(school))["satisfaction"]
    assert (found.count, found.when) == (6, "'26.3.2. ~ 4.1. / 11.23.")
    await school.database.write(lambda tx: entries.save(tx, [policy.task()]))
    warned = (await school.gets(carding.card, 2026, 4)).warnings
    assert any("만족도 조사, 2026년: 적은 5건과 여기에서 마감한 1건을" in each for each in warned)


@pytest.mark.on_sqlite
async def test_a_survey_that_closes_today_counts_once_it_is_closed(school: School, office: Office) -> None:
    school.now = datetime(2026, 12, 31, 10, tzinfo=SEOUL)

    def ask(tx: Transaction) -> None:
        Ballots(tx, school.now).course({"chat": 6})

    await office.school.database.write(ask)
    assert (await kinds(school))["satisfaction"].count == 0
    school.waits(minutes=1)
    assert (await kinds(school))["satisfaction"].count == 1


@pytest.mark.on_sqlite
async def test_a_survey_whose_answers_were_all_put_aside_does_not_count(school: School, office: Office) -> None:
    def ask(tx: Transaction) -> None:
        Ballots(tx, school.now).course({"chat": 6})
        tx.execute(update(survey_turnout).values(count=0))

    await office.school.database.write(ask)
    school.waits(minutes=5)
    assert (await kinds(school))["satisfaction"].count == 0


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(date(2023, 5, 19), date(2023, 12, 12))], "'23.5.19. ~ 12.12."),
        ([(date(2022, 12, 20), date(2023, 1, 5))], "'22.12.20. ~ '23.1.5."),
        ([(date(2022, 9, 1),) * 2, (date(2023, 3, 2),) * 2, (date(2023, 4, 1),) * 2], "'22.9.1. / '23.3.2. / 4.1."),
        ([], ""),
    ],
)
def test_a_year_stands_where_it_is_another_than_before_it(spans: list[participation.Span], said: str) -> None:
    assert participation.in_words(spans) == said
