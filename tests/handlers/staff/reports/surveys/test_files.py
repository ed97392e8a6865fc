"""Results as files and as text: what can be counted with, printed and read, and nothing that runs."""

import importlib.util
import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from PIL import Image

from handlers.staff.desk.declined import Declined
from handlers.staff.reports import canvas
from handlers.staff.reports.surveys import files
from handlers.staff.reports.surveys import lines as survey_lines
from handlers.staff.surveys import rounds
from handlers.staff.surveys.tally import years
from handlers.staff.surveys.tally.turnout import official
from tests.support.domain import typed
from tests.support.surveys.ballots import satisfied, tried

pytestmark = pytest.mark.on_sqlite

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script> $\\frac$ \x07'


def hostile(number):
    return satisfied(number) | {"S18": HOSTILE}


def needs(number):
    return {"N1": "청구동", "N5": ["취업", "창업"][: 1 + number % 2], "N6": "없다", "N9": HOSTILE}


def made(ending, survey="만족도조사"):
    """A file of a course of eight, one of four, and the survey of needs."""

    def work(of):
        of.course({"chat": 8}, hostile, title="아주 긴 이름의 과정 " * 4)
        of.course({"paper": 4}, hostile)
        of.needs({"kiosk": 6, "import": 9}, needs)
        found = years.of_year(of.tx, of.desk, 2026) if survey == "year" else of.result(survey)
        return files.MAKERS[ending](found, of.desk)

    return work


async def book(school, survey="만족도조사"):
    return load_workbook(io.BytesIO(await tried(school, made(".xlsx", survey))))


def rows(sheet):
    return [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


async def test_a_workbook_holds_real_numbers_with_a_format_and_a_frozen_header(school, office):
    sheet = (await book(school))["문항별"]
    (whole,) = [row for row in sheet.iter_rows(min_row=2) if row[0].value == "S1" and row[4].value == "전체"]
    assert [cell.value for cell in whole[5:6]] == [8]
    assert (whole[7].value, whole[7].number_format, whole[9].number_format) == (4, "0.0", "0%")
    assert sheet.freeze_panes == "A2"


async def test_a_workbook_says_where_something_is_withheld_and_its_header_why(school, office):
    sheet = (await book(school))["과정별"]
    assert [row[5] for row in rows(sheet)] == [4, "5명 미만이라 가립니다"]
    assert "빼서 알아낼 수 있는 칸도 가립니다" in sheet["F1"].comment.text


async def test_what_people_wrote_is_no_formula(school, office):
    cells = [cell for row in (await book(school))["서술"].iter_rows(min_row=2) for cell in row if cell.value]
    written = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert len(written) == 8
    assert {cell.data_type for cell in written} == {"s"}


async def test_a_workbook_of_a_year_and_of_needs_can_be_opened(school, office):
    assert (await book(school, "year")).sheetnames == ["요약", "만족도"]
    assert (await book(school, "수요조사")).sheetnames == ["요약", "문항별", "과정별", "채널별", "날짜별", "서술"]


@pytest.mark.parametrize("survey", ["만족도조사", "수요조사", "year"])
async def test_a_page_stands_alone_and_runs_nothing(school, office, survey):
    page = (await tried(school, made(".html", survey))).decode()
    assert re.findall(r"<script|<link|src=|url\(|@import", page) == []
    assert "응답" in page
    assert "{{" not in page


async def test_a_page_shows_a_figure_with_its_name_and_withholds(school, office):
    page = (await tried(school, made(".html"))).decode()
    assert "&lt;script&gt;alert(1)" in page
    assert re.search(r"<b>4\.0/5점</b><span>평균</span>", page)
    assert "5명 미만이라 가립니다" in page


@pytest.mark.parametrize("survey", ["만족도조사", "수요조사", "year"])
async def test_a_picture_has_letters_for_all_that_it_says(school, office, survey):
    """A sign without a letter in the font would warn, and a warning fails here."""
    image = Image.open(io.BytesIO(await tried(school, made(".png", survey))))
    assert image.size[0] == 1440
    assert len(set(image.convert("L").resize((48, 100)).tobytes())) > 20


async def test_a_picture_without_its_font_is_refused_with_what_to_install(school, office, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    canvas._font.cache_clear()
    canvas._fonts.cache_clear()
    with pytest.raises(Declined, match="pip install 'koreanize-matplotlib"):
        await tried(school, made(".png"))


async def test_a_picture_of_a_running_survey_says_when_it_closes(school, office):
    def work(of):
        of.course({"chat": 8}, closes=False)
        return files.MAKERS[".png"](of.result(), of.desk)

    assert Image.open(io.BytesIO(await tried(school, work))).size[1] < 600


# --- text ---


async def test_while_it_runs_the_text_tells_the_turnout_and_how_to_close(school, office):
    def work(of):
        of.course({"chat": 8}, hostile, closes=False)
        return "\n".join(survey_lines.of_survey(of.result(), of.desk, typed))

    told = await tried(school, work)
    assert "응답 8건, 결과에 넣은 것 0건, 가린 것 8건" in told
    assert "12월 3일(목) 오전 10시에 마감합니다.\n지금 마감하려면: python -m bot close-survey" in told
    assert [word for word in ("HYPERLINK", "평균 ", "S1.") if word in told] == []


async def test_a_year_tells_how_often_was_asked_and_when(school, office):
    def work(of):
        of.course({"chat": 8})
        of.now += timedelta(days=20)
        of.course({"chat": 3})
        return "\n".join(survey_lines.of_year(years.of_year(of.tx, of.desk, 2026)))

    told = await tried(school, work)
    assert re.search(r"만족도조사 +2회 +'26\. 11\. 23\. ~ 12\. 13\. +11 +8 +3", told)
    assert re.search(r"그 밖의 설문 +- +- +0", told)


async def test_a_year_without_surveys_is_told_with_dashes(school, office):
    told = await tried(school, lambda of: survey_lines.of_year(years.of_year(of.tx, of.desk, 2020)))
    assert len([line for line in told if " - " in line]) == 3


async def test_closing_twice_is_refused_the_second_time(school, office):
    def work(of):
        code = of.course({"chat": 6}, closes=False)
        told = rounds.close(of.tx, of.desk, "만족도조사", code)
        with pytest.raises(Declined, match="이미 마감했습니다"):
            rounds.close(of.tx, of.desk, "만족도조사", code)
        return told, of.result().used

    told, used = await tried(school, work)
    assert (told.title.endswith("마감했습니다. 응답 6건."), used) == (True, 6)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2022, 9, 26), date(2022, 10, 7), "'22. 9. 26. ~ 10. 7."),
        (date(2026, 12, 28), date(2027, 1, 4), "'26. 12. 28. ~ '27. 1. 4."),
        (date(2026, 9, 1), date(2026, 9, 1), "'26. 9. 1."),
    ],
)
def test_a_period_is_written_as_offices_do(first, last, told):
    assert official(first, last) == told
