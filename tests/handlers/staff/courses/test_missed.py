"""What officers see of what wasn't found, and what they make of it."""

import pytest

from bot.desk import Gate
from handlers.staff.courses import missed
from handlers.staff.desk import acts, undoing
from storage.audit.journal import Officer
from storage.teaching import courses
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite

EMPTY = ["찾지 못한 말이 없습니다."]


async def does(school, act, **args):
    """An act through the desk, with its entry in the journal."""
    gate = Gate(school.database, SETTINGS.to_organization(), Officer("담당자", "command"), lambda: school.now)
    return await gate.act(lambda tx, desk: acts.perform(tx, desk, act, args))


async def rows(school):
    """What is listed, by the titles of the tables."""
    told = await school.gets(missed.show)
    return {table.title: [row[0] for row in table.rows] for table in told.tables}


async def keywords(school, code="T"):
    return (await school.database.read(lambda tx: courses.by_code(tx, [code])))[code].keywords


async def wishes(someone, words="피아노"):
    await someone.says(words)
    await someone.presses("열리면 알려 주세요")
    await someone.presses("네, 알려 주세요")


async def test_phrases_are_listed_with_counts_days_and_wishes_the_most_wished_for_first(school, visitor):
    assert await school.asks(missed.show) == EMPTY
    for number, words in enumerate(("목공", "목공", "가죽")):
        await visitor(f"r{number}").says(words)
    school.waits(days=1)
    await wishes(visitor("r3"))
    told = await school.asks(missed.show)
    assert told[:7] == [
        "찾지 못한 말 3개, 다음 학기에 적어 둔 말 0개입니다.",
        "",
        "주민이 찾지 못한 말",
        "  말      횟수  처음           마지막         알림을 바라는 분",
        "  피아노  1번   11월 24일(화)  11월 24일(화)  1명",
        "  목공    2번   11월 23일(월)  11월 23일(월)  0명",
        "  가죽    1번   11월 23일(월)  11월 23일(월)  0명",
    ]


@pytest.mark.on_both
async def test_what_may_be_a_name_is_hidden_until_it_is_said_again(school, visitor):
    await visitor("r1").says("홍길동")
    assert await rows(school) == {"주민이 찾지 못한 말": ["홍*동"]}
    assert "홍길동" not in "".join(await school.asks(missed.show))
    await visitor("r2").says("홍길동")
    assert await rows(school) == {"주민이 찾지 못한 말": ["홍길동"]}


async def test_what_finds_a_course_by_now_is_not_listed(school, visitor):
    await visitor().says("피아노")
    await school.opens(title="피아노 기초")
    assert await rows(school) == {}
    assert (await school.gets(missed.show)).title.startswith("찾지 못한 말 0개")


@pytest.mark.on_both
async def test_a_phrase_becomes_a_synonym_and_is_undone(school, visitor):
    await school.opens(code="T")
    await visitor().says("비엔나")
    told = await does(school, missed.SYNONYM, code="T", words="비엔나")
    assert told.title == "‘바리스타 2급’(T): 이제 ‘비엔나’로도 찾습니다."
    assert "바리스타 2급" in await visitor("r2").says("비엔나")
    await school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await keywords(school) == ("커피", "카페")
    assert "찾지 못했어요" in await visitor("r3").says("비엔나")


async def test_a_synonym_tells_who_wished_for_it_after_the_grace_as_is_said_before(school, resident, clock):
    await wishes(resident(1), "비엔나")
    await school.opens(code="T")
    told = await does(school, missed.SYNONYM, code="T", words="비엔나")
    assert (told.reach.people, told.reach.minutes) == (1, 10)
    assert await clock.ticks() == []
    assert ["말씀하신" in letter.text for letter in await clock.passes(minutes=11)] == [True]


async def test_a_synonym_undone_in_the_grace_tells_nobody(school, resident, clock):
    await wishes(resident(1), "비엔나")
    await school.opens(code="T")
    told = await does(school, missed.SYNONYM, code="T", words="비엔나")
    await clock.ticks()
    await school.asks(undoing.undo, told.steps[-1].args["entry"])
    assert await clock.passes(hours=1) == []


async def test_what_is_unknown_found_already_closed_or_over_is_declined(school, visitor):
    await school.opens(code="T", state="cancelled")
    await visitor().says("가죽")
    assert "이런 말이 없습니다" in await school.declines(missed.add_synonym, "T", "가야금")
    assert "폐강한 과정" in await school.declines(missed.add_synonym, "T", "가죽")
    await school.opens(code="U", keywords=("가죽",))
    assert "이미 ‘가죽’으로도 찾습니다" in await school.declines(missed.add_synonym, "U", "가죽")
    assert "이런 과정번호가 없습니다" in await school.declines(missed.add_synonym, "99", "가죽")
    school.waits(days=40)
    assert "이미 끝난 과정" in await school.declines(missed.add_synonym, "U", "가죽")


async def test_a_phrase_is_kept_for_the_next_term_dropped_and_put_back(school, visitor):
    await visitor("r1").says("피아노 연주")
    assert "적어 두었습니다" in (await does(school, missed.WISH, words="피아노연주")).title
    assert await rows(school) == {"다음 학기에 바라는 강좌": ["피아노 연주"]}
    assert "뺐습니다" in (await does(school, missed.DROP, words="피아노 연주")).title
    await visitor("r2").says("피아노 연주")
    assert "열리면 알려 주세요" not in [button.label for button in visitor("r2").screen.buttons]
    assert await rows(school) == {}
    await does(school, missed.BACK, words="피아노 연주")
    assert await rows(school) == {"주민이 찾지 못한 말": ["피아노 연주"]}
