"""Results are taken as they are said of each row; what is doubtful is told and left as it was."""

import asyncio

import pytest
from sqlalchemy import select

from handlers.staff.desk import undoing
from handlers.staff.desk.declined import Declined
from handlers.staff.notices import owed
from handlers.staff.today import calling
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.making import MAKE
from handlers.staff.ways.files.results import check
from handlers.staff.ways.files.withdrawing import WITHDRAW
from storage.people.forgetting import erasing
from storage.tables import dispatches, outbox
from storage.ways import files as sent
from tests.support.notices.push_files import FIRST, HEAD, KIND, SECOND, THIRD, refused, results, said, takes

pytestmark = pytest.mark.on_sqlite


async def shown(files, *rows, head=HEAD):
    return said(await files.gets(check, number=1, files=results(head, *rows)))


async def outcomes(school):
    rows = await school.rows(select(dispatches.c.outcome, dispatches.c.cost).order_by(dispatches.c.id))
    kept = await school.rows(select(outbox.c.outcome).where(outbox.c.kind == KIND).order_by(outbox.c.id))
    return [(*row, each.outcome) for row, each in zip(rows, kept, strict=True)]


UNTOUCHED = [(None, 500, None)] * 3
TAKEN = [("delivered", 500, "sent"), ("failed", 0, "unreached"), ("delivered", 500, "sent")]


async def test_what_arrived_is_sent_and_what_failed_is_for_the_telephone_with_its_reason(sent_file, school):
    assert "성공 2건, 실패 1건입니다" in await takes(sent_file, FIRST, SECOND, THIRD)
    assert await outcomes(school) == TAKEN
    listed = said(await sent_file.gets(owed.not_told)).splitlines()
    (line,) = (each for each in listed if "수업 하루 전" in each)
    assert ("임꺽정" in line, "이 번호로 카카오톡을 받지 않음" in line) == (True, True)


async def test_a_look_changes_nothing(sent_file, school):
    assert "성공 2건, 실패 1건입니다" in await shown(sent_file, FIRST, SECOND, THIRD)
    assert await outcomes(school) == UNTOUCHED


async def test_what_failed_leaves_by_no_file_again(sent_file):
    await takes(sent_file, FIRST, SECOND, THIRD)
    assert (await sent_file.gets(showing.overview)).ready[0].waiting == 0


async def test_a_row_that_is_missing_stays_open_and_is_listed(sent_file, school):
    told = await takes(sent_file, FIRST)
    assert "결과가 없는 줄 2건" in told
    assert "성춘향" in told
    assert (await outcomes(school))[1:] == UNTOUCHED[1:]
    assert [each.open for each in (await sent_file.gets(showing.overview)).files] == [2]
    await takes(sent_file, SECOND, THIRD)
    assert await outcomes(school) == TAKEN


async def test_a_row_that_is_doubled_counts_once(sent_file, school):
    told = await takes(sent_file, FIRST, SECOND, FIRST, THIRD)
    assert "1번은 2번 있어 한 번만 셉니다." in told
    assert await outcomes(school) == TAKEN


async def test_a_row_that_is_doubled_with_another_result_is_refused_by_name(sent_file, school):
    rows = (FIRST, SECOND, THIRD, ("1", "01000000001", "실패", "결번"))
    told = await refused(sent_file, *rows)
    assert "1번(홍길동): 결과.csv 2행은 성공, 결과.csv 5행은 실패" in told
    assert "아무것도 반영하지 않았습니다" in await shown(sent_file, *rows)
    assert await outcomes(school) == UNTOUCHED


async def test_a_row_whose_number_was_changed_is_told_and_not_taken(sent_file, school):
    told = await takes(sent_file, ("1", "010-9999-9999", "성공", ""), SECOND, THIRD)
    assert "수신번호가 보낸 파일과 다릅니다" in told
    assert [became for became, *_ in await outcomes(school)] == [None, "failed", "delivered"]


async def test_a_row_of_another_file_and_one_of_none_are_told(sent_file, school):
    told = await takes(sent_file, FIRST, ("99", "01000000001", "성공", ""))
    assert "‘99’: 이 파일에 없는 번호입니다" in told


