"""Seats kept for an institution until a moment: kept, used by its people, given back."""

from collections.abc import Sequence
from datetime import datetime

from handlers.calendar.hours import local
from handlers.language.letters.particles import with_particle
from handlers.seating import holds, offers
from handlers.staff.courses.outcomes import named, seats
from handlers.staff.courses.scope import of_course
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import with_reach
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files import moments
from handlers.staff.files.cells import Wrong, line
from storage.database import Transaction
from storage.seating import draws, enrollments
from storage.seating import holds as seat_holds
from storage.seating.holds import Hold
from storage.teaching import courses
from storage.teaching.course import Course

COURSE = ("과정번호", "과정명")
COLUMNS = ("번호", "기관", "남은 자리", "기한")


def show(tx: Transaction, desk: Desk, code: str = "") -> Told:
    """What is kept in a course, or in all of them."""
    course = lookup.course(tx, code) if code else None
    found = seat_holds.living(tx, course.id if course else None)
    if not found:
        where = f"{called(course)}: " if course else ""
        how = Step("자리를 잡아 두려면", "holds", _example(course))
        return Told(f"{where}기관에 잡아 둔 자리가 없습니다.", steps=(how,))
    title = f"기관에 잡아 둔 자리 {sum(each.left for each in found)}개입니다."
    facts = (seats(tx, course, desk.now),) if course else ()
    return Told(
        title, facts, tables=table(desk, found) if course else (_of_all(tx, desk, found),), steps=_steps(tx, found[0])
    )


def table(desk: Desk, found: Sequence[Hold]) -> tuple[Table, ...]:
    """Of one course; none where nothing is kept."""
    return (Table(tuple(_row(desk, each) for each in found), COLUMNS, title="기관에 잡아 둔 자리"),) if found else ()


def _of_all(tx: Transaction, desk: Desk, found: Sequence[Hold]) -> Table:
    about = {each.id: each for each in courses.with_ids(tx, sorted({each.course_id for each in found}))}
    named = ((about[each.course_id], each) for each in found)
    rows = tuple((course.code, course.title, *_row(desk, each)) for course, each in named)
    return Table(rows, (*COURSE, *COLUMNS))


def _row(desk: Desk, hold: Hold) -> tuple[str, ...]:
    return str(hold.id), hold.institution, f"{hold.left} / {hold.seats}", desk.moment(hold.until)


def _steps(tx: Transaction, hold: Hold) -> tuple[Step, ...]:
    code = courses.get(tx, hold.course_id).code
    used = Step("신청한 분께 이 자리를 드리려면", "holds", {"course": code, "use": hold.id, "only": [12]})
    return used, Step("자리를 풀려면", "holds", {"course": code, "release": hold.id})


def _example(course: Course | None) -> dict[str, object]:
    named = {"course": course.code} if course else {"course": "26-01"}
    return {**named, "institution": "일자리플러스센터", "seats": 2, "until": "2026-12-01"}


def hold(tx: Transaction, desk: Desk, code: str, institution: str, count: int, until: str) -> Told:
    """Keep free seats that nobody waits for; whoever comes meanwhile doesn't get them."""
    course = lookup.locked(tx, code)
    name, at = _institution(institution), _until(desk, course, until)
    _check_can_hold(tx, desk, course, count)
    seat_holds.add(tx, course.id, name, count, at, desk.now)
    what = f"{name}에 {count}자리를 {desk.done('잡아 두었습니다', '잡아 둡니다')}"
    facts = (f"{desk.moment(at)}까지 쓰지 않은 자리는 저절로 풀립니다.", seats(tx, course, desk.now))
    return Told(f"{called(course)}: {what}.", facts, table(desk, seat_holds.living(tx, course.id)))


def _institution(text: str) -> str:
    try:
        name = line(text, 40)
    except Wrong as error:
        raise Declined(f"기관 이름: {error}") from error
    if not name:
        raise Declined("어느 기관의 자리인지 적어 주세요.")
    return name


