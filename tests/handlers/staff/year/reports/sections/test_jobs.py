"""Jobs after a course: of how many who completed, were asked and answered; what few answered is told nowhere."""

from datetime import date, datetime

import pytest

from storage import tables
from tests.support.domain import SEOUL
from tests.support.year.half_year import HalfYear, rows

pytestmark = pytest.mark.on_sqlite
SPRING, AUTUMN = date(2025, 3, 4), date(2025, 9, 2)


def asks(half: HalfYear, begins: date, said: list[str | None], stage: int = 3) -> None:
    for enrollment, answer in zip(half.fills(half.course(begins), 10), said, strict=False):
        half.answers(enrollment, stage, answer)


@pytest.mark.on_both
async def test_rates_are_told_with_what_they_are_divided_by(reported):
    def work(half: HalfYear):
        asks(half, SPRING, ["related", "related", "other", "looking", "not_looking", "looking", None, None])
        return half.part(8)

    section = await reported(work)
    # 수료, 물어봄, 답함, 일함, 취업률(답한 분), 취업률(수료한 분)
    assert rows(section, "수료한 뒤")["3개월 뒤"] == ("10", "8", "6", "3", "50%", "30%")
    assert rows(section, "수료한 뒤")["6개월 뒤"] == ("10", "-", "5명 미만", "-", "-", "-")
    assert rows(section, "답한 내용")["배운 분야에서 일함"][0] == "2"


async def test_a_year_tells_nothing_that_one_of_its_half_years_hides(reported):
    def work(half: HalfYear):
        asks(half, SPRING, ["related"] * 6)
        asks(half, AUTUMN, ["related", "looking", "looking"])
        return half.part(8, 1), half.part(8, 2), half.part(8, None)

    first, second, year = await reported(work)
    assert rows(second, "수료한 뒤")["3개월 뒤"][2] == "5명 미만"
    assert rows(year, "수료한 뒤")["3개월 뒤"][2:4] == rows(first, "수료한 뒤")["3개월 뒤"][2:4] == ("6", "6")


@pytest.mark.on_both
async def test_talks_are_those_of_the_half_year_that_took_place(reported):
    def work(half: HalfYear):
        counselor = {"code": "A", "name": "상담사 A", "place": "", "directions": "", "phone": ""}
        half.tx.execute(tables.counselors.insert().values(id=1, **counselor))
        for day, state, placed in ((3, "attended", True), (4, "attended", False), (5, "no_show", False)):
            _talk(half, datetime(2025, 4, day, 10, tzinfo=SEOUL), state, placed)
        _talk(half, datetime(2025, 7, 1, 0, tzinfo=SEOUL), "attended", True)
        return half.part(8, 1), half.part(8, None)

    first, year = await reported(work)
    assert first.lines[0] == "구직 상담 2건, 구직 등록 0건, 취업 1건 (1월~6월에 한 상담)"
    assert year.lines[0] == "구직 상담 3건, 구직 등록 0건, 취업 2건 (1월~12월에 한 상담)"


def _talk(half: HalfYear, at: datetime, state: str, placed: bool) -> None:
    row = {
        "counselor_id": 1, "resident_id": half.person(), "starts_at": at, "topic": "", "way": "", "state": state,
        "placed": placed, "channel": "web", "created_at": at, "ended_at": at,
    }  # fmt: skip
    half.tx.execute(tables.appointments.insert().values(row))
