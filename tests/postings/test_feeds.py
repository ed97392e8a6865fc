"""Feeds over real HTTP: what is good is kept whole, what is bad changes nothing and runs nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.feeds import fetching, gathering
from bot.feeds.fetching import Manners
from bot.feeds.gathering import Gathering
from bot.settings import Jobs
from storage import feed_runs, tables
from tests.domain import MONDAY, SEOUL
from tests.postings import sources
from tests.postings.sources import (
    KEY,
    Sources,
    file,
    gone,
    in_pages,
    in_turn,
    offered,
    sent,
    seoul_json,
    wanted,
    work24_xml,
)

HASTY = Manners(patience=0.5, pause=0, backoff=0.01)
BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "' + "&b;" * 10 + '">]>'
THIEF = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
ROW = wanted(1)


@pytest_asyncio.fixture
async def source() -> AsyncIterator[Sources]:
    async with Sources() as started:
        yield started


@pytest.fixture
def gather(board, source) -> Callable[..., Gathering]:
    """gather() has 고용24 alone, gather(seoul="xml") 서울시 alone."""

    def make(seoul: str = "", **work24: Any) -> Gathering:
        feed = {
            "seoul": {"key": KEY, "url": source.url, "format": seoul, "posting_url": "https://example.invalid/{no}"}
        }
        jobs = feed if seoul else {"work24": {"key": KEY, "url": f"{source.url}/list", **work24}}
        settings = Jobs.model_validate(jobs)
        return Gathering(board.database, settings, SEOUL, lambda: board.now, HASTY)

    return make


# --- good answers ---


async def test_the_list_of_work24_is_kept_as_it_is_meant(board, source, gather):
    source.answer = lambda _: file("work24_list_ok.xml")
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 3, 0)
    one, two, three = [await board.knows(f"K99002408000{number}") for number in (1, 5, 4)]
    assert (one.title, one.salary, one.employment) == (
        "음료 제조 & 홀 서비스 직원 모집",
        "시급 10,200원",
        "기간 정함 없음",
    )
    assert [(f"{each.close_on}", each.until_filled) for each in (one, two, three)] == [
        ("2024-09-11", False),
        ("2024-10-19", True),
        ("None", True),
    ]
    assert (one.category, two.category, three.category) == ("식음료", "생활서비스", "생활서비스")
    assert one.url == "https://example.invalid/wk?wantedAuthNo=K990024080001&infoTypeCd=VALIDATION"


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_the_list_of_seoul_is_kept_alike_in_both_forms(board, source, gather, form):
    source.answer = lambda _: file(f"seoul_getjobinfo_ok.{form}")
    [run] = await gather(form).fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 3, 0)
    one, two, three = [await board.knows(f"K99002408000{number}", "seoul") for number in (1, 2, 3)]
    assert [each.region for each in (one, two, three)] == ["서울 중구", "서울 종로구", "서울 중구"]
    assert [each.daypart for each in (one, two, three)] == ["day", "weekend", "day"]
    assert [each.salary for each in (one, three)] == ["시급 10,200원", "월급 2,150,000원 ~ 2,300,000원"]
    assert (one.description, one.institution) == ("음료 제조 & 홀 서비스\n- 매장 정리", "예시 일자리센터")
    assert (one.url, one.openings, one.career) == ("https://example.invalid/K990024080001", 2, "new")


async def test_the_job_that_both_feeds_have_is_shown_once(board, source, gather):
    board.now = MONDAY.replace(year=2024, month=8, day=20)
    source.answer = lambda _: file("work24_list_ok.xml")
    await gather().fetch_postings()
    source.answer = lambda _: file("seoul_getjobinfo_ok.json")
    await gather("json").fetch_postings()
    assert len([key for key in await board.shows() if key.endswith("K990024080001")]) == 1
    assert len(await board.everything()) == 6


async def test_no_person_of_a_feed_is_kept_anywhere(board, source, gather):
    source.answer = lambda _: file("seoul_getjobinfo_ok.json")
    await gather("json").fetch_postings()
    kept = str(await board.everything()) + str(await board.payloads())
    assert ("담당자(예시)" in kept, "02-000-0000" in kept, "예시 일자리센터" in kept) == (False, False, True)


async def test_a_single_row_may_come_as_an_object(board, source, gather):
    source.answer = lambda _: sent(seoul_json(offered(1)), sources.JSON)
    await gather("json").fetch_postings()
    assert await board.shows() == ["seoul/S1"]


async def test_ten_thousand_rows_arrive_each_once(board, source, gather, database):
    source.answer = in_pages([wanted(number, title=f"조리사 {number}호") for number in range(10_000)])
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, len(source.asked)) == ("ok", 10_000, 100)
    keys = await database.read(lambda tx: set(tx.execute(select(tables.postings.c.source_key)).scalars()))
    assert keys == {f"K{number}" for number in range(10_000)}


@pytest.mark.parametrize(
    "head", ["", '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="EUC-KR"?>']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "euc-kr"])
async def test_hangul_is_read_whatever_encoding_is_declared(board, source, gather, head, encoding):
    source.answer = lambda _: sent(work24_xml([ROW], head=head).encode(encoding))
    [run] = await gather().fetch_postings()
    assert (run.reason, (await board.knows("K1")).title) == ("", "조리사 1")


async def test_a_row_that_can_not_be_read_is_counted_and_the_others_are_kept(board, source, gather):
    rows = [wanted(1), wanted(2, closeDt="26-13-45"), wanted(3, wantedAuthNo=""), wanted(4)]
    source.answer = lambda _: sent(work24_xml(rows))
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 2, 2)
    assert sorted(await board.shows()) == ["work24/K1", "work24/K4"]


async def test_what_passes_is_asked_for_again_twice_at_most(board, source, gather):
    source.answer = in_turn(lambda _: gone(503), lambda _: gone(429), lambda _: file("work24_list_ok.xml"))
    [run] = await gather().fetch_postings()
    assert (run.outcome, len(source.asked)) == ("ok", 3)
    source.answer = lambda _: gone(500)
    [run] = await gather().fetch_postings(is_asked=True)
    assert (run.outcome, len(source.asked)) == ("failed", 6)


# --- bad answers ---

SAME = work24_xml([wanted(number) for number in range(100)], 250)
BAD = {
    "nothing": lambda _: file("work24_list_empty.xml"),
    "maintenance": lambda _: file("work24_notxml_maintenance.html"),
    "truncated": lambda _: sent(work24_xml([ROW])[:-20]),
    "too few": lambda _: sent(work24_xml([ROW], 2)) if "startPage=1&" in _.path_qs else sent(work24_xml([], 2)),
    "no total": lambda _: sent("<wantedRoot></wantedRoot>"),
    "rows in a total of 0": lambda _: sent(work24_xml([ROW], 0)),
    "another root": lambda _: sent("<error><message>quota</message></error>"),
    "another shape": lambda _: sent("<wantedRoot><total>1</total><wanted><name>x</name></wanted></wantedRoot>"),
    "the same page again": lambda _: sent(SAME),
    "more than anybody has": lambda _: sent(work24_xml([ROW], 10_000_000)),
    "entity bomb": lambda _: sent(work24_xml([ROW], head=BOMB)),
    "outer entity": lambda _: sent(work24_xml([ROW], head=THIEF).replace("조리사", "&b;")),
    "neither encoding": lambda _: sent(b"<wantedRoot>\xff\xfe\xff\x81</wantedRoot>"),
    "JSON": lambda _: sent("{}", sources.JSON),
    "empty body": lambda _: sent(""),
    "500": lambda _: gone(500),
    "404": lambda _: gone(404),
    "slow": lambda _: sources.slowly(5),
    "cut": sources.cut,
    "elsewhere": lambda request: sources.web.HTTPFound(f"{request.url.origin()}/other"),
}
BAD_JSON = {
    "nothing": lambda _: file("seoul_getjobinfo_empty.json"),
    "bad key": lambda _: file("seoul_getjobinfo_badkey.json"),
    "truncated": lambda _: sent(seoul_json([offered(1)])[:-30]),
    "too few": lambda _: sent(seoul_json([offered(1)] if "/1/1000/" in _.path else [], 2)),
    "no total": lambda _: sent(seoul_json([offered(1)], None)),
    "an error": lambda _: sent(seoul_json([], 0, "ERROR-500")),
    "an error of another kind": lambda _: sent(seoul_json([], 0, f"key={KEY}")),
    "a list": lambda _: sent("[]"),
    "deep": lambda _: sent("[" * 100_000),
    "rows of another shape": lambda _: sent(seoul_json(["x", None], 2)),
    "maintenance": lambda _: file("work24_notxml_maintenance.html"),
}


async def _check_nothing_changes(board, fetch, source, answer):
    before = await board.everything()
    source.answer, board.now = answer, board.now + timedelta(hours=6)
    [run] = await fetch()
    assert run.outcome in ("failed", "empty")
    assert (run.reason != "", KEY in run.reason) == (True, False)
    assert await board.everything() == before


@pytest.mark.parametrize("bad", BAD)
async def test_a_bad_answer_of_work24_changes_nothing(board, source, gather, bad):
    source.answer = lambda _: sent(work24_xml([ROW, wanted(2)]))
    await gather().fetch_postings()
    await _check_nothing_changes(board, gather().fetch_postings, source, BAD[bad])


@pytest.mark.parametrize("bad", BAD_JSON)
async def test_a_bad_answer_of_seoul_changes_nothing(board, source, gather, bad):
    source.answer = lambda _: sent(seoul_json([offered(1), offered(2)], 2))
    await gather("json").fetch_postings()
    await _check_nothing_changes(board, gather("json").fetch_postings, source, BAD_JSON[bad])


async def test_a_refusal_in_xml_is_told_as_one_in_json(source, gather):
    source.answer = lambda _: sent("<RESULT><CODE>INFO-100</CODE><MESSAGE>x</MESSAGE></RESULT>")
    [run] = await gather("xml").fetch_postings()
    assert (run.outcome, "인증키" in run.reason) == ("failed", True)


async def test_three_bad_runs_hide_nothing(board, source, gather):
    source.answer = lambda _: sent(work24_xml([ROW]))
    await gather().fetch_postings()
    for bad in ("nothing", "maintenance", "truncated", "500"):
        await _check_nothing_changes(board, gather().fetch_postings, source, BAD[bad])
    assert await board.shows() == ["work24/K1"]


async def test_an_answer_without_end_is_left_in_time(source, gather, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    source.answer = lambda _: sent(work24_xml([wanted(1, title="a" * 1_000_000)]))
    [run] = await gather().fetch_postings()
    assert "너무 큽니다" in run.reason


async def test_a_feed_that_drags_on_is_given_up(source, gather, monkeypatch):
    monkeypatch.setattr(gathering, "LONGEST", 0.2)
    source.answer = lambda _: sources.slowly(0.3)
    [run] = await gather().fetch_postings()
    assert "오래" in run.reason


async def test_one_feed_that_breaks_does_not_stop_the_other(board, source):
    jobs = Jobs.model_validate({"work24": {"key": KEY, "url": source.url}, "seoul": {"key": KEY, "url": source.url}})
    source.answer = lambda request: sent(seoul_json(offered(1))) if "GetJobInfo" in request.path else gone(404)
    runs = await Gathering(board.database, jobs, SEOUL, lambda: board.now, HASTY).fetch_postings()
    assert [(run.source, run.outcome) for run in runs] == [("work24", "failed"), ("seoul", "ok")]


# --- the key ---


@pytest.mark.parametrize("seoul", ["", "json", "xml"])
@pytest.mark.parametrize("bad", ["echo", "500", "404", "slow", "cut"])
async def test_the_key_is_in_no_log_no_error_and_no_row(board, source, gather, database, caplog, seoul, bad):
    caplog.set_level(logging.DEBUG)
    echo = {"": work24_xml([wanted(1, title=KEY, other=KEY)]), "json": seoul_json(offered(1, JO_SJ=f"a {KEY}"))}
    source.answer = {**BAD, "echo": lambda _: sent(echo.get(seoul, "<x/>")), "cut": sources.cut}[bad]
    await gather(seoul).fetch_postings()
    rows = await database.read(lambda tx: [str(tx.execute(select(table)).all()) for table in JOB_TABLES])
    assert any(KEY in asked for asked in source.asked)
    # The server of the test is in this process too, and logs what it is asked.
    logged = [record for record in caplog.records if record.name != "aiohttp.access"]
    assert KEY not in "".join([*rows, *(logging.Formatter().format(record) for record in logged)])


JOB_TABLES = (tables.postings, tables.posting_payloads, tables.feed_runs)


# --- when ---


async def test_the_first_look_fetches_and_the_next_only_after_the_interval(board, source, gather):
    source.answer = lambda _: file("work24_list_ok.xml")
    fetched = []
    for _ in range(5):
        fetched.append(len(await gather().fetch_postings()))
        board.now += timedelta(hours=3)
    assert fetched == [1, 0, 1, 0, 1]


async def test_a_run_that_failed_is_tried_again_within_the_hour(board, source, gather):
    await gather().fetch_postings()
    board.now += timedelta(minutes=50)
    assert await gather().fetch_postings() == []
    board.now += timedelta(minutes=10)
    assert len(await gather().fetch_postings()) == 1


async def test_of_ten_processes_one_fetches(postgres, source):
    source.answer = lambda _: sources.slowly(0.3)
    jobs = Jobs.model_validate({"work24": {"key": KEY, "url": source.url}})
    many = [Gathering(postgres, jobs, SEOUL, lambda: MONDAY, HASTY) for _ in range(10)]
    runs = await asyncio.gather(*(each.fetch_postings() for each in many))
    assert (len([run for run in runs if run]), len(source.asked)) == (1, 1)


async def test_every_run_is_remembered_with_its_counts(board, source, gather, database):
    source.answer = lambda _: file("work24_list_ok.xml")
    await gather().fetch_postings()
    source.answer = lambda _: gone(404)
    await gather().fetch_postings(is_asked=True)
    failed, good = await database.read(lambda tx: feed_runs.latest(tx, "work24", 10))
    assert (failed.outcome, failed.reason) == ("failed", "받을 수 없습니다(HTTP 404)")
    assert (good.outcome, good.new, good.same) == ("ok", 3, 0)


async def test_regions_and_pages_are_asked_for_as_documented(source, gather):
    source.answer = lambda _: file("work24_list_empty.xml")
    await gather(regions=["11140", "11110"]).fetch_postings()
    [asked] = source.asked
    assert asked.startswith(f"/list?authKey={KEY}&callTp=L&returnType=XML&startPage=1&display=100&region=11140")
    await gather("json").fetch_postings()
    assert source.asked[-1] == f"/{KEY}/json/GetJobInfo/1/1000/"