def _until(desk: Desk, course: Course, text: str) -> datetime:
    """A day alone is the whole day; by the first class at the latest."""
    zone = desk.organization.timezone
    begins = local(course.start_date, course.start_time, zone)
    try:
        at = moments.aware(moments.closing(text), zone)
    except ValueError as error:
        raise Declined(f"기한 ‘{text}’: 날짜를 2026-12-01처럼 적어 주세요.") from error
    if not desk.now < at <= begins:
        raise Declined(f"기한 ‘{text}’: 지금부터 개강({desk.moment(begins)})까지 가운데에서 골라 주세요.")
    return at


def _check_can_hold(tx: Transaction, desk: Desk, course: Course, wanted: int) -> None:
    if wanted < 1:
        raise Declined("자리는 1부터 적어 주세요.")
    if not course.gives_seats(desk.today):
        raise Declined(f"{called(course)}: 이미 시작한 과정입니다.")
    _check_is_not_fixed(tx, course)
    left = holds.room(course, desk.now)
    if wanted > left:
        waiting = f" 기다리는 분이 {course.waiting}명 있습니다." if course.waiting else ""
        now = seats(tx, course, desk.now)
        raise Declined(f"{called(course)}: 잡아 둘 수 있는 자리는 {left}개입니다.{waiting}", items=(now,))


def _check_is_not_fixed(tx: Transaction, course: Course) -> None:
    """How many seats are drawn doesn't change once the list is fixed."""
    promised = draws.find(tx, course.id)
    if promised and promised.fixed_at and not promised.drawn_at:
        raise Declined(f"{called(course)}: 신청 목록을 확정한 추첨입니다. 추첨한 뒤에 해 주세요.")


def release(tx: Transaction, desk: Desk, code: str, hold_id: int) -> Told:
    """What wasn't used goes to the line, or to whoever comes next."""
    course = lookup.locked(tx, code)
    kept = _living(tx, course, hold_id)
    _check_is_not_fixed(tx, course)
    seat_holds.end(tx, [kept.id], desk.now)
    before = set(enrollments.living(tx, course.id, "offered"))
    offers.fill(tx, desk.organization, course.id, desk.now)
    offered = set(enrollments.living(tx, course.id, "offered")) - before
    what = f"{kept.institution}의 {with_particle(f'{kept.left}자리', '을/를')} {desk.done('풀었습니다', '풉니다')}"
    told = Told(f"{called(course)}: {what}.", (seats(tx, course, desk.now),))
    return with_reach(tx, desk, told, offered, "offer")


def use(tx: Transaction, desk: Desk, code: str, hold_id: int, numbers: Sequence[int]) -> Told:
    """Seats of the institution to these applications, which wait or nobody has decided on."""
    course = lookup.locked(tx, code)
    kept = _living(tx, course, hold_id)
    _check_is_not_fixed(tx, course)
    came = [each for each in enrollments.of_course(tx, course.id) if not each.ended_at]
    undecided = [each for each in came if each.state in ("waiting", "applied")]
    lookup.check_numbers(tx, course, numbers, [each.id for each in undecided], _list(course))
    if not holds.use(tx, course, kept.id, desk.now, len(numbers)):
        raise Declined(f"{called(course)}: {kept.institution}의 남은 자리는 {kept.left}개입니다.")
    holds.give(tx, numbers, desk.now)
    chosen = [each for each in enrollments.of_course(tx, course.id) if each.id in numbers]
    what = f"{kept.institution}의 자리 {len(numbers)}개를 {desk.done('드렸습니다', '드립니다')}"
    told = Told(f"{called(course)}: {what}.", (seats(tx, course, desk.now),), named(tx, desk, course, chosen))
    return with_reach(tx, desk, told, [each.resident_id for each in chosen], "confirmed")


def _living(tx: Transaction, course: Course, hold_id: int) -> Hold:
    found = next((each for each in seat_holds.living(tx, course.id) if each.id == hold_id), None)
    if found is None:
        raise Declined(f"{called(course)}: 지금 잡아 둔 자리에 {hold_id}번이 없습니다.", _list(course))
    return found


def _list(course: Course) -> Step:
    return Step("잡아 둔 자리를 보려면", "holds", {"course": course.code})


HOLD = acts.add(Act("hold-seats", "기관 자리 잡기", hold, of_course))
RELEASE = acts.add(Act("release-seats", "기관 자리 풀기", release, of_course, ("offer",)))
USE = acts.add(Act("use-seats", "기관 자리 드리기", use, of_course, ("confirmed",)))
