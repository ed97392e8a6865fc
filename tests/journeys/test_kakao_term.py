"""The term of `test_term.py` for residents who have only KakaoTalk, by each way, against its timetable."""

from collections import Counter
from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from handlers.seating import lottery
from storage.people import consents
from storage.tables import dispatches, outbox
from storage.ways import spending
from tests.support.clock.kakao_term import KakaoTerm, kakao_term
from tests.support.clock.plot import TIMETABLE, plays
from tests.support.clock.term import lines

pytestmark = pytest.mark.on_sqlite

BEGINS = "11-21 10:00"
NEWS = "강좌 소식이에요"
AD = "(광고) 평생학습팀 02-000-0000"
PRICES = {"카톡": 1650, "알림톡": 1300, "파일": 500}
# How the texts for approval begin that tell what these words of the timetable tell.
TITLES = {
    "대기 1번": "대기 순번 안내",
    "선정되셨어요": "신청 결과 안내",
    "자리를 드리지 못했어요": "신청 결과 안내",
    "자리가 났어요": "빈자리 안내",
    "아직 기다리고": "빈자리 기한 안내",
    "기한이 지나서": "빈자리 기한이 지난 안내",
    "열리지 않게": "폐강 안내",
    "첫 수업이 있어요": "첫 수업 안내",
    " 내일 ": "수업 하루 전 안내",
    " 오늘 ": "오늘 수업 안내",
    "수업이 바뀌었어요": "수업 변경 안내",
    "수료하셨어요": "수료 안내",
}


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Lots fall as in the other term."""
    monkeypatch.setattr(lottery, "secrets", SimpleNamespace(token_hex=lambda size: "0b" * size))
    monkeypatch.setattr(lottery, "_shuffle", list.reverse)


async def test_by_the_event_api(school):
    async with kakao_term(school, BEGINS, event=True) as running:
        await plays(running)
        assert running.lines == expected(dict.fromkeys(names(), "카톡"))
        await costs_are_what_left(school, running)
        assert running.event.charged == len(running.lines) * PRICES["카톡"]
    for _, push in running.pushes:
        assert not push.text.startswith("(광고)") or push.text.endswith("‘그만’이라고 적어 주세요. (무료)")


async def test_by_alimtalk(school):
    async with kakao_term(school, BEGINS, alimtalk=True) as running:
        await plays(running)
        assert running.lines == expected(dict.fromkeys(names(), "알림톡"))
        await costs_are_what_left(school, running)
        assert running.dealer.account.spent == 13 * len(running.lines)


async def test_by_files_of_the_districts_own_sender(school):
    async with kakao_term(school, BEGINS, file=True) as running:
        await plays(running)
        assert sorted(running.lines) == sorted(expected(dict.fromkeys(names(), "파일")))
        await costs_are_what_left(school, running)


async def test_each_by_the_first_way_that_reaches_them_and_who_is_reached_by_none_is_called(school):
    async with kakao_term(school, BEGINS, event=True, alimtalk=True, file=True) as running:
        knows = running.knows

        async def knows_how_they_are_reached(*given):
            people = await knows(*given)
            _, dana, sena, _, boram, narae = people
            running.event.broken = {each.user: "blocked" for each in (dana, sena, boram, narae)}
            running.dealer.account.not_on_kakao = {boram.mobile.replace("+82", "0")}
            await school.database.write(lambda tx: takes_back(tx, school, number=6))
            return people

        running.knows = knows_how_they_are_reached
        await plays(running)
        ways = {"하나": "카톡", "라온": "카톡", "다나": "알림톡", "세나": "알림톡", "보람": "파일"}
        assert sorted(running.lines) == sorted(expected(ways))
        await costs_are_what_left(school, running)
    left = await school.rows(select(outbox.c.kind, outbox.c.outcome, outbox.c.seen_at).where(outbox.c.resident_id == 6))
    assert sorted(tuple(row) for row in left) == [("closed", "unreached", None), ("not_selected", "unreached", None)]


def takes_back(tx, school, number):
    consents.record(tx, number, consents.ALIMTALK, False, "1", "", "kakao", school.now)


def names():
    return {line.split()[2] for line in lines(TIMETABLE)}


def expected(ways: Mapping[str, str]) -> list[str]:
    """The timetable, with what is said by the way that leads to each; news comes in KakaoTalk alone."""
    found = []
    for line in lines(TIMETABLE):
        day, time, name, words = line.split(maxsplit=3)
        way = ways.get(name)
        if way == "카톡":
            found.append(f"카톡 {day} {time} {name} {AD if NEWS in words else words}")
        elif way and NEWS not in words:
            title = next(title for said, title in TITLES.items() if said in f" {words}")
            found.append(f"{way} {day} {time} {name} [중구 평생학습팀] {title}")
    return found


async def costs_are_what_left(school, running: KakaoTerm) -> None:
    left = Counter(way for way, _ in running.pushes)
    total = sum(PRICES[way] * count for way, count in left.items())
    rows = await school.rows(select(dispatches.c.cost, dispatches.c.outcome))
    assert sum(row.cost for row in rows) == total
    assert {row.outcome for row in rows} <= {"delivered", "failed"}
    assert await school.database.read(lambda tx: spending.since(tx, school.now.replace(year=2020))) == total
