"""What residents wanted and what there was: by course, field and time of day, and what there wasn't."""

from collections.abc import Callable, Iterator, Sequence

from handlers.language.names import mask_name, may_be_name
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Step, Table, Told
from handlers.staff.year.counted.words import DAYPARTS, NO_CATEGORY, competition, count
from handlers.staff.year.demands import asked
from handlers.staff.year.demands.wanted import Wanted, of_courses
from storage.database import Transaction
from storage.dialogue import missed
from storage.dialogue.missed import Missed
from storage.states import MissedState
from storage.year import awaiting, taught

COLUMNS = ("과정", "주야", "정원", "신청", "마감 때 신청", "경쟁률", "자리를 넘음", "못 들음", "기다림", "필요한 반")
GROUPED = ("과정", "정원", "마감 때 신청", "경쟁률", "자리를 넘음", "못 들음", "필요한 반")
MOST_WORDS = 50
NOTES = (
    "‘마감 때 신청’은 접수가 끝날 때 취소하지 않고 남은 분, ‘자리를 넘음’은 그 가운데 정원을 넘은 분, ‘못 들음’은 "
    "뽑히지 않았거나 대기에서 자리를 받지 못한 분, ‘기다림’은 자리가 나거나 다시 열리면 알려 달라고 한 분입니다.",
    "‘필요한 반’은 마감 때 신청한 분이 모두 들을 수 있었을 반의 수입니다. "
    "대기까지 찬 뒤에 돌아간 분은 남지 않아 셀 수 없습니다.",
)


def demand(tx: Transaction, desk: Desk, year: int) -> Told:
    """Of the courses of a year; wishes that nobody could have met are those of today."""
    found = of_courses(tx, year, taught.of_year(tx, year), desk.now)
    waits = awaiting.by_course(tx, [each.course.id for each in found])
    tables: list[Table | Listing] = [*_courses(found, waits), *groups(found), *_words(tx), *asked.needs(tx, desk, year)]
    if not tables:
        return Told(f"{year}년에는 아직 과정도, 바라는 강좌도 없습니다.")
    beyond = [each for each in found if each.is_worth_more]
    title = f"{year}년 과정 {len(found)}개에 {sum(each.interest.applied for each in found):,}명이 신청했습니다."
    facts = (f"반을 늘릴 만큼 신청이 많았던 과정은 {len(beyond)}개입니다.",) if found else ()
    return Told(title, facts, tuple(tables), NOTES if found else (), steps=tuple(_steps(tx)))


def _courses(found: Sequence[Wanted], waits: dict[int, int]) -> Iterator[Table]:
    """Most wanted beyond the seats first."""
    ordered = sorted(found, key=lambda each: (-each.beyond, -each.at_close, each.course.start_date))
    rows = tuple(_row(each, waits.get(each.course.id, 0)) for each in ordered)
    if rows:
        yield Table(rows, COLUMNS, title="과정별")


def _row(one: Wanted, waits: int) -> tuple[str, ...]:
    course, found = one.course, one.interest
    return (
        f"{course.title}({course.code})", DAYPARTS[course.daypart], count(course.capacity), count(found.applied),
        count(one.at_close), competition(one.at_close, course.capacity), count(one.beyond), count(found.turned_away),
        count(waits), f"{one.classes}개",
    )  # fmt: skip


def groups(found: Sequence[Wanted]) -> Iterator[Table]:
    ways: Sequence[tuple[str, Callable[[Wanted], str]]] = (
        ("분야", lambda each: each.course.category or NO_CATEGORY),
        ("시간대", lambda each: DAYPARTS[each.course.daypart]),
    )
    for name, way in ways:
        of: dict[str, list[Wanted]] = {}
        for each in found:
            of.setdefault(way(each), []).append(each)
        rows = sorted(of.items(), key=lambda each: -sum(one.at_close for one in each[1]))
        if rows:
            yield Table(tuple((label, *_sums(group)) for label, group in rows), (name, *GROUPED), title=f"{name}별")


def _sums(of: Sequence[Wanted]) -> tuple[str, ...]:
    seats, stood = sum(each.course.capacity for each in of), sum(each.at_close for each in of)
    sums = (
        sum(each.beyond for each in of),
        sum(each.interest.turned_away for each in of),
        sum(each.classes for each in of),
    )
    return f"{len(of)}", count(seats), count(stood), competition(stood, seats), *map(count, sums[:2]), f"{sums[2]}개"


# --- what there wasn't ---


def _words(tx: Transaction) -> Iterator[Table]:
    kept: Sequence[tuple[str, MissedState]] = (("다음 학기에 바라는 강좌", "wanted"), ("찾지 못한 말", "new"))
    for title, state in kept:
        found, all_of = missed.listed(tx, state, MOST_WORDS)
        rows = tuple((_shown(each), f"{each.count}번", count(each.wishes)) for each in found)
        if rows:
            yield Table(rows, ("말", "찾은 횟수", "알림을 바라는 분"), title=title, left_out=all_of - len(rows))
    wished = awaiting.wished(tx, MOST_WORDS)
    if wished:
        yield Table(
            tuple((words, f"{people}명") for words, people in wished),
            ("바라는 강좌", "바라는 분"),
            title="열리면 알려 달라고 한 강좌",
        )


def _shown(one: Missed) -> str:
    """What was said once may be somebody's name, typed into the wrong place."""
    return mask_name(one.words) if one.count == 1 and not one.wishes and may_be_name(one.words) else one.words


def _steps(tx: Transaction) -> Iterator[Step]:
    found, _ = missed.listed(tx, "new", MOST_WORDS)
    for first in (each.words for each in found if _shown(each) == each.words):
        yield Step("다음 학기에 열 강좌로 적어 두려면", "missed", {"wish": first})
        return
