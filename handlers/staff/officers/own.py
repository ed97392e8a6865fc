"""What officers do with their own accounts: password, recovery codes, and where they are signed in."""

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.officers import signing_in, tries
from storage.audit import journal
from storage.database import Transaction
from storage.officers import accounts, challenges, devices, sessions
from storage.officers.accounts import Account
from storage.officers.sessions import Session

UNPROVEN, OVER = "refused/own-account", "session-over"
PASSWORD, RECOVERY, END_SESSION = "new-password", "new-recovery-codes", "end-session"


def prove(
    tx: Transaction, desk: Desk, session: Session, password: str, *, step: int | None = None, code: str | None = None
) -> int | None:
    """None where it is the owner who sits there; else how many tries are left, and with none of them it is over.

    `password` is the hash that was found right; a `code` is asked for unless it is None, and `step` as in signing in.
    """
    account = _own(tx, session)
    if code is None:
        is_right = account.is_ready and password == account.password
    else:
        is_right = signing_in.proves(tx, account, password, step, code)
    if is_right:
        sessions.trust(tx, session.id)
        return None
    left = max(tries.MOST - sessions.tried(tx, session.id), 0)
    if not left:
        sessions.end(tx, session.id)
    journal.add(tx, desk.officer, UNPROVEN if left else OVER, {"login": account.login}, desk.now)
    return left


def change_password(tx: Transaction, desk: Desk, session: Session, password: str, device: str) -> Told:
    """Every other session is over, and every other browser a strange one. `password` is the hash of the new one."""
    one = _own(tx, session)
    accounts.set_password(tx, one.id, password)
    ended = sessions.end_all(tx, one.id, but=session.id)
    challenges.end_all(tx, one.id)
    devices.forget_all(tx, one.id, but=device)
    journal.add(tx, desk.officer, PASSWORD, {"login": one.login}, desk.now)
    elsewhere = (f"다른 곳의 로그인 {ended}개를 끝냈습니다.",) if ended else ()
    return Told("비밀번호를 바꿨습니다.", notes=elsewhere)


def new_recovery_codes(tx: Transaction, desk: Desk, session: Session) -> list[str]:
    """In place of those that were left."""
    one = _own(tx, session)
    codes, digests = signing_in.recovery_codes(one.id)
    accounts.set_recovery(tx, one.id, digests)
    journal.add(tx, desk.officer, RECOVERY, {"login": one.login}, desk.now)
    return codes


def end_session(tx: Transaction, desk: Desk, session: Session, number: int) -> Told:
    one = _own(tx, session)
    if not sessions.end_one(tx, one.id, number):
        raise Declined("이런 로그인이 없습니다. 이미 끝났습니다.")
    journal.add(tx, desk.officer, END_SESSION, {"login": one.login}, desk.now)
    return Told("그곳의 로그인을 끝냈습니다.")


def _own(tx: Transaction, session: Session) -> Account:
    account = accounts.lock(tx, session.officer_id)
    assert account
    return account
