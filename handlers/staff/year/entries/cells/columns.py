"""The columns of the sheets in which a year is entered; what is written out has the same."""

from collections.abc import Iterator
from typing import Any

from handlers.staff.files.columns import DAY, DAYPART, LINE, PASSAGE, TITLE, YES_NO, Column, Columns, Values
from handlers.staff.files.rows import is_blank
from handlers.staff.files.spans import Span
from handlers.staff.year.entries.cells import kinds
from handlers.staff.year.entries.cells.days import completed, days, two

NUMBER = Column("등록번호", "id", kinds.IDENTITY, "이미 적은 줄을 고칠 때의 번호. 새로 적는 줄은 비웁니다.", "", 0)
YEAR = Column("연도", "year", kinds.YEAR, "네 자리", 2023, required=True, also=("년도", "회계연도"))
ENTERED_YEAR = Column("연도", "year", kinds.YEAR, "비우면 날짜의 연도", 2023, 0, also=("년도", "회계연도"))


def _term(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if values["last_year"] < values["first_year"]:
        yield "last_year", "‘시작연도’보다 앞섭니다."


def _counts(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who completed had a seat, and who acquired or was placed had completed."""
    for field, whole, name in (
        ("completed", "seated", "선정인원"),
        ("acquired", "completed", "수료인원"),
        ("placed", "completed", "수료인원"),
    ):
        if values[field] != "" and values[whole] != "" and values[field] > values[whole]:
            yield field, f"‘{name}’ {values[whole]}명보다 많습니다."


def _of_a_year(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not values["year"]:
        yield "year", f"날짜가 없으면 꼭 있어야 합니다. {kinds.YEAR.expected}"


def _lasting(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _of_a_year(values)
    on, end = values["days"], values["ends_on"]
    if end and len(on) != 1:
        yield "ends_on", "여러 날이면 ‘날짜’에만, 기간이면 첫날 하루만 ‘날짜’에 적어 주세요."
    elif end and end < on[0]:
        yield "ends_on", f"‘날짜’ {on[0]}보다 앞섭니다."
    if values["count"] and values["count"] < len(on):
        yield "count", f"‘날짜’에 적은 날이 {len(on)}일입니다. 횟수를 확인해 주세요."


def _steps(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _of_a_year(values)
    if values["ends_on"] < values["starts_on"]:
        yield "ends_on", f"‘시작’ {values['starts_on']}보다 앞섭니다."


def _counted(values: Values) -> Values:
    """With the number of the days, where no other is told."""
    dated = completed(values, "days", "ends_on")
    try:
        return {**dated, "count": len(days(dated.get("days"))) if is_blank(dated.get("count")) else dated["count"]}
    except ValueError:
        return dated


POLICY = Columns(
    Column("관리번호", "number", LINE, "공약과제의 번호", "3-1", required=True),
    Column("과제명", "title", LINE, "공약과제의 이름", "직업교육으로 일자리 체계 구축(예시)", required=True),
    Column("시작연도", "first_year", kinds.YEAR, "임기가 시작하는 해", 2022, required=True),
    Column("종료연도", "last_year", kinds.YEAR, "임기가 끝나는 해", 2026, required=True),
    Column("총사업비", "total_cost", kinds.MONEY_IN_WON, "원", 188_000_000, required=True),
    Column("고른 칸", "chosen", kinds.CHOSEN, "이행카드의 칸마다 고른 말", "사업구분: 임기내, 사업시기: 중기", ""),
    Column("주요내용", "overview", PASSAGE, "이행카드의 주요내용", "직업역량강화 프로그램 운영"),
    Column(
        "작성부서",
        "departments",
        PASSAGE,
        "한 줄에 하나씩: 역할, 부서, 전화. 사람 이름은 적지 않습니다.",
        "담당, 평생학습과, 02-000-0000",
    ),
    conflicts=_term,
    also={"title": "제목 공약명 공약과제명", "departments": "작성자"},
)
INDICATORS = Columns(
    Column(
        "지표", "name", TITLE, "확인지표의 이름", "직업교육 프로그램(예시)", required=True, also=("지표명", "확인지표")
    ),
    Column("세는 것", "counts", kinds.COUNTS, "무엇의 수인지", "과정", required=True),
    Column("단위", "unit", TITLE, "세는 단위", "개", "개"),
)
TARGETS = Columns(
    Column(
        "지표",
        "indicator",
        TITLE,
        "확인지표의 이름",
        "직업교육 프로그램(예시)",
        required=True,
        also=("지표명", "확인지표"),
    ),
    YEAR,
    Column("목표값", "target", kinds.COUNT, "그해에 이루려는 수", 12, required=True, also=("목표", "목표치")),
)
PAST = Columns(
    YEAR,
    Column("반기", "half", kinds.HALF, "모르면 비웁니다.", "상반기"),
    Column("과정명", "title", TITLE, "과정의 이름", "바리스타 2급(예시)", required=True, also=("지난 과정명",)),
    Column("분류", "category", TITLE, "분야", "식음료", also=("분야",)),
    Column("운영방법", "operation", LINE, "직영, 위탁. 모르면 비웁니다.", "직영"),
    Column("주야", "daypart", DAYPART, "주간과 야간은 따로 셉니다.", "주간", "day"),
    Column("정원", "capacity", kinds.COUNT, "모르면 비웁니다.", 15, also=("모집인원",)),
    Column("신청인원", "applied", kinds.COUNT, "모르면 비웁니다.", 24, also=("신청", "신청자수")),
    Column("선정인원", "seated", kinds.COUNT, "개강할 때 자리를 받은 사람", 15, also=("선정", "수강인원")),
    Column("수료인원", "completed", kinds.COUNT, "모르면 비웁니다.", 13, also=("수료", "수료자수")),
    Column("취득인원", "acquired", kinds.COUNT, "자격을 딴 사람", 11, also=("취득", "자격취득인원", "자격취득")),
    Column("취업인원", "placed", kinds.COUNT, "일자리를 얻은 사람", 4, also=("취업", "취업자수")),
    Column("지표반영", "counts_toward_kpi", YES_NO, "프로그램 수(확인지표)에 셀지", "예", True),
    conflicts=_counts,
)
BUDGET = Columns(
    NUMBER,
    ENTERED_YEAR,
    Column("구분", "kind", kinds.BUDGET, "확보한 예산인지 집행한 예산인지", "집행", required=True, also=("예산구분",)),
    Column("재원", "source", kinds.SOURCE, "어디의 돈인지", "구비", "district"),
    Column("날짜", "day", DAY, "확보하거나 집행한 날. 모르면 비웁니다.", "2023-06-30", also=("집행일", "확보일")),
    Column("금액", "amount", kinds.MONEY_IN_WON, "원. 돌려받은 돈은 앞에 -", 1_200_000, required=True),
    Column("과목", "item", TITLE, "강사료, 재료비, 대관료, 위탁금", "강사료", also=("비목",)),
    Column("내용", "purpose", LINE, "무엇에 쓰는지", "상반기 강사료(예시)", also=("용도", "적요")),
    Column("과정번호", "course", LINE, "한 과정에 쓴 돈이면 그 과정의 번호", "", also=("과정",)),
    conflicts=_of_a_year,
    complete=lambda values: completed(values, "day"),
)
LOG = Columns(
    NUMBER,
    ENTERED_YEAR,
    Column("참여구분", "kind", kinds.PARTICIPATION, "이행카드의 줄", "언론·방송보도", required=True),
    Column("날짜", "days", kinds.DAYS, "여러 날이면 쉼표로 나눕니다.", "2023-03-28, 2023-08-29", required=True),
    Column("마지막 날", "ends_on", DAY, "기간이면 끝난 날", ""),
    Column("횟수", "count", kinds.SOME, "비우면 날의 수. 사흘에 기사 아홉 건이면 9", 9, 0, also=("건수",)),
    Column("제목", "title", LINE, "기사나 행사의 제목", "중구, 직업교육 수강생 모집(예시)"),
    Column("매체", "outlet", TITLE, "신문, 방송, 장소", "구정 소식지(예시)", also=("언론사",)),
    Column("주소", "url", kinds.LINK, "기사나 안내의 주소", "https://example.org/news", also=("링크", "url")),
    Column("참여인원", "people", kinds.COUNT, "모르면 비웁니다.", "", also=("참석인원",)),
    conflicts=_lasting,
    in_one=(Span("days", "ends_on", ("기간",), two),),
    complete=_counted,
)
PLAN = Columns(
    NUMBER,
    ENTERED_YEAR,
    Column("시작", "starts_on", kinds.FIRST, "날짜나 달", "2024-03-01", required=True, also=("시작일",)),
    Column("끝", "ends_on", kinds.LAST, "날짜나 달", "2024-07-31", required=True, also=("종료", "종료일")),
    Column("추진계획", "what", LINE, "무엇을 하는지", "상반기 운영(예시)", required=True, also=("향후계획",)),
    Column("상태", "state", kinds.STATE, "어디까지 했는지", "예정", "planned"),
    conflicts=_steps,
    in_one=(Span("starts_on", "ends_on", ("기간", "시기"), two),),
    complete=lambda values: completed(values, "starts_on", "ends_on"),
)
PROBLEMS = Columns(
    NUMBER,
    YEAR,
    Column("문제점", "problem", PASSAGE, "무엇이 어려운지", "예산이 줄어 위탁이 어려움(예시)", required=True),
    Column("대책", "measure", PASSAGE, "어떻게 하는지", "직영으로 바꾸어 운영(예시)", also=("개선방안", "개선대책")),
    Column("상태", "state", kinds.STATE, "어디까지 했는지", "추진중", "planned"),
)
PROMOTION = Columns(
    NUMBER,
    ENTERED_YEAR,
    Column("날짜", "day", DAY, "알린 날이나 알릴 날. 모르면 비웁니다.", "2023-03-20"),
    Column("홍보매체", "medium", TITLE, "포스터, 현수막, 소식지, 문자", "포스터", required=True),
    Column("내용", "what", LINE, "무엇을 알렸는지", "상반기 수강생 모집(예시)"),
    Column("유입코드", "origin", TITLE, "링크나 포스터의 코드. 온 분을 셉니다.", "poster-1", also=("코드",)),
    Column("상태", "state", kinds.STATE, "어디까지 했는지", "완료", "planned"),
    conflicts=_of_a_year,
    complete=lambda values: completed(values, "day"),
)
