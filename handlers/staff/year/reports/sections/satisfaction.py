"""Part 6, 만족도: by item, each figure named as what it is, and what people wrote; as results of surveys are told."""

from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.staff.desk.told import Table
from handlers.staff.surveys.tally import results, words
from handlers.staff.surveys.tally.figures import WITHHELD, percent, rounded, scores
from handlers.staff.surveys.tally.results import SATISFACTION, Asked, Result
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Chart, Section
from handlers.staff.year.reports.sections import noted
from handlers.staff.year.reports.sections.given import Given
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import NPS, SCALE, Survey

TITLE = "만족도"
WRITTEN = 20  # answers to an open question that a report has room for
COLUMNS = ("문항", "응답", "평균(5점)", "100점 환산", "긍정응답률")


def section(given: Given) -> Section:
    known = [each for each in surveys.all_newest(given.tx) if each.kind == SATISFACTION]
    asked = [(survey, of) for survey in known if (of := _rounds(given, survey))]
    before = tuple(noted.of_kind(given, "satisfaction", "회"))
    if not (asked or before):
        return Section(TITLE, missing=f"{given.name} 과정에서 끝난 만족도 조사가 없습니다.")
    found = [results.of_rounds(given.tx, given.desk, survey, of) for survey, of in asked]
    times = [len(of) for _, of in asked]
    lines = [line for each, number in zip(found, times, strict=True) for line in _lines(given, each, number)]
    tables = [table for each in found for table in _tables(each, len(found) > 1)]
    drawn = [chart for each in found for chart in _charts(each)]
    return Section(TITLE, (*lines, *(f"적어 둔 것: {each}" for each in before)), tuple(tables), tuple(drawn))


def _rounds(given: Given, survey: Survey) -> list[Round]:
    """Closed ones: of the courses that are reported, or, where everybody is asked, of the time."""
    ids, (since, until) = set(given.ids), given.moments
    closed = [each for each in rounds.of_code(given.tx, survey.code) if each.closes_at <= given.desk.now]
    return [
        each for each in closed if each.course_id in ids or (each.course_id is None and since <= each.closes_at < until)
    ]


def _lines(given: Given, result: Result, times: int) -> Iterator[str]:
    asked = f"{result.survey.title.ko}: {times:,}회, {words.when(result)}"
    yield f"{asked}, 응답률 {words.response(result.turnout)}"
    yield words.totals(result.turnout.answers, result.used)
    if result.overall:
        found = result.overall.figures
        yield f"{result.overall.basis}: {', '.join(scores(found)) if found else WITHHELD}"
    for each in _of_kind(result, NPS):
        yield f"{words.numbered(each)}: {_recommended(each)}"
    yield from words.notes(result, given.desk)


def _recommended(asked: Asked) -> str:
    found = asked.figures
    if found is None:
        return WITHHELD
    parts = f"추천 {percent(found.promoters)}, 비추천 {percent(found.detractors)}"
    return f"추천지수(NPS) {rounded(found.nps, 0, '+')} ({parts})"


def _of_kind(result: Result, kind: str) -> list[Asked]:
    return [each for each in result.questions if each.item.kind == kind]


def _tables(result: Result, is_one_of_several: bool) -> Iterator[Table]:
    title = result.survey.title.ko if is_one_of_several else "문항별"
    if rows := tuple(map(_row, _of_kind(result, SCALE))):
        yield Table(rows, COLUMNS, title=title)
    for each in result.questions:
        if each.figures and each.figures.shares and each.item.kind not in (SCALE, NPS):
            shares = tuple((share.label, f"{share.count:,}", percent(share.share)) for share in each.figures.shares)
            yield Table(shares, ("답", "응답", "비율"), title=words.numbered(each))
    for each in words.texts(result):
        said = Counter(each.texts)
        rows = tuple((text, f"{said[text]:,}") for text in sorted(said, key=lambda text: (-said[text], text)))
        yield Table(rows, ("쓴 말", "응답"), words.numbered(each)).first(WRITTEN)


def _row(asked: Asked) -> tuple[str, ...]:
    found = asked.figures
    if found is None:
        return words.numbered(asked), WITHHELD, "-", "-", "-"
    return words.numbered(asked), f"{found.n:,}", rounded(found.mean), rounded(found.score), percent(found.positive)


def _charts(result: Result) -> Iterator[Chart]:
    scored = [(each, each.figures.score) for each in _of_kind(result, SCALE) if each.figures]
    bars: Sequence[tuple[str, float]] = [(words.numbered(each), score) for each, score in scored if score is not None]
    if bars:
        yield charts.bars("문항별 만족도(100점 환산)", bars, "점")
