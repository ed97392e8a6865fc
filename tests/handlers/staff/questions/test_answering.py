"""A phrase that found nothing becomes a question that is answered from then on."""

from functools import partial

import pytest

from handlers.staff.desk import acts, undoing
from handlers.staff.files.rows import COMMON_QUESTION, Row
from handlers.staff.questions import answering
from storage.dialogue import missed

pytestmark = pytest.mark.on_sqlite
ROW = {"question": "주차할 수 있나요?", "answer": "주차장이 좁으니 버스로 와 주세요.", "source": "이용 안내"}


def row(**changes):
    return [Row("화면", 1, {**ROW, **changes}, {}, COMMON_QUESTION)]


async def answers(school, words="가죽", **changes):
    args = {"words": words, "rows": row(**changes)}
    return await school.gets(partial(acts.perform, act=answering.ANSWER, args=args))


async def state(school, words="가죽"):
    return (await school.database.read(lambda tx: missed.by_words(tx, words))).state


async def test_who_says_the_phrase_again_is_answered(school, visitor):
    await visitor().says("가죽")
    told = await answers(school)
    assert told.title == "‘가죽’이라고 적으면 이제 이 답을 보여 드립니다."
    assert "버스로 와 주세요" in await visitor("r2").says("가죽")
    assert await state(school) == "dropped"


async def test_numbers_go_on_and_undoing_takes_the_question_away(school, visitor):
    for words in ("가죽", "목공"):
        await visitor().says(words)
    await answers(school)
    told = await answers(school, "목공", question="톱을 빌려주나요?")
    assert "말-2" in told.facts[0]
    await school.gets(undoing.undo, told.steps[-1].args["entry"])
    assert await state(school, "목공") == "new"
    assert "버스로" not in await visitor("r3").says("목공")


@pytest.mark.parametrize(("wrong", "why"), [({"answer": ""}, "꼭 있어야"), ({"answer": "010-1234-5678"}, "휴대전화")])
async def test_what_a_file_would_be_refused_for_is_refused_here(school, visitor, wrong, why):
    await visitor().says("가죽")
    assert why in await school.declines(answering.answer, "가죽", row(**wrong))
    assert await state(school) == "new"


async def test_what_nobody_said_is_not_answered(school):
    assert "이런 말이 없습니다" in await school.declines(answering.answer, "가죽", row())
