"""Bringing in questions and answers: every wrong cell named, all or nothing, and only what the file says changes."""

import json
from datetime import date

import pytest
from openpyxl import Workbook

from bot.terminal.typed import typed
from handlers.staff.desk import acts
from handlers.staff.desk.imported import summary
from handlers.staff.desk.undoing import undo
from handlers.staff.files import workbook
from handlers.staff.files.reading import sheets
from handlers.staff.importers import IMPORT, IMPORTERS
from handlers.staff.questions import importing
from handlers.staff.reports.lines import of_told
from storage.audit import journal
from storage.dialogue import common_questions

pytestmark = pytest.mark.on_sqlite

HEADER = ["질문번호", "질문", "다른 표현", "답변", "출처", "기준일"]
PARKING = ["주차-01", "주차할 수 있나요?", "주차장, 주차비", "버스로 와 주세요.", "이용 안내", "2026-09-01"]
REFUND = ["환불-01", "돈을 돌려받을 수 있나요?", "환불", "첫 수업 전날까지 돌려 드려요.", "반환 기준", "2026-07-01"]


@pytest.fixture
def table(tmp_path):
    """Rows of a workbook with these lines."""

    def make(*lines, header=HEADER):
        book = Workbook()
        book.active.title = "질문"
        for line in (header, *lines):
            book.active.append(line)
        book.save(tmp_path / "q.xlsx")
        return sheets.read(tmp_path / "q.xlsx")

    return make


@pytest.fixture
def brings_in(school):
    async def take(rows, only_check=False):
        imported = await school.asks(importing.import_questions, rows, only_check)
        return "\n".join(of_told(summary([imported]), typed))

    return take


async def kept(school):
    return {each.code: each for each in await school.database.read(common_questions.all_of_them)}


async def test_a_file_is_kept_as_it_was_written_and_the_same_twice_changes_nothing(school, brings_in, table):
    told = (await brings_in(table(PARKING, REFUND))).splitlines()
    assert told[:3] == [
        "자주 묻는 질문: 새로 2개, 바뀜 0개, 그대로 0개입니다.",
        "새로 등록하는 질문입니다.",
        "- 주차-01 주차할 수 있나요?",
    ]
    assert await brings_in(table(PARKING, REFUND)) == "자주 묻는 질문: 새로 0개, 바뀜 0개, 그대로 2개입니다."
    found = (await kept(school))["주차-01"]
    assert (found.question, found.wordings, found.answer) == ("주차할 수 있나요?", ("주차장", "주차비"), PARKING[3])
    assert (found.source, found.as_of, found.shown, found.answer_en) == ("이용 안내", date(2026, 9, 1), True, "")


async def test_xlsx_csv_and_json_are_taken_in_alike(brings_in, table, tmp_path):
    await brings_in(table(PARKING))
    values = [f'"{value}"' for value in PARKING]
    (tmp_path / "q.csv").write_text(f"{','.join(HEADER)}\n{','.join(values)}\n", encoding="cp949")
    named = dict(zip(HEADER, PARKING, strict=True))
    (tmp_path / "bare.json").write_text(json.dumps([named]))
    (tmp_path / "named.json").write_text(json.dumps({"questions": [{**named, "다른 표현": ["주차장", "주차비"]}]}))
    for name in ("q.csv", "bare.json", "named.json"):
        assert "그대로 1개" in await brings_in(sheets.read(tmp_path / name)), name


async def test_what_changes_is_told_with_old_and_new_value_before_it_is_done(school, brings_in, table):
    await brings_in(table(PARKING, REFUND))
    changed = table([*PARKING[:3], "주차장이 생겼어요.", "새 안내", "2026-11-01"])
    lines = (
        "바뀜 1개",
        "주차-01 주차할 수 있나요?",
        "답변    ‘버스로 와 주세요.’ → ‘주차장이 생겼어요.’",
        "출처    ‘이용 안내’ → ‘새 안내’",
        "기준일  2026-09-01(화) → 2026-11-01(일)",
    )
    checked = await brings_in(changed, only_check=True)
    assert [line for line in lines if line not in checked] == []
    assert (await kept(school))["주차-01"].answer == PARKING[3]
    assert await brings_in(changed) == checked
    assert {code: each.answer for code, each in (await kept(school)).items()} == {
        "주차-01": "주차장이 생겼어요.",
        "환불-01": REFUND[3],
    }


async def test_what_a_file_has_no_column_for_stays(school, brings_in, table):
    whole = [*HEADER, "공개", "답변(영어)"]
    await brings_in(table([*PARKING, "아니오", "Come by bus."], header=whole))
    before = (await kept(school))["주차-01"]
    short = [header for header in HEADER if header != "다른 표현"]
    assert "그대로 1개" in await brings_in(table([PARKING[0], PARKING[1], *PARKING[3:]], header=short))
    assert (await kept(school))["주차-01"] == before
    told = await brings_in(table([*PARKING, "", ""], header=whole))
    assert "공개        아니오 → 예(칸이 비어 있음)\n    답변(영어)  ‘Come by bus.’ → 빈칸" in told