async def test_results_of_another_file_to_the_same_people_are_not_taken_for_its_own(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    await files.does(WITHDRAW, number=1, never_sent=True)
    await files.does(MAKE, kind=KIND)
    told = await refused(files, FIRST, SECOND, THIRD, number=2)
    assert "‘1’: 발송 파일 1번의 줄입니다" in told
    assert {row.outcome for row in await school.rows(select(dispatches.c.outcome))} == {"failed", None}


async def test_what_is_on_its_way_or_unclear_stays_open(sent_file, school):
    rows = (("1", "01000000001", "전송중", ""), ("2", "01000000002", "글쎄요", ""), THIRD)
    told = await takes(sent_file, *rows)
    assert ("아직 보내는 중입니다" in told, "‘글쎄요’의 뜻을 알 수 없습니다" in told) == (True, True)
    assert [became for became, *_ in await outcomes(school)] == [None, None, "delivered"]


async def test_results_are_found_by_the_mobile_alone_wherever_the_columns_stand(sent_file, school):
    rows = [("x", "전송완료", "010-0000-0001"), ("y", "실패", "1000000002"), ("z", "성공", "010-****-0003")]
    await takes(sent_file, *rows, head=("비고 칸", "전송 결과", "수신 번호"))
    assert await outcomes(school) == TAKEN


async def test_numbers_of_the_senders_own_are_not_taken_for_ours(sent_file, school):
    rows = [(f"{int(row[0]) + 70}", *row[1:]) for row in (FIRST, SECOND, THIRD)]
    assert "수신번호로 맞추었습니다" in await takes(sent_file, *rows)
    assert await outcomes(school) == TAKEN


async def test_taking_the_same_in_again_changes_nothing(sent_file, school):
    await takes(sent_file, FIRST, SECOND, THIRD)
    assert "반영할 결과가 없습니다" in await refused(sent_file, FIRST, SECOND, THIRD)
    turned = ("1", "01000000001", "실패", "결번")
    assert "이미 반영한 결과(성공)와 다릅니다" in await refused(sent_file, turned)
    assert await outcomes(school) == TAKEN


@pytest.mark.on_both
async def test_ten_officers_take_in_the_same_results_once(sent_file, school):
    tried = await asyncio.gather(*(takes(sent_file, FIRST, SECOND, THIRD) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(each, str) for each in tried) == 1
    assert sum(isinstance(each, Declined) for each in tried) == 9
    assert await outcomes(school) == TAKEN


async def test_results_are_taken_back_as_long_as_nothing_followed(sent_file, school, visitor):
    told = await takes(sent_file, FIRST, SECOND, THIRD)
    entry = int(told.rpartition(" undo ")[2].split()[0])
    assert "되돌렸습니다" in said(await sent_file.gets(undoing.undo, entry))
    assert await outcomes(school) == UNTOUCHED
    await takes(sent_file, FIRST, SECOND, THIRD)
    assert await outcomes(school) == TAKEN


async def test_a_file_with_results_is_not_withdrawn_and_a_withdrawn_one_takes_none(sent_file):
    await takes(sent_file, FIRST)
    with pytest.raises(Declined, match="결과를 반영한 줄이 있어"):
        await sent_file.does(WITHDRAW, number=1, never_sent=True)


async def test_a_withdrawn_file_takes_no_results(sent_file, school):
    await sent_file.does(WITHDRAW, number=1, never_sent=True)
    assert "거둔 파일입니다" in await refused(sent_file, FIRST)


async def test_of_whom_was_erased_the_result_still_counts(sent_file, school):
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    await takes(sent_file, FIRST, SECOND, THIRD)
    rows = await school.rows(select(dispatches.c.outcome).order_by(dispatches.c.id))
    assert [row.outcome for row in rows] == ["delivered", "failed", "delivered"]


async def test_of_what_no_result_comes_for_a_month_nobody_knows_until_one_comes(sent_file, school):
    school.waits(days=31)
    given_up = await school.database.write(
        lambda tx: sent.sent.give_up(tx, sent.FILE, school.now - sent.KEPT, school.now)
    )
    assert (given_up, await outcomes(school)) == (3, [("unknown", 500, "unknown")] * 3)
    await takes(sent_file, FIRST, SECOND, THIRD)
    assert await outcomes(school) == TAKEN


async def test_a_day_later_officers_are_asked_for_results(sent_file, school):
    assert not any("발송 파일" in each.title for each in await items(sent_file))
    school.waits(days=1)
    assert [each.title for each in await items(sent_file) if "발송 파일" in each.title] == [
        "발송 파일 1번: 결과를 올리지 않은 줄 3건"
    ]


async def items(files):
    return await files.gets(lambda tx, desk: list(calling.items(tx, desk)))
