"""Part 8, 일자리 연계: talks at the job centre, and how completers do after 3 and 6 months."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.staff.desk.told import Table
from handlers.staff.year.counted.words import count, rate
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given, half_of
from storage.asking.survey import FEWEST
from storage.completion import followups
from storage.completion.followups import STAGES, WORKING
from storage.year import became
from storage.year.became import Asked

TITLE = "일자리 연계"
ANSWERS = {
    followups.RELATED: "배운 분야에서 일함",
    followups.OTHER: "다른 분야에서 일함",
    "looking": "일을 찾는 중",
    "not_looking": "찾지 않음",
}
TALKS = ("구직 상담", "구직 등록", "취업")
COLUMNS = ("때", "수료", "물어봄", "답함", "일함", "취업률(답한 분)", "취업률(수료한 분)")

Answers = Counter[str | None]


def section(given: Given) -> Section:
    found = became.followed_up(given.tx, given.ids)
    lines = [_talked(given)]
    lines += [f"배움톡 이전 과정의 취업 {placed:,}명" for placed in _before(given)]
    if not found:
        return Section(TITLE, (*lines, "수료한 분께 3개월·6개월 뒤의 소식을 아직 묻지 않았습니다."))
    counted = {stage: _halves(given, [each for each in found if each.stage == stage]) for stage in STAGES}
    rows = tuple(_row(given, stage, halves) for stage, halves in counted.items())
    lines.append(
        f"답한 분이 {FEWEST}명 미만인 반기의 답은 어디에도 넣지 않습니다. 취업률은 무엇으로 나누었는지 함께 적습니다."
    )
    bars = [bar for stage, halves in counted.items() for bar in _bar(stage, halves)]
    drawn = (charts.bars("답한 분 가운데 일하는 분", bars, "%"),) if bars else ()
    return Section(TITLE, tuple(lines), (Table(rows, COLUMNS, title="수료한 뒤"), *_answers(counted)), drawn)


def _talked(given: Given) -> str:
    first, last = given.days
    talks = became.talks(given.tx, *given.moments)
    found = ", ".join(f"{name} {number:,}건" for name, number in zip(TALKS, talks, strict=True))
    return f"{found} ({first.month}월~{last.month}월에 한 상담)"


def _before(given: Given) -> Iterator[int]:
    placed = sum(each.placed or 0 for each in given.past)
    if placed:
        yield placed


def _halves(given: Given, found: Sequence[Asked]) -> list[Answers]:
    """Of each half-year, so that a year tells nothing that its half-years hide."""
    of = {each.id: half_of(each) for each in given.courses}
    halves = {1: Answers(), 2: Answers()}
    for each in found:
        halves[of[each.course_id]][each.answer] += each.people
    return list(halves.values())


def _answered(answers: Answers) -> int:
    return answers.total() - answers[None]


def told(halves: Iterable[Answers]) -> Answers:
    """The answers of half-years in which enough answered."""
    total = Answers()
    for each in halves:
        if _answered(each) >= FEWEST:
            total.update({answer: people for answer, people in each.items() if answer is not None})
    return total


def _working(answers: Answers) -> int:
    return sum(answers[each] for each in WORKING)


def _row(given: Given, stage: int, halves: Sequence[Answers]) -> tuple[str, ...]:
    completed = sum(each.completed or 0 for each in given.lines if each.code)
    asked, found = sum(each.total() for each in halves), told(halves)
    answered, working = found.total(), _working(found)
    if not answered:
        return f"{stage}개월 뒤", count(completed), count(asked), f"{FEWEST}명 미만", "-", "-", "-"
    return (
        f"{stage}개월 뒤", count(completed), count(asked), count(answered), count(working),
        rate(working, answered), rate(working, completed),
    )  # fmt: skip


def _answers(counted: Mapping[int, Sequence[Answers]]) -> Iterator[Table]:
    found = {stage: told(halves) for stage, halves in counted.items()}
    if not any(found.values()):
        return
    rows = tuple((name, *(count(of[answer]) for of in found.values())) for answer, name in ANSWERS.items())
    yield Table(rows, ("답", *(f"{stage}개월 뒤" for stage in found)), title="답한 내용")


def _bar(stage: int, halves: Sequence[Answers]) -> Iterator[tuple[str, float]]:
    found = told(halves)
    if found:
        yield f"{stage}개월 뒤 (답한 분 {found.total():,}명)", 100 * _working(found) / found.total()
