"""Feeds over real HTTP: what is good is kept whole, once, and by one process at a time."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.feeds.gathering import Gathering
from bot.sections import Jobs
from storage import tables
from storage.jobs import feed_runs
from tests.support.domain import MONDAY, SEOUL
from tests.support.postings import sources
from tests.support.postings.sources import (
    HASTY,
    KEY,
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

pytestmark = pytest.mark.on_sqlite

ROW = wanted(1)


# --- good answers ---


async def test_the_list_of_work24_is_kept_as_it_is_meant(board, source, gather):
    source.answer = lambda _: file("work24_list_ok.xml")
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 3, 0)
    one, two, three = [await board.knows(f"K99002408000{number}") for number in (1, 5, 4)]
    assert (one.title, one.salary) == ("음료 제조 & 홀 서비스 직원 모집", "시급 10,200원")
    closing = [(f"{each.close_on}", each.until_filled) for each in (one, two, three)]
    assert closing == [("2024-09-11", False), ("2024-10-19", True), ("None", True)]
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
    assert (run.outcome, run.new, run.skipped, run.reason) == ("ok", 2, 2, "K2, 번호 없는 것 1건")
    assert sorted(await board.shows()) == ["work24/K1", "work24/K4"]


AMP, LT, UNKNOWN = "예시 M&M 커피", "에어컨 <주5일> 보조", "에어컨&nbsp;보조"
NOT_XML = [
    AMP,
    LT,
    UNKNOWN,
    "3 < 5",
    "A&B;",
    "&#0;가",
    "<b>급구</b>",
    "<b>급구",
    "<급구",
    "a\x0bb",
    "&#11;",
    "]]>",
    "R&D<3",
]
NOT_JSON = ["가\t나", "가\n나", "가\r\n나", "가\x01나", 'a "b" c', "C:\\직원", "\\x41", "a \\"]


@pytest.mark.parametrize("said", NOT_XML)
@pytest.mark.parametrize("field", ["title", "company"])
async def test_a_record_that_is_not_well_formed_costs_neither_the_feed_nor_itself(board, source, gather, field, said):
    good = work24_xml([wanted(1), wanted(2, **{field: "BAD"}), wanted(3)])
    source.answer = lambda _: sent(good.replace("BAD", f"조리사 {said}"))
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 3, 0)
    assert "조리사" in getattr(await board.knows("K2"), field)


@pytest.mark.parametrize("said", NOT_JSON)
@pytest.mark.parametrize("field", ["JO_SJ", "DTY_CN"])
async def test_a_text_that_is_no_json_costs_neither_the_feed_nor_itself(board, source, gather, field, said):
    good = seoul_json([offered(1), offered(2, **{field: "BAD"}), offered(3)], 3)
    source.answer = lambda _: sent(good.replace("BAD", f"조리사 {said}"), sources.JSON)
    [run] = await gather("json").fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 3, 0)
    kept = await board.knows("S2", "seoul")
    assert "조리사" in (kept.title if field == "JO_SJ" else kept.description)


async def test_what_was_mended_reads_as_it_was_meant(board, source, gather):
    rows = [wanted(1, title="T1", company="C1"), wanted(2, title="T2")]
    source.answer = lambda _: sent(work24_xml(rows).replace("T1", LT).replace("C1", AMP).replace("T2", UNKNOWN))
    await gather().fetch_postings()
    one, two = await board.knows("K1"), await board.knows("K2")
    assert (one.title, one.company, two.title) == ("에어컨 <주5일> 보조", AMP, "에어컨 보조")


@pytest.mark.parametrize("seoul", ["", "json", "xml"])
async def test_a_record_of_which_nothing_can_be_read_is_counted_and_the_others_are_kept(board, source, gather, seoul):
    bad = {"": "<wanted><a & </wanted>", "json": '{"a" "b"}', "xml": "<row><a & </row>"}[seoul]
    rows = seoul_json([offered(1), "BAD"], 2).replace('"BAD"', bad)
    lists = {"": work24_xml([wanted(1)], 2).replace("</wantedRoot>", f"{bad}</wantedRoot>"), "json": rows}
    lists["xml"] = (
        "<GetJobInfo><list_total_count>2</list_total_count><RESULT><CODE>INFO-000</CODE></RESULT>"
        f"<row><JO_REQST_NO>S1</JO_REQST_NO><JO_SJ>조리사 A&B</JO_SJ></row>{bad}</GetJobInfo>"
    )
    source.answer = lambda _: sent(lists[seoul])
    [run] = await gather(seoul).fetch_postings()
    assert (run.outcome, run.new, run.skipped, run.reason) == ("ok", 1, 1, "번호 없는 것 1건")


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("torn", [("<wanted>", ""), ("<title>", "<title></wanted>")])
async def test_tags_of_one_record_that_are_astray_cost_that_record_alone(board, source, gather, number, torn):
    start, *rows = work24_xml([wanted(1), wanted(2), wanted(3)]).split("<wanted>")
    rows = ["<wanted>" + row for row in rows]
    rows[number - 1] = rows[number - 1].replace(*torn)
    source.answer = lambda _: sent(start + "".join(rows))
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, run.skipped > 0) == ("ok", 2, True)


@pytest.mark.parametrize("between", ["} {", "},, {", "},{"])
@pytest.mark.parametrize("end", ["}]", "},]"])
async def test_commas_between_records_that_lack_or_are_too_many_cost_nothing(board, source, gather, between, end):
    body = seoul_json([offered(1), offered(2)], 2).replace("}, {", between).replace("}]", end)
    source.answer = lambda _: sent(body, sources.JSON)
    [run] = await gather("json").fetch_postings()
    assert (run.outcome, run.new, run.skipped) == ("ok", 2, 0)


async def test_what_stands_around_a_list_does_no_harm(source, gather):
    source.answer = lambda _: sent("\n\n<?xml version='1.0'?>" + work24_xml([wanted(1)]).replace(">1<", "> 1 <"))
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new) == ("ok", 1)


async def test_a_letter_that_was_torn_costs_nothing_else(board, source, gather):
    body = work24_xml([wanted(1, title="조리사 모집"), *map(wanted, range(2, 9))]).encode()
    source.answer = lambda _: sent(body.replace("모집".encode(), "모집".encode()[:-1]))
    [run] = await gather().fetch_postings()
    assert (run.outcome, run.new, (await board.knows("K1")).company) == ("ok", 8, "예시식당")


@pytest.mark.parametrize("char", ["\x00", "\ud800", "\u202e", "&#0;", "\U0001f600"])
async def test_a_letter_that_no_database_takes_keeps_no_other_row_out(board, source, gather, char):
    names = [*offered(1), "EMPLYM_STLE_CMMN_MM", "RCRIT_JSSFC_CMMN_CODE_SE", "MNGR_INSTT_NM", "OTHER"]
    broken = offered(2, **{name: f"{offered(2).get(name, '')}{char}" for name in names})
    source.answer = lambda _: sent(seoul_json([broken, offered(1)], 2), sources.JSON)
    [run] = await gather("json").fetch_postings()
    assert (run.outcome, "seoul/S1" in await board.shows()) == ("ok", True)


async def test_what_passes_is_asked_for_again_twice_at_most(board, source, gather):
    source.answer = in_turn(lambda _: gone(503), lambda _: gone(429), lambda _: file("work24_list_ok.xml"))
    [run] = await gather().fetch_postings()
    assert (run.outcome, len(source.asked)) == ("ok", 3)
    source.answer = lambda _: gone(500)
    [run] = await gather().fetch_postings(is_asked=True)
    assert (run.outcome, len(source.asked)) == ("failed", 6)


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


async def test_a_feed_that_ran_while_the_clock_was_a_year_ahead_runs_once_the_clock_is_right(board, source, gather):
    source.answer = lambda _: file("work24_list_ok.xml")
    board.now += timedelta(days=365)
    await gather().fetch_postings()
    board.now -= timedelta(days=365)
    assert len(await gather().fetch_postings()) == 1
