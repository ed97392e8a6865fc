"""Results of surveys as an Excel file: numbers that can be counted with, and a note where something is withheld."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.language.letters.widths import width
from handlers.staff.desk.desk import Desk
from handlers.staff.files.cells import column_letters
from handlers.staff.surveys.tally import words
from handlers.staff.surveys.tally.figures import WITHHELD, Figures
from handlers.staff.surveys.tally.results import Asked, Overall, Result
from handlers.staff.surveys.tally.turnout import CHANNELS, rate
from handlers.staff.surveys.tally.years import KINDS, Year
from storage.asking.survey import SCALE, TEXT

WHOLE, TENTH, PERCENT, DAY = "#,##0", "0.0", "0%", "yyyy-mm-dd"
WIDEST, NARROWEST = 60, 9
MEAN, SCORE, POSITIVE = "평균(5점)", "100점 환산", "긍정응답률(4·5점)"
RATE = "수강생 가운데 응답한 비율. 답한 뒤 수강생에서 빠진 분이 있으면 100%를 넘습니다."
SAFE = f"{WITHHELD}. 5명 미만이 답한 것을 빼서 알아낼 수 있는 칸도 가립니다."
LABEL = "보기"

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """`note` is what one reads when one points at the header."""

    title: str
    format: str = "General"
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = field(default_factory=tuple)  # lines below the table


def book(found: Result | Year, desk: Desk) -> bytes:
    from handlers.staff.files import styles

    sheets = _of_year(found) if isinstance(found, Year) else _of_survey(found, desk)
    workbook = styles.Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.title), sheet)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


# --- a survey ---


def _of_survey(result: Result, desk: Desk) -> list[Sheet]:
    return [
        _summary(result, desk),
        _questions(result),
        _courses(result),
        _channels(result),
        _days(result),
        _texts(result),
    ]


def _summary(result: Result, desk: Desk) -> Sheet:
    turnout = result.turnout
    rows: list[Sequence[Any]] = [
        ("설문", words.title(result)),
        ("설문번호", result.survey.code),
        ("기간", words.when(result)),
        ("응답", turnout.answers),
        ("결과에 넣은 것", result.used),
        ("가린 것", result.withheld),
        ("수강생", turnout.attendees if turnout.attendees is not None else "-"),
        ("응답률", turnout.rate if turnout.rate is not None else "-", PERCENT),
    ]
    if result.overall and result.overall.figures:
        mean, score, positive, n = _points(result.overall.figures)
        rows += [("만족도의 기준", result.overall.basis), ("답", n)]
        rows += [(MEAN, mean, TENTH), (SCORE, score, TENTH), (POSITIVE, positive, PERCENT)]
    return Sheet("요약", (Column("항목"), Column("값", WHOLE)), rows, _remarks(result, desk))


def _remarks(result: Result, desk: Desk) -> list[str]:
    return [*words.notes(result, desk), *(f"응답률: {why}." for why in words.crowded(result.turnout))]


def _questions(result: Result) -> Sheet:
    columns = (
        *(Column("번호"), Column("판"), Column("묶음"), Column("문항"), Column(LABEL)),
        Column("응답", WHOLE, "보기를 고른 수. ‘전체’ 줄은 이 문항에 답한 수입니다."),
        Column("비율", PERCENT, "이 문항에 답한 사람 가운데. 여러 개 고르는 문항은 더해서 100%가 넘습니다."),
        Column("평균", TENTH, f"5점 문항은 5점, 추천 문항은 10점 만점. {SAFE}"),
        Column(SCORE, TENTH, "(평균 − 1) ÷ 4 × 100"),
        Column(POSITIVE, PERCENT, "4점과 5점을 고른 비율"),
        Column("추천지수(NPS)", "+0;-0;0", "9~10점 비율에서 0~6점 비율을 뺀 값"),
        *(Column("가장 작은 값", WHOLE), Column("가장 큰 값", WHOLE)),
    )
    asked = [each for each in result.questions if each.item.kind != TEXT] if result.used else []
    return Sheet("문항별", columns, [row for each in asked for row in _question(each)])


def _question(asked: Asked) -> Iterable[Sequence[Any]]:
    item, found = asked.item, asked.figures
    named = (item.name, asked.edition, item.section.ko, item.text.ko)
    if found is None:
        yield (*named, "전체", WITHHELD)
        return
    yield (*named, "전체", found.n, None, found.mean, found.score, found.positive, found.nps, found.least, found.most)
    for share in found.shares:
        yield (*named, share.label, share.count, share.share)


def _courses(result: Result) -> Sheet:
    scales = [each for each in result.questions if each.item.kind == SCALE]
    head = (
        Column("과정번호"),
        Column("과정"),
        Column("응답", WHOLE),
        Column("수강생", WHOLE),
        Column("응답률", PERCENT),
    )
    rows = []
    for each in result.turnout.by_course:
        of = each.course.id
        counts = (each.answers, each.attendees, rate(each.answers, each.attendees))
        missing = words.missing(each.round)
        cells = _side([result.overall, *scales], lambda asked, of=of: asked.by_course.get(of), missing)
        rows.append((each.course.code, each.course.title, *counts, *cells))
    return Sheet("과정별", (*head, *_side_columns(result, scales)), rows)


def _channels(result: Result) -> Sheet:
    scales = [each for each in result.questions if each.item.kind == SCALE]
    rows = []
    for way, count in result.turnout.by_channel.items():
        missing = (WITHHELD if result.used else words.LATER) if count else None
        cells = _side([result.overall, *scales], lambda asked, way=way: asked.by_channel.get(way), missing)
        rows.append((CHANNELS[way], count, *cells))
    return Sheet("채널별", (Column("방법"), Column("응답", WHOLE), *_side_columns(result, scales)), rows)


def _side_columns(result: Result, scales: Sequence[Asked]) -> Iterable[Column]:
    named = [(f"{each.item.name} {each.edition}".strip(), each.item.text.ko) for each in scales]
    whole = [("전체", result.overall.basis)] if result.overall else []
    for name, about in whole + named:
        yield Column(f"{name} 평균", TENTH, f"{about} {SAFE}")
        yield Column(f"{name} 긍정", PERCENT, f"{about} 4점과 5점을 고른 비율. {SAFE}")


def _side(asked: Sequence[Asked | Overall | None], of: Any, missing: str | None) -> Iterable[Value]:
    for each in asked:
        if each is not None:
            found = of(each)
            yield found.mean if found else missing
            yield found.positive if found else missing


def _days(result: Result) -> Sheet:
    return Sheet("날짜별", (Column("날짜", DAY), Column("응답", WHOLE)), list(result.turnout.by_day.items()))


def _texts(result: Result) -> Sheet:
    note = "차례를 섞었고, 과정과 방법은 적지 않습니다. 5명 미만이 답한 회차와 받는 중인 회차의 글은 넣지 않습니다."
    columns = (Column("번호"), Column("판"), Column("문항"), Column("응답", note=note))
    rows = [
        (asked.item.name, asked.edition, asked.item.text.ko, text)
        for asked in words.texts(result)
        for text in asked.texts
    ]
    return Sheet("서술", columns, rows, () if rows else ("보여 드릴 글이 없습니다.",))


# --- a year ---


def _of_year(year: Year) -> list[Sheet]:
    counts = (
        Column("응답", WHOLE),
        Column("결과에 넣은 것", WHOLE),
        Column("가린 것", WHOLE, SAFE),
        Column("수강생", WHOLE),
    )
    columns = (Column("종류"), Column("횟수", WHOLE), Column("기간"), *counts, Column("응답률", PERCENT, RATE))
    rows = [
        (KINDS[of.kind], of.rounds, words.span(of), of.answers, of.used, of.answers - of.used, of.attendees, of.rate)
        for of in year.kinds
    ]
    return [Sheet("요약", columns, rows), _satisfaction(year)]


def _satisfaction(year: Year) -> Sheet:
    found = year.satisfaction
    scores = (Column(MEAN, TENTH, SAFE), Column(SCORE, TENTH, "(평균 − 1) ÷ 4 × 100"), Column(POSITIVE, PERCENT))
    columns = (Column("과정번호"), Column("과정"), Column("응답", WHOLE), *scores, Column("답", WHOLE))
    rows: list[Sequence[Any]] = [
        ("", "전체", sum(each.answers for each, _ in found.by_course), *_points(found.figures))
    ]
    rows += [
        (each.course.code, each.course.title, each.answers, *_points(figures, words.missing(each.round)))
        for each, figures in found.by_course
    ]
    return Sheet("만족도", columns, rows if found.basis else [], [f"기준: {basis}" for basis in found.basis])


def _points(found: Figures | None, missing: str = WITHHELD) -> Sequence[Any]:
    return (found.mean, found.score, found.positive, found.n) if found else (missing, None, None, None)


# --- filling ---


def _fill(page: Any, sheet: Sheet) -> None:
    from handlers.staff.files import styles

    rows = list(sheet.rows)
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        _fill_header(page.cell(1, number), column)
        cells = [row[number - 1] for row in rows if len(row) >= number]
        page.column_dimensions[column_letters(number)].width = _width(column, cells)
    for at, row in enumerate(rows, 2):
        for number, value in enumerate(row[: len(sheet.columns)], 1):
            _fill_cell(page.cell(at, number), value, sheet.columns[number - 1].format)
        if len(row) > len(sheet.columns):  # a row that says its own format
            page.cell(at, len(sheet.columns)).number_format = row[-1]
    for at, note in enumerate(sheet.notes, len(rows) + 3):
        _fill_cell(page.cell(at, 1), note, "General").alignment = styles.UNWRAPPED


def _fill_header(cell: Any, column: Column) -> None:
    from handlers.staff.files import styles

    cell.value, cell.font, cell.fill, cell.alignment = column.title, styles.BOLD, styles.GREY, styles.TOP
    if column.note:
        cell.comment = styles.Comment(column.note, "배움톡", height=120, width=260)


def _fill_cell(cell: Any, value: Any, shown_as: str) -> Any:
    """A text stays one, even if it begins as a formula does."""
    from handlers.staff.files import styles

    cell.value = styles.ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = styles.TOP
    else:
        cell.number_format = shown_as
        cell.alignment = styles.UNWRAPPED_TOP
    return cell


def _width(column: Column, values: Iterable[Any]) -> int:
    longest = max([width(column.title), *(width(str(value)) for value in values if isinstance(value, str))])
    return min(max(longest + 3, NARROWEST, 12 if column.format == DAY else 0), WIDEST)
