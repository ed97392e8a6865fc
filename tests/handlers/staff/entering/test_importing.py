"""Answers from paper and from other forms: what is counted, once, and as what."""

import asyncio
from collections import Counter

import pytest

from handlers.staff.desk.declined import Declined
from storage.asking import answers, rounds
from storage.tables import survey_answers, survey_entries, survey_pending, survey_turnout
from tests.support.databases.statements import statements
from tests.support.surveys.desk import export

pytestmark = pytest.mark.on_sqlite


async def test_papers_are_counted_as_papers_of_today(school, office, papers):
    assert "새로 3건, 이미 등록한 것 0건" in await papers.says(papers.types({}, {"S1": 1}, {}))
    sheets = await office.sheets(papers.round_id)
    assert Counter(sheet.answers["S1"] for sheet in sheets) == {5: 2, 1: 1}
    [turnout] = await school.database.read(lambda tx: rounds.turnout(tx, [papers.round_id]))
    assert (turnout.day, turnout.channel, turnout.count) == (school.now.date(), "paper", 3)


async def test_an_answer_is_kept_as_if_it_were_given_in_a_chat(office, papers):
    await papers.says(papers.types({"S1": "5점", "S2": "그렇지 않다", "S3": 3.0, "S16": "1,3", "S17": "네"}))
    [sheet] = await office.sheets(papers.round_id)
    assert (
        sheet.answers | {"S1": 5, "S2": 2, "S3": 3, "S16": ["채용정보", "자격시험 안내"], "S17": "네"} == sheet.answers
    )
    assert "S19" not in sheet.answers


async def test_an_export_of_another_form_is_read_by_its_texts_in_any_order(office, forms):
    said = await forms.says(forms.saves("export.csv", *export({})))
    [sheet] = await office.sheets(forms.round_id)
    assert (sheet.channel, sheet.answers["N1"], sheet.answers["N2"]) == ("import", "청구동", "40대")
    assert sheet.answers["N5"] == ["취업", "그 밖"]
    assert sheet.answers["N8"] == ["식음료(바리스타·차)", "디지털·사무"]
    assert "새로 1건" in said


async def test_no_time_name_or_number_of_a_paper_is_stored(school, forms):
    await forms.brings(forms.saves("export.csv", *export({"참여자": "누리집 벗", "성함": "홍길동"})))
    found = [await school.rows(table.select()) for table in (survey_pending, survey_entries, survey_turnout)]
    assert "10:03" not in str(found)
    assert "누리집 벗" not in str(found)
    assert "홍길동" not in str(found)


async def test_the_same_file_counts_once(papers):
    path = papers.types({}, {}, {"S1": 2})
    await papers.says(path)
    assert "새로 0건, 이미 등록한 것 3건" in await papers.says(path)
    assert "새로 0건, 이미 등록한 것 6건" in await papers.says(path, path)


async def test_a_longer_export_adds_only_what_is_new(office, forms):
    first = export({}, {}, {"응답일시": "2026-11-24 11:00:00"})
    await forms.brings(forms.saves("first.csv", *first))
    grown = export({"응답일시": "2026-11-25 09:00:00", "성함": "x"}) + first + export({})
    assert "새로 2건, 이미 등록한 것 3건" in await forms.says(forms.saves("grown.xlsx", *grown))
    assert len(await office.sheets(forms.round_id)) == 5


async def test_an_export_that_excel_has_saved_again_is_the_same_one(forms):
    await forms.brings(forms.saves("export.csv", *export({})))
    saved = export({"응답일시": "2026-11-24 10:03"})
    assert "새로 0건" in await forms.says(forms.saves("saved.csv", *saved, encoding="utf-8-sig"))


async def test_one_file_brought_in_by_many_at_once_counts_once(office, papers):
    path = papers.types(*({"S14": number} for number in range(8)))
    said = await asyncio.gather(*(papers.brings(path) for _ in range(10)))
    assert sorted(report.new for report in said) == [0] * 9 + [8]
    assert len(await office.sheets(papers.round_id)) == 8


