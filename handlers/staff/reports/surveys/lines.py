"""Results of surveys as plain text in a terminal."""

from collections.abc import Iterator, Sequence

from handlers.staff.desk.desk import Desk
from handlers.staff.reports.lines import Typed, steps
from handlers.staff.reports.tables import table
from handlers.staff.surveys.tally import words
from handlers.staff.surveys.tally.figures import WITHHELD, Figures, Share, named, percent, rounded, scores
from handlers.staff.surveys.tally.results import Asked, Overall, Result
from handlers.staff.surveys.tally.turnout import CHANNELS, rate
from handlers.staff.surveys.tally.years import Satisfaction, Year
from storage.asking.rounds import Round
from storage.asking.survey import TEXT

BAR = 20  # signs of a bar for all answers


def of_survey(result: Result, desk: Desk, typed: Typed) -> list[str]:
    return [
        f"{words.title(result)} ({result.survey.code})",
        f"기간: {words.when(result)}",
        f"{words.totals(result.turnout.answers, result.used)}. 응답률 {words.response(result.turnout)}",
        *words.notes(result, desk),
        *steps(tuple(words.steps(result)), typed),
        *_turnout(result),
        *(_overall(result.overall) if result.overall and result.used else []),
        *_courses(result),
        *(_questions(result) if result.used else []),
        *_texts(result),
    ]


def _turnout(result: Result) -> Iterator[str]:
    turnout = result.turnout
    if turnout.answers:
        yield "\n[응답 수]"
        yield from table([("방법", "응답"), *((CHANNELS[way], f"{n:,}") for way, n in turnout.by_channel.items())])
        yield ""
        yield from table([("날짜", "응답"), *((f"{day:%Y-%m-%d}", f"{n:,}") for day, n in turnout.by_day.items())])


def _overall(overall: Overall) -> Iterator[str]:
    yield f"\n[전체 만족도] {overall.basis}"
    yield f"  {_scored(overall.figures)}"
    ways = [
        (CHANNELS[way], f"{found.n:,}" if found else "", *words.in_cells(found))
        for way, found in overall.by_channel.items()
    ]
    yield from table([("방법", "넣은 답", "평균(5점)", "긍정응답률"), *ways])


def _courses(result: Result) -> Iterator[str]:
    """Beside each other; where they have no satisfaction, only how many answered."""
    overall = result.overall
    rows: list[Sequence[str]] = [("과정", "응답", "응답률", *(("평균(5점)", "긍정응답률") if overall else ()))]
    for each in result.turnout.by_course:
        figures = overall.by_course[each.course.id] if overall else None
        cells = words.in_cells(figures, words.missing(each.round)) if overall else ()
        rows.append((words.called(each), f"{each.answers:,}", percent(rate(each.answers, each.attendees)), *cells))
    if len(rows) > 1 and not result.course:
        yield "\n[과정별]"
        yield from table(rows)


def _scored(found: Figures | None) -> str:
    return ", ".join([f"답 {found.n:,}개", *scores(found)]) if found else WITHHELD


def _questions(result: Result) -> Iterator[str]:
    for section, group in words.sections(result):
        asked = [each for each in group if each.item.kind != TEXT]
        if asked and section:
            yield f"\n[{section}]"
        for each in asked:
            yield from _question(each)


def _question(asked: Asked) -> Iterator[str]:
    yield words.numbered(asked)
    yield f"  {', '.join(named(asked.item, asked.figures))}"
    if asked.figures and asked.figures.shares:
        yield from table([_share(share) for share in asked.figures.shares], indent=4)
    if asked.figures and asked.figures.positive is not None and len(asked.by_channel) > 1:
        ways = ((CHANNELS[way], *words.in_cells(found)) for way, found in asked.by_channel.items())
        yield f"    방법별: {', '.join(' '.join(filter(None, way)) for way in ways)}"


def _share(share: Share) -> Sequence[str]:
    bar = "█" * round(BAR * share.share)
    return share.label, f"{share.count:,}", percent(share.share), bar.ljust(BAR)


def _texts(result: Result) -> Iterator[str]:
    for asked in words.texts(result):
        yield f"\n{words.numbered(asked)} ({len(asked.texts):,}건, 차례를 섞었습니다)"
        yield from (f"  - {' '.join(text.split())}" for text in asked.texts)


# --- a year ---


def of_year(year: Year) -> list[str]:
    head = ("종류", "횟수", "기간", "응답", "넣은 것", "가린 것", "응답률")
    return [
        words.year_title(year),
        *table([head, *_kinds(year)]),
        *_satisfaction(year.satisfaction),
    ]


def _kinds(year: Year) -> Iterator[Sequence[str]]:
    for of in year.kinds:
        kind, _, times = words.ran(of).rpartition(" ")
        counts = (f"{of.answers:,}", f"{of.used:,}", f"{of.answers - of.used:,}")
        yield kind, times, words.span(of), *counts, words.response(of)


def _satisfaction(found: Satisfaction) -> Iterator[str]:
    if not found.basis:
        return
    yield "\n[만족도]"
    yield f"  {_scored(found.figures)}"
    yield from (f"  기준: {basis}" for basis in found.basis)
    if found.by_course:
        yield ""
        rows = [
            (words.called(each), f"{each.answers:,}", *_points(figures, each.round))
            for each, figures in found.by_course
        ]
        yield from table([("과정", "응답", "평균(5점)", "100점 환산", "긍정응답률"), *rows])


def _points(found: Figures | None, round_: Round) -> tuple[str, str, str]:
    if not found:
        return words.missing(round_), "", ""
    return rounded(found.mean), rounded(found.score), percent(found.positive)
