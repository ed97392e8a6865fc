"""What can be read but is hardly meant: asked about with both readings, unless an officer says that it is meant."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.calendar.attending import stated
from handlers.language.days import dates
from handlers.language.letters.particles import particle, with_particle
from handlers.seating import lottery
from handlers.staff.courses.sheets import counted
from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.courses.sheets.comparing import Compared
from handlers.staff.courses.sheets.reading import Planned
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.desk.lookup import SELECTIONS
from handlers.staff.files.columns import Problem
from handlers.staff.files.rows import Row
from storage.teaching.course import Course

Odd = Iterator[tuple[str, str]]  # of which field, and what to ask

MORNING, EVENING = time(9), time(17)  # from when on a class is to be expected, and one in the evening
NIGHT = time(18)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=8)
EARLY, OPEN_FOR = timedelta(days=180), timedelta(days=92)  # before the course begins, and in all
PAST, AHEAD, LASTING = timedelta(days=3650), timedelta(days=730), timedelta(days=366)
LEAST_SHARE = 50  # of the classes, in percent, below which completing is hardly meant
FEES = ("material_fee", "textbook_fee", "exam_fee")
LIKELY = {  # so much at most, in which unit
    "capacity": (200, "명"),
    "waitlist_capacity": (500, "명"),
    "minimum_age": (75, "세"),
    "term_limit": (20, "개"),
    "offer_hours": (336, "시간"),
    "last_call_days": (30, "일"),
    "confirm_hours": (336, "시간"),
}


@dataclass(frozen=True)
class _Read:
    """A course as a row has it, with its classes, and who reads it."""

    row: Row
    course: Course
    days: tuple[date, ...]
    desk: Desk

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.desk.organization.timezone)

    def day(self, on: date) -> str:
        return dates.day(on, "ko", today=self.desk.today)

    def tells_half(self, field: str) -> bool:
        """Whether its cell says that the morning is meant."""
        return bool(re.search(r"오전|새벽|아침|am", str(COLUMNS.written(self.row).get(field)), re.IGNORECASE))


def asked(compared: Compared, desk: Desk) -> Iterator[Problem]:
    """Of what is new or changed; what was the same before was asked about then."""
    for one in compared.new:
        yield from (COLUMNS.wrong(one.row, field, why) for field, why in _odd(one, one.course, desk))
    for before, one in compared.changed:
        known = set(_odd(one, before.course, desk))
        fresh = (each for each in _odd(one, one.course, desk) if each not in known)
        yield from (COLUMNS.wrong(one.row, field, why) for field, why in fresh)


def _odd(one: Planned, course: Course, desk: Desk) -> Odd:
    zone = desk.organization.timezone
    read = _Read(one.row, course, tuple(since.astimezone(zone).date() for since, _ in one.plan.sessions), desk)
    for find in FINDERS:
        yield from find(read)


def _hours(read: _Read) -> Odd:
    course, start = read.course, dates.clock(read.course.start_time, "ko")
    asked = with_particle(start, "으로/로") + " 읽었"
    late = f"{(course.start_time.hour + 12) % 24}:{course.start_time:%M}"
    fix = "‘시작시간’이나 ‘주야’를 고쳐 주세요."
    if course.daypart == "evening" and course.start_time < EVENING:
        fix = f"밤이면 ‘{late}’, 아침이면 ‘주야’를 고쳐 주세요." if course.start_time.hour < 12 else fix
        yield "start_time", f"{asked}는데 ‘주야’는 야간입니다. {fix}"
    elif course.daypart == "day" and course.start_time >= NIGHT:
        yield "start_time", f"{asked}는데 ‘주야’는 주간입니다. {fix}"
    elif course.start_time < MORNING and not read.tells_half("start_time"):
        either = f"저녁이면 ‘{late}’{particle(late, '으로/로')}, 아침이면 ‘{start}’{particle(start, '이라고/라고')}"
        yield "start_time", f"{asked}습니다. {either} 적어 주세요."


def _lengths(read: _Read) -> Odd:
    course = read.course
    if course.daypart == "weekend" and not {5, 6} >= set(course.weekdays):
        days = dates.weekdays(course.weekdays, "ko")
        yield "daypart", f"‘주야’는 주말인데 ‘요일’은 {days}입니다. 어느 쪽이 맞는지 고쳐 주세요."
    lasts = datetime.combine(date.min, course.end_time) - datetime.combine(date.min, course.start_time)
    if not SHORTEST <= lasts <= LONGEST:
        times = dates.hours(course.start_time, course.end_time, "ko")
        yield "end_time", f"수업 한 번이 {dates.remaining(lasts, 'ko')}({times})이 됩니다. 시각을 확인해 주세요."


_TITLED: dict[str, tuple[str, Callable[[Course], bool]]] = {
    r"야간|저녁|\(야\)": ("야간", lambda course: course.start_time >= EVENING),
    r"주간반|\(주\)$": ("주간", lambda course: course.start_time < NIGHT),
    r"오전": ("오전", lambda course: course.start_time.hour < 12),
    r"오후": ("오후", lambda course: course.start_time.hour >= 12),
    r"주말": ("주말", lambda course: {5, 6} >= set(course.weekdays)),
    r"토요": ("토요일", lambda course: 5 in course.weekdays),
}


_NOT_OPEN = re.compile(r"폐강|개설 ?취소|취소됨|보류|미운영|미개설|\(예시\)|^\(?예\)")


def _title(read: _Read) -> Odd:
    """What a title promises of the times, of being held, and of how people are chosen."""
    course = read.course
    weekly = f"{dates.weekdays(course.weekdays, 'ko')}요일 {dates.clock(course.start_time, 'ko')}"
    for pattern, (word, holds) in _TITLED.items():
        if re.search(pattern, course.title) and not holds(course):
            yield "title", f"이름은 {word}인데 수업은 {weekly}에 시작합니다. 어느 쪽이 맞는지 고쳐 주세요."
    if (found := _NOT_OPEN.search(course.title)) and course.state == "published":
        why = f"이름에 ‘{found[0]}’{particle(found[0], '이/가')} 있는데 ‘상태’는 공개라 접수를 받습니다."
        yield "title", f"{why} 열지 않는 과정이면 줄을 지우거나 ‘비공개’로, 여는 과정이면 이름을 고쳐 주세요."
    for word, way in (("추첨", "lottery"), ("선착순", "first_come")):
        if word in course.title and course.selection != way:
            why = f"이름은 {word}인데 ‘선정방법’은 {SELECTIONS[course.selection]}입니다."
            yield "title", f"{why} 어느 쪽이 맞는지 고쳐 주세요."


def _days(read: _Read) -> Odd:
    course, first = read.course, read.days[0]
    if course.start_date.weekday() not in course.weekdays and course.start_date not in course.extra_days:
        days = dates.weekdays(course.weekdays, "ko")
        weekday = dates.weekdays([course.start_date.weekday()], "ko")
        why = f"{weekday}요일인데 ‘요일’은 {days}입니다. 이대로면 첫 수업이 {read.day(first)}입니다."
        yield "start_date", f"{why} ‘시작일’이나 ‘요일’을 고쳐 주세요."
    if course.end_date - course.start_date > LASTING:
        yield "end_date", f"‘시작일’({course.start_date})부터 1년이 넘습니다. 연도가 맞는지 확인해 주세요."
    if why := counted.why_other(read.row, len(read.days)):
        yield "start_date", why
    years = range(course.start_date.year, course.end_date.year + 1)
    if strange := [day for day in course.days_off if day.year not in years]:
        yield "days_off", f"{read.day(strange[0])}은 교육기간의 해가 아닙니다. 연도가 맞는지 확인해 주세요."


def _year(read: _Read) -> Odd:
    start, today = read.course.start_date, read.desk.today
    if start > today + AHEAD:
        yield "start_date", f"지금부터 {(start - today).days // 365}년 뒤입니다. 연도가 맞는지 확인해 주세요."
    if start < today - PAST:
        yield "start_date", f"지금부터 {(today - start).days // 365}년 전입니다. 연도가 맞는지 확인해 주세요."


def _term(read: _Read) -> Odd:
    """A winter course may be of the half in which one registers for it."""
    course = read.course
    year, half = (int(part) for part in course.term.split("-H"))
    first, last = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    opens = read.local(course.apply_start).date()
    if (course.end_date < first or last < course.start_date) and not first <= opens <= last:
        its = f"{course.start_date.year}-H{1 if course.start_date.month < 7 else 2}"
        span = dates.span(course.start_date, course.end_date, "ko", today=date.min)
        yield "term", f"수업은 {term(its)}({span})에 있습니다. ‘학기’나 날짜를 고쳐 주세요."


def _applying(read: _Read) -> Odd:
    course = read.course
    opens, closes = read.local(course.apply_start), read.local(course.apply_end)
    first = datetime.combine(read.days[0], course.start_time, tzinfo=opens.tzinfo)
    if opens > first:
        yield "apply_start", f"첫 수업({read.day(first.date())})이 시작된 뒤에 접수를 엽니다. 날짜를 확인해 주세요."
    elif closes > first:
        why = f"첫 수업({read.desk.moment(first)}) 뒤인 {read.desk.moment(closes)}까지 접수합니다."
        yield "apply_end", f"{why} 개강한 뒤에도 받는지, 날짜가 틀렸는지 확인해 주세요."
    if first - opens > EARLY:
        yield "apply_start", f"첫 수업보다 {(first - opens).days}일 먼저 접수를 엽니다. 연도가 맞는지 확인해 주세요."
    elif closes - opens > OPEN_FOR:
        yield "apply_end", f"접수기간이 {(closes - opens).days}일입니다. 날짜가 맞는지 확인해 주세요."


def _clocks(read: _Read) -> Odd:
    """Applications that open or end at an hour at which nobody is in the office."""
    for field, at in (("apply_start", read.course.apply_start), ("apply_end", read.course.apply_end)):
        there = read.local(at).time()
        if time() < there < MORNING and not read.tells_half(field):
            early, late = dates.clock(there, "ko"), f"{there.hour + 12}:{there:%M}"
            either = f"오후면 ‘{late}’{particle(late, '으로/로')}, 오전이면 ‘{early}’{particle(early, '이라고/라고')}"
            yield field, f"{with_particle(early, '으로/로')} 읽었습니다. {either} 적어 주세요."


def _amounts(read: _Read) -> Odd:
    for field in FEES:
        fee = getattr(read.course, field)
        if 0 < fee < 1_000:
            yield field, f"{fee:,}원으로 읽었습니다. 만 원이나 천 원 단위로 적은 것이면 원 단위로 풀어 적어 주세요."
        if fee > 1_000_000:
            yield field, f"한 분이 {fee:,}원을 냅니다. 0이 더 붙지 않았는지 확인해 주세요."
    for field, (most, unit) in LIKELY.items():
        value = getattr(read.course, field)
        if value > most:
            yield field, f"{value:,}{unit}{particle(unit, '으로/로')} 읽었습니다. 숫자가 맞는지 확인해 주세요."


def _attending(read: _Read) -> Odd:
    """The share that completes, said twice and otherwise, and limits that would let nobody or everybody complete."""
    course = read.course
    said, share = stated(course.completion_rule), course.completion_percent
    if said is not None and share is not None and said != share:
        why = f"‘수료기준’은 {said}%인데 ‘수료출석률’은 {share}%입니다. 수료는 {share}%로 제안합니다."
        yield "completion_percent", f"{why} 어느 쪽이 맞는지 고쳐 주세요."
    elif share is not None and share < LEAST_SHARE:
        yield "completion_percent", f"{share}%만 나와도 수료하게 됩니다. 숫자가 맞는지 확인해 주세요."
    for field, most, unit in (("late_minutes", 60, "분"), ("lates_per_absence", 10, "번")):
        value = getattr(course, field)
        if value is not None and value > most:
            yield field, f"{value:,}{unit}{particle(unit, '으로/로')} 읽었습니다. 숫자가 맞는지 확인해 주세요."


def _choosing(read: _Read) -> Odd:
    course, here = read.course, read.desk.organization
    if course.selection == "priority" and not course.priority:
        yield "selection", "누구를 먼저 뽑는지 ‘우선대상’이 비어 있습니다. 적거나 ‘선정방법’을 고쳐 주세요."
    if course.selection != "lottery" or course.apply_end < read.desk.now or not here.lottery.rule:
        return
    public_at = here.lottery.next_after(course.apply_end, here.timezone)
    if lottery.comes_too_late(here, course, public_at):
        why = f"추첨에 섞을 공개값이 {read.desk.moment(public_at)}에 나와 개강 전에 뽑을 수 없습니다."
        yield "apply_end", f"{why} 접수를 더 일찍 끝내 주세요. 공개값 없이 추첨할 것이면 적은 그대로도 됩니다."


FINDERS: tuple[Callable[[_Read], Odd], ...] = (
    _hours,
    _lengths,
    _title,
    _days,
    _year,
    _term,
    _applying,
    _clocks,
    _amounts,
    _attending,
    _choosing,
)
