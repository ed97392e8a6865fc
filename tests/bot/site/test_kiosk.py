"""Answering at a shared tablet, as plain forms do it."""

import pytest

from tests.support.web.kiosks import LIKED, WANTED, Person, Stand
from tests.support.web.site import rows


@pytest.fixture
def citizen(stand: Stand) -> Person:
    return stand.person(stand.needs)


async def test_the_whole_survey_of_a_course_is_answered(stand: Stand, attendee: Person) -> None:
    assert "고맙습니다. 잘 받았어요." in await attendee.sends(LIKED)
    assert await stand.handed_in(stand.liked) == [
        {
            **{f"S{number}": 5 for number in range(1, 14)}, "S14": 9, "S15": "취업을 준비하겠다",
            "S16": ["채용정보", "구직상담"], "S18": "실습이 많아 좋았어요", "S20": "제과",
        }
    ]  # fmt: skip


async def test_needs_are_told_without_the_question_that_does_not_concern_one(stand: Stand, citizen: Person) -> None:
    await citizen.sends(WANTED)
    (answers,) = await stand.handed_in(stand.needs)
    assert answers["N8"] == ["식음료(바리스타·차)", "화훼·공예"]
    assert "N7" not in answers


async def test_the_start_screen_says_which_survey_this_is(attendee: Person) -> None:
    assert "바리스타 2급 · 프로그램 만족도 조사" in attendee.text
    assert "20문항 · 12월 3일(목)까지" in attendee.text
    assert "1/20 · 교육내용" in await attendee.presses("시작하기")
    assert attendee.page.one("progress").attributes["max"] == "20"


async def test_a_code_is_read_however_it_is_written(stand: Stand, attendee: Person) -> None:
    code = stand.liked.code.lower()
    assert "만족도 조사" in await attendee.opens(f"/kiosk/{code[:4]}-{code[4:]}")


async def test_nothing_is_stored_before_it_is_sent_and_then_only_the_sheet(stand: Stand, attendee: Person) -> None:
    before = await rows(stand.school)
    await attendee.answers(LIKED)
    assert await rows(stand.school) == before
    await attendee.presses("보내기")
    after = await rows(stand.school)
    assert {name for name in after if after[name] != before[name]} == {"survey_pending", "survey_turnout"}


async def test_no_answer_of_ours_sets_a_cookie_or_may_be_kept(attendee: Person) -> None:
    await attendee.answers(LIKED)
    for answer in (attendee.answer, await attendee.http.get(attendee.address), await attendee.http.get("/kiosk/x")):
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_who_goes_back_sees_what_she_answered_and_answers_anew(stand: Stand, attendee: Person) -> None:
    await attendee.answers(LIKED)
    assert "20/20" in await attendee.presses("뒤로")
    assert attendee.page.one("textarea").text.strip() == "제과"
    await attendee.gives("제빵")
    await attendee.presses("보내기")
    assert (await stand.handed_in(stand.liked))[0]["S20"] == "제빵"


async def test_back_from_the_first_question_leads_to_the_start(attendee: Person) -> None:
    await attendee.begins()
    assert "시작하기" in await attendee.presses("뒤로")


async def test_another_answer_to_an_earlier_question_asks_what_depends_on_it(citizen: Person) -> None:
    assert "7/15" in await citizen.answers(WANTED, until="N8")
    await citizen.presses("뒤로")
    assert "그 교육이 도움이 되었나요?" in await citizen.gives("있다(다른 곳)")


async def test_ticks_over_the_limit_stay_and_are_explained(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S16")
    assert "3개까지 고를 수 있어요" in await attendee.gives("채용정보, 구직상담, 심화과정, 없음")
    assert len([each for each in attendee.page.all("input", type="checkbox") if "checked" in each.attributes]) == 4


async def test_a_question_that_must_be_answered_is_not_left_out(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S16")
    assert "이 문항은 꼭 답해 주세요." in await attendee.presses("다 골랐어요")
    assert "17/20" not in await attendee.posts({**attendee.fields(), "do": "skip"})


async def test_nothing_written_where_nothing_has_to_be_is_skipped(attendee: Person) -> None:
    await attendee.answers(LIKED, until="S18")
    assert "19/20" in await attendee.gives("")


async def test_the_summary_shows_ones_answers(attendee: Person) -> None:
    shown = await attendee.answers(LIKED)
    assert "채용정보, 구직상담" in shown
    assert "건너뛰었어요" in shown


async def test_everything_is_asked_in_english_too(stand: Stand, attendee: Person) -> None:
    assert "How did you like the course?" in await attendee.presses("English")
    assert "1/20 · Content" in await attendee.presses("Start")
    assert "2/20" in await attendee.presses("Strongly agree")
    assert attendee.page.one("html").attributes["lang"] == "en"


async def test_a_second_tap_on_the_same_screen_answers_no_other_question(attendee: Person) -> None:
    await attendee.begins()
    first = attendee.fields()
    assert "2/20" in await attendee.gives("그렇다")
    second = {**attendee.fields(), "question": first["question"], "answer": "1"}
    assert "2/20" in await attendee.posts(second)


async def test_every_screen_but_the_start_goes_back_to_it_by_itself(attendee: Person) -> None:
    assert [*attendee.page.all("meta", **{"http-equiv": "refresh"})] == []
    await attendee.begins()
    rests = attendee.page.one("noscript").one("meta").attributes["content"]
    assert rests == f"60;url={attendee.address}"
    await attendee.sends(LIKED)
    assert attendee.page.one("noscript").one("meta").attributes["content"] == f"10;url={attendee.address}"
