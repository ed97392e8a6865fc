"""A code for who wants to see in a new chat what is theirs already: read aloud, or printed and taken home."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.records.record import locked
from storage.audit.journal import PERSON, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.people import linking

ALOUD, PRINTED = "aloud", "printed"
LASTS = {ALOUD: linking.LASTS, PRINTED: timedelta(hours=24)}


def make(tx: Transaction, desk: Desk, number: int, way: str = ALOUD) -> Told:
    """The code is told once, and ends the one before; whoever types it in a chat has the record from then on."""
    if way not in LASTS:
        raise Declined("전화로 읽어 드리는지 종이로 드리는지 골라 주세요.")
    person = locked(tx, desk, number)
    if not person.name:
        raise Declined(f"기록 {number}: 이름이 없어 누구의 것인지 확인할 수 없습니다. 먼저 이름을 적어 주세요.")
    title = f"기록 {number}: 대화를 이을 코드를 {desk.done('만들었습니다', '만듭니다')}."
    if desk.is_preview:
        return Told(title)
    code = linking.make(tx, number, None, desk.now, LASTS[way])
    until = desk.now + LASTS[way]
    return Told(title, (f"{code[:3]} {code[3:]}",), notes=_notes(desk, way, desk.moment(until)))


def _notes(desk: Desk, way: str, until: str) -> tuple[str, ...]:
    minutes = int(LASTS[ALOUD].total_seconds() // 60)
    lasts = f"{minutes}분 동안" if way == ALOUD else f"{until}까지"
    return (
        f"{lasts} 한 번 쓸 수 있습니다. 다시 볼 수 없고, 새로 만들면 앞의 것은 쓸 수 없습니다.",
        f"배움톡 대화({desk.organization.public_url})에서 ‘대화 잇기’라고 적고 "
        "‘코드 적기’를 누른 뒤 이 숫자를 적으시면 됩니다.",
        "코드를 아는 사람은 신청한 것을 볼 수 있습니다. 다른 분께는 알려 주지 마세요.",
    )


def _of_person(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {}, [(PERSON, number)]


MAKE_CODE = acts.add(Act("make-link-code", "대화 잇는 코드 만들기", make, _of_person, repeats=True))
