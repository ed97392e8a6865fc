"""Typing single papers in: counted once, read by their signs, and taken back."""

from functools import partial

import pytest

from handlers.staff.desk import acts
from handlers.staff.entering import typing
from storage.asking import rounds
from tests.support.surveys.poll import NEEDS

pytestmark = pytest.mark.on_sqlite
GOOD = {**{f"S{number}": "5" for number in range(1, 14)}, "S14": "10", "S15": "1", "S16": "13", "S18": "좋았어요"}


async def types(school, number, replaces=False, **changes):
    args = {"code": "만족도조사", "course_code": "26-01", "number": number, "rows": {**GOOD, **changes}}
    work = partial(acts.perform, act=typing.ENTER, args={**args, "replaces": replaces})
    return (await school.gets(work)).title


async def refused(school, number="1", **changes):
    given = {"course_code": "26-01", "number": number, "rows": {**GOOD, **changes}}
    return await school.declines(typing.enter, "만족도조사", **given)


async def sheet(school, code="만족도조사", course="26-01"):
    return await school.gets(typing.sheet, code, course)


async def count(school, papers):
    return await school.database.read(lambda tx: rounds.count(tx, papers.round_id, "paper"))


async def test_a_paper_is_read_by_the_signs_beside_its_choices(school, office, papers):
    assert await types(school, "1") == "1번 종이를 넣었습니다. 종이로 받은 응답 1건."
    [kept] = await office.sheets(papers.round_id)
    first, *_, third = (label for label in (await sheet(school)).survey.items[15].labels[:3])
    assert (kept.answers["S1"], kept.answers["S14"], kept.answers["S16"]) == (5, 10, [first, third])
    assert (kept.channel, "S17" in kept.answers) == ("paper", False)


async def test_the_next_paper_has_the_first_number_that_is_free(school, papers):
    assert (await sheet(school)).number == "1"
    await types(school, "1")
    await types(school, "3", S1="4")
    assert ((await sheet(school)).number, (await sheet(school)).entered) == ("2", 2)


async def test_the_same_number_counts_once_and_replaces_only_when_that_is_said(school, office, papers):
    await types(school, "1")
    assert "이미 똑같이" in await refused(school)
    assert "앞의 답 바꾸기" in await refused(school, S1="1")
    assert "바꾸었습니다" in await types(school, "1", replaces=True, S1="1")
    assert [each.answers["S1"] for each in await office.sheets(papers.round_id)] == [1]
    assert await count(school, papers) == 1


async def test_a_paper_is_taken_back_and_can_be_typed_again(school, office, papers):
    await types(school, "1")
    told = await school.gets(typing.take_back, "만족도조사", "1", "26-01")
    assert "1번 종이를 뺐습니다" in told.title
    assert (await office.sheets(papers.round_id), await count(school, papers)) == ([], 0)
    assert "넣었습니다" in await types(school, "1")


async def test_what_was_never_typed_is_not_taken_back(school, papers):
    assert "넣은 적이 없거나" in await school.declines(typing.take_back, "만족도조사", "9", "26-01")


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"S1": "6"}, "S1"), ({"S14": "11"}, "S14"), ({"S15": "99"}, "보기는 1부터"), ({"S16": "9"}, "보기는 1부터")],
)
async def test_a_sign_that_stands_for_nothing_is_refused_by_its_question(school, papers, typed, why):
    assert why in await refused(school, **typed)
    assert await count(school, papers) == 0


async def test_an_empty_paper_is_not_taken(school, papers):
    assert "답이 하나도 없는" in await refused(school, **dict.fromkeys(GOOD, ""))


async def test_the_papers_of_a_course_are_no_more_than_its_people(school, office, papers):
    for number in range(30):
        await types(school, str(number), S18=f"{number}번째")
    assert "수강생보다 많아집니다" in await refused(school, "31")


async def test_the_journal_knows_the_number_and_not_the_answers(school, papers):
    await types(school, "1", S18="비밀입니다")
    from storage.tables import journal

    assert "비밀" not in str(await school.rows(journal.select()))


async def test_a_number_is_the_place_of_a_choice_and_not_what_a_label_begins_with(school, office, forms):
    typed = {**NEEDS, "N1": "11", "N11": "1", "N5": "12"}
    await school.gets(typing.enter, "수요조사", number="1", rows=typed)
    survey = (await sheet(school, "수요조사", None)).survey
    labels = {item.name: item.labels for item in survey.items}
    [kept] = await office.sheets(forms.round_id)
    assert (kept.answers["N1"], kept.answers["N11"]) == (labels["N1"][10], labels["N11"][0])
    assert kept.answers["N5"] == labels["N5"][:2]
