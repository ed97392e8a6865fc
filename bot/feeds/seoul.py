"""서울시 일자리포털's GetJobInfo: JSON or XML, a thousand a page."""

import asyncio
import re
from functools import partial
from typing import Any

import aiohttp

from bot.feeds import mending, pages
from bot.feeds.fetching import FeedError, Fetcher, Manners
from bot.feeds.pages import Page
from bot.sections import Seoul
from handlers.postings import seoul
from handlers.postings.records import Record
from storage.jobs.posting import SourcedPosting

SIZE = 1000
MOST = 60  # pages
SERVICE = "GetJobInfo"
GOOD, NOTHING, BAD_KEY = "INFO-000", "INFO-200", "INFO-100"


class SeoulFeed:
    name = seoul.NAME

    def __init__(self, settings: Seoul, manners: Manners) -> None:
        self._settings = settings
        self._manners = manners

    async def records(self, session: aiohttp.ClientSession) -> list[Record]:
        """All that is open now; raises FeedError."""
        fetcher = Fetcher(session, self._settings.key.get_secret_value(), self._manners)
        return await pages.all_of(partial(self._page, fetcher), self.key, SIZE, MOST, fetcher.pause)

    def key(self, record: Record) -> str:
        return seoul.key(record)

    def read(self, record: Record) -> SourcedPosting:
        return seoul.read(record, self._settings.posting_url)

    async def _page(self, fetcher: Fetcher, number: int) -> Page:
        settings = self._settings
        asked = f"{settings.key.get_secret_value()}/{settings.format}/{SERVICE}"
        text = await fetcher.text(f"{settings.url}/{asked}/{number * SIZE + 1}/{(number + 1) * SIZE}/")
        return await asyncio.to_thread(read_json if settings.format == "json" else read_xml, text)


def read_json(text: str) -> Page:
    pages.refuse_web_page(text)
    if text.lstrip().startswith("<"):  # how refusals come, whatever was asked for
        return read_xml(text)
    try:
        body = mending.json_body(text)
    except (ValueError, RecursionError):
        raise FeedError("JSON이 끊겼거나 잘못되었습니다") from None
    service = body.get(SERVICE, body) if isinstance(body, dict) else None
    if not isinstance(service, dict):
        raise FeedError("공고 목록이 아닌 것이 왔습니다")
    result = service.get("RESULT")
    if _is_nothing(result.get("CODE") if isinstance(result, dict) else None):
        return Page(0, [])
    rows = service.get("row", [])
    # What was XML before has one row as an object.
    return Page(pages.count(str(service.get("list_total_count"))), [_record(row) for row in _listed(rows)])


def read_xml(text: str) -> Page:
    is_refusal = re.search(r"<RESULT>", text[:200]) and SERVICE not in text[:500]
    root, records = pages.rows(text, "RESULT" if is_refusal else SERVICE, "row")
    if _is_nothing(root.findtext("CODE" if is_refusal else "RESULT/CODE")):
        return Page(0, [])
    return Page(pages.count(root.findtext("list_total_count")), records)


def _is_nothing(code: object) -> bool:
    """Whether there are no postings; refusals are raised."""
    if code == BAD_KEY:
        raise FeedError("인증키가 유효하지 않습니다(INFO-100)")
    if code not in (GOOD, NOTHING):
        known = isinstance(code, str) and re.fullmatch(r"[A-Z]{1,10}-\d{1,4}", code)
        raise FeedError(f"서울시가 거절했습니다({code})" if known else "공고 목록이 아닌 것이 왔습니다")
    return code == NOTHING


def _listed(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else [rows]


def _record(row: Any) -> Record:
    scalars = row.items() if isinstance(row, dict) else ()
    return {name: str(value) for name, value in scalars if isinstance(value, str | int | float)}
