"""The columns of a counseling file: counselors, their weekly hours, and days that are different."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from handlers.counseling.slots import LENGTH
from handlers.staff.files import cells, moments, spans
from handlers.staff.files.columns import CONTACT, LINE, PASSAGE, TITLE, Column, Columns, Kind, choice
from handlers.staff.files.spans import Span

EXAMPLE = "예시"  # how numbers of counselors begin whose rows only show how to write one
OFF, OTHER, USUAL = "off", "hours", "usual"

CODE = Kind(cells.line, "상담사를 구별하는 번호를 적어 주세요. 예: 상담-01")
PLACE = Kind(cells.if_any, LINE.expected)
CLOCK = Kind(moments.clock, "시각을 적어 주세요. 예: 10:00, 오후 2시 30분", shown_as="hh:mm")
WEEKDAYS = Kind(moments.weekdays, "요일을 적어 주세요. 예: 화,목 또는 월~금")
DAYS = Kind(moments.days, "날짜를 쉼표로 나누어 적어 주세요. 예: 2026-12-24, 2026-12-31")
HOURS_IN_ONE = (Span("start_time", "end_time", ("상담시간", "시간"), spans.times),)
DIFFERENCE = choice({"쉼": OFF, "다른 시간": OTHER, "평소대로": USUAL, "휴무": OFF}, 3)


def _of_times(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = (datetime.combine(date.min, values[field]) for field in ("start_time", "end_time"))
    if end - start < LENGTH:
        yield "end_time", f"‘시작시간’({values['start_time']:%H:%M})보다 30분 이상 늦어야 합니다."


def _of_exception(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if values["kind"] != OTHER:
        for field in ("start_time", "end_time"):
            if values[field]:
                yield field, "‘다른 시간’일 때만 적습니다. 비우거나 ‘구분’을 고쳐 주세요."
        return
    missing = [field for field in ("start_time", "end_time") if not values[field]]
    for field in missing:
        yield field, "‘다른 시간’이면 꼭 있어야 합니다."
    if not missing:
        yield from _of_times(values)


COUNSELORS = Columns(
    Column(
        "상담사번호",
        "code",
        CODE,
        f"같은 번호의 상담사를 고칩니다. ‘{EXAMPLE}’로 시작하면 등록하지 않습니다.",
        f"{EXAMPLE}-01",
        required=True,
    ),
    Column("상담사명", "name", TITLE, "주민에게 보이는 이름", "상담사 A", required=True),
    Column("장소", "place", PLACE, "방문 상담을 하는 곳. 비우면 방문 상담을 받지 않습니다.", "일자리플러스센터 2층"),
    Column("찾아오는 길", "directions", PASSAGE, "교통편, 승강기", "승강기에서 내려 왼쪽"),
    Column("전화", "phone", CONTACT, "전화 상담을 거는 번호. 비우면 전화 상담을 받지 않습니다.", "02-000-0000"),
    also={
        "code": "상담사코드",
        "name": "상담사 상담원 상담원명",
        "place": "상담장소 상담실",
        "phone": "전화번호 상담전화",
    },
)
HOURS = Columns(
    Column("상담사번호", "counselor", CODE, "상담사 시트의 번호", f"{EXAMPLE}-01", required=True),
    Column("상담요일", "weekdays", WEEKDAYS, "매주 상담하는 요일", "화,목", required=True),
    Column("시작시간", "start_time", CLOCK, "", "10:00", required=True),
    Column("종료시간", "end_time", CLOCK, "30분씩 나누어 예약을 받습니다.", "12:00", required=True),
    conflicts=_of_times,
    in_one=HOURS_IN_ONE,
    also={"weekdays": "요일", "start_time": "시작 시작시각", "end_time": "종료 종료시각"},
)
EXCEPTIONS = Columns(
    Column("상담사번호", "counselor", CODE, "상담사 시트의 번호", "", required=True),
    Column("예외날짜", "days", DAYS, "평소와 다른 날", "", required=True),
    Column("구분", "kind", DIFFERENCE, "평소대로: 적어 둔 예외를 거둡니다.", "쉼", required=True),
    Column("시작시간", "start_time", CLOCK, "‘다른 시간’일 때만 적습니다.", "", None),
    Column("종료시간", "end_time", CLOCK, "‘다른 시간’일 때만 적습니다.", "", None),
    conflicts=_of_exception,
    in_one=HOURS_IN_ONE,
    also={"days": "예외일 날짜", "start_time": "시작 시작시각", "end_time": "종료 종료시각"},
)
