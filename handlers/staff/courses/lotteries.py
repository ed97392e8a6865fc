"""Drawing a lottery, running it again to compare, and its protocol for anybody."""

from handlers.seating import lottery, protocol
from handlers.staff.courses.outcomes import outcome
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import SELECTIONS, called
from handlers.staff.desk.told import Listing, Reach, Step, Told
from storage.database import Transaction
from storage.seating import draws, enrollments
from storage.seating.draws import Draw
from storage.states import BY_OFFICERS
from storage.teaching.course import Course

ALONE = (
    "공개값 없이 추첨하면, 데이터베이스를 고칠 수 있는 사람이 결과를 바꾸지 않았다고 밝힐 수 없습니다. "
    "추첨 기록에도 그렇게 적힙니다."
)
_GOOD = "다시 추첨했습니다. 같은 결과입니다."


def draw(tx: Transaction, desk: Desk, code: str, value: str = "", alone: bool = False) -> Told:
    """Fix the list of a lottery whose registration is over, or draw from it by the public value that has come out.

    `alone` is an officer's word to draw without such a value.
    """
    course = lookup.locked(tx, code)
    _check_is_lottery(course)
    lottery.promise_seeds(tx, desk.organization)
    before = draws.get(tx, course.id)
    _check_is_undrawn(desk, course, before)
    if alone:
        return _alone(tx, desk, course, before)
    if not before.public_name:
        return _drawn_now(tx, desk, course, "")
    return _by_value(tx, desk, course, before, value) if before.fixed_at else _fixed_now(tx, desk, course)


def _alone(tx: Transaction, desk: Desk, course: Course, before: Draw) -> Told:
    if before.fixed_at and before.public_name:
        raise Declined(
            f"{called(course)}: 공개값을 섞기로 하고 목록을 확정했습니다. 나온 값을 적어 주세요.", _value(course)
        )
    draws.do_without(tx, course.id)
    if desk.now > course.apply_end:
        return _drawn_now(tx, desk, course, "")
    closes = desk.moment(course.apply_end)
    title = f"{called(course)}: {closes}에 접수가 끝나면 공개값 없이 저절로 추첨합니다."
    return Told(title, notes=(ALONE,), reach=Reach(0, {}, 0))


def _fixed_now(tx: Transaction, desk: Desk, course: Course) -> Told:
    fixed = _fix(tx, desk, course)
    assert fixed.public_at
    facts = (f"신청 목록의 SHA-256: {fixed.applications_hash}",)
    notes = (f"{desk.moment(fixed.public_at)}에 나오는 공개값을 적으면 추첨합니다: {fixed.public_name}",)
    count = len(fixed.applications or ())
    title = f"{called(course)}: 신청 {count}명의 목록을 {desk.done('확정했습니다', '확정합니다')}."
    publish = Step("누구나 볼 기록을 적으려면", "draw", {"course": course.code, "write": "추첨.csv"})
    return Told(title, facts, notes=notes, steps=(publish,))


def _fix(tx: Transaction, desk: Desk, course: Course) -> Draw:
    if desk.now <= course.apply_end:
        raise _too_early(desk, course)
    lookup.check_all_are_checked(tx, course)
    fixed = lottery.fix(tx, desk.organization, course, desk.now)
    if fixed is None:
        why = "공개값이 개강 뒤에야 나옵니다. 공개값 없이 추첨하거나 개강을 미뤄 주세요."
        raise Declined(f"{called(course)}: {why} {ALONE}", _without(course))
    return fixed


def _by_value(tx: Transaction, desk: Desk, course: Course, fixed: Draw, value: str) -> Told:
    assert fixed.public_at
    if desk.now < fixed.public_at:
        comes = f"{fixed.public_name}: {desk.moment(fixed.public_at)}에 나옵니다."
        raise Declined(f"{called(course)}: 추첨은 공개값이 나온 뒤에 합니다. {comes}", _value(course))
    read = desk.organization.lottery.read(value)
    if not read:
        asked = f"{fixed.public_name}. 숫자 {desk.organization.lottery.numbers}개를 적어 주세요."
        raise Declined(f"{called(course)}: {desk.moment(fixed.public_at)}에 나온 {asked}", _value(course))
    return _drawn_now(tx, desk, course, read)


