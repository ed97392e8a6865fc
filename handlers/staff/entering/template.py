"""The Excel file into which officers type what was answered on paper: one row a paper, one column a question."""

from dataclasses import replace

from handlers.language.letters.particles import particle
from handlers.staff.desk import lookup
from handlers.staff.entering import cells as answer_cells
from handlers.staff.entering.columns import NUMBER as PAPER
from handlers.staff.files import cells
from handlers.staff.files.columns import Column, Columns, Kind
from handlers.staff.files.workbook import Page
from handlers.staff.surveys import lookup as survey_lookup
from storage.asking.survey import MULTI, NPS, POINTS, SCALE, SINGLE, Condition, Item
from storage.database import Transaction

NUMBER = Column(
    PAPER,
    "number",
    Kind(cells.line, "종이에 적은 번호를 적어 주세요. 예: 12"),
    "종이마다 다른 번호. 같은 종이를 두 번 세지 않게 합니다.",
    "",
)
ADVICE = "보기는 번호로 적어도 됩니다. 5점 문항의 번호는 점수입니다(5가 가장 좋음)."


def pages(tx: Transaction, code: str, course_code: str | None) -> list[Page]:
    survey = survey_lookup.worded(tx, code, course_code)
    course = f" {lookup.called(lookup.course(tx, course_code))}" if course_code else ""
    advice = f"{ADVICE} 설문: {survey_lookup.called(survey)}{course}"
    return [Page("응답", Columns(NUMBER, *map(_column, survey.items)), [], advice)]


def _column(item: Item) -> Column:
    conditions = [_only_for(condition) for condition in item.conditions]
    return Column(
        header=f"{item.name}. {item.text.ko}",
        field=item.name,
        kind=_kind(item),
        explanation=". ".join(filter(None, [item.section.ko, *conditions])),
        example="",
        default="" if item.is_required else "건너뜀",
        required=item.is_required and not item.conditions,
    )


def _kind(item: Item) -> Kind:
    kind = Kind(answer_cells.reader(item), answer_cells.expected(item))
    places = tuple(str(place) for place in range(1, len(item.options) + 1))
    if item.kind == SCALE:
        return replace(kind, choices=(*map(str, range(POINTS, 0, -1)), *item.labels), shown_as="General")
    if item.kind == NPS:
        return replace(kind, choices=tuple(map(str, range(item.most, item.least - 1, -1))), shown_as="General")
    if item.kind == SINGLE:
        return replace(kind, choices=(*item.labels, *places), shown_as="General")
    return replace(kind, choices=tuple(item.labels), is_strict=False) if item.kind == MULTI else kind


def _only_for(condition: Condition) -> str:
    labels = ", ".join(condition.labels)
    answered = "하지 않은" if condition.unless else "한"
    return f"{condition.question}에 ‘{labels}’{particle(labels, '이라고/라고')} {answered} 분만"
