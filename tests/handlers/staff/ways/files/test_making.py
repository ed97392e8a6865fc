"""A file holds what no way took, each notice once and as it is true, and nobody tells it otherwise meanwhile."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from handlers.clock import notices
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.notices import by_hand, owed
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.making import MAKE
from handlers.staff.ways.files.withdrawing import WITHDRAW
from storage.people.forgetting import erasing
from storage.tables import dispatches, inbox, journal, outbox, push_file_rows, residents
from tests.support.notices.push_files import KIND, NAMES, agree, approve, said

pytestmark = pytest.mark.on_sqlite
PEOPLE, TOLD = NAMES[:3], "회차 수업이 있어요"


async def outcomes(school):
    rows = await school.rows(select(outbox.c.outcome, outbox.c.channel).where(outbox.c.kind == KIND))
    return sorted({tuple(row) for row in rows}, key=str)


async def test_a_file_has_a_row_for_each_and_a_column_for_each_place(told_in_vain, files):
    told = await files.does(MAKE, kind="수업 하루 전")
    assert "발송 파일 1번: 배움톡 수업 하루 전 3건을 담았습니다." in told
    header, *rows = await files.sheet()
    assert header[:3] == ["번호", "수신번호", "이름"]
    assert {"강좌", "일시", "장소"} <= {*header[3:]}
    assert [row[:3] for row in rows] == [[f"{n}", f"0100000000{n}", name] for n, name in enumerate(PEOPLE, 1)]
    assert rows[0][header.index("강좌")] == "바리스타 2급"


async def test_what_is_in_a_file_counts_as_sent_and_costs(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    rows = await school.rows(select(dispatches.c.way, dispatches.c.batch, dispatches.c.cost, dispatches.c.outcome))
    assert [tuple(row) for row in rows] == [("file", "1", 500, None)] * 3
    assert await outcomes(school) == [(None, "file")]


async def test_no_chat_and_no_telephone_tells_what_is_in_a_file(told_in_vain, files, school, visitor, clock):
    before = said(await files.gets(owed.not_told))
    await files.does(MAKE, kind=KIND)
    assert "홍길동" in before
    assert "수업 하루 전" not in said(await files.gets(owed.not_told))
    number = (await school.rows(select(outbox.c.id).where(outbox.c.kind == KIND)))[0].id
    with pytest.raises(Declined):
        await files.does(by_hand.BY_HAND, numbers=[number])
    assert TOLD not in await visitor("w1").says("강좌")
    assert await clock.passes(hours=1) == []
    assert "지금 담을 알림이 없습니다" in await declined(files, MAKE, kind=KIND)


async def declined(files, act, **args):
    with pytest.raises(Declined) as refused:
        await files.does(act, **args)
    return "\n".join([refused.value.message, *refused.value.items])


@pytest.mark.on_both
async def test_ten_officers_at_once_make_one_file(told_in_vain, files, school):
    tried = await asyncio.gather(*(files.does(MAKE, kind=KIND) for _ in range(10)), return_exceptions=True)
    assert sum("3건을 담았습니다" in each for each in tried if isinstance(each, str)) == 1
    assert sum(isinstance(each, Declined) for each in tried) == 9
    assert len(await school.rows(select(dispatches.c.id))) == 3


@pytest.mark.on_both
async def test_of_a_file_and_chats_at_the_same_moment_one_alone_tells(told_in_vain, files, school, visitor):
    """Whoever writes just then is told in the chat, or in the file."""
    chats = [visitor(f"w{number}") for number in (1, 2, 3)]
    *heard, _ = await asyncio.gather(*(each.says("강좌") for each in chats), _made(files))
    in_file = {name for (name,) in await school.rows(_names_in_files())}
    in_chat = {name for name, text in zip(PEOPLE, heard, strict=True) if TOLD in text}
    assert (in_file & in_chat, in_file | in_chat) == (set(), {*PEOPLE})


async def _made(files):
    try:
        return await files.does(MAKE, kind=KIND)
    except Declined:
        return ""


def _names_in_files():
    return (
        select(residents.c.name)
        .join(outbox, outbox.c.resident_id == residents.c.id)
        .join(push_file_rows, push_file_rows.c.notice_id == outbox.c.id)
    )


async def test_a_chat_does_not_tell_what_leaves_in_a_file_while_it_is_worded(
    told_in_vain, files, school, visitor, monkeypatch
):
    """As another process does that commits in between."""
    rule = notices.rules[KIND]

    def words(chat, owed):
        said = rule.word(chat, owed)
        if chat.channel == "web":
            acts.perform(chat.tx, Desk(files.organization, school.now), MAKE, {"kind": KIND})
        return said

    monkeypatch.setitem(notices.rules, KIND, replace(rule, word=words))
    assert TOLD not in await visitor("w1").says("강좌")
    assert [row[2] for row in (await files.sheet())[1:]] == [*PEOPLE]


async def test_an_answer_that_is_on_its_way_keeps_what_it_tells_out_of_a_file(told_in_vain, files, school, visitor):
    assert TOLD in await visitor("w1").loses("강좌")
    assert await waiting(files) == 2  # just now it may still arrive
    school.waits(minutes=1)
    assert await waiting(files) == 3
    leaving = update(inbox).where(inbox.c.address == "w1").values(due_at=school.now)
    await school.database.write(lambda tx: tx.execute(leaving))
    assert await waiting(files) == 2


async def waiting(files):
    return (await files.gets(showing.overview)).ready[0].waiting


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({"seen_at": func.now()}, 0),
        ({"outcome": "sent"}, 0),
        ({"outcome": "unknown"}, 0),
        ({"rank": 3}, 0),
        ({"address_id": 1}, 0),
        ({}, 3),
    ],
)
async def test_only_what_nobody_heard_of_may_leave_in_a_file(told_in_vain, files, school, changed, left):
    if changed:
        await school.database.write(lambda tx: tx.execute(update(outbox).values(changed)))
    assert await waiting(files) == left


async def test_who_did_not_agree_or_has_no_number_is_in_no_file(told_in_vain, files, school):
    await school.database.write(lambda tx: agree(tx, school, 1, given=False))
    await school.database.write(lambda tx: tx.execute(update(residents).values(mobile_tag=None).where(_is(2))))
    await files.does(MAKE, kind=KIND)
    assert [row[2] for row in (await files.sheet())[1:]] == ["성춘향"]


def _is(number):
    return residents.c.id == number


async def test_what_expires_or_is_approved_no_more_is_in_no_file(told_in_vain, files, school):
    await approve(school, is_usable=False, status="rejected", reason="반려")
    assert "지금은 쓸 수 없는 템플릿입니다(반려)" in await declined(files, MAKE, kind=KIND)
    await approve(school)
    school.waits(days=2)
    assert "지금 담을 알림이 없습니다" in await declined(files, MAKE, kind=KIND)


async def test_what_has_come_to_nothing_is_left_out_and_told_by_nobody(told_in_vain, files, visitor):
    await visitor("w1").goes_to("mine/1/cancel/yes")
    await files.does(MAKE, kind=KIND)
    assert [row[2] for row in (await files.sheet())[1:]] == ["임꺽정", "성춘향"]


async def test_a_district_without_such_a_sender_makes_none(told_in_vain, files, school):
    assert "발송 파일을 쓰지 않는 곳입니다" in await school.declines(MAKE.work, KIND)


async def test_a_file_made_again_is_the_same_whatever_has_changed_since(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    before = await files.sheet()
    await school.changes(told_in_vain, title="다른 이름", venue="다른 곳")
    await school.database.write(lambda tx: tx.execute(update(residents).values(name="다른 분")))
    assert await files.sheet() == before


async def test_who_is_erased_is_in_no_file_any_more(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    await school.database.write(lambda tx: erasing.erase(tx, 1, school.now))
    assert [row[2] for row in (await files.sheet())[1:]] == ["임꺽정", "성춘향"]
    assert len(await school.rows(select(push_file_rows.c.said))) == 2
    assert "지워진 분" in said(await files.gets(showing.show_one, 1))


async def test_who_takes_their_consent_back_is_named_until_a_result_is_known(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    assert "동의를 거둔 분" not in said(await files.gets(showing.show_one, 1))
    await school.database.write(lambda tx: agree(tx, school, 2, given=False))
    for work in (showing.show_one, showing.sheet):
        assert "동의를 거둔 분: 2번(임꺽정)" in said(await files.gets(work, 1))


async def test_no_name_and_no_number_of_a_file_stands_readable_in_the_database(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    kept = await school.database.read(lambda tx: tx.exec_driver_sql("SELECT said FROM push_file_rows").scalars().all())
    assert not any(b"0000" in bytes(each) for each in kept)
    written = await school.rows(select(journal.c.args).where(journal.c.action == MAKE.name))
    assert [row.args for row in written] == [{"kind": KIND}]


async def test_a_file_that_was_never_sent_is_withdrawn_whole(told_in_vain, files, school):
    await files.does(MAKE, kind=KIND)
    assert "두 번 받게 됩니다" in await declined(files, WITHDRAW, number=1)
    assert "3건을 거두었습니다" in await files.does(WITHDRAW, number=1, never_sent=True)
    assert await outcomes(school) == [("unreached", "file")]
    assert "다시 받을 수 없습니다" in await declined_sheet(files)
    assert "발송 파일 2번" in await files.does(MAKE, kind=KIND)
    assert "이미 거두었습니다" in await declined(files, WITHDRAW, number=1, never_sent=True)


async def declined_sheet(files):
    with pytest.raises(Declined) as refused:
        await files.sheet()
    return refused.value.message


async def test_what_was_withdrawn_is_told_in_the_next_chat(told_in_vain, files, visitor):
    await files.does(MAKE, kind=KIND)
    await files.does(WITHDRAW, number=1, never_sent=True)
    assert TOLD in await visitor("w1").says("강좌")
    await files.does(MAKE, kind=KIND)
    assert [row[2] for row in (await files.sheet(2))[1:]] == ["임꺽정", "성춘향"]