async def test_no_paper_is_left_behind_when_the_round_is_settled_meanwhile(office, papers, dawdling):
    dawdling(answers, "enter")
    await papers.brings(papers.types(*[{}] * 5))
    path = papers.types(*[{}] * 15)
    await asyncio.gather(papers.brings(path), office.settles(papers.round_id))
    assert await office.sheets(papers.round_id) == []


async def test_a_check_counts_and_changes_nothing(office, papers):
    path = papers.types({}, {})
    assert "새로 2건" in await papers.says(path, only_check=True)
    assert await office.sheets(papers.round_id) == []
    assert "새로 2건" in await papers.says(path)


async def test_one_wrong_cell_keeps_all_files_out(office, papers):
    good, bad = papers.types({}), papers.types({}, {"S1": 6}, name="bad.xlsx")
    assert "아무것도 등록하지 않았습니다" in await papers.says(good, bad)
    assert await office.sheets(papers.round_id) == []


async def test_paper_that_comes_after_the_end_is_in_the_results_once_it_is_five(school, office, papers):
    await papers.brings(papers.types(*[{}] * 5))
    school.waits(days=11)
    await office.settles(papers.round_id)
    for count, sealed, told in ((7, 2, 5), (9, 4, 5), (10, 0, 10)):
        await papers.brings(papers.types(*[{}] * count))
        assert len(await office.sheets(papers.round_id)) == sealed
        rows = await school.rows(survey_answers.select().where(survey_answers.c.question == "S1"))
        assert [row.value for row in rows] == ["5"] * told


async def test_no_more_papers_are_taken_than_people_attended(office, papers):
    await papers.brings(papers.types(*[{}] * 28))
    with pytest.raises(Declined, match="새 응답은 3건인데 2건까지"):
        await papers.brings(papers.types(*[{}] * 31))
    assert len(await office.sheets(papers.round_id)) == 28


async def test_paper_that_comes_when_what_was_withheld_is_destroyed_is_refused(school, office, papers):
    school.waits(days=11)
    await office.settles(papers.round_id)
    school.waits(days=30)
    with pytest.raises(Declined, match="마감하고 30일이 지나"):
        await papers.brings(papers.types({}))


async def test_two_thousand_answers_come_in_with_few_statements(school, forms):
    people = (
        {"응답일시": f"2026-11-24 {at // 60 % 24:02}:{at % 60:02}", "2. 나이대를 골라 주세요": "30대"}
        for at in range(2000)
    )
    path = forms.saves("many.csv", *export(*people))
    with statements() as asked:
        assert (await forms.brings(path)).new == 2000
    assert len(asked) < 200, len(asked)


@pytest.mark.parametrize(
    ("survey", "course", "told"),
    [
        ("만족도조사", None, "어느 과정의 응답인지도"),
        ("만족도조사", "26-02", "마지막 수업이 끝나면 열립니다"),
        ("만족도조사", "26-99", "이런 과정번호가 없습니다"),
        ("수요조사", "26-01", "과정번호는 빼 주세요"),
        ("수요조새", None, "혹시 이 설문인가요"),
    ],
)
async def test_what_is_asked_of_nobody_is_refused_with_what_to_do(school, papers, survey, course, told):
    await school.opens(code="26-02")
    papers.survey, papers.course = survey, course
    with pytest.raises(Declined, match=told):
        await papers.brings(papers.types({}))


async def test_answers_from_before_a_survey_opens_are_refused_with_its_time(school, forms):
    school.waits(days=-10)
    with pytest.raises(Declined, match=r"11월 20일.*에 열립니다"):
        await forms.brings(forms.saves("export.csv", *export({})))


async def test_what_was_entered_leaves_no_order_of_the_papers(school, papers):
    await papers.brings(papers.types(*({"S18": f"의견 {at}"} for at in range(30))))
    sheets = await school.database.read(
        lambda tx: [each.sheet["answers"]["S18"] for each in tx.execute(survey_pending.select())]
    )
    assert sheets != sorted(sheets, key=lambda said: int(said.split()[1]))
    assert len(await school.database.read(lambda tx: answers.entered(tx, papers.round_id))) == 30
