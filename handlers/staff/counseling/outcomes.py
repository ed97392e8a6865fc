"""What came of appointments: officers note it, and take it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.language.letters.particles import with_particle
from handlers.staff.counseling.appointments import OUTCOMES, STATES, UNKNOWN, of_many
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from storage.counseling import appointments
from storage.counseling.appointments import COMING, HELD
from storage.database import Transaction
from storage.states import AppointmentFlag


@dataclass(frozen=True)
class Noted:
    """Numbers of appointments by what came of them."""

    attended: Sequence[int] = ()
    no_show: Sequence[int] = ()
    registered: Sequence[int] = ()
    placed: Sequence[int] = ()

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


def note(tx: Transaction, desk: Desk, noted: Noted) -> Told:
    """All of it or, with advice for each that can't be noted, nothing."""
    problems = [
        f"상담 {each}: 참석과 오지 않음에 모두 적으셨습니다." for each in noted.attended if each in noted.no_show
    ]
    undone = [each for each in noted.no_show if any(_has(tx, each, flag) for flag in OUTCOMES)]
    for state in HELD:
        for number in getattr(noted, state):
            problems += [] if appointments.note(tx, number, state, desk.now) else [_why_not(tx, desk, number)]
    absent = [number for name in OUTCOMES for number in getattr(noted, name) if not appointments.flag(tx, number, name)]
    problems += [_why_no_outcome(tx, number) for number in absent]
    if problems:
        raise Declined("고칠 곳이 있어 아무것도 적지 않았습니다.", *_attended_too(tx, noted, absent), items=problems)
    gone = (f"오지 않은 상담에 적어 두었던 구직등록·취업 {len(undone)}건도 거두었습니다.",) if undone else ()
    return Told(f"{desk.done('적었습니다', '적습니다')}: {', '.join(_counted(noted))}.", gone)


def _counted(noted: Noted) -> Iterator[str]:
    words: list[tuple[str, str]] = [*((state, STATES[state]) for state in HELD), *OUTCOMES.items()]
    for name, word in words:
        if numbers := getattr(noted, name):
            yield f"{word} {len(numbers)}건"


def _why_not(tx: Transaction, desk: Desk, number: int) -> str:
    appointment = appointments.find(tx, number)
    if appointment is None:
        return f"상담 {number}: {UNKNOWN}."
    if appointment.state == "cancelled":
        return f"상담 {number}: 취소한 상담입니다."
    return f"상담 {number}: {desk.moment(appointment.starts_at)} 상담이라 아직 적을 수 없습니다."


def _why_no_outcome(tx: Transaction, number: int) -> str:
    return f"상담 {number}: {'참석한 상담이 아닙니다' if appointments.find(tx, number) else UNKNOWN}."


def _attended_too(tx: Transaction, noted: Noted, absent: Sequence[int]) -> Iterator[Step]:
    """The same with those as attended that have an outcome and may have been."""
    found = [
        number for number in absent if (appointment := appointments.find(tx, number)) and appointment.state in COMING
    ]
    if found:
        attended = list(dict.fromkeys([*noted.attended, *found]))
        yield Step("참석도 함께 적으려면", "counseling", vars(replace(noted, attended=attended)))


def take_back(
    tx: Transaction,
    desk: Desk,
    numbers: Sequence[int] = (),
    not_registered: Sequence[int] = (),
    not_placed: Sequence[int] = (),
) -> Told:
    """Nothing is noted any more of the appointments `numbers`, or of others not this one outcome; all or none."""
    problems = [_why_not_back(tx, each) for each in numbers if not appointments.forget_outcome(tx, each)]
    flags: tuple[tuple[AppointmentFlag, Sequence[int]], ...] = (("registered", not_registered), ("placed", not_placed))
    for flag, without in flags:
        problems += [_why_no_flag(tx, each, flag) for each in without if not _has(tx, each, flag)]
        for each in without:
            appointments.flag(tx, each, flag, value=False)
    if problems:
        raise Declined("고칠 곳이 있어 아무것도 거두지 않았습니다.", items=problems)
    counts = [f"결과 {len(numbers)}건"] if numbers else []
    counts += [f"{OUTCOMES[flag]} {len(without)}건" for flag, without in flags if without]
    again = ("이 상담들은 아직 결과를 적지 않은 것으로 셉니다.",) if numbers else ()
    return Told(f"적은 것을 {desk.done('거두었습니다', '거둡니다')}: {', '.join(counts)}.", again)


def _has(tx: Transaction, number: int, flag: AppointmentFlag) -> bool:
    appointment = appointments.find(tx, number)
    return appointment is not None and bool(getattr(appointment, flag))


def _why_not_back(tx: Transaction, number: int) -> str:
    return f"상담 {number}: {'적어 둔 결과가 없습니다' if appointments.find(tx, number) else UNKNOWN}."


def _why_no_flag(tx: Transaction, number: int, flag: AppointmentFlag) -> str:
    noted = with_particle(OUTCOMES[flag], "을/를")
    return f"상담 {number}: {f'{noted} 적지 않은 상담입니다' if appointments.find(tx, number) else UNKNOWN}."


def _note(tx: Transaction, desk: Desk, **numbers: Sequence[int]) -> Told:
    return note(tx, desk, Noted(**numbers))


NOTE = acts.add(Act("note-appointments", "상담 결과 적기", _note, of_many))
TAKE_BACK = acts.add(Act("take-back-outcomes", "상담 결과 거두기", take_back, of_many))
