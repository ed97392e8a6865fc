"""The columns of a file of job postings, and reading a row by them."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from handlers.language.letters.spelling import compact
from handlers.language.phones import contains_mobile
from handlers.postings.reading import categories, days, hours, regions
from handlers.postings.records import UnreadablePosting, link
from handlers.postings.sourcing import sourced
from handlers.staff.files import cells, moments
from handlers.staff.files.cells import Wrong
from handlers.staff.files.columns import (
    CERTIFICATE,
    DAY,
    DAYPART,
    LINE,
    PASSAGE,
    TITLE,
    Column,
    Columns,
    Kind,
    Problem,
    choice,
)
from handlers.staff.files.rows import Row, Value
from storage.jobs.posting import Posting, SourcedPosting


def _close(value: Value) -> tuple[date | None, bool]:
    """A last day, "채용시까지", or both."""
    if isinstance(value, datetime):
        value = value.date()
    try:
        return moments.day(value), False
    except Wrong as error:
        if str(error) or not isinstance(value, str):
            raise
    try:
        found = days.closing(value)
    except UnreadablePosting:
        raise Wrong from None
    if found == (None, False):
        raise Wrong
    return found


def _openings(value: Value) -> int | None:
    """None where it says no more than some: ○명, 00명, 약간명."""
    is_some = re.fullmatch("[o0]+명?|약간명?|다수|미정", cells.compact(value))
    return None if is_some else cells.number(value)


def _link(value: Value) -> str:
    found = link(cells.line(value, 1000))
    if not found:
        raise Wrong
    return found


CATEGORY = Kind(
    cells.one_of({name: name for name in categories.names()}),
    f"{', '.join(categories.names())} 가운데 하나를 적거나 비워 주세요.",
    categories.names(),
)
CODE = Kind(cells.line, "고용24 직종 코드 6자리를 적어 주세요. 예: 531700")
CAREER = choice(
    {
        "무관": "none",
        "신입": "new",
        "경력": "experienced",
        "관계없음": "none",
        "경력무관": "none",
        "신입/경력": "none",
        "신입,경력": "none",
        "신입·경력": "none",
    },
    3,
)
OPENINGS = Kind(_openings, "사람 수를 숫자로 적어 주세요. 예: 2", shown_as="0")
CLOSE = Kind(_close, "날짜나 ‘채용시까지’를 적어 주세요. 예: 2026-12-24", shown_as="yyyy-mm-dd")
LINK = Kind(_link, "http:// 나 https:// 로 시작하는 주소를 적어 주세요.")

NO_TEXTS = ("number", "url")  # of many digits, as others give them

COLUMNS = Columns(
    Column(
        "번호",
        "number",
        LINE,
        "공고를 구별하는 번호(줄 번호 아님). 같은 번호의 공고를 고칩니다. 비우면 회사·공고명·지역으로 구별합니다.",
        "예시-01",
    ),
    Column("공고명", "title", TITLE, "주민에게 보이는 이름", "카페 바리스타 모집(예시)", required=True),
    Column("회사", "company", TITLE, "뽑는 곳", "예시카페", required=True),
    Column("지역", "region", LINE, "일하는 곳. 시·구까지 꼭 적어 주세요.", "서울 중구", required=True),
    Column("마감일", "close", CLOSE, "이 날까지 보입니다. 정해지지 않았으면 ‘채용시까지’", "", required=True),
    Column("링크", "url", LINK, "지원하는 곳의 주소", "https://example.invalid/job/1"),
    Column("분류", "category", CATEGORY, "비우면 직종코드와 공고명으로 정합니다.", "식음료"),
    Column("직종코드", "occupation", CODE, "고용24 직종 코드", "531700"),
    Column("급여", "salary", LINE, "주는 돈", "시급 11,000원"),
    Column("고용형태", "employment", LINE, "정규직, 기간제, 시간제", "기간제(시간제)"),
    Column("학력", "education", LINE, "필요한 학력", "학력무관"),
    Column("경력", "career", CAREER, "필요한 경력", "무관"),
    Column("근무시간", "hours", LINE, "요일과 시간", "월~금 09:00~14:00"),
    Column("주야", "daypart", DAYPART, "비우면 근무시간으로 정합니다.", "주간", None),
    Column("자격증", "certificate", CERTIFICATE, "필요하거나 우대하는 자격증", "바리스타 2급 우대"),
    Column("설명", "description", PASSAGE, "하는 일", "음료를 만들고 매장을 정리합니다."),
    Column("복리후생", "benefits", LINE, "4대보험, 퇴직금", "4대보험, 퇴직금"),
    Column("모집인원", "openings", OPENINGS, "뽑는 사람 수", 2, None),
    Column("등록일", "registered_on", DAY, "비우면 등록하는 날", "", None),
    Column("기관", "institution", LINE, "공고를 알려 준 기관", "예시 일자리센터"),
    also={
        "number": "공고번호 채용공고번호 구인번호 구인인증번호",
        "title": "채용공고명 구인제목 채용제목 공고제목 모집공고명",
        "company": "회사명 업체명 기업명 사업체명 업체",
        "region": "근무지 근무지역 근무장소 근무처",
        "close": "마감 접수마감 접수마감일 모집마감 모집마감일 마감일자 채용마감일",
        "url": "홈페이지 지원링크 공고링크 주소링크",
        "salary": "임금 월급 보수 급여조건",
        "employment": "근무형태 채용형태",
        "education": "학력사항 학력조건",
        "career": "경력사항 경력조건",
        "hours": "근무시간대 근로시간",
        "certificate": "자격 필요자격증 자격증명",
        "description": "직무내용 업무내용 하는일 담당업무",
        "benefits": "복지",
        "openings": "채용인원 구인인원 모집인원수 인원",
        "registered_on": "등록일자 공고일",
        "institution": "출처 알선기관",
    },
)


def read(
    row: Row, source: str, known: Callable[[str], Posting | None] = lambda _: None
) -> tuple[SourcedPosting | None, list[Problem]]:
    """The posting of a row; without one, at least one problem here or of a missing column.

    What the file has no column for stays as it is `known` by its number.
    """
    values, problems = COLUMNS.read(row)
    problems += [
        COLUMNS.wrong(row, field, "휴대전화 번호는 적을 수 없습니다. 대표번호나 링크를 적어 주세요.")
        for field in _mobiles(row)
    ]
    if values is None or problems:
        return None, problems
    close_on, until_filled = values.pop("close")
    number = values.pop("number") or _key(values["company"], values["title"], values["region"])
    if before := known(number):
        values |= _silent(row, before, values)
    values["category"] = values["category"] or categories.of(values["occupation"], values["title"])
    values["daypart"] = values["daypart"] or hours.daypart(values["hours"])
    code = regions.of(values["region"]).code
    return sourced(
        Posting(
            source=source, source_key=number, region_code=code, close_on=close_on, until_filled=until_filled, **values
        )
    ), []


def _silent(row: Row, before: Posting, values: dict[str, Any]) -> dict[str, Any]:
    """Of the columns that a file doesn't have, but for what followed from others that it changes."""
    kept = {
        column.field: getattr(before, column.field)
        for column in COLUMNS.all
        if column.field not in ("number", "close") and not COLUMNS.has(row, column.field)
    }
    hours = kept.get("hours", values["hours"])
    if hours != before.hours:
        kept.pop("daypart", None)
    return kept


def _mobiles(row: Row) -> list[str]:
    """The fields in which a person's number is written, also as a number of Excel's, which has lost its zero."""
    written = COLUMNS.written(row).items()
    return [field for field, value in written if field not in NO_TEXTS and contains_mobile(_digits(value))]


def _digits(value: Value) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _key(*parts: str) -> str:
    return hashlib.sha256("|".join(map(compact, parts)).encode()).hexdigest()[:16]