def _drawn_now(tx: Transaction, desk: Desk, course: Course, value: str) -> Told:
    _fix(tx, desk, course)
    waiting = [each.id for each in enrollments.applied(tx, course.id)]
    lottery.draw(tx, desk.organization, course, value, desk.now)
    by = f"공개값: {value}. 맞는지 한 번 더 봐 주세요." if value else ALONE
    title = f"{called(course)}: {desk.done('추첨했습니다', '추첨합니다')}."
    return outcome(tx, desk, course, waiting, title, (by,))


def verify(tx: Transaction, desk: Desk, code: str, published: str = "") -> Told:
    """A draw run again, beside a protocol that was published: whether the same comes out, or else it isn't good."""
    course, drawn = _fixed(tx, desk, code)
    differences = protocol.differences(tx, drawn, desk.organization.timezone, published)
    assert drawn.applications is not None
    facts = (
        *([f"씨앗: {drawn.seed}"] if drawn.drawn_at else []),
        f"씨앗의 SHA-256: {protocol.seed_hash(drawn)}",
        f"공개값: {drawn.public_value or drawn.public_name or '없음'}",
        f"신청 목록의 SHA-256: {drawn.applications_hash}",
        f"신청 {len(drawn.applications)}명, 자리 {course.free if drawn.seats is None else drawn.seats}개",
    )
    if not differences:
        good = _GOOD if drawn.drawn_at else "아직 추첨 전이고, 목록은 공개한 값과 같습니다."
        return Told(called(course), facts, notes=(good,))
    differing = Listing(tuple(differences), f"다른 곳이 {len(differences)}군데 있습니다.")
    return Told(called(course), facts, tables=(differing,), is_good=False)


def write(tx: Transaction, desk: Desk, code: str) -> str:
    """The protocol as it can be published now: numbers only, no names."""
    course, _ = _fixed(tx, desk, code)
    return protocol.of_course(tx, course.id, desk.organization.timezone)


def _fixed(tx: Transaction, desk: Desk, code: str) -> tuple[Course, Draw]:
    course = lookup.course(tx, code)
    _check_is_lottery(course)
    found = draws.find(tx, course.id)
    if found is None or found.applications is None:
        raise _too_early(desk, course)
    return course, found


def _check_is_lottery(course: Course) -> None:
    if course.selection == "lottery":
        return
    is_selected = course.selection in BY_OFFICERS
    how = [Step("뽑으려면", "select", {"course": course.code, "list": True})] if is_selected else []
    raise Declined(f"{called(course)}: ‘{SELECTIONS[course.selection]}’ 과정이라 추첨하지 않습니다.", *how)


def _check_is_undrawn(desk: Desk, course: Course, before: Draw) -> None:
    if before.drawn_at:
        again = Step("다시 맞춰 보려면", "draw", {"course": course.code, "verify": True})
        raise Declined(f"{called(course)}: 이미 추첨했습니다({desk.moment(before.drawn_at)}).", again)


def _too_early(desk: Desk, course: Course) -> Declined:
    closes = desk.moment(course.apply_end)
    by_hand = Step("서비스가 꺼져 있었으면 그 뒤에", "draw", {"course": course.code})
    message = f"아직 추첨하지 않았습니다. 접수가 끝나는 {closes} 뒤에 저절로 목록을 확정합니다."
    return Declined(f"{called(course)}: {message}", by_hand)


def _value(course: Course) -> Step:
    return Step("그 뒤에 추첨하려면", "draw", {"course": course.code, "value": "나온 숫자"})


def _without(course: Course) -> Step:
    return Step("공개값 없이 추첨하려면", "draw", {"course": course.code, "without_public_value": True})


DRAW = acts.add(Act("draw", "추첨", draw))
