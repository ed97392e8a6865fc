"""A row of 고용24's list of postings, as a posting."""

import re

from handlers.postings.reading import categories, days, hours, regions
from handlers.postings.records import Record, UnreadablePosting, first, line, link, without_persons
from handlers.postings.sourcing import sourced
from storage.jobs.posting import Posting, SourcedPosting

NAME = "work24"
EMPLOYMENTS = {
    "10": "기간 정함 없음",
    "11": "기간 정함 없음(시간제)",
    "20": "기간제",
    "21": "기간제(시간제)",
    "4": "파견",
    "Y": "대체인력",
}
CAREERS = {"N": "new", "E": "experienced", "Z": "none"}


def key(record: Record) -> str:
    return line(first(record, "wantedAuthNo"), 100)


def read(record: Record) -> SourcedPosting:
    record = without_persons(record)
    title, occupation = line(first(record, "title", "wantedTitle")), line(first(record, "jobsCd"), 20)
    if not key(record) or not title:
        raise UnreadablePosting("no key or no title")
    close_on, until_filled = days.closing(first(record, "closeDt"))
    region = regions.of(first(record, "region", "basicAddr"))
    working = line(" ".join(filter(None, (first(record, "workdayWorkhrCont"), first(record, "holidayTpNm")))))
    posting = Posting(
        source=NAME,
        source_key=key(record),
        company=line(first(record, "company"), 100),
        title=title,
        category=categories.of(occupation, title),
        occupation=occupation,
        region=region.name or line(first(record, "region"), 60),
        region_code=region.code,
        salary=line(" ".join(filter(None, (first(record, "salTpNm"), first(record, "sal"))))),
        employment=line(first(record, "empTpNm")) or EMPLOYMENTS.get(first(record, "empTpCd"), ""),
        education=line(first(record, "minEdubg")),
        career=career(first(record, "career")),
        hours=working,
        daypart=hours.daypart(working),
        certificate=line(first(record, "certificate")),
        description="",
        benefits="",
        openings=None,
        close_on=close_on,
        until_filled=until_filled,
        registered_on=days.registered(first(record, "regDt")),
        url=link(first(record, "wantedInfoUrl", "wantedMobileInfoUrl")),
        institution="",
    )
    return sourced(posting, record)


def career(text: str) -> str:
    """ "none" where it doesn't matter: "관계없음", "경력무관", and "신입·경력", which takes both."""
    if text in CAREERS:
        return CAREERS[text]
    if re.search("무관|관계 ?없음", text) or ("신입" in text and "경력" in text):
        return "none"
    return "new" if "신입" in text else "experienced" if "경력" in text else ""
