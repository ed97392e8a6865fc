"""Drawing a lottery by hand, running it again to compare, and its protocol for anybody."""

from handlers.seating import lottery
from handlers.staff.courses.outcomes import outcome
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.desk.told import Listing, Step, Told
from storage import draws, enrollments
from storage.course import Course
from storage.database import Transaction
from storage.draws import Draw
from storage.states import BY_OFFICERS


def draw(tx: Transaction, desk: Desk, code: str) -> Told:
    """Draw a lottery whose registration is over; what came of it, for an officer."""
    course = lookup.locked(tx, code)
    _check_is_lottery(course)
    lottery.promise_seeds(tx)
    before = _promised(tx, course)
    if before.drawn_at:
        again = Step("다시 맞춰 보려면", "draw", {"course": course.code, "verify": True})
        raise Declined(f"{called(course)}: 이미 추첨했습니다({desk.moment(before.drawn_at)}).", again)
    if desk.now <= course.apply_end:
        raise _too_early(desk, course)
    waiting = [each.id for each in enrollments.applied(tx, course.id)]
    lottery.draw(tx, desk.organization, course.id, desk.now)
    return outcome(tx, desk, course, waiting, f"{called(course)}: {desk.done('추첨했습니다', '추첨합니다')}.")


def verify(tx: Transaction, desk: Desk, code: str) -> Told:
    """A draw run again: what it was drawn from, and whether the same comes out, or else it isn't good."""
    course, drawn = _drawn(tx, desk, code)
    differences = lottery.verify(tx, course.id)
    assert drawn.applications is not None
    facts = (
        f"씨앗: {drawn.seed}",
        f"씨앗의 SHA-256: {lottery.seed_hash(drawn)}",
        f"신청 목록의 SHA-256: {drawn.applications_hash}",
        f"신청 {len(drawn.applications)}명, 자리 {drawn.seats}개",
    )
    if not differences:
        return Told(called(course), facts, notes=("다시 추첨했습니다. 같은 결과입니다.",))
    differing = Listing(tuple(differences), f"다른 곳이 {len(differences)}군데 있습니다.")
    return Told(called(course), facts, tables=(differing,), is_good=False)


def protocol(tx: Transaction, desk: Desk, code: str) -> str:
    """The text by which anybody can draw again: numbers only, no names."""
    return lottery.protocol(_drawn(tx, desk, code)[1])


def _drawn(tx: Transaction, desk: Desk, code: str) -> tuple[Course, Draw]:
    course = lookup.course(tx, code)
    _check_is_lottery(course)
    found = draws.find(tx, course.id)
    if found is None or not found.drawn_at:
        raise _too_early(desk, course)
    return course, found


def _promised(tx: Transaction, course: Course) -> Draw:
    found = draws.find(tx, course.id)
    assert found is not None
    return found


def _check_is_lottery(course: Course) -> None:
    if course.selection == "lottery":
        return
    is_selected = course.selection in BY_OFFICERS
    how = [Step("뽑으려면", "select", {"course": course.code, "list": True})] if is_selected else []
    raise Declined(f"{called(course)}: ‘{SELECTIONS[course.selection]}’ 과정이라 추첨하지 않습니다.", *how)


def _too_early(desk: Desk, course: Course) -> Declined:
    closes = desk.moment(course.apply_end)
    by_hand = Step("서비스가 꺼져 있었으면 그 뒤에", "draw", {"course": course.code})
    message = f"아직 추첨하지 않았습니다. 접수가 끝나는 {closes} 뒤에 저절로 추첨합니다."
    return Declined(f"{called(course)}: {message}", by_hand)


DRAW = acts.add(Act("draw", "추첨", draw))
