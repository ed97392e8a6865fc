"""The report on a half-year in its files: parts in their order, tables with their heads, charts with their words."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.documents import half_year
from handlers.staff.desk.told import Table
from handlers.staff.year.reports.report import Section
from tests.support.year.papers import HwpxDocument, report, sheets, structure, tables, words

ROW = ["미디어중독상담사 2급", "15", "31", "2.1", "15", "13", "87%", "12", "92%"]
PARTS = ["1.추진개요", "2.과정별운영현황", "3.참여자특성", "4.우수사례", "적어둔우수사례가없습니다."]


def test_parts_stand_in_their_order_in_the_pdf():
    said = words(half_year.write(report(), ".pdf"))
    places = [said.find(each) for each in PARTS]
    assert -1 not in places
    assert places == sorted(places)


def test_a_chart_of_the_pdf_says_in_words_what_it_shows():
    found = list(structure(half_year.write(report(), ".pdf")))
    assert [each["/Alt"] for each in found if "/Alt" in each] == ["40대가 33명으로 가장 많음"]
    assert [each.get("/S") for each in found].count("/TH") == 9


def test_the_file_of_hangul_has_the_tables_and_bars_of_letters():
    content = half_year.write(report(), ".hwpx")
    runs, ages = tables(content)
    assert runs[1] == ROW
    assert [len(row[1]) for row in ages] == [5, 15, 24, 22]
    assert ages[2][0::2] == ["40대", "33명"]
    text = "".join(HwpxDocument.from_bytes(content).get_document_text().split())
    assert [each for each in PARTS if each not in text] == []


def test_a_long_table_goes_on_on_the_next_page_and_says_its_head_again():
    long, short = (
        HwpxDocument.from_bytes(half_year.write(report(many), ".hwpx")).tables()[0].element for many in (12, 7)
    )
    assert [each.find("{*}pos").get("treatAsChar") for each in (long, short)] == ["0", "1"]
    assert long.get("repeatHeader") == "1"
    assert long.find(".//{*}tc").get("header") == "1"


def test_the_workbook_has_a_sheet_a_part_with_numbers_that_can_be_reckoned_with_and_a_chart():
    _, runs, ages, best = sheets(half_year.write(report(), ".xlsx"))
    assert [cell.value for cell in runs[3]] == [ROW[0], 15, 31, "2.1", 15, 13, "87%", 12, "92%"]
    assert len(ages._charts) == 1
    assert best["A2"].value == "적어 둔 우수사례가 없습니다."


def test_every_row_of_the_csv_says_what_it_is_of():
    rows = list(csv.DictReader(io.StringIO(half_year.write(report(), ".csv").decode("utf-8-sig"))))
    assert [row["구분"] for row in rows].count("과정별 운영 현황 - 과정별 운영 현황") == 7
    assert rows[-1]["값"] == "30명"


def test_the_json_is_the_report():
    given = json.loads(half_year.write(report(), ".json"))
    assert (given["year"], given["half"], len(given["sections"])) == (2023, 2, 4)
    assert given["sections"][1]["tables"][0]["rows"][0] == ROW


@pytest.mark.parametrize("suffix", half_year.SUFFIXES)
def test_tables_of_any_shape_can_be_printed(suffix):
    shapes = (
        Table((("가", "1"), ("나",))),
        Table((), ("이름", "값"), "빈 표"),
        Table(()),
        Table((("다",),), ("이름", "값"), left_out=3),
    )
    assert half_year.write(replace(report(), sections=(Section("표", tables=shapes),)), suffix)


def test_what_a_table_leaves_out_is_told():
    left = replace(report(), sections=(Section("표", tables=(Table((("다",),), ("이름",), left_out=3),)),))
    assert "이밖에3건" in words(half_year.write(left, ".pdf"))
