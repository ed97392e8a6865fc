"""Part 9, 우수사례: no figure chooses one, but figures tell where to look for it."""

from collections.abc import Iterator

from handlers.staff.year.counted.words import competition, rate
from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given, Line

TITLE = "우수사례"
FEWEST_SEATS = 5  # of a course from which one may be chosen
NONE = "우수사례로 볼 만한 과정을 아직 고를 수 없습니다. 수료를 정한 과정이 없습니다."


def section(given: Given) -> Section:
    lines = tuple(_lines([each for each in given.lines if (each.opened or 0) >= FEWEST_SEATS]))
    if not lines:
        return Section(TITLE, missing=NONE)
    return Section(TITLE, (*lines, "수치로 고른 후보입니다. 사례는 담당자가 적어 주세요."))


def _lines(lines: list[Line]) -> Iterator[str]:
    done = [each for each in lines if each.completed and each.opened]
    if done:
        best = max(done, key=lambda each: (each.completed or 0) / (each.opened or 1))
        yield f"수료율이 가장 높은 과정: {best.title} ({_of(best.completed, best.opened)})"
    with_some = [each for each in done if each.acquired]
    if with_some:
        best = max(with_some, key=lambda each: (each.acquired or 0) / (each.completed or 1))
        yield f"취득률이 가장 높은 과정: {best.title} ({_of(best.acquired, best.completed)})"
    asked = [each for each in lines if each.applied and each.capacity and each.applied > each.capacity]
    if asked:
        best = max(asked, key=lambda each: (each.applied or 0) / (each.capacity or 1))
        yield f"경쟁률이 가장 높은 과정: {best.title} ({competition(best.applied, best.capacity)})"


def _of(part: int | None, whole: int | None) -> str:
    return f"{whole}명 가운데 {part}명, {rate(part, whole)}"
