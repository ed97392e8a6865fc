"""The file for the district's own sender at the console: made, taken away for a purpose, its results brought back."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from storage.tables import dispatches, journal
from tests.support.console.attacks import posts
from tests.support.console.counter import counter_of
from tests.support.notices.push_files import SETTINGS_WITH_FILE, FileDesk

pytestmark = pytest.mark.on_sqlite
LIST, ONE = "/desk/calls/files", "/desk/calls/files/1"
RESULTS = "번호,수신번호,결과,사유\n1,01000000001,성공,\n2,01000000002,실패,결번\n"


@pytest.fixture
async def at_files(school, visitor, clock):
    """An officer with two people who were told in vain."""
    await FileDesk(school).missed(visitor("w1"), visitor("w2"))
    await clock.ticks()
    await clock.ticks()
    async with counter_of(school, settings=SETTINGS_WITH_FILE) as opened:
        yield await opened.officer()


@pytest.fixture
async def at_one(at_files):
    """The same, at a file that they have made."""
    await at_files.opens(LIST)
    await at_files.presses("파일 만들기")
    await at_files.opens(ONE)
    return at_files


async def uploads(officer, text=RESULTS, name="결과.csv"):
    return await officer.sends(ONE, {}, {"file": (name, text.encode(), "text/csv")})


async def test_a_file_is_made_from_the_list_of_whom_to_call(at_files):
    assert "발송 파일" in await at_files.opens("/desk/calls")
    listed = await at_files.follows("발송 파일")
    assert "배움톡" not in listed or "2건" in listed
    made = await at_files.presses("파일 만들기")
    assert "발송 파일 1번: 배움톡 수업 하루 전 2건을 담았습니다" in made
    one = await at_files.follows("파일을 받으려면")
    assert ("홍길동" in one, "결과 없음" in one) == (True, True)


async def test_a_file_leaves_for_a_purpose_alone_and_is_the_same_again(at_one, school):
    await at_one.sends(f"{ONE}/file", {"purpose": " ", "kind": ".xlsx"})
    assert (at_one.answer.status_code, "무엇에 쓰시는지" in at_one.text) == (422, True)
    opened = []
    for _ in range(2):
        given = await posts(at_one, f"{ONE}/file", {"purpose": "알림 발송", "kind": ".xlsx"})
        book = load_workbook(io.BytesIO(given.content))
        opened.append([[cell.value for cell in row] for row in book.worksheets[0].iter_rows()])
    assert (opened[0] == opened[1], opened[0][1][:3]) == (True, [1, "01000000001", "홍길동"])
    looks = select(journal.c.purpose, journal.c.args).where(journal.c.action == "look/push-file")
    kept = [(row.purpose, row.args) for row in await school.rows(looks) if row.purpose]
    assert kept == [("알림 발송", {"number": 1, "output": ".xlsx"})] * 2


async def test_results_are_seen_before_they_are_taken_in_and_can_be_taken_back(at_one, school):
    assert "성공 1건, 실패 1건" in await uploads(at_one)
    assert {row.outcome for row in await school.rows(select(dispatches.c.outcome))} == {None}
    await at_one.presses("그대로 반영")
    assert {row.outcome for row in await school.rows(select(dispatches.c.outcome))} == {"delivered", "failed"}
    await at_one.presses("되돌리기")
    assert {row.outcome for row in await school.rows(select(dispatches.c.outcome))} == {None}


async def test_what_contradicts_itself_is_told_and_nothing_is_done(at_one, school):
    shown = await uploads(at_one, f"{RESULTS}1,01000000001,실패,결번\n")
    assert (at_one.answer.status_code, "1번(홍길동)" in shown, "그대로 반영" in shown) == (422, True, False)


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("가,나\n1,2\n", "결과.csv", "제목 줄을 찾지 못했습니다"),
        (RESULTS, "결과.pdf", ".xlsx, .csv 파일만 읽습니다"),
        ("PK nonsense", "결과.xlsx", "파일이 손상되었습니다"),
        (" ", "결과.csv", "빈 파일입니다"),
    ],
)
async def test_a_file_that_is_none_of_results_is_refused(at_one, text, name, why):
    assert why in await uploads(at_one, text, name)
    assert at_one.answer.status_code == 422


async def test_what_was_never_sent_is_withdrawn_once_that_is_said(at_one, school):
    assert "두 번 받게 됩니다" in await at_one.presses("파일 거두기")
    assert "2건을 거두었습니다" in await at_one.presses("파일 거두기", never_sent="1")
    assert "파일 받기" not in at_one.text
    await at_one.sends(f"{ONE}/file", {"purpose": "알림 발송", "kind": ".xlsx"})
    assert "다시 받을 수 없습니다" in at_one.text


async def test_a_district_without_such_a_sender_is_told_how_to_have_one(counter):
    officer = await counter.officer()
    assert "발송 파일을 쓰지 않는 곳입니다" in await officer.opens(LIST)
    assert "발송 파일" not in await officer.opens("/desk/calls")


async def test_files_that_are_not_there_are_told(counter):
    officer = await counter.officer()
    assert "이런 번호의 발송 파일이 없습니다" in await officer.opens(f"{LIST}/7")
    assert "이런 번호의 발송 파일이 없습니다" in await officer.sends(f"{LIST}/7/withdrawn", {"never_sent": "1"})
