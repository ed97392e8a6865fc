"""A survey's file changes only what it says, tells old and new values, and is asked about odd dates."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.asking import surveys
from storage.tables import sessions
from tests.support.surveys.poll import attend, standard

pytestmark = pytest.mark.on_sqlite

NEEDS = {"opens_at": "2026-12-01 09:00", "closes_at": "2026-12-11 18:00"}


async def kept(school, code):
    return await school.database.read(lambda tx: surveys.newest(tx, code))


def without(content, *names):
    return [{key: value for key, value in each.items() if key not in names} for each in content]


async def test_what_a_file_has_no_column_for_stays(school, office):
    before = await kept(school, "만족도조사")
    bare = without(standard()[1:], "title_en", "intro", "intro_en", "delay_minutes", "remind_hours", "open_days")
    bare[0]["questions"] = without(bare[0]["questions"], "text_en", "options_en", "section", "section_en", "conditions")
    told = await office.imports(bare)
    assert told == ["설문: 새로 0개, 바뀜 0개, 그대로 1개입니다."]
    assert await kept(school, "만족도조사") == before


async def test_a_file_without_questions_leaves_them(school, office):
    bare = without(standard()[1:], "questions")
    bare[0]["remind_hours"] = 24
    told = await office.imports(bare)
    assert told[-2:] == ["  프로그램 만족도 조사(만족도조사)", "    다시 알림(시간)  72 → 24"]
    assert len((await kept(school, "만족도조사")).items) == 20


async def test_questions_that_come_go_and_change_are_told_by_their_numbers(office):
    content = standard()[1:]
    questions = content[0]["questions"]
    questions[0]["text"] = "새로 물어요"
    content[0]["questions"] = [*questions[:-1], {**questions[-1], "name": "S21"}]
    told = await office.imports(content)
    assert [line.split() for line in told[-3:]] == [
        ["생기는", "문항", "S21"],
        ["없어지는", "문항", "S20"],
        ["고치는", "문항", "S1"],
    ]


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ({"closes_at": "2026-11-22 18:00"}, "이미 지난 때라"),
        ({"opens_at": "2028-12-01 09:00", "closes_at": "2028-12-11 18:00"}, "1년이 넘게"),
    ],
)
async def test_a_survey_at_a_time_that_is_hardly_meant_is_asked_about(office, dates, why):
    (content, _) = standard(**dates)
    told = await office.imports([{**content, "code": "수요-27"}])
    assert "여쭐 것이 1가지" in told[0]
    assert why in told[2]


@pytest.mark.on_both
async def test_a_new_survey_tells_whom_of_courses_that_are_over_it_asks_at_once(school, resident, office):
    course = await school.opens()
    for number in (1, 2, 3):
        await attend(school, resident(number), course)
    new = {**standard()[1], "code": "새만족도", "title": "새 만족도 조사"}
    school.now = (await school.rows(select(func.max(sessions.c.ends_at))))[0][0] + timedelta(days=20)
    told = "‘새 만족도 조사’: 지난 60일 안에 끝난 과정 1개에서 수업을 들은 3명에게도 바로 묻습니다."
    assert told in await office.imports([new])
    assert not [line for line in await office.imports([{**new, "intro": "고쳤어요"}]) if "바로 묻습니다" in line]


GOOD_FIRST = ["매우 만족", "만족", "보통", "불만족", "매우 불만족"]


def asked(**question):
    """A survey of needs with one question."""
    its = {"name": "A1", "kind": "5점", "text": "어떠셨나요?", "options": GOOD_FIRST, **question}
    return [{**standard()[0], "questions": [its]}]


@pytest.mark.parametrize(
    ("options", "best"),
    [
        (GOOD_FIRST[::-1], "매우 불만족"),
        (["전혀 그렇지 않다", "그렇지 않다", "보통", "그렇다", "매우 그렇다"], "전혀 그렇지 않다"),
        (["1", "2", "3", "4", "5"], "1"),
        (["1점", "2점", "3점", "4점", "5점"], "1점"),
    ],
)
async def test_choices_that_seem_to_stand_the_wrong_way_round_are_asked_about(school, office, options, best):
    told = "\n".join(await office.imports(asked(options=options)))
    assert f"‘{best}’이 5점이 됩니다. 보기는 좋은 것부터" in told.replace("가 5점", "이 5점")
    assert "여쭐 것이 1가지" in told


@pytest.mark.parametrize(
    "options",
    [
        GOOD_FIRST,
        ["5", "4", "3", "2", "1"],
        ["전혀 어렵지 않다", "어렵지 않다", "보통", "어렵다", "매우 어렵다"],
        ["매우 빠르다", "빠르다", "알맞다", "느리다", "매우 느리다"],
    ],
)
async def test_choices_from_the_best_on_are_not_asked_about(office, options):
    assert "여쭐" not in "\n".join(await office.imports(asked(options=options)))


@pytest.mark.parametrize(
    ("written", "kind"),
    [("5점 척도", "scale"), ("단일 선택", "single"), ("복수응답", "multi"), ("주관식", "text"), ("서술형", "text")],
)
async def test_kinds_of_questions_have_the_names_that_other_forms_give_them(school, office, written, kind):
    options = GOOD_FIRST if kind != "text" else []
    await office.imports(asked(kind=written, options=options, is_required="선택"))
    [item] = (await kept(school, "수요조사")).items
    assert (item.kind, item.is_required) == (kind, False)


async def test_what_is_wrong_with_a_question_or_a_survey_is_told_once(office):
    questions = [{"name": "A2", "kind": "글", "text": "왜요?", "conditions": "A1=만족"}]
    content = asked(kind="여러 개", options=["하나뿐"])
    content[0]["questions"] += questions
    assert (await office.imports(content))[0].startswith("고칠 곳이 1군데")
    content = asked()
    content[0]["audience"] = "모두"
    assert (await office.imports(content))[0].startswith("고칠 곳이 1군데")
