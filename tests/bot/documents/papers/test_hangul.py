"""A file of 한글 holds each cell as it was laid out, however long it is, and none that an editor would not open."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hwpx.tools.package_validator import validate_editor_open_safety

from bot.documents.papers import hangul
from bot.documents.papers.paper import Bars, Cell, Grid, Heading, Lines, Paper, head
from tests.support.year.papers import HwpxDocument, tables

SECTION = "Contents/section0.xml"
HEAD = "{http://www.hancom.co.kr/hwpml/2011/head}"
PARAGRAPH = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
LONG = Grid(
    (
        (head("과정"), head("정원"), head("수료율")),
        *((Cell(f"과정 {n}"), Cell(f"{n}", align="right"), Cell("-", align="center")) for n in range(200)),
    ),
    (6, 2, 2),
    head=1,
)
MERGED = Grid(
    ((head("둘", across=2), Cell("아래", down=3)), (Cell("ㄱ"), Cell("ㄴ")), (Cell("ㄷ"), Cell("ㄹ"))), (2, 2, 4)
)
BLOCKS = (Heading("1. 현황"), Lines(("한 줄",), mark="○"), LONG, MERGED, Bars("연령", (("20대", 3.0),), "명", "말"))


def written(*blocks):
    return hangul.write(Paper("결과보고", blocks))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ElementTree.fromstring(file.read(name))


def shapes(content):
    """By the numbers that paragraphs refer to: how lines are aligned; and which letters are bold."""
    header = part(content, "Contents/header.xml")
    aligned = {each.get("id"): each.find(".//{*}align").get("horizontal") for each in header.iter(f"{HEAD}paraPr")}
    bold = {each.get("id") for each in header.iter(f"{HEAD}charPr") if each.find("{*}bold") is not None}
    return aligned, bold


def cells(content):
    """Of the first table: where it stands, how wide it is, whether it is said again, how it is set, and its text."""
    aligned, bold = shapes(content)
    for each in next(part(content, SECTION).iter(f"{PARAGRAPH}tbl")).iter(f"{PARAGRAPH}tc"):
        place, size, paragraph = each.find("{*}cellAddr"), each.find("{*}cellSz"), each.find("{*}subList/{*}p")
        run = paragraph.find("{*}run")
        yield (
            (int(place.get("rowAddr")), int(place.get("colAddr"))),
            int(size.get("width")),
            each.get("header") == "1",
            (aligned[paragraph.get("paraPrIDRef")], run.get("charPrIDRef") in bold),
            run.find("{*}t").text,
        )


def test_each_cell_of_a_long_table_stands_and_is_set_as_it_was_laid_out():
    found = list(cells(written(*BLOCKS)))
    width = {0: 30240, 1: 10080, 2: 10080}
    assert found[:3] == [
        ((0, column), width[column], True, ("CENTER", True), text)
        for column, text in enumerate(("과정", "정원", "수료율"))
    ]
    assert found[3:] == [
        ((n + 1, column), width[column], False, (align, False), text)
        for n in range(200)
        for column, (align, text) in enumerate((("LEFT", f"과정 {n}"), ("RIGHT", f"{n}"), ("CENTER", "-")))
    ]


def test_all_that_was_laid_out_is_read_back_in_its_order():
    content = written(*BLOCKS)
    long, merged, bars = tables(content)
    assert long == [[cell.text for cell in row] for row in LONG.rows]
    assert (merged, bars[0][2]) == ([["둘", "아래"], ["ㄱ", "ㄴ"], ["ㄷ", "ㄹ"]], "3명")
    lines = HwpxDocument.from_bytes(content).get_document_text().split("\n")
    assert [each for each in lines if each in {"결과보고", "1. 현황", "○ 한 줄", "말"}] == [
        "결과보고",
        "1. 현황",
        "○ 한 줄",
        "말",
    ]


@pytest.mark.parametrize("blocks", [BLOCKS, ()], ids=["long", "of a title only"])
def test_the_library_that_saved_its_beginning_finds_the_whole_file_sound(blocks):
    report = validate_editor_open_safety(written(*blocks))
    assert report.ok, report.summary
    assert report.validate_document.warnings == ()


def test_a_table_has_as_many_rows_and_columns_as_it_says():
    found = list(part(written(*BLOCKS), SECTION).iter(f"{PARAGRAPH}tbl"))
    assert [(each.get("rowCnt"), each.get("colCnt")) for each in found] == [("201", "3"), ("3", "3"), ("1", "3")]
    assert [len(each.findall("{*}tr")) for each in found] == [201, 3, 1]


def test_paragraphs_of_tables_have_numbers_of_their_own():
    numbers = [
        each.get("id")
        for table in part(written(*BLOCKS), SECTION).iter(f"{PARAGRAPH}tbl")
        for each in table.iter(f"{PARAGRAPH}p")
    ]
    assert len(numbers) == len(set(numbers)) > 600


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", [""]),
        ("  앞뒤  ", ["  앞뒤  "]),
        ("<b>&amp;", ["<b>&amp;"]),
        ("두\n줄", ["두", "줄"]),
        ("\x00널\x0b", ["널"]),
        ("전각\u3000칸 😀", ["전각\u3000칸 😀"]),
    ],
)
def test_a_cell_keeps_what_is_typed_line_by_line(typed, kept):
    section = part(written(Grid(((Cell("앞"), Cell(typed)),), (1, 1))), SECTION)
    *_, cell = section.iter(f"{PARAGRAPH}tc")
    assert ["".join(each.itertext()) for each in cell.iter(f"{PARAGRAPH}p")] == kept


def test_a_tab_is_one_wherever_it_is_typed():
    section = part(written(Heading("가\t나"), Lines(("다\t라",)), Grid(((Cell("마\t바"),),), (1,))), SECTION)
    tabs = [each for each in section.iter(f"{PARAGRAPH}t") if each.find("{*}tab") is not None]
    assert [(each.text, each.find("{*}tab").tail) for each in tabs] == [("가", "나"), ("다", "라"), ("마", "바")]


@pytest.mark.parametrize(
    "needed",
    [b'<hp:cellSpan colSpan="1" rowSpan="1"/>', b"</hp:tbl>", b"standalone='yes'"],
    ids=["how far a cell reaches", "the end of a table", "that it stands alone"],
)
def test_a_file_that_an_editor_would_not_open_is_not_handed_out(needed):
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(*BLOCKS))) as old, zipfile.ZipFile(broken, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            new.writestr(each, content.replace(needed, b"") if each.filename == SECTION else content)
    with pytest.raises(ValueError, match=SECTION):
        hangul.checked(broken.getvalue())
