"""Postings one by one: found by words, source and state, hidden for good and shown again."""

from functools import partial

import pytest

from handlers.staff.desk import acts, undoing
from handlers.staff.desk.desk import Desk
from handlers.staff.files.rows import POSTING, Row
from handlers.staff.postings import importing, listing
from storage.jobs import postings
from tests.support.domain import SETTINGS

pytestmark = pytest.mark.on_sqlite
CAFE = {"번호": "1", "공고명": "바리스타 모집", "회사": "예시카페", "지역": "서울 중구", "마감일": "2026-12-24"}
BAKERY = {**CAFE, "번호": "2", "공고명": "제빵사 모집", "회사": "예시빵집", "마감일": "2026-11-01"}


async def asks(board, work, *given, **named):
    desk = Desk(SETTINGS.to_organization(), board.now)
    return await board.database.write(lambda tx: work(tx, desk, *given, **named))


async def imports(board):
    rows = [Row("공고", number, cells, {}, POSTING) for number, cells in enumerate((CAFE, BAKERY), 2)]
    await asks(board, importing.import_postings, rows)


async def titles(board, **asked):
    found, count = await asks(board, listing.find, **asked)
    assert count == len(found)
    return [each.title for each in found]


async def shown(board):
    return [each.title for each in await board.database.read(lambda tx: postings.open_now(tx, board.today, 0, 10))]


@pytest.fixture
async def two(board):
    await imports(board)
    return board


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "바리스타"}, ["바리스타 모집"]),
        ({"text": "빵집 모집"}, ["제빵사 모집"]),
        ({"state": "open"}, ["바리스타 모집"]),
        ({"state": "closed"}, ["제빵사 모집"]),
        ({"state": "hidden"}, []),
        ({"source": "work24"}, []),
        ({"text": "%"}, []),
    ],
)
async def test_postings_are_found_by_words_source_and_state(two, asked, found):
    assert await titles(two, **asked) == found


async def test_what_an_officer_hid_is_not_brought_back_by_its_source(two):
    await asks(two, listing.hide, 1)
    assert await shown(two) == []
    await imports(two)
    assert (await shown(two), await titles(two, state="hidden")) == ([], ["바리스타 모집"])
    await asks(two, listing.show, 1)
    assert await shown(two) == ["바리스타 모집"]


async def test_hiding_is_undone(two):
    told = await asks(two, partial(acts.perform, act=listing.HIDE, args={"number": 1}))
    await asks(two, undoing.undo, told.steps[-1].args["entry"])
    assert await shown(two) == ["바리스타 모집"]
