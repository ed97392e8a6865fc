"""Part 5, 참여자 특성: by age, dong and group, so that nobody of fewer than five can be found, nor by subtraction.

People are counted once a half-year, and what a half-year hides stays hidden in the year: else the year without the
other half would tell it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.language.days import dates
from handlers.staff.desk.told import Table
from handlers.staff.year.counted.words import rate
from handlers.staff.year.reports import charts
from handlers.staff.year.reports.report import Chart, Section
from handlers.staff.year.reports.sections.given import Given, half_of
from storage.asking.survey import FEWEST, shown
from storage.year import taught
from storage.year.taught import Person, Taught

TITLE = "참여자 특성"
UNKNOWN = "모름"
ELSEWHERE = "구 밖"
TIES = {"lives": "구에 사는 분", "works": "직장이 있는 분", "studies": "학교에 다니는 분", "none": "그 밖"}
TARGETS = {"returning": "경력단절여성", "none": "해당 없음"}
DECADES = range(20, 70, 10)

Cells = Counter[str]  # people by what they are


def section(given: Given) -> Section:
    every = [_people(given, half) for half in (1, 2)]
    if not any(every):
        return Section(TITLE, missing=f"{given.name}에 배움톡으로 신청해 과정을 들은 분이 없습니다.")
    halves = [of for of in every if len(of) >= FEWEST]
    if not halves:
        return Section(TITLE, missing=f"{FEWEST}명 미만이라 가립니다.")
    everybody = sum(map(len, halves))
    told = {name: told_of([Counter(map(way, of)) for of in halves], order) for name, way, order in _ways(given)}
    unknown = [name for name, of in told.items() if set(of) == {UNKNOWN}]
    tables = tuple(_table(name, of, everybody) for name, of in told.items() if name not in unknown)
    left_out = sum(0 < len(of) < FEWEST for of in every)
    lines = (*_lines(given, everybody, left_out), *(f"{name}: 모두 모릅니다." for name in unknown))
    return Section(TITLE, lines, tables, tuple(_charts(told)))


def _lines(given: Given, everybody: int, left_out: int) -> Iterable[str]:
    each_half = "" if given.half else " 두 반기에 다 들은 분은 두 번 셉니다."
    yield f"개강한 날 자리를 받은 분 {everybody:,}명입니다. 한 반기에 여러 과정을 들은 분은 한 번 셉니다.{each_half}"
    if left_out:
        yield f"들은 분이 {FEWEST}명 미만인 반기는 넣지 않았습니다."
    yield f"{FEWEST}명 미만인 칸은 가리고, 빼서 알아낼 수 없도록 다른 칸도 함께 가립니다."


Member = tuple[Person, Taught]  # with the first course that they took, at whose beginning they were of an age


def _people(given: Given, half: int) -> list[Member]:
    first: dict[int, Taught] = {}
    for course in (each for each in given.courses if half_of(each) == half):
        for one in given.opened(course):
            first.setdefault(one.resident_id, course)
    known = taught.people(given.tx, first)
    return [(known[number], course) for number, course in first.items() if number in known]


def _ways(given: Given) -> Sequence[tuple[str, Callable[[Member], str], Sequence[str]]]:
    dongs = (*given.desk.organization.dongs, ELSEWHERE, UNKNOWN)
    return (
        ("나이대", _age, (*_AGES, UNKNOWN)),
        ("사는 동", lambda each: _dong(each[0], dongs), dongs),
        ("구와의 관계", lambda each: TIES.get(each[0].tie or "", UNKNOWN), (*TIES.values(), UNKNOWN)),
        ("구분", lambda each: TARGETS.get(each[0].target or "", UNKNOWN), (*TARGETS.values(), UNKNOWN)),
    )


_AGES = ("20세 미만", *(f"{each}대" for each in DECADES), "70세 이상")


def _age(member: Member) -> str:
    person, course = member
    if person.birth_year is None:
        return UNKNOWN
    age = dates.age_in(person.birth_year, course.start_date)
    return _AGES[0] if age < 20 else _AGES[-1] if age >= 70 else f"{age // 10 * 10}대"


def _dong(person: Person, known: Sequence[str]) -> str:
    if person.dong in known:
        return person.dong or UNKNOWN
    return ELSEWHERE if person.dong else UNKNOWN


# --- what may be told ---


def told_of(halves: Sequence[Cells], order: Sequence[str]) -> dict[str, int | None]:
    """The cells that somebody is in; None is hidden: where it, or what is left of a half-year's total, is too few."""
    may_be = [shown(cells) | {name for name in order if not cells[name]} for cells in halves]
    sums: Cells = Counter()
    for cells in halves:
        sums.update(cells)
    return {name: sums[name] if all(name in of for of in may_be) else None for name in order if sums[name]}


def _table(name: str, told: Mapping[str, int | None], everybody: int) -> Table:
    rows = [(label, f"{people:,}명", rate(people, everybody)) for label, people in told.items() if people is not None]
    hidden = everybody - sum(people or 0 for people in told.values())
    if hidden:
        labels = ", ".join(label for label, people in told.items() if people is None)
        rows.append((f"가린 칸({labels})", f"{hidden:,}명", rate(hidden, everybody)))
    return Table((*rows, ("계", f"{everybody:,}명", rate(everybody, everybody))), (name, "사람", "비율"), title=name)


def _charts(told: Mapping[str, Mapping[str, int | None]]) -> Iterable[Chart]:
    for name in ("나이대", "사는 동"):
        bars = [(label, float(people)) for label, people in told[name].items() if people is not None]
        if {label for label, _ in bars} - {UNKNOWN}:
            yield charts.bars(f"{name}별 참여자", bars, "명")
