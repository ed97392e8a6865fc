"""A row of 서울시 일자리포털's GetJobInfo, as a posting."""

import re

from handlers.postings.reading import categories, days, hours, regions
from handlers.postings.records import Record, UnreadablePosting, first, line, link, passage, without_persons
from handlers.postings.sourcing import sourced
from handlers.postings.work24 import career
from storage.jobs.posting import Posting, SourcedPosting

NAME = "seoul"
EDUCATIONS = {
    "J00100": "학력무관", "J00102": "초등학교", "J00104": "중학교", "J00106": "고등학교", "J00108": "전문대",
    "J00110": "대학교", "J00114": "박사",
}  # fmt: skip
EMPLOYMENTS = {"J01101": "상용직", "J01102": "계약직", "J01103": "계약직(시간제)", "J01105": "상용직(시간제)"}
CAREERS = {"J01300": "none", "J01301": "new", "J01302": "experienced"}


def key(record: Record) -> str:
    return line(first(record, "JO_REQST_NO", "JO_REGIST_NO"), 100)


def read(record: Record, url: str) -> SourcedPosting:
    """`url` leads to the page of a posting, with {no} for its number: the feed has no addresses."""
    record = without_persons(record)
    title, occupation = line(first(record, "JO_SJ", "GUI_LN")), line(first(record, "RCRIT_JSSFC_CMMN_CODE_SE"), 20)
    if not key(record) or not title:
        raise UnreadablePosting("no key or no title")
    close_on, until_filled = days.closing(first(record, "RCEPT_CLOS_NM"))
    region = _region(record)
    posting = Posting(
        source=NAME,
        source_key=key(record),
        company=line(first(record, "CMPNY_NM"), 100),
        title=title,
        category=categories.of(occupation, title),
        occupation=occupation,
        region=region.name or line(first(record, "WORK_PARAR_BASS_ADRES_CN", "BASS_ADRES_CN"), 60),
        region_code=region.code,
        salary=_salary(first(record, "HOPE_WAGE")),
        employment=line(first(record, "EMPLYM_STLE_CMMN_MM"))
        or EMPLOYMENTS.get(first(record, "EMPLYM_STLE_CMMN_CODE_SE"), ""),
        education=line(first(record, "ACDMCR_NM")) or EDUCATIONS.get(first(record, "ACDMCR_CMMN_CODE_SE"), ""),
        career=CAREERS.get(first(record, "CAREER_CND_CMMN_CODE_SE")) or career(first(record, "CAREER_CND_NM")),
        hours=line(first(record, "WORK_TIME_NM", "WORK_TM_NM")),
        daypart=hours.daypart(first(record, "WORK_TIME_NM")) or hours.daypart(first(record, "WORK_TM_NM")),
        certificate="",
        description=passage(first(record, "DTY_CN", "GUI_LN")),
        benefits=line(" ".join(filter(None, (first(record, "RET_GRANTS_NM"), first(record, "JO_FEINSR_SBSCRB_NM"))))),
        openings=_openings(first(record, "RCRIT_NMPR_CO")),
        close_on=close_on,
        until_filled=until_filled,
        registered_on=days.registered(first(record, "JO_REG_DT")),
        url=link(url.replace("{no}", key(record))),
        institution=line(first(record, "MNGR_INSTT_NM"), 100),
    )
    return sourced(posting, record)


def _region(record: Record) -> regions.Region:
    found = (regions.of(first(record, name)) for name in ("WORK_PARAR_BASS_ADRES_CN", "BASS_ADRES_CN"))
    return next((region for region in found if region.code), regions.UNKNOWN)


def _salary(text: str) -> str:
    """ "시급 / 10320원 " is "시급 10,320원"."""
    spaced = line(re.sub(r"\s*/\s*", " ", text, count=1))
    return re.sub(r"(?<![\d,.])\d{4,9}(?=원)", lambda found: f"{int(found[0]):,}", spaced)


def _openings(text: str) -> int | None:
    found = re.search(r"\d{1,5}", text)
    return int(found[0]) if found else None
