"""What the kiosk doesn't take, forgets, counts once and never writes down."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.http.limits import Rates
from storage.asking import answers, rounds, settling
from storage.tables import survey_turnout
from tests.support.web.disk import NUMBERS, in_files
from tests.support.web.kiosks import LIKED, Person, Stand, standing

pytestmark = pytest.mark.on_sqlite


@pytest.mark.on_both
async def test_the_same_sheet_sent_ten_times_at_once_counts_once(database_url: str) -> None:
    async with standing(database_url) as stand:
        someone = stand.person(stand.liked)
        await someone.answers(LIKED)
        sheet = {**someone.fields(), "do": "send"}
        told = await asyncio.gather(*(someone.http.post(someone.address, data=sheet) for _ in range(10)))
        assert ["고맙습니다" in each.text for each in told] == [True] * 10
        assert len(await stand.handed_in(stand.liked)) == 1
        assert [row.count for row in await stand.school.rows(survey_turnout.select())] == [1]


async def test_the_next_person_counts_too_although_she_answers_the_same(stand: Stand, attendee: Person) -> None:
    await attendee.sends(LIKED)
    await attendee.sends(LIKED)
    assert len(await stand.handed_in(stand.liked)) == 2


async def test_who_begins_on_a_page_of_somebody_before_counts_too(stand: Stand, attendee: Person) -> None:
    await attendee.begins()
    before = attendee.fields()
    await attendee.posts({**before, "do": "begin"})
    assert attendee.fields()["nonce"] != before["nonce"]


TAMPERED: list[Any] = [
    "", "[]", "null", "{", "[" * 9000,
    '{"S1": true}', '{"S1": "\\ud800"}', '{"S1": 1e999}', '{"S1": ' + "9" * 5000 + "}",
    {"S1": 6}, {"S1": "5"}, {"S1": [5]}, {"S1": ""}, {"S99": 5}, {"S15": "없는 보기"},
]  # fmt: skip


@pytest.mark.parametrize("written", TAMPERED)
async def test_answers_that_nobody_could_have_given_are_asked_for(attendee: Person, written: Any) -> None:
    await attendee.begins()
    given = written if isinstance(written, str) else json.dumps(written)
    for do in ("send", "answer", "back", "begin", "nonsense"):
        await attendee.posts({**attendee.fields(), "answers": given, "do": do})
        assert attendee.answer.status_code == 200
        assert "S1" not in json.loads(attendee.fields().get("answers", "{}"))
    assert "시작하기" in attendee.text


SPOILT = {
    "S3": None,
    "S14": 11,
    "S15": "o2",
    "S16": ["채용정보", "채용정보"],
    "S18": "전화 주세요 010-0000-0000",
    "S19": "길" * 301,
    "S20": "제 번호는 900101-1234567",
}


@pytest.mark.parametrize("question", SPOILT)
async def test_the_first_question_without_a_good_answer_is_asked_before_anything_is_sent(
    stand: Stand, attendee: Person, question: str
) -> None:
    await attendee.answers(LIKED)
    given = json.loads(attendee.fields()["answers"])
    spoilt = {name: value for name, value in {**given, question: SPOILT[question]}.items() if value is not None}
    told = await attendee.posts({**attendee.fields(), "answers": json.dumps(spoilt), "do": "send"})
    assert attendee.fields()["question"] == question
    assert f"{question[1:]}/20" in told
    assert await stand.handed_in(stand.liked) == []


async def test_what_is_not_offered_is_explained_above_the_question(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S15")
    told = await attendee.posts({**attendee.fields(), "answer": "o99"})
    assert "알아듣지 못했어요" in attendee.page.one("p", role="alert").label
    assert "15/20" in told


async def test_without_the_nonce_of_somebody_nothing_is_sent(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    for nonce in ("", "x", "<script>", "a" * 31):
        assert "시작하기" in await attendee.posts({**attendee.fields(), "nonce": nonce, "do": "send"})
        await attendee.answers(LIKED)
    assert await stand.handed_in(stand.liked) == []


async def test_no_nonce_looks_like_a_registration_number(attendee: Person) -> None:
    await attendee.begins()
    assert not any(sign.isdigit() for sign in attendee.fields()["nonce"])


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_registration_number_is_refused_and_reaches_neither_page_nor_disk(
    attendee: Person, tmp_path: Path, number: str
) -> None:
    await attendee.answers(LIKED, until="S18")
    assert "주민등록번호는 받지 않아요" in await attendee.gives(f"제 번호는 {number}")
    assert "1234567" not in attendee.answer.text
    for field in ("answers", "do", "question", "nonce", "language", "answer"):
        await attendee.posts({**attendee.fields(), field: number})
        assert "1234567" not in attendee.answer.text
        await attendee.answers(LIKED, until="S2")
    assert not in_files(tmp_path, "1234567", "１２３４５６７")


async def test_a_telephone_number_is_refused_and_stays_in_the_field_to_be_corrected(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S18")
    assert "전화번호는 적지 말아 주세요" in await attendee.gives("연락 주세요 010-0000-0000")
    assert attendee.page.one("textarea").text.strip() == "연락 주세요 010-0000-0000"


async def test_what_is_written_is_shown_as_it_was_written(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S18")
    await attendee.gives("</textarea><script>alert(1)</script> \"'&amp;")
    await attendee.presses("뒤로")
    assert attendee.page.one("textarea").text.strip() == "</textarea><script>alert(1)</script> \"'&amp;"


# --- when ---


async def test_a_survey_that_is_over_says_since_when_and_takes_nothing(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    stand.school.waits(days=11)
    assert "12월 3일(목)에 마감했어요" in await attendee.presses("보내기")
    assert "마감했어요" in await attendee.opens()
    assert await stand.handed_in(stand.liked) == []


async def test_a_round_that_was_settled_early_takes_nothing(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    await stand.office.settles(stand.liked.id)
    assert "마감했어요" in await attendee.presses("보내기")
    assert await stand.handed_in(stand.liked) == []


async def test_a_round_that_is_settled_while_the_sheet_is_under_way_takes_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with standing(database_url) as stand:
        someone, real = stand.person(stand.liked), rounds.by_code

        def is_settled_meanwhile(tx: Any, code: str) -> Any:
            found = real(tx, code)
            settling.settle(tx, stand.liked.id, stand.school.now)
            return found

        await someone.answers(LIKED)
        monkeypatch.setattr(rounds, "by_code", is_settled_meanwhile)
        assert "마감했어요" in await someone.presses("보내기")


async def test_a_survey_that_has_not_opened_says_when_it_will(stand: Stand, attendee: Person) -> None:
    stand.school.now -= timedelta(days=5)
    assert "에 열려요" in await attendee.opens(f"/kiosk/{stand.needs.code}")
    assert "시작하기" not in attendee.text


@pytest.mark.parametrize("code", ["22222222", "가나다", "%00", "a%20b", "-" * 500])
async def test_an_unknown_code_is_explained(attendee: Person, code: str) -> None:
    for page in ("kiosk", "paper"):
        assert "찾지 못했어요" in await attendee.opens(f"/{page}/{code}")
        assert '<a href="tel:020000000">02-000-0000</a>' in attendee.answer.text
        assert attendee.answer.status_code == 404


# --- limits ---


async def test_a_body_that_nobody_types_is_refused(attendee: Person) -> None:
    await attendee.begins()
    assert "너무 커서" in await attendee.posts({**attendee.fields(), "answer": "가" * 30_000})
    assert attendee.answer.status_code == 413
    await attendee.posts({str(number): "x" for number in range(400)})
    assert attendee.answer.status_code == 413


async def test_who_is_too_fast_loses_nothing(sqlite_url: str) -> None:
    now = [0.0]
    async with standing(sqlite_url, Rates(per_minute=60, burst=2, clock=lambda: now[0])) as stand:
        someone = stand.person(stand.liked)
        await someone.begins()
        await someone.gives("매우 그렇다")
        assert "2/20" not in await someone.gives("그렇다")
        assert (someone.answer.status_code, someone.answer.headers["retry-after"]) == (429, "1")
        now[0] += 1.1
        assert "3/20" in await someone.presses("다시 보내기")


async def test_a_bug_loses_no_answer_and_writes_none_down(
    attendee: Person, monkeypatch: pytest.MonkeyPatch, logged: pytest.LogCaptureFixture
) -> None:
    await attendee.answers(LIKED)

    def fails(*given: Any) -> None:
        raise ValueError(given)

    with monkeypatch.context() as broken:
        broken.setattr(answers, "hand_in_marked", fails)
        assert "지금은 처리하지 못했어요" in await attendee.presses("보내기")
    assert "kiosk failed error=ValueError" in logged.text
    assert "실습이 많아" not in logged.text
    assert "고맙습니다" in await attendee.presses("다시 보내기")
