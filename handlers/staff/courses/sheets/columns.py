"""The columns of a course file, and the course of a row."""

from collections.abc import Collection, Iterator
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.staff.courses.sheets.headers import ALSO, APPLYING, MEETING
from handlers.staff.courses.sheets.headers import HOURS as IN_HOURS
from handlers.staff.courses.sheets.years import with_years
from handlers.staff.files import cells, moments, spans
from handlers.staff.files.columns import (
    CERTIFICATE,
    CONTACT,
    DAY,
    DAYPART,
    LINE,
    PASSAGE,
    TITLE,
    YES_NO,
    Column,
    Columns,
    Kind,
    Problem,
    choice,
)
from handlers.staff.files.rows import Row
from handlers.staff.files.spans import Span
from storage.states import Daypart
from storage.teaching.course import Course

LISTED = Kind(cells.listed, "쉼표로 나누어 적어 주세요. 예: 청년, 경력단절여성")
KEYWORDS = Kind(cells.keywords, "쉼표로 나누어 적어 주세요. 예: 커피, 카페")
COMPLETION = Kind(cells.completion, "수료기준을 적어 주세요. 예: 출석 80% 이상")
PERCENT = Kind(cells.percent, "1부터 100까지 적어 주세요. 예: 80%", shown_as="0")
NUMBER = Kind(cells.number, "0 이상의 숫자를 적어 주세요. 예: 10", shown_as="0")
SEATS = Kind(cells.seats, NUMBER.expected, shown_as="0")
CAPACITY = Kind(cells.capacity, "1 이상의 숫자를 적어 주세요. 예: 15", shown_as="0")
AGE = Kind(cells.age, "14 이상의 나이를 적어 주세요. 예: 18", shown_as="0")
HOURS = Kind(cells.hours_left, "1 이상의 숫자를 적어 주세요. 예: 24", shown_as="0")
LIMIT = Kind(cells.hours, NUMBER.expected, shown_as="0")
FEE = Kind(cells.number, "금액을 숫자로 적어 주세요. 예: 120,000 (없으면 0)", shown_as="#,##0")
TERM = Kind(moments.term, "연도와 반기를 적어 주세요. 예: 2026년 하반기")
DAYS = Kind(moments.days, "날짜를 쉼표로 나누어 적어 주세요. 예: 2026-12-24, 2026-12-31")
OPENING = Kind(moments.opening, "날짜와 시각을 적어 주세요. 예: 2026-12-01 09:00", shown_as="yyyy-mm-dd hh:mm")
RELEASE = Kind(moments.opening, "날짜와 시각을 적어 주세요. 예: 2026-12-10 09:00", shown_as="yyyy-mm-dd hh:mm")
CLOSING = Kind(moments.closing, "날짜와 시각을 적어 주세요. 예: 2026-12-14 18:00", shown_as="yyyy-mm-dd hh:mm")
CLOCK = Kind(moments.clock, "시각을 적어 주세요. 예: 10:00, 오후 2시 30분", shown_as="hh:mm")
WEEKDAYS = Kind(moments.weekdays, "요일을 적어 주세요. 예: 화,목 또는 월~금")
RHYTHM = Kind(moments.every_weeks, "매주, 격주 가운데 하나를 적어 주세요.", ("매주", "격주"))
SELECTION = choice(
    {"선착순": "first_come", "추첨": "lottery", "우선선발": "priority", "심사": "review"}
    | dict.fromkeys(("전산추첨", "공개추첨", "무작위추첨", "추첨제"), "lottery")
    | dict.fromkeys(("선착순접수", "선착순마감", "선착순모집"), "first_come")
    | dict.fromkeys(("서류심사", "면접심사", "심사선발"), "review"),
    4,
)
NO_SHOW = choice({"없음": "none", "알림": "warn", "다음 학기 제한": "ban"} | {"제한": "ban"}, 3)
STATE = choice({"공개": "published", "비공개": "hidden", "접수중지": "suspended", "폐강": "cancelled"}, 4)
LIFT = choice({"있음": "yes", "없음": "no"} | dict.fromkeys(cells.YES, "yes") | dict.fromkeys(cells.NO, "no"), 2)
MAP = Kind(cells.place, "주소나 https:// 로 시작하는 링크를 적어 주세요.")
OPEN_TO = choice(
    {"예": "residents", "아니오": "connected", "누구나": "anyone"}
    | dict.fromkeys(cells.YES, "residents")
    | dict.fromkeys(cells.NO, "connected")
    | {"구민": "residents", "구민만": "residents", "제한없음": "anyone"},
    3,
)


