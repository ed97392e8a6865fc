"""What was looked for in vain: counted without the person, and wished for by who wants to be told."""

import pytest
from sqlalchemy import select

from handlers.dialogue.conversation import Said
from storage.tables import consents, missed_phrases, residents
from storage.tables import course_wishes as wishes
from storage.teaching import wishes as course_wishes

pytestmark = pytest.mark.on_sqlite

OFFER = "열리면 알려 주세요"


async def counted(school):
    found = select(missed_phrases.c.words, missed_phrases.c.count).order_by(missed_phrases.c.id)
    return [tuple(row) for row in await school.rows(found)]


async def wished(school):
    return [row.words for row in await school.rows(select(wishes.c.words).order_by(wishes.c.id))]


async def decided(school):
    these = consents.c.purpose == "wished"
    return [row.given for row in await school.rows(select(consents.c.given).where(these).order_by(consents.c.id))]


def labels(someone):
    return [button.label for button in someone.screen.all_buttons]


async def wishes_for(someone, words="피아노"):
    await someone.says(words)
    await someone.presses(OFFER)
    return await someone.says("네")


async def test_what_found_nothing_is_counted_by_its_subject(school, visitor):
    await school.opens()
    for number, said in enumerate(
        ("피아노", "무료 피아노 강좌", "피아노 배우고 싶어요", "바리스타", "가죽 수업은 언제 열어요")
    ):
        await visitor(f"r{number}").says(said)
    assert await counted(school) == [("피아노", 3), ("가죽", 1)]


async def test_a_message_that_comes_twice_is_counted_once(school, visitor):
    someone = visitor()
    message = someone.message(Said(text="피아노"))
    first, again = [await someone.delivers(message) for _ in range(2)]
    assert (first, await counted(school)) == (again, [("피아노", 1)])


@pytest.mark.on_both
async def test_what_names_nothing_is_neither_counted_nor_offered_and_makes_nobody_known(school, visitor):
    someone = visitor()
    for text in (
        "ㅁㄴㅇㄹ",
        "피아노 배우면 좋겠다고 늘 생각했는데 이제야 시간이 나서 알아보고 있는데 아무 데도 없네요",
    ):
        await someone.says(text)
        assert OFFER not in labels(someone)
    assert (await counted(school), await school.rows(select(residents))) == ([], [])


async def test_what_is_typed_into_a_form_is_never_counted(school, visitor):
    someone = visitor()
    await someone.fills_in(await school.opens(), name="피아노맨")
    await someone.says("피아노")
    await someone.goes_to("menu")
    school.waits(hours=7)
    await someone.says("홍길동")
    assert await counted(school) == []


async def test_what_is_said_beside_a_form_is_not_counted_though_it_is_answered(school, visitor):
    someone = visitor()
    await someone.fills_in(await school.opens(), until="dong")
    await someone.goes_to("menu")
    assert "혹시" in await someone.says("무료 피아노 강좌")
    assert await counted(school) == []


async def test_what_is_said_just_after_a_form_was_left_is_not_counted(school, visitor):
    someone = visitor()
    await someone.fills_in(await school.opens(), until="name")
    await someone.says("그만")
    await someone.presses("그만두기")
    await someone.says("임꺽정")
    assert await counted(school) == []
    await someone.says("피아노")
    assert await counted(school) == [("피아노", 1)]


async def test_ones_own_name_is_not_counted(school, visitor):
    someone = visitor()
    await someone.registers(await school.opens())
    await someone.says("홍길동")
    assert await counted(school) == []


async def test_who_agrees_is_asked_first_and_told_what_is_noted(school, resident):
    someone = resident(1)
    assert "‘피아노’ 강좌가 열리면" in await someone.says("피아노 배우고 싶어요")
    asked = await someone.presses(OFFER)
    assert "‘피아노’와 비슷한 강좌가 열리면 알려 드릴까요?" in asked
    assert "1년까지" in asked
    assert (await wished(school), await decided(school)) == ([], [])
    assert "여기로 알려 드릴게요" in await someone.says("네")
    assert (await wished(school), await decided(school)) == (["피아노"], [True])


async def test_who_declines_leaves_nothing(school, visitor):
    someone = visitor()
    await someone.says("피아노")
    await someone.presses(OFFER)
    await someone.says("아니요")
    assert (await wished(school), await decided(school)) == ([], [])


async def test_where_we_cannot_speak_first_it_is_said(school, visitor):
    assert "여기서는 먼저 말을 걸 수 없어요" in await wishes_for(visitor())


@pytest.mark.on_both
async def test_wishes_are_listed_where_news_are_managed_and_dropped_one_by_one(school, visitor):
    someone = visitor()
    for words in ("피아노", "가야금"):
        await wishes_for(someone, words)
    await someone.says("소식")
    assert "• 피아노 (11월 23일(월)부터)" in await someone.presses("바라는 강좌")
    await someone.presses("‘피아노’ 그만")
    assert (await wished(school), await decided(school)) == (["가야금"], [True, True])
    await someone.goes_to("wishes")
    await someone.presses("‘가야금’ 그만")
    assert (await wished(school), (await decided(school))[-1]) == ([], False)
    assert "알려 달라고 하신 강좌가 없어요" in await someone.goes_to("wishes")


@pytest.mark.on_both
async def test_stopping_everything_stops_wishes_too(school, visitor):
    someone = visitor()
    await wishes_for(someone)
    await someone.says("수신거부")
    assert (await wished(school), await decided(school)) == ([], [True, False])


async def test_nobody_drops_anothers_wish(school, visitor):
    await wishes_for(visitor("r1"))
    assert "오래된 단추예요" in await visitor("r2").goes_to("wishes/1/off")
    assert await wished(school) == ["피아노"]


async def test_a_wish_too_many_is_refused(school, visitor, monkeypatch):
    monkeypatch.setattr(course_wishes, "MOST", 1)
    someone = visitor()
    await wishes_for(someone)
    assert "1개까지" in await wishes_for(someone, "가야금")
    assert await wished(school) == ["피아노"]


@pytest.mark.parametrize("path", ["wish/99", "wish/99/yes"])
async def test_a_button_of_what_is_forgotten_says_so(school, visitor, path):
    assert "오래된 단추예요" in await visitor().goes_to(path)
    assert await wished(school) == []


async def test_it_is_offered_in_english(school, visitor):
    someone = visitor()
    await someone.goes_to("language/en")
    await someone.says("piano")
    assert "a course like “piano”" in await someone.presses("Let me know")
    assert "We can’t write first here" in await someone.presses("Yes, tell me")


@pytest.mark.parametrize("word", ["영어", "요가", "캘리그라피"])
async def test_a_lone_word_that_names_nothing_here_may_be_wished_for(school, visitor, word):
    await school.opens()
    assert word in await wishes_for(visitor(), word)
