"""Withdrawing a file that was never sent: all that is in it is to be told again as before."""

from collections.abc import Sequence
from typing import Any

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from handlers.staff.ways.files import showing
from handlers.staff.ways.files.results import of_notices
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.ways import files, outcomes


def withdraw(tx: Transaction, desk: Desk, number: int, never_sent: bool = False) -> Told:
    """All of it or nothing; declined where a result is known, as it was sent then."""
    one = showing.found(tx, number)
    if one.withdrawn_at:
        raise Declined(f"발송 파일 {number}번: 이미 거두었습니다({desk.moment(one.withdrawn_at)}).")
    if one.open < one.total:
        raise Declined(f"발송 파일 {number}번: 결과를 반영한 줄이 있어 거둘 수 없습니다.")
    if not never_sent:
        sure = Step("보내지 않은 것이 확실하면", "push-file", {"number": number, "withdraw": True, "never_sent": True})
        raise Declined(f"발송 파일 {number}번: 보낸 파일을 거두면 같은 알림을 두 번 받게 됩니다.", sure)
    outcomes.withdraw(tx, number, desk.now)
    title = f"발송 파일 {number}번: {one.total}건을 {desk.done('거두었습니다', '거둡니다')}."
    return Told(title, ("담았던 알림은 다시 닿지 못한 알림이 됩니다. 받아 둔 파일은 지워 주세요.",))


def _scope(tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    files.lock(tx, number)
    return outcomes.withdrawal_of(number), of_notices(tx, number)


WITHDRAW = acts.add(Act("withdraw-push-file", "발송 파일 거두기", withdraw, _scope, repeats=True))
