"""Pages of a feed, and all of them together: everything that it says it has, or nothing."""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bot.feeds import mending
from bot.feeds.fetching import FeedError
from handlers.postings.records import Record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BROKEN = "XML이 끊겼거나 잘못되었습니다"


class Page(NamedTuple):
    total: int
    records: list[Record]


async def all_of(
    page: Callable[[int], Awaitable[Page]],
    key: Callable[[Record], str],
    size: int,
    most: int,
    pause: Callable[[], Awaitable[None]],
) -> list[Record]:
    """The records of all pages from 0; FeedError when one page comes twice, one lacks, or there are too many."""
    records: list[Record] = []
    seen: set[object] = set()
    for number in range(most):
        got = await page(number)
        if got.total > size * most or (got.records and not got.total):
            raise FeedError(f"전체 건수가 이상합니다({got.total:,}건)")
        first = got.records and (key(got.records[0]) or tuple(got.records[0].items()))
        if first and first in seen:
            raise FeedError("같은 쪽이 되풀이해서 옵니다")
        seen.add(first or ())
        records += got.records
        if not got.records or len(records) >= got.total:
            break
        await pause()
    if len(records) < got.total:
        raise FeedError(f"{got.total:,}건 가운데 {len(records):,}건만 왔습니다")
    return records


def count(text: str | None) -> int:
    digits = (text or "").strip().replace(",", "")
    if not re.fullmatch(r"\d{1,9}", digits):
        raise FeedError("전체 건수가 없습니다")
    return int(digits)


def refuse_web_page(text: str) -> None:
    """Feeds answer with a page and HTTP 200 while they are being repaired."""
    if re.match(r"(?:\s|(?><!--.*?-->)|<\?xml[^>]*>)*+(?:<!doctype html|<html)", text, re.IGNORECASE | re.DOTALL):
        raise FeedError("공고가 아니라 웹 페이지가 왔습니다(점검 중일 수 있습니다)")


# --- XML ---


def rows(text: str, name: str, row: str) -> "tuple[Element, list[Record]]":
    """The root of a document, which has this name, and the records in it, also where single ones aren't well formed.

    Without DTD, so nothing in it can grow or reach out.
    """
    refuse_web_page(text)
    legal = mending.ILLEGAL.sub("", text).strip()
    try:
        found: Element = fromstring(legal, forbid_dtd=True)
        records = [mending.fields_of(each) for each in found.findall(row)]
    except ParseError:
        found, records = _mended(legal, row)
    except (DefusedXmlException, ValueError):
        raise FeedError(_BROKEN) from None
    if found.tag != name:
        raise FeedError("공고 목록이 아닌 것이 왔습니다")
    return found, records


def _mended(text: str, row: str) -> "tuple[Element, list[Record]]":
    frame, written = mending.without_rows(text, row)
    try:
        return fromstring(frame, forbid_dtd=True), list(map(mending.xml_record, written))
    except (ParseError, DefusedXmlException, ValueError):
        raise FeedError(_BROKEN) from None
