"""Tablets that may take answers, and the numbers that are handed out for an answer there."""

from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files import cells
from handlers.staff.files.cells import Wrong
from handlers.staff.persons.who import name_of
from handlers.staff.surveys import lookup as survey_lookup
from storage.asking import kiosks, rounds
from storage.asking.kiosks import Kiosk
from storage.database import Transaction

LONGEST_NAME = 30
MOST_SLIPS = 200


def show(tx: Transaction, desk: Desk) -> Told:
    found = kiosks.all_named(tx)
    how = Step("태블릿을 쓰게 하려면", "kiosk", {"allow": "1층 태블릿"})
    if not found:
        return Told("쓰게 한 키오스크가 없습니다.", steps=(how,))
    rows = tuple((each.name, _state(desk, each)) for each in found)
    revoke = Step("못 쓰게 하려면", "kiosk", {"revoke": found[0].name})
    return Told(tables=(Table(rows, ("키오스크", "지금")),), steps=(how, revoke))


def _state(desk: Desk, kiosk: Kiosk) -> str:
    if not kiosk.is_allowed or kiosk.allowed_at is None:
        return "번호를 적기 전"
    return f"{desk.moment(kiosk.allowed_at)}부터 쓰고 있음"


def _allow(tx: Transaction, desk: Desk, name: str) -> Told:
    """The code is told once and kept nowhere."""
    called = _named(name)
    code = kiosks.give_code(tx, called, desk.now)
    return Told(
        f"‘{called}’에 적을 번호: {code[:4]}-{code[4:]}",
        (f"태블릿에서 {desk.organization.public_url}/kiosk 를 열고 한 번만 적어 주세요.",),
        notes=("한 시간 안에 적어 주세요. 적고 나면 그 기기에서만 설문을 받습니다.",),
    )


def _named(name: str) -> str:
    try:
        called = cells.line(name)
    except Wrong as error:
        raise Declined(f"키오스크 이름: {error}") from error
    if not called or len(called) > LONGEST_NAME:
        raise Declined(f"키오스크 이름을 {LONGEST_NAME}자까지 적어 주세요. 예: 1층 태블릿")
    return called


def _revoke(tx: Transaction, desk: Desk, name: str) -> Told:
    if not kiosks.revoke(tx, _named(name)):
        known = [each.name for each in kiosks.all_named(tx)]
        raise Declined(f"‘{name}’: 이런 키오스크가 없습니다.", Step("목록을 보려면", "kiosk"), items=known)
    done = desk.done("이제 설문을 받지 않습니다", "설문을 받지 않게 됩니다")
    return Told(f"‘{_named(name)}’에서는 {done}. 답하던 분의 답은 남지 않습니다.")


def _hand_out(
    tx: Transaction, desk: Desk, code: str, course_code: str | None = None, people: int | None = None
) -> Told:
    """Of a course one for each who attended and hasn't answered, by name; else so many."""
    asked = rounds.lock(tx, survey_lookup.opened(tx, desk, code, course_code).id)
    if not asked.is_open(desk.now):
        raise Declined("지금 받고 있는 설문이 아닙니다.", Step("설문을 보려면", "surveys"))
    notes = (
        "한 번호로 한 번만 답할 수 있습니다. 받은 분께만 보여 주세요.",
        "누가 답했는지만 남고, 무엇을 답했는지는 잇지 않습니다.",
        "다시 만들면 쓰지 않은 앞의 번호는 쓸 수 없습니다." if asked.course_id else "설문을 마감하면 쓸 수 없습니다.",
    )
    if asked.course_id is None:
        return Told(
            f"응답 번호 {_count(people)}개입니다.", tables=(_numbers(tx, asked.id, _count(people)),), notes=notes
        )
    left = rounds.attendees_without_receipt(tx, asked.id, asked.course_id)
    if not left:
        raise Declined(f"{lookup.called(lookup.course(tx, course_code or ''))}: 수강생이 모두 답했습니다.")
    numbers = kiosks.hand_out(tx, asked.id, [row.resident_id for row in left])
    rows = tuple(
        (str(row.id), name_of(desk, row.resident_id, row.name), _spaced(number))
        for row, number in zip(left, numbers, strict=True)
    )
    return Told(
        f"응답 번호 {len(rows)}개입니다.", tables=(Table(rows, ("신청번호", "이름", "응답 번호")),), notes=notes
    )


def _numbers(tx: Transaction, round_id: int, count: int) -> Table:
    return Table(tuple((_spaced(number),) for number in kiosks.hand_out(tx, round_id, [None] * count)))


def _count(people: int | None) -> int:
    if not people or not 1 <= people <= MOST_SLIPS:
        raise Declined(f"몇 분께 드릴지 1부터 {MOST_SLIPS}까지 적어 주세요.")
    return people


def _spaced(number: str) -> str:
    return f"{number[:4]}-{number[4:]}"


ALLOW = acts.add(Act("allow-kiosk", "키오스크 허용", _allow, repeats=True))
REVOKE = acts.add(Act("revoke-kiosk", "키오스크 해제", _revoke, repeats=True))
HAND_OUT = acts.add(Act("slips", "응답 번호", _hand_out, repeats=True))