def like(**changes):
    """The line of parking with other values in some columns."""
    return [changes.get(header, value) for header, value in zip(HEADER, PARKING, strict=True)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (like(기준일="작년쯤"), "질문 3행 F열 ‘기준일’: ‘작년쯤’ → 날짜를 적어 주세요"),
        (like(기준일="2026-13-01"), "질문 3행 F열 ‘기준일’: ‘2026-13-01’ → "),
        (like(기준일="2027-01-01"), "질문 3행 F열 ‘기준일’: ‘2027-01-01’ → 아직 오지 않은 날입니다"),
        (like(답변=""), "질문 3행 D열 ‘답변’: 빈칸 → 꼭 있어야 합니다"),
        (like(출처=" "), "질문 3행 E열 ‘출처’: 빈칸 → 꼭 있어야 합니다"),
        (like(질문번호=""), "질문 3행 A열 ‘질문번호’: 빈칸 → 꼭 있어야 합니다"),
        (like(), "질문 3행 A열 ‘질문번호’: ‘주차-01’ → 질문 2행의 줄과 번호가 같습니다"),
        (like(질문번호="02", 질문="주차 할 수 있나요"), "‘주차 할 수 있나요’ → 질문 2행의 줄과 질문이 같습니다"),
        (like(질문번호="02", 질문=REFUND[1]), "→ ‘환불-01’번으로 등록한 줄과 질문이 같습니다"),
        (like(답변="010-0000-0001로 전화 주세요"), "D열 ‘답변’: ‘010-0000-0001로 전화 주세요’ → 휴대전화 번호는"),
        (like(**{"다른 표현": "주차, 010 0000 0001"}), "C열 ‘다른 표현’: ‘주차, 010 0000 0001’ → 휴대전화 번호는"),
        (like(출처="900101-1234567"), "질문 3행 E열 ‘출처’: ‘[주민등록번호 가림]’ → 주민등록번호로 보이는"),
        (like(질문="가" * 101), "101자입니다. 100자까지"),
    ],
)  # fmt: skip
async def test_each_wrong_cell_is_named_and_nothing_is_taken(school, brings_in, table, line, told):
    await brings_in(table(REFUND))
    said = await brings_in(table(PARKING, line))
    assert told in said
    assert "아무것도 등록하지 않았습니다" in said
    assert list(await kept(school)) == ["환불-01"]


async def test_a_column_that_nobody_knows_and_one_that_lacks_are_named(brings_in, table):
    said = await brings_in(table([*PARKING[:5], "x"], header=[*HEADER[:5], "답"]))
    assert "질문 F열: ‘답’ → 모르는 열입니다. ‘답변’을 뜻하면" in said
    assert "질문 ‘기준일’: 꼭 있어야 하는 열이 없습니다." in said


async def test_a_number_of_an_office_may_stand_in_an_answer(brings_in, table):
    assert "새로 1개" in await brings_in(table(like(답변="02-000-0000으로 전화 주세요.")))


async def test_the_template_can_be_brought_in_and_its_example_is_shown_to_nobody(school, brings_in, tmp_path):
    (tmp_path / "t.xlsx").write_bytes(workbook.write(IMPORTERS["questions"].template(school.now.date())))
    assert "새로 1개" in await brings_in(sheets.read(tmp_path / "t.xlsx"))
    assert await school.database.read(common_questions.shown) == ()
    assert await school.database.read(common_questions.exist) is False


async def test_what_was_brought_in_can_be_taken_back(school, brings_in, table):
    await brings_in(table(PARKING))
    before = await kept(school)
    rows = table(like(답변="주차장이 생겼어요."), REFUND)
    await school.asks(lambda tx, desk: acts.perform(tx, desk, IMPORT, {"rows": rows, "names": ["q.xlsx"]}))
    (done,) = await school.database.read(lambda tx: journal.recent(tx, 1))
    assert (await school.asks(undo, done.id))[0] == "파일 등록(q.xlsx): 되돌렸습니다."
    assert await kept(school) == before


async def test_what_was_changed_again_since_is_not_taken_back(school, brings_in, table):
    rows = table(PARKING)
    await school.asks(lambda tx, desk: acts.perform(tx, desk, IMPORT, {"rows": rows, "names": ["q.xlsx"]}))
    await brings_in(table(like(답변="주차장이 생겼어요.")))
    assert "자주 묻는 질문 1건이 바뀌어 되돌릴 수 없습니다" in await school.declines(undo, 1)
