"""One survey answered in every way there is, and one result with the ways side by side."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.staff.reports.surveys import lines
from handlers.staff.surveys.tally import results
from tests.support.clock.term import Term, term
from tests.support.domain import School, typed
from tests.support.surveys.desk import Clerk, export
from tests.support.surveys.poll import NEEDS, Office, standard
from tests.support.web.kiosks import WANTED, Kiosk, Person, tablet
from tests.support.web.site import served, unlimited

EACH = 5
pytestmark = pytest.mark.filterwarnings("ignore:Please use")
PAPER = {**NEEDS, "N8": "식음료(바리스타·차)", "N3": "여성", "N7": "", "N9": "", "N16": ""}


@pytest.fixture
async def running_term(school: School, settings) -> AsyncIterator[Term]:
    async with term(school, settings, "11-23 10:00") as town:
        yield town


async def by_telegram(town: Term, round_id: int) -> None:
    """Typed into Telegram, over the double of its Bot API."""
    for person in await town.knows(*(f"주민{number}" for number in range(EACH))):
        await person.asks("설문")
        shown = await person.taps("직업역량강화 프로그램 주민 수요조사")
        assert "1/16" in shown.text
        for text in NEEDS.values():
            shown = await person.asks(text)
        assert "고맙습니다" in (await person.taps("보내기")).text


async def at_the_kiosk(school: School, settings, round_) -> None:
    kiosk = Kiosk(school.database, settings.to_organization(), lambda: school.now, unlimited(), timedelta())
    secret = await tablet(school, "1층 태블릿")
    async with served(kiosk.routes()) as url:
        for _ in range(EACH):
            person = Person(url, round_, secret)
            await person.answers(WANTED)
            assert "고맙습니다" in await person.presses("보내기")
            await person.http.aclose()


async def on_paper_and_in_another_form(school: School, folder: Path) -> None:
    clerk = Clerk(school, folder, "수요조사")
    papers = [{"번호": number, **PAPER} for number in range(1, EACH + 1)]
    assert f"새로 {EACH}건" in await clerk.says(clerk.saves("papers.xlsx", *papers))
    people = export(*({"응답일시": f"2026-11-24 10:0{minute}:00"} for minute in range(EACH)))
    assert f"새로 {EACH}건" in await clerk.says(clerk.saves("naver.csv", *people))


@pytest.mark.on_sqlite
async def test_a_survey_is_answered_in_every_way_and_the_ways_stand_side_by_side(
    school, settings, running_term, tmp_path
):
    office = Office(school)
    await office.imports(standard())
    round_ = await office.round("수요조사")
    await by_telegram(running_term, round_.id)
    await at_the_kiosk(school, settings, round_)
    await on_paper_and_in_another_form(school, tmp_path)
    school.now = round_.closes_at
    await office.settles(round_.id)
    told = "\n".join(
        await school.asks(lambda tx, desk: lines.of_survey(results.of_survey(tx, desk, "수요조사", None), desk, typed))
    )
    print(told)
    assert f"응답 {4 * EACH}건, 결과에 넣은 것 {4 * EACH}건, 가린 것 0건" in told
    ways = [
        line.split() for line in told.splitlines() if line.split()[:1] in (["대화"], ["키오스크"], ["종이"], ["파일"])
    ]
    assert [[way, count] for way, count, *_ in ways[:4]] == [
        [way, str(EACH)] for way in ("대화", "키오스크", "종이", "파일")
    ]
