"""The six tasks of older people in each chat: every tap is two, and before every answer they go aside."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle

import pytest
from sqlalchemy import select

from storage.tables import appointments, consents, enrollments, residents
from tests.support.counseling.centre import Centre
from tests.support.domain import School
from tests.support.older.people import SIDE_STEPS, OlderPerson, Step, Task
from tests.support.older.phones import PHONES
from tests.support.surveys.poll import Office, standard

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")

ABROAD = Step("텔레그램으로 계속", voice="동의", only_in="telegram")
AGREES = Step("동의하고 계속", voice="네")
FIND = Task("강좌", [Step("꽃차소믈리에", is_in_form=False)], "지금 신청할 수 있어요")
REGISTER = Task(
    "바리스타",
    [
        Step("신청하기", is_in_form=False),
        ABROAD,
        AGREES,
        Step("중구에 살지 않아요", voice="용산구"),
        Step("일해요", voice="일해요"),
        Step(types="홍길동", voice="홍길동이요"),
        Step(types="1958", voice="58년생이요"),
        Step(types="010-0000-0001", voice="01000000001이요"),
        Step("아니요", voice="아니요"),
        Step("이대로 신청하기"),
    ],
    "신청이 접수되었습니다",
)
AGAIN = Task("꽃차", [Step("신청하기", is_in_form=False), Step("이대로 신청하기")], "자리가 정해졌어요")
WHEN = Task("제 수업 언제예요?", [Step("꽃차소믈리에", is_in_form=False)], "다음 수업")
SURVEY = Task(
    "설문",
    [
        Step("직업역량강화 프로그램 주민 수요조사", is_in_form=False),
        Step("60대", voice="60대요"),
        Step("취업"),
        Step("창업"),
        Step("다 골랐어요"),
        Step(types="한식 조리", voice="한식 조리", takes_anything=True),
        Step("매우 그렇다", voice="매우"),
        Step("9", voice="9점"),
        Step("보내기", voice="보내기"),
    ],
    "고맙습니다. 잘 받았어요",
)
CALL = Task(
    "상담",
    [
        Step("상담 예약하기", is_in_form=False),
        AGREES,
        Step("구직", voice="구직이요"),
        Step("전화", voice="전화로요"),
        Step("12월 3일", voice="12월 3일이요"),
        Step("오전 10시", voice="열시요"),
        Step("이대로 예약하기"),
    ],
    "상담을 예약했어요",
)
CANCEL = Task(
    "취소",
    [Step(label, is_in_form=False) for label in ("꽃차소믈리에", "네, 취소할게요")],
    "신청을 취소했어요",
)
TASKS = (FIND, REGISTER, AGAIN, WHEN, SURVEY, CALL)
LEARNT = ("홍길동", 1958, "+821000000001", "elsewhere", "works", "none")
ANSWERED = {"N2": "60대", "N5": ["취업", "창업"], "N9": "한식 조리", "S1": 5, "S14": 9}


async def opens(school: School) -> int:
    """A course that asks all there is to ask, one with seats, a short survey of all kinds of questions, a counselor."""
    window = {"apply_end": school.now + timedelta(days=120), "term_limit": 0}
    far = {**window, "start_date": date(2027, 6, 1), "end_date": date(2027, 6, 29)}
    await school.opens(**far, selection="priority", priority=("경력단절여성",))
    await school.opens(**far, title="꽃차소믈리에", weekdays=(2,), keywords=("꽃", "차"), certificate="")
    await Centre(school).opens()
    needs, satisfaction = standard(closes_at="2027-03-01 18:00")
    kinds = {each["name"]: each for each in [*needs["questions"], *satisfaction["questions"]]}
    office = Office(school)
    await office.imports([{**needs, "questions": [kinds[name] for name in ANSWERED]}])
    return (await office.round("수요조사")).id


async def kept(school: School, round_id: int) -> Sequence[object]:
    """All that was said and agreed to, in the end."""
    person = residents.c.name, residents.c.birth_year, residents.c.mobile, residents.c.dong, residents.c.tie
    queries = (
        select(*person, residents.c.target).where(residents.c.name.is_not(None)),
        select(enrollments.c.state).order_by(enrollments.c.id),
        select(appointments.c.topic, appointments.c.way, appointments.c.state),
        select(consents.c.purpose, consents.c.given).where(consents.c.purpose != "abroad").order_by(consents.c.id),
    )
    sheets = [sheet.answers for sheet in await Office(school).sheets(round_id)]
    return [*[[tuple(row) for row in await school.rows(query)] for query in queries], sheets]


# Over the three chats each step of each form is met by each disturbance.
@pytest.mark.parametrize(("seed", "channel"), list(zip(range(len(SIDE_STEPS)), cycle(PHONES), strict=False)))
@pytest.mark.on_sqlite
async def test_nobody_loses_a_seat_an_answer_or_the_way(school, answering, channel, seed):
    round_id = await opens(school)
    async with PHONES[channel](answering) as phone:
        person = OlderPerson(phone, channel, school, seed)
        for task in TASKS:
            await person.does(task)
        agreed = [("enrollment", True), ("counseling", True)]
        booked = [("job", "phone", "booked")]
        held = await kept(school, round_id)
        assert held == [[LEARNT], [("applied",), ("confirmed",)], booked, agreed, [ANSWERED]]
        await person.does(CANCEL)
    assert (await kept(school, round_id))[1] == [("applied",), ("cancelled",)]