def _misplaced(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Extra days that are off as well, or that aren't within the course."""
    start, end = values["start_date"], values["end_date"]
    for day in values["extra_days"]:
        if day in values["days_off"]:
            yield "extra_days", f"{day}: ‘휴강일’에도 있습니다. 한 곳에만 적어 주세요."
        elif not start <= day <= end and start <= end:
            yield "extra_days", f"{day}: 교육기간({start} ~ {end}) 밖입니다. ‘종료일’을 보강하는 날까지 늘려 주세요."


COLUMNS = Columns(
    Column(
        "과정번호",
        "code",
        LINE,
        "과정을 구별하는 번호. 다시 등록할 때 같은 번호의 과정을 고칩니다.",
        "예시-01",
        required=True,
    ),
    Column("과정명", "title", TITLE, "주민에게 보이는 이름", "바리스타 2급 자격증 과정(예시)", required=True),
    Column("분류", "category", TITLE, "주민이 고르는 분야", "식음료", "기타"),
    Column("학기", "term", TERM, "‘학기당제한’을 세는 단위", "2026년 하반기", required=True),
    Column("자격증", "certificate", CERTIFICATE, "준비하는 자격증. 없으면 비워 둡니다.", "바리스타 2급"),
    Column("운영방법", "operation", LINE, "직영, 위탁", "직영", "직영"),
    Column("주야", "daypart", DAYPART, "비우면 요일과 시작시간으로 정합니다(오후 6시부터 야간).", "야간", None),
    Column("장소", "venue", LINE, "교육하는 곳", "평생학습관 2층 실습실", required=True),
    Column("찾아오는 길", "directions", PASSAGE, "교통편", "지하철역에서 걸어서 5분"),
    Column(
        "지도",
        "map",
        MAP,
        "지도에서 찾을 주소나 지도의 링크. 비우면 ‘장소’로 찾습니다.",
        "",
        also=("주소", "지도 링크"),
    ),
    Column("주차", "parking", PASSAGE, "차를 댈 수 있는지", "주차장이 없어요.", also=("주차장", "주차 안내")),
    Column("엘리베이터", "lift", LIFT, "모르면 비워 둡니다.", "있음", also=("승강기",)),
    Column(
        "휠체어",
        "access",
        PASSAGE,
        "휠체어나 유모차로 들어오는 길",
        "정문에 경사로가 있어요.",
        also=("접근성", "휠체어 접근"),
    ),
    Column("정원", "capacity", CAPACITY, "모집 인원", 15, required=True),
    Column("대기정원", "waitlist_capacity", SEATS, "정원이 찬 뒤 대기로 받는 인원. 0이면 받지 않습니다.", 10, 10),
    Column(
        "방문 정원",
        "offline_seats",
        SEATS,
        "정원 가운데 전화·방문·종이·기관 신청에 남겨 두는 자리. 0이면 나누지 않습니다. 선착순 과정에서만 나눕니다.",
        5,
        0,
        also=("전화·방문 정원", "오프라인 정원", "창구 정원"),
    ),
    Column(
        "방문 정원 풀리는 때",
        "offline_until",
        RELEASE,
        "이때까지 남은 자리는 온라인이든 방문이든 기다리는 차례대로 드립니다. 시각을 빼면 그날 오전 9시",
        "",
        None,
        also=("방문 정원 푸는 때", "오프라인 정원 풀리는 때"),
    ),
    Column("최소인원", "minimum", NUMBER, "개강에 필요한 인원. 0이면 따지지 않습니다.", 8, 0),
    Column("접수시작", "apply_start", OPENING, "시각을 빼면 그날 오전 9시", "", required=True),
    Column(
        "접수종료", "apply_end", CLOSING, "이 시각까지 받습니다. 시각을 빼면 그날 밤 11시 59분 59초", "", required=True
    ),
    Column("시작일", "start_date", DAY, "교육 첫날", "", required=True),
    Column("종료일", "end_date", DAY, "교육 마지막 날. 하루 과정은 시작일과 같습니다.", "", required=True),
    Column("요일", "weekdays", WEEKDAYS, "수업하는 요일. 공휴일은 저절로 빠집니다.", "화,목", required=True),
    Column("시작시간", "start_time", CLOCK, "수업 시작", "19:00", required=True),
    Column("종료시간", "end_time", CLOCK, "수업 끝", "21:00", required=True),
    Column("휴강일", "days_off", DAYS, "공휴일 말고 쉬는 날. 쉼표로 나눕니다.", "", ()),
    Column("보강일", "extra_days", DAYS, "요일과 공휴일에 매이지 않고 더 수업하는 날. 쉼표로 나눕니다.", "", ()),
    Column(
        "주기",
        "every_weeks",
        RHYTHM,
        "격주: 첫 수업이 있는 주부터 한 주씩 거릅니다. ‘요일’에 ‘격주 화’로 적어도 됩니다.",
        "매주",
        1,
    ),
    Column("선정방법", "selection", SELECTION, "사람을 뽑는 방법", "선착순", "first_come"),
    Column("우선대상", "priority", LISTED, "먼저 뽑는 차례대로, 쉼표로 나눕니다.", "청년, 경력단절여성", ()),
    Column("대상", "audience", LINE, "안내에 보이는 교육 대상", "취업을 준비하는 구민"),
    Column(
        "구민만",
        "open_to",
        OPEN_TO,
        "예: 구민만, 아니오: 관내 직장·학교에 다니는 사람도, 누구나: 제한 없음",
        "예",
        "residents",
    ),
    Column("최소나이", "minimum_age", AGE, "만 나이. 14보다 낮출 수 없습니다.", 18, 14),
    Column(
        "학기당제한", "term_limit", NUMBER, "한 사람이 한 학기에 들을 수 있는 과정 수. 0이면 제한이 없습니다.", 1, 1
    ),
    Column("강사", "instructor", LINE, "강사 이름", "강사 A"),
    Column("준비물", "supplies", PASSAGE, "수강생이 가져올 것", "앞치마, 필기도구"),
    Column("재료비", "material_fee", FEE, "본인이 내는 재료비(원)", 120000, 0),
    Column("교재비", "textbook_fee", FEE, "본인이 내는 교재비(원)", 18000, 0),
    Column("응시료", "exam_fee", FEE, "자격시험 응시료(원)", 60000, 0),
    Column(
        "납부방법", "payment", PASSAGE, "재료비·교재비·응시료를 내는 방법과 때", "첫 수업 날 강사에게 현금이나 계좌이체"
    ),
    Column("수료기준", "completion_rule", COMPLETION, "수료증을 주는 기준", "출석 80% 이상"),
    Column(
        "수료출석률",
        "completion_percent",
        PERCENT,
        "이만큼 나오면 수료를 제안합니다. 비우면 ‘수료기준’에 적은 비율, 그것도 없으면 기관의 기준입니다.",
        "80%",
        None,
        also=("출석률 기준", "최소출석률"),
    ),
    Column("지각인정", "late_minutes", NUMBER, "시작하고 몇 분까지 출석인지. 비우면 기관의 기준입니다.", 10, None),
    Column(
        "지각환산",
        "lates_per_absence",
        NUMBER,
        "지각·조퇴 몇 번을 결석 한 번으로 셀지. 0이면 세지 않고, 비우면 기관의 기준입니다.",
        3,
        None,
    ),
    Column("불참", "no_show", NO_SHOW, "자리를 받고 한 번도 오지 않은 분께. 비우면 기관의 기준입니다.", "알림", ""),
    Column("설명", "description", PASSAGE, "과정 소개", "커피 추출을 익히고 2급 자격시험을 준비합니다."),
    Column("검색어", "keywords", KEYWORDS, "이 말로도 찾게 합니다. 쉼표로 나눕니다.", "커피, 카페, 라떼아트", ()),
    Column("문의처", "contact", CONTACT, "비우면 평생학습팀 연락처가 보입니다.", "평생학습팀 02-000-0000"),
    Column("응답시간", "offer_hours", HOURS, "자리가 나면 대기자의 답을 기다리는 시간", 24, 24),
    Column(
        "개강임박", "last_call_days", NUMBER, "시작 며칠 전부터 빈자리를 대기자 가운데 먼저 누른 사람에게 줍니다.", 2, 2
    ),
    Column("확정기한", "confirm_hours", LIMIT, "뽑힌 사람이 확정해야 하는 시간. 0이면 확정이 필요 없습니다.", 48, 0),
    Column("지표반영", "counts_toward_kpi", YES_NO, "직업교육 프로그램 수(확인지표)에 셀지", "예", True),
    Column(
        "과정명(영어)",
        "title_en",
        TITLE,
        "영어로 보는 주민에게 보이는 이름. 비우면 한글이 보입니다.",
        "Barista level 2 (example)",
    ),
    Column("자격증(영어)", "certificate_en", CERTIFICATE, "자격증의 영어 이름", "Barista level 2"),
    Column("장소(영어)", "venue_en", LINE, "장소를 영어로", "Lifelong Learning Center, 2nd floor"),
    Column(
        "찾아오는 길(영어)",
        "directions_en",
        PASSAGE,
        "찾아오는 길을 영어로",
        "5 minutes on foot from the subway.",
    ),
    Column("주차(영어)", "parking_en", PASSAGE, "주차를 영어로", "There is no car park."),
    Column(
        "휠체어(영어)", "access_en", PASSAGE, "휠체어로 들어오는 길을 영어로", "There is a ramp at the main entrance."
    ),
    Column("대상(영어)", "audience_en", LINE, "교육 대상을 영어로", "Residents who are looking for work"),
    Column("준비물(영어)", "supplies_en", PASSAGE, "준비물을 영어로", "An apron, a pen"),
    Column("납부방법(영어)", "payment_en", PASSAGE, "납부방법을 영어로", "Pay the instructor at the first class"),
    Column(
        "설명(영어)", "description_en", PASSAGE, "과정 소개를 영어로", "Make coffee and prepare for the level 2 exam."
    ),
    Column("상태", "state", STATE, "비우면 지금 그대로, 새 과정이면 공개입니다.", "비공개"),
    also=ALSO,
    in_one=(
        Span("apply_start", "apply_end", tuple(APPLYING.split()), spans.days),
        Span("start_date", "end_date", tuple(MEETING.split()), spans.days),
        Span("weekdays", "every_weeks", (), spans.rhythm),
        Span("start_time", "end_time", tuple(IN_HOURS.split()), spans.times),
    ),
    complete=with_years,
    conflicts=_misplaced,
)


def read(row: Row, timezone: ZoneInfo) -> tuple[Course | None, list[Problem]]:
    """The course of a row; without one, at least one problem here or of a missing column."""
    values, problems = COLUMNS.read(row)
    if values is None:
        return None, problems
    for field in ("apply_start", "apply_end", "offline_until"):
        values[field] = values[field] and moments.aware(values[field], timezone)
    values["daypart"] = values["daypart"] or _daypart(values["weekdays"], values["start_time"])
    return Course(id=0, **values), problems


def _daypart(weekdays: Collection[int], start: time) -> Daypart:
    if set(weekdays) <= {5, 6}:
        return "weekend"
    return "evening" if start.hour >= 18 else "day"
