"""Asked twice, and told what goes with it; nothing else erases anybody."""

import pytest
from sqlalchemy import select

from storage.tables import enrollments, journal, kept_completions, residents

pytestmark = pytest.mark.on_sqlite

ASKED_FIRST, ASKED_AGAIN, DONE = "이것이 모두 지워져요", "되돌릴 수 없어요", "다 지웠어요"


@pytest.fixture
async def somebody(school, visitor):
    found = visitor("r1")
    await found.registers(await school.opens())
    return found


async def to_the_second_question(somebody):
    await somebody.says("탈퇴")
    return await somebody.presses("취소하고")


def yes(somebody):
    return next(button.path for button in somebody.screen.buttons if button.path.endswith("/yes"))


@pytest.mark.parametrize(
    "said", ["내 정보 지워 주세요", "탈퇴", "회원 탈퇴할게요", "개인정보 삭제해 주세요", "delete my data", "/me erase"]
)
async def test_it_is_asked_for_in_ones_own_words(somebody, said):
    assert ASKED_FIRST in await somebody.says(said)


async def test_an_old_button_of_the_second_question_asks_anew(school, somebody):
    await to_the_second_question(somebody)
    old = yes(somebody)
    await somebody.says("강좌")
    assert ASKED_FIRST in await somebody.goes_to(old)
    assert await school.enrolled(1) == 1


@pytest.mark.on_both
async def test_a_path_that_is_made_up_or_another_ones_erases_nobody(school, somebody, visitor):
    other = visitor("r2")
    await other.registers(await school.opens(), name="임꺽정", mobile="010-0000-0002")
    await to_the_second_question(somebody)
    path = yes(somebody)
    for tried in (path, "me/erase/0/yes", "me/erase/yes/yes"):
        assert DONE not in await other.goes_to(tried)
    await to_the_second_question(other)
    assert ASKED_FIRST in await other.goes_to(path)
    assert len(await school.rows(select(residents.c.id).where(residents.c.erased_at.is_(None)))) == 2


async def test_what_was_taken_meanwhile_is_told_before_it_ends(school, somebody):
    await to_the_second_question(somebody)
    path, course = yes(somebody), await school.opens(title="꽃차", term_limit=0, weekdays=(2,))
    row = {"course_id": course, "resident_id": 1, "state": "offered", "channel": "phone", "applied_at": school.now}
    await school.database.write(lambda tx: tx.execute(enrollments.insert().values(row)))
    assert "‘꽃차’ 자리를 제안받으셨어요" in await somebody.goes_to(path)


async def test_a_plain_no_keeps_everything(school, somebody):
    await to_the_second_question(somebody)
    assert "홍길동" in await somebody.says("아니요")
    assert await school.enrolled(1) == 1


async def test_a_class_that_has_begun_stands_in_nobodys_way(school, somebody):
    school.waits(days=20)
    assert ASKED_AGAIN in await to_the_second_question(somebody)
    assert DONE in await somebody.says("네")


@pytest.mark.on_both
async def test_who_completed_is_told_what_is_locked_away_and_until_when(school, somebody):
    done = {"state": "completed", "ended_at": school.now}
    await school.database.write(lambda tx: tx.execute(enrollments.update().values(done)))
    assert "이름과 태어난 해만 2031년까지 따로 잠가 둬요" in await somebody.says("탈퇴")
    await somebody.presses("모두 지울래요")
    assert "수료하신 기록만 2031년까지" in await somebody.says("네")
    kept = await school.rows(select(kept_completions.c.who))
    assert [row.who for row in kept] == [{"name": "홍길동", "birth_year": 1983}]


async def test_a_completion_of_long_ago_is_not_kept(school, somebody):
    done = {"state": "completed", "ended_at": school.now}
    await school.database.write(lambda tx: tx.execute(enrollments.update().values(done)))
    school.waits(days=6 * 365)
    await somebody.says("탈퇴")
    await somebody.presses("모두 지울래요")
    assert DONE in await somebody.says("네")
    assert await school.rows(select(kept_completions)) == []


@pytest.mark.on_both
async def test_the_journal_says_that_it_was_done_and_not_whose_name(school, somebody):
    await to_the_second_question(somebody)
    await somebody.says("네")
    entries = await school.rows(select(journal.c.officer, journal.c.action, journal.c.args, journal.c.changes))
    assert [tuple(row) for row in entries] == [("본인", "own/erase", {}, [])]


async def test_a_stranger_can_have_what_they_said_erased(school, visitor):
    stranger = visitor("r1")
    await stranger.goes_to("news/news/on")
    await stranger.goes_to("news/news/off")
    await stranger.says("탈퇴")
    await stranger.presses("모두 지울래요")
    assert DONE in await stranger.says("네")


@pytest.mark.on_both
async def test_in_simple_mode_it_is_asked_twice_as_well(somebody):
    await somebody.says("쉽게")
    await to_the_second_question(somebody)
    assert DONE in await somebody.presses("네, 모두")


async def test_in_english_it_is_told_in_english(somebody):
    await somebody.says("/english")
    assert "You have a seat" in await somebody.says("delete my data")
    await somebody.presses("Cancel, erase")
    assert "Everything is erased" in await somebody.says("yes")
