"""The six tasks of older people in simple mode: never more than three choices, and short sentences, in each chat."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import inbox
from tests.support.counseling.centre import Centre
from tests.support.domain import School
from tests.support.older.phones import PHONES
from tests.support.older.walks import Walker
from tests.support.surveys.poll import Office, standard

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")

DOCUMENT = Path(__file__).parents[2] / "docs/simple-mode.md"
CHATS = {"telegram": "텔레그램", "kakao": "카카오톡", "web": "웹"}
ASKED = ("N2", "N5", "N9", "S1", "S14")
LONGEST, MOST = 10, 50  # words of a sentence, and of a screen; those of consents are the law's


async def opens(school: School) -> None:
    """A course with seats, six others, a short survey of all kinds of questions, a counselor."""
    window = {"apply_end": school.now + timedelta(days=120), "term_limit": 0}
    far = {**window, "start_date": date(2027, 6, 1), "end_date": date(2027, 6, 29)}
    for number in range(6):
        await school.opens(**far, title=f"바리스타 {number + 1}반", weekdays=(number % 5,), start_time=school.time(15))
    await school.opens(**far, title="꽃차소믈리에", weekdays=(2,), keywords=("꽃", "차"), certificate="")
    await Centre(school).opens()
    needs, satisfaction = standard(closes_at="2027-03-01 18:00")
    kinds = {each["name"]: each for each in [*needs["questions"], *satisfaction["questions"]]}
    await Office(school).imports([{**needs, "questions": [kinds[name] for name in ASKED]}])


async def finds(walker: Walker) -> None:
    await walker.says("꽃 배우고 싶어요")
    assert "지금 신청할 수 있어요" in walker.phone.words


async def registers(walker: Walker) -> None:
    await walker.presses("신청하기")
    if "텔레그램으로 계속" in walker.phone.labels:
        await walker.presses("텔레그램으로 계속")
    await walker.presses("동의하고 계속")
    for answer in ("청구동", "홍길동", "1958", "010-0000-0001"):
        await walker.says(answer)
    await walker.presses("이대로 신청하기")
    assert "자리가 정해졌어요" in walker.phone.words


async def asks_when(walker: Walker) -> None:
    await walker.says("내 수업 언제예요?")
    assert "다음 수업" in walker.phone.words


async def answers(walker: Walker) -> None:
    await walker.says("설문")
    await walker.presses("직업역량강화 프로그램 주민 수요조사")
    for answer in ("60대", "취업", "창업", "다 골랐어요"):
        await walker.presses(answer)
    await walker.says("한식 조리")
    for answer in ("매우 그렇다", "9", "보내기"):
        await walker.presses(answer)
    assert "고맙습니다" in walker.phone.words


async def asks_for_a_call(walker: Walker) -> None:
    await walker.says("전화 주세요")
    await walker.presses("일자리 상담")
    await walker.presses("상담 예약하기")
    await walker.presses("동의하고 계속")
    for answer in ("구직", "전화", "11월 24일", "오전 10시", "이대로 예약하기"):
        await walker.presses(answer)
    assert "상담을 예약했어요" in walker.phone.words


async def cancels(walker: Walker) -> None:
    await walker.says("취소할래요")
    for label in ("꽃차소믈리에", "네, 취소할게요"):
        await walker.presses(label)
    assert "신청을 취소했어요" in walker.phone.words


TASKS = {
    "강좌 찾기": finds,
    "신청": registers,
    "수업이 언제인지": asks_when,
    "설문": answers,
    "전화 상담 예약": asks_for_a_call,
    "취소": cancels,
}


@pytest.mark.parametrize("chat", CHATS)
@pytest.mark.on_sqlite
async def test_no_part_of_an_anonymous_survey_keeps_what_was_ticked_there(school, answering, chat):
    await opens(school)
    async with PHONES[chat](answering) as phone:
        walker = Walker(phone, school)
        await walker.says("쉽게")
        await answers(walker)
        await walker.says("도움말")
    kept = [f"{row.body} {row.reply}" for row in await school.rows(select(inbox.c.body, inbox.c.reply))]
    assert [row for row in kept if any(said in row for said in ("✓", "60대", "한식", "/N5", "창업"))] == []


@pytest.mark.parametrize("chat", CHATS)
@pytest.mark.on_sqlite
async def test_six_tasks_take_what_the_document_tells_on_screens_of_three_choices(school, answering, chat):
    await opens(school)
    documented = DOCUMENT.read_text(encoding="utf-8")
    async with PHONES[chat](answering) as phone:
        walker = Walker(phone, school)
        await walker.says("쉽게")
        for name, does in TASKS.items():
            walker.begins()
            await does(walker)
            assert f"| {name} | {CHATS[chat]} | {walker.told} |" in documented
            for shown in walker.screens:
                assert len(shown.reply.choices) <= 3
                assert len(shown.labels) <= 5
                assert shown.is_consent or (shown.words <= MOST and len(shown.longest.split()) <= LONGEST)
