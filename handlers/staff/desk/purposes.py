"""What an officer looks at somebody's data for: said once, and kept with every look while they stay with it."""

from datetime import timedelta

from handlers.staff.desk import noting
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from storage.audit import access
from storage.database import Transaction

OTHER = "기타"
PURPOSES = ("전화 문의", "방문 문의", "신청 확인", "알림 연락", "정정·삭제 요청", OTHER)
STAYS = timedelta(minutes=30)
"""For so long after each look at a person the purpose of it is that of the next one, too."""


def read_purpose(written: str) -> str:
    """One line that whoever it is about may read; raises Declined."""
    return noting.read(written, "목적")


def chosen(purpose: str, other: str = "") -> str:
    """One of PURPOSES, or in place of the last what was written; raises Declined where neither is."""
    if purpose in PURPOSES[:-1]:
        return purpose
    if purpose == OTHER and (written := read_purpose(other)):
        return written
    if purpose == OTHER:
        raise Declined("기타: 무엇에 쓰시는지 짧게 적어 주세요. 본인이 볼 수 있으니 이름은 빼 주세요.")
    raise Declined("무엇 때문에 보시는지 골라 주세요.")


def standing(tx: Transaction, desk: Desk, number: int) -> str:
    """What this officer looks at the record for since a while; "" where they have to be asked."""
    return access.last_purpose(tx, desk.officer.name, number, desk.now - STAYS)
