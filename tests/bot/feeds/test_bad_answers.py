"""Feeds over real HTTP: what is bad changes nothing and runs nothing, and the key is never seen."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.feeds import fetching, gathering
from bot.feeds.gathering import Gathering
from bot.sections import Jobs
from storage import tables
from tests.support.domain import SEOUL
from tests.support.postings import sources
from tests.support.postings.sources import (
    HASTY,
    IMPATIENT,
    KEY,
    file,
    gone,
    offered,
    sent,
    seoul_json,
    wanted,
    work24_xml,
)

pytestmark = pytest.mark.on_sqlite

BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "' + "&b;" * 10 + '">]>'
THIEF = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
ROW = wanted(1)

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
    "slow": lambda _: sources.slowly(60),
    "cut": sources.cut,
    "elsewhere": sources.elsewhere,
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
    source.manners = IMPATIENT if bad == "slow" else HASTY
    await _check_nothing_changes(board, gather().fetch_postings, source, BAD[bad])


@pytest.mark.parametrize("bad", BAD_JSON)
async def test_a_bad_answer_of_seoul_changes_nothing(board, source, gather, bad):
    source.answer = lambda _: sent(seoul_json([offered(1), offered(2)], 2))
    await gather("json").fetch_postings()
    await _check_nothing_changes(board, gather("json").fetch_postings, source, BAD_JSON[bad])


@pytest.mark.parametrize("asked", ["xml", "json"])
async def test_a_refusal_in_xml_is_told_as_one_in_json(source, gather, asked):
    source.answer = lambda _: sent("<RESULT><CODE>INFO-100</CODE><MESSAGE>x</MESSAGE></RESULT>")
    [run] = await gather(asked).fetch_postings()
    assert (run.outcome, "인증키" in run.reason) == ("failed", True)


@pytest.mark.parametrize("before", ["", "<!-- 점검 --> ", "<?xml version='1.0'?>\n<!-- a --><!-- b -->"])
@pytest.mark.parametrize("seoul", ["", "json"])
async def test_a_web_page_is_told_as_one_whatever_stands_before_it(source, gather, before, seoul):
    source.answer = lambda _: sent(f"{before}<html><body>점검 중</body></html>")
    [run] = await gather(seoul).fetch_postings()
    assert (run.outcome, "웹 페이지" in run.reason) == ("failed", True)


async def test_an_answer_with_nothing_is_told_apart_from_a_failure(source, gather):
    source.answer = lambda _: file("work24_list_empty.xml")
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.reason) == ("empty", "공고가 하나도 오지 않았습니다")


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
    source.answer = lambda _: sources.slowly(60)
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
    source.manners = IMPATIENT if bad == "slow" else HASTY
    await gather(seoul).fetch_postings()
    rows = await database.read(lambda tx: [str(tx.execute(select(table)).all()) for table in JOB_TABLES])
    assert any(KEY in asked for asked in source.asked)
    # The server of the test is in this process too, and logs what it is asked.
    logged = [record for record in caplog.records if record.name != "aiohttp.access"]
    assert KEY not in "".join([*rows, *(logging.Formatter().format(record) for record in logged)])


JOB_TABLES = (tables.postings, tables.posting_payloads, tables.feed_runs)
