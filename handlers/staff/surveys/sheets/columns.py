"""The columns of a survey file, one sheet for surveys and one for their questions, and what their rows mean."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from handlers.staff.files import cells, moments
from handlers.staff.files.cells import Wrong
from handlers.staff.files.columns import PASSAGE, TITLE, YES_NO, Column, Columns, Kind, Problem, choice, yes_or_no
from handlers.staff.files.rows import Row, Value
from handlers.staff.surveys.sheets import silent
from storage.asking.survey import MULTI, NPS, NUMBER, POINTS, SCALE, SINGLE, TEXT, Condition, Item, Survey, Wording

LONGEST_TEXT = 300
_CODE = re.compile(r"[A-Za-z0-9가-힣._-]{1,40}")
_NAME = re.compile(r"[A-Za-z0-9]{1,8}")  # ends up in the paths of buttons


def _code(value: Value) -> str:
    code = cells.line(value)
    if code and not _CODE.fullmatch(code):
        raise Wrong("한글, 영문, 숫자, -, _, .만 40자까지 적어 주세요. 예: 수요-2026")
    return code


def _name(value: Value) -> str:
    name = cells.line(value)
    if name and not _NAME.fullmatch(name):
        raise Wrong("영문과 숫자로 8자까지 적어 주세요. 예: S1")
    return name


def _options(value: Value) -> list[str]:
    """One a line, or separated by a bar."""
    parts = re.split(r"[\n|]", cells.passage(value))
    options = [" ".join(part.split()) for part in parts if part.strip()]
    if len(set(options)) < len(options):
        raise Wrong("같은 보기가 두 번 있습니다.")
    if long := next((option for option in options if len(option) > 60), None):
        raise Wrong(f"보기가 너무 깁니다. 60자까지 적어 주세요: {long[:20]}…")
    return options


def _conditions(value: Value) -> list[Condition]:
    """N6=있다|있었다, and N6≠없다; several are one a line, and all must hold."""
    found = []
    for line in cells.passage(value).splitlines():
        read = re.fullmatch(r"\s*([A-Za-z0-9]{1,8})\s*(=|≠|!=)\s*(.+)", line)
        if not read:
            raise Wrong
        labels = tuple(" ".join(part.split()) for part in read[3].split("|") if part.strip())
        found.append(Condition(read[1], labels, unless=read[2] != "="))
    return found


CODE = Kind(_code, "설문번호를 적어 주세요. 예: 수요-2026")
NAME = Kind(_name, "문항번호를 영문과 숫자로 적어 주세요. 예: S1")
VERSION = Kind(cells.capacity, "1 이상의 숫자를 적어 주세요. 예: 2", shown_as="0")
MINUTES = Kind(cells.number, "분을 숫자로 적어 주세요. 예: 30", shown_as="0")
HOURS = Kind(cells.number, "시간을 숫자로 적어 주세요. 예: 72", shown_as="0")
DAYS = Kind(cells.capacity, "날 수를 숫자로 적어 주세요. 예: 10", shown_as="0")
BOUND = Kind(cells.number, "숫자로 적어 주세요. 예: 3", shown_as="0")
OPENING = Kind(moments.opening, "날짜와 시각을 적어 주세요. 예: 2026-12-01 09:00", shown_as="yyyy-mm-dd hh:mm")
CLOSING = Kind(moments.closing, "날짜와 시각을 적어 주세요. 예: 2026-12-14 18:00", shown_as="yyyy-mm-dd hh:mm")
OPTIONS = Kind(_options, "보기를 한 줄에 하나씩 적어 주세요(Alt+Enter).")
CONDITIONS = Kind(_conditions, "N6=있다 또는 N6≠없다 처럼 적어 주세요. 보기가 여럿이면 | 로 나눕니다.")
SURVEY_KIND = choice(
    {"수요조사": "needs", "만족도조사": "satisfaction", "기타": "other", "수요": "needs", "만족도": "satisfaction"}, 3
)
AUDIENCE = choice({"수강생": "attendees", "소식 받는 분": "news", "링크": "link"}, 3)
QUESTION_KIND = choice(
    {"5점": SCALE, "추천(0~10)": NPS, "하나": SINGLE, "여러 개": MULTI, "숫자": NUMBER, "글": TEXT, "추천": NPS}
    | dict.fromkeys(("5점척도", "5점 만점", "척도"), SCALE)
    | dict.fromkeys(("하나 선택", "단일선택", "단수선택", "객관식(하나)", "택1"), SINGLE)
    | dict.fromkeys(("여러 개 선택", "복수선택", "다중선택", "복수응답", "객관식(복수)"), MULTI)
    | dict.fromkeys(("주관식", "서술형", "단답형", "자유응답"), TEXT),
    6,
)
NEEDED = yes_or_no("필수", "선택")

SURVEYS = Columns(
    Column("설문번호", "code", CODE, "설문을 구별하는 번호", "", required=True),
    Column("판", "version", VERSION, "응답이 있는 설문을 고치려면 하나 올립니다.", 1, 1),
    Column("설문종류", "kind", SURVEY_KIND, "보고서에서 세는 갈래", "", required=True),
    Column("설문명", "title", TITLE, "주민에게 보이는 이름", "", required=True),
    Column("설문명(영어)", "title_en", TITLE, "비우면 우리말로 보입니다.", ""),
    Column("안내", "intro", PASSAGE, "첫 문항 위에 보이는 말", ""),
    Column("안내(영어)", "intro_en", PASSAGE, "비우면 우리말로 보입니다.", ""),
    Column("무기명", "is_anonymous", YES_NO, "예: 누가 답했는지와 답을 따로 두어 이을 수 없게 합니다.", "예", True),
    Column("받는분", "audience", AUDIENCE, "수강생: 과정이 끝날 때마다. 링크: 주소로만.", "", required=True),
    Column("여는 때", "opens_at", OPENING, "수강생에게 묻는 설문은 비웁니다.", "", None),
    Column("닫는 때", "closes_at", CLOSING, "수강생에게 묻는 설문은 비웁니다.", "", None),
    Column("수업 뒤(분)", "delay_minutes", MINUTES, "마지막 수업이 끝나고 몇 분 뒤에 여는지", 30, 30),
    Column("다시 알림(시간)", "remind_hours", HOURS, "열고 몇 시간 뒤 한 번 더 알리는지. 0: 알리지 않음", 72, 72),
    Column("기간(일)", "open_days", DAYS, "과정마다 여는 설문을 며칠 동안 받는지", 10, 10),
    also={
        "title": "설문제목 조사명",
        "intro": "안내문 안내말",
        "opens_at": "시작일시 여는날",
        "closes_at": "종료일시 마감일시 닫는날",
    },
)  # fmt: skip

QUESTIONS = Columns(
    Column("설문번호", "survey", CODE, "어느 설문의 문항인지", "", required=True),
    Column("문항번호", "name", NAME, "고쳐도 같은 문항이면 그대로 둡니다.", "", required=True),
    Column("묶음", "section", TITLE, "문항 위에 보이는 갈래", ""),
    Column("묶음(영어)", "section_en", TITLE, "", ""),
    Column("답하는 법", "kind", QUESTION_KIND, "", "", required=True),
    Column("문항", "text", PASSAGE, "", "", required=True),
    Column("문항(영어)", "text_en", PASSAGE, "비우면 우리말로 보입니다.", ""),
    Column("보기", "options", OPTIONS, "5점은 좋은 것부터 다섯 개, 하나·여러 개는 둘 이상", "", ()),
    Column("보기(영어)", "options_en", OPTIONS, "보기와 같은 차례로", "", ()),
    Column("필수", "is_required", NEEDED, "아니오: 건너뛸 수 있습니다.", "예", True),
    Column("최소", "least", BOUND, "숫자의 가장 작은 값", "", 0),
    Column("최대", "most", BOUND, "숫자의 가장 큰 값, 여러 개에서 고를 수, 글의 글자 수", "", 0),
    Column("조건", "conditions", CONDITIONS, "앞의 답에 따라 묻습니다. N6≠없다: N6에 없다고 하지 않은 분께만", "", ()),
    also={"text": "질문내용 문항내용", "options": "선택지", "is_required": "필수여부"},
)


def read_survey(
    row: Row, timezone: ZoneInfo, known: Callable[[str], Survey | None] = lambda _: None
) -> tuple[Survey | None, list[Problem]]:
    """A survey without its questions; what the file has no column for stays as it is `known` by its number."""
    values, problems = SURVEYS.read(row)
    if values is None:
        return None, problems
    values |= silent.of_survey(SURVEYS, row, known(values["code"]))
    problems = [SURVEYS.wrong(row, field, why) for field, why in _survey_conflicts(values)]
    for field in ("opens_at", "closes_at"):
        values[field] = values[field] and moments.aware(values[field], timezone)
    for name in ("title", "intro"):
        values[name] = Wording(values[name], values.pop(f"{name}_en"))
    return (None if problems else Survey(items=(), **values)), problems


def _survey_conflicts(values: dict[str, Any]) -> list[tuple[str, str]]:
    opens_at, closes_at = values["opens_at"], values["closes_at"]
    if values["audience"] == "attendees":
        dated = [name for name in ("opens_at", "closes_at") if values[name]]
        return [(name, "수강생에게 묻는 설문은 과정이 끝날 때 열립니다. 비워 주세요.") for name in dated]
    missing = [name for name in ("opens_at", "closes_at") if not values[name]]
    if missing:
        return [(name, "꼭 있어야 합니다.") for name in missing]
    return [("closes_at", "‘여는 때’보다 뒤여야 합니다.")] if closes_at <= opens_at else []


def read_item(
    row: Row, known: Callable[[str], Survey | None] = lambda _: None
) -> tuple[str, Item | None, list[Problem]]:
    """The code of its survey, and the question; what the file has no column for stays as it is `known`."""
    values, problems = QUESTIONS.read(row)
    if values is None:
        return "", None, problems
    survey = known(values["survey"])
    before = next((each for each in survey.items if each.name == values["name"]), None) if survey else None
    values |= silent.of_item(QUESTIONS, row, values["kind"], before)
    problems = [QUESTIONS.wrong(row, field, why) for field, why in _item_conflicts(values)]
    return values["survey"], None if problems else _bounded(_item(values)), problems


def _item_conflicts(values: dict[str, Any]) -> list[tuple[str, str]]:
    kind, options, english = values["kind"], values["options"], values["options_en"]
    found = []
    if kind == SCALE and len(options) != POINTS:
        found.append(
            ("options", f"좋은 것부터 한 줄에 하나씩(Alt+Enter) 다섯 개를 적어 주세요. 지금 {len(options)}개입니다.")
        )
    if kind in (SINGLE, MULTI) and len(options) < 2:
        found.append(("options", "보기를 두 개 이상, 한 줄에 하나씩(Alt+Enter) 적어 주세요."))
    if kind in (NPS, NUMBER, TEXT) and options:
        found.append(("options", "이 문항에는 보기가 없습니다. 비워 주세요."))
    if english and len(english) != len(options):
        found.append(("options_en", f"보기는 {len(options)}개인데 영어는 {len(english)}개입니다."))
    if kind == NUMBER and values["most"] <= values["least"]:
        found.append(("most", "‘최소’보다 커야 합니다."))
    if kind == MULTI and values["most"] > len(options):
        found.append(("most", f"보기는 {len(options)}개입니다."))
    if kind == TEXT and values["most"] > LONGEST_TEXT:
        found.append(("most", f"{LONGEST_TEXT}자까지 받을 수 있습니다."))
    return found


def _item(values: dict[str, Any]) -> Item:
    english = values["options_en"] or [""] * len(values["options"])
    return Item(
        name=values["name"],
        kind=values["kind"],
        text=Wording(values["text"], values["text_en"]),
        options=tuple(Wording(ko, en) for ko, en in zip(values["options"], english, strict=True)),
        is_required=values["is_required"],
        least=values["least"],
        most=values["most"],
        section=Wording(values["section"], values["section_en"]),
        conditions=tuple(values["conditions"]),
    )


def _bounded(item: Item) -> Item:
    """What its kind says of the bounds, or what they are when nothing was written."""
    if item.kind == SCALE:
        return replace(item, least=1, most=POINTS)
    if item.kind == NPS:
        return replace(item, least=0, most=10)
    if item.kind == MULTI:
        return replace(item, most=item.most or len(item.options))
    return replace(item, most=item.most or LONGEST_TEXT) if item.kind == TEXT else item
