"""Cells as officers write them: read as they are meant, or refused with what was expected."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.staff.courses.sheets import columns
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong
from handlers.staff.files.rows import Broken, Row

SEOUL = ZoneInfo("Asia/Seoul")
JUNK = st.one_of(
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"\A['0-9.\-/: 년월일오전후시분~화목,()]{1,20}\Z"),
)


# --- numbers ---


@given(st.integers(0, cells.LARGEST), st.sampled_from(["{}", "{:,}", "{}명", "{:,}원", " {} 원", "{}.0"]))
def test_a_number_is_the_same_in_every_form(number, form):
    assert cells.number(form.format(number)) == cells.number(number) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("무료", 0),
        ("-", 0),
        ("없음", 0),
        ("15명 내외", 15),
        ("15인", 15),
        ("총 15명", 15),
        ("12만원", 120_000),
        ("1,000만원", 10_000_000),
        ("6만5천원", 65_000),
        ("6만 5천 원", 65_000),
        ("6만5,500원", 65_500),
        ("6.5만원", 65_000),
        ("5천원", 5_000),
        ("2만2천5백원", 22_500),
        ("60천원", 60_000),
        ("₩60,000", 60_000),
        ("￦ 60,000", 60_000),
        ("금 60,000원정", 60_000),
        ("６０，０００원", 60_000),
        ("만 18세 이상", 18),
        (15.0, 15),
    ],
)
def test_words_for_numbers_are_read(text, number):
    assert cells.number(text) == number


@pytest.mark.parametrize(
    "value",
    [
        *(-1, "-5", 1.5, "1.5", "1,20", "15~20명", "열다섯", True, float("nan"), float("inf"), 10**12, ""),
        *("만원", "천원", "6만50000원", "6천5000원", "1.23456만원", "18세 이하", "8명 이내", "15명(대기 5명)"),
    ],
)
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(Wrong):
        cells.number(value)


@pytest.mark.parametrize("value", ["15명 이내", "최대 15명", "15인 이하", "15명까지", " 15 명 이내 "])
def test_seats_may_be_told_as_the_most_there_are(value):
    assert cells.capacity(value) == cells.seats(value) == 15


@pytest.mark.parametrize(("value", "age"), [("없음", 14), (14, 14), ("만 19세", 19)])
def test_an_age_is_read_as_it_is_meant(value, age):
    assert cells.age(value) == age


@pytest.mark.parametrize("value", [13, "만 7세", 1])
def test_nobody_under_fourteen_is_ever_admitted(value):
    with pytest.raises(Wrong, match="14세"):
        cells.age(value)


# --- text and choices ---


@pytest.mark.parametrize("text", ["900101-1234567", "9001011234567", "문의 900101 2234567 홍", "900101\n1234567"])
def test_a_registration_number_is_refused_and_not_repeated(rows, text):
    _, problems = columns.read(rows({"설명": text})[0], SEOUL)
    assert "주민등록번호" in str(problems[0])
    assert "1234567" not in str(problems[0])
    assert "2234567" not in str(problems[0])


def test_a_course_number_that_excel_made_a_date_is_refused():
    with pytest.raises(Wrong, match="텍스트"):
        cells.line(datetime(2026, 12, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("parse", "value", "read"),
    [
        (cells.line, " 실습실\u00a0 A\u200b\n", "실습실 A"),
        (cells.line, 26.0, "26"),
        (cells.passage, "첫 줄 \r\n 둘째  줄", "첫 줄\n둘째 줄"),
        (cells.line, "\ud800꽃\x00차", "꽃차"),
        (cells.line, "요리 👩\u200d👩\u200d👧 가족", "요리 👩\u200d👩\u200d👧 가족"),
        (
            cells.line,
            "❤️\u200d🔥 🏳️\u200d🌈 🏴\U000e0067\U000e0062\U000e007f 👍🏽",
            "❤️\u200d🔥 🏳️\u200d🌈 🏴\U000e0067\U000e0062\U000e007f 👍🏽",
        ),
        (cells.line, "꽃\u200d차 \U000e0067A", "꽃차 A"),
        (cells.passage, "첫 줄_x000D_\n둘째 줄_x000d_", "첫 줄\n둘째 줄"),
        (cells.listed, "청년, 경력단절 여성", ("청년", "경력단절 여성")),
        (cells.keywords, "커피 카페", ("커피", "카페")),
        (cells.certificate, "없음", ""),
        (cells.completion, 0.8, "출석 80% 이상"),
        (cells.completion, "80%", "출석 80% 이상"),
        (cells.completion, "0.8", "출석 80% 이상"),
        (cells.completion, "과제 제출", "과제 제출"),
    ],
)
def test_text_is_kept_without_what_cannot_be_seen(parse, value, read):
    assert parse(value) == read


@pytest.mark.parametrize(
    ("header", "said", "field", "kept"),
    [
        ("구민만", "예", "open_to", "residents"),
        ("구민만", "X", "open_to", "connected"),
        ("구민만", False, "open_to", "connected"),
        ("구민만", "누구나", "open_to", "anyone"),
        ("구민만", "제한 없음", "open_to", "anyone"),
        ("구민만", "구민만", "open_to", "residents"),
        ("선정방법", "공개추첨", "selection", "lottery"),
        ("선정방법", "선착순 접수", "selection", "first_come"),
        ("선정방법", "서류심사", "selection", "review"),
        ("구민만", None, "open_to", "residents"),
        ("선정방법", "우선 선발", "selection", "priority"),
        ("선정방법", "review", "selection", "review"),
        ("주야", "주말", "daypart", "weekend"),
        ("상태", "폐강", "state", "cancelled"),
        ("상태", None, "state", ""),
        *(("지표반영", sign, "counts_toward_kpi", True) for sign in "○●◉⭕✓✔☑✅√vVOo"),
        *(("지표반영", sign, "counts_toward_kpi", False) for sign in "×✕✗✘✖❌xX"),
        ("엘리베이터", "✓", "lift", "yes"),
        ("구민만", "●", "open_to", "residents"),
        ("지표반영", "아니오", "counts_toward_kpi", False),
        ("학기당제한", "없음", "term_limit", 0),
        ("학기당제한", None, "term_limit", 1),
        ("대기정원", None, "waitlist_capacity", 10),
        ("최소나이", None, "minimum_age", 14),
    ],
)
def test_a_choice_stands_for_its_code(rows, header, said, field, kept):
    course, _ = columns.read(rows({header: said})[0], SEOUL)
    assert getattr(course, field) == kept


@pytest.mark.parametrize(
    ("change", "daypart"),
    [
        ({}, "day"),
        ({"시작시간": "18:00", "종료시간": "20:00"}, "evening"),
        ({"요일": "토·일"}, "weekend"),
        ({"요일": "금토"}, "day"),
    ],
)
def test_an_empty_daypart_follows_from_weekdays_and_time(rows, change, daypart):
    course, _ = columns.read(rows({"주야": None} | change)[0], SEOUL)
    assert course.daypart == daypart


# --- rows ---


def test_a_wrong_cell_is_told_with_its_place_what_was_read_and_an_example(rows):
    _, problems = columns.read(rows({"정원": "열다섯", "장소": None})[0], SEOUL)
    place, capacity = map(str, problems)
    assert place == "과정 2행 C7열 ‘장소’: 빈칸 → 꼭 있어야 합니다. 글자로 적어 주세요."
    assert capacity == "과정 2행 C13열 ‘정원’: ‘열다섯’ → 1 이상의 숫자를 적어 주세요. 예: 15"


@pytest.mark.parametrize("said", ["〃", '"', "″", "상동", "위와 같음", "좌동"])
@pytest.mark.parametrize("header", ["장소", "준비물", "강사"])
def test_a_sign_for_the_cell_above_is_no_value(rows, said, header):
    _, [problem] = columns.read(rows({header: said})[0], SEOUL)
    assert str(problem).endswith("→ 다른 칸과 같다는 표시입니다. 그 칸의 값을 그대로 적어 주세요.")


@pytest.mark.parametrize("said", ["10명 이상", "10인이상"])
def test_the_fewest_are_no_seats(rows, said):
    _, [problem] = columns.read(rows({"정원": said})[0], SEOUL)
    assert str(problem).endswith("→ 가장 적은 인원은 ‘최소인원’에 적고, 여기에는 받을 수 있는 인원을 적어 주세요.")


@pytest.mark.parametrize("header", ["응답시간", "확정기한"])
def test_hours_may_have_their_unit_and_no_other(rows, header):
    course, _ = columns.read(rows({header: "48시간"})[0], SEOUL)
    assert 48 in (course.offer_hours, course.confirm_hours)
    assert columns.read(rows({header: "48명"})[0], SEOUL)[0] is None


def test_an_answer_cannot_be_due_at_once(rows):
    _, [problem] = columns.read(rows({"응답시간": 0})[0], SEOUL)
    assert str(problem).endswith("‘0’ → 1 이상의 숫자를 적어 주세요. 예: 24")


def test_a_formula_is_told_with_its_reason(rows):
    _, [problem] = columns.read(rows({"정원": Broken("=A1", "수식입니다.")})[0], SEOUL)
    assert str(problem).endswith("‘=A1’ → 수식입니다.")


def test_headers_are_known_in_both_languages_and_with_any_spaces(rows):
    row = Row("과정", 2, {"찾아 오는길": "3층", "Title": "꽃차"}, {"찾아 오는길": "A", "Title": "B"})
    assert not [problem for problem in COLUMNS.header_problems([row]) if "모르는" in str(problem)]


@pytest.mark.parametrize(
    ("header", "near"), [("접수시작날", "접수시작"), ("선정방볍", "선정방법"), ("capasity", "capacity")]
)
def test_an_unknown_header_is_told_once_with_the_nearest_known(header, near):
    listed = [Row("과정", number, {header: "1"}, {header: "B"}) for number in (2, 3)]
    told = [str(problem) for problem in COLUMNS.header_problems(listed) if "모르는" in str(problem)]
    assert len(told) == 1
    assert told[0].startswith(f"과정 B열: ‘{header}’")
    assert f"‘{near}’" in told[0]


@pytest.mark.parametrize("header", ["수강료", "예산과목", "결과보고", "자동계산", "X"])
def test_an_unknown_header_that_is_like_no_other_proposes_none(header):
    [told] = [str(each) for each in COLUMNS.header_problems([Row("과정", 2, {header: "1"}, {header: "B"})])][:1]
    assert told == f"과정 B열: ‘{header}’ → 모르는 열입니다. 양식에 있는 제목으로 바꾸거나 열을 지워 주세요."


@pytest.mark.parametrize(("header", "unit"), [("재료비(천원)", "천원"), ("교재비(단위: 만원)", "만원")])
def test_amounts_in_a_larger_unit_are_never_taken_for_won(header, unit):
    row = Row("과정", 2, {header: 60}, {header: "B"})
    assert f"값을 {unit} 단위에서 원 단위로 고치고" in str(COLUMNS.header_problems([row])[0])
    assert not COLUMNS.has(row, "material_fee")


def test_a_missing_column_is_told_once_and_not_again_for_each_row():
    listed = [Row("과정", number, {"과정명": "꽃차"}, {"과정명": "A"}) for number in (2, 3)]
    assert [str(problem) for problem in COLUMNS.header_problems(listed)].count(
        "과정 ‘정원’: 꼭 있어야 하는 열이 없습니다."
    ) == 1
    assert columns.read(listed[0], SEOUL) == (None, [])


def test_two_columns_of_one_meaning_are_refused():
    row = Row("과정", 2, {"정원": 15, "capacity": 20}, {"정원": "A", "capacity": "B"})
    assert any("뜻이 같습니다" in str(problem) for problem in COLUMNS.header_problems([row]))


@given(st.sampled_from(COLUMNS.all), JUNK)
def test_no_parser_fails_but_by_saying_that_the_value_is_wrong(column, junk):
    try:
        column.kind.parse(junk)
    except ValueError:
        return
