"""Finds the accounts that a lead names."""

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Step
from storage.database import Transaction
from storage.officers import accounts
from storage.officers.accounts import Account

LISTED = Step("계정을 모두 보려면", "officers")


def locked(tx: Transaction, login: str) -> Account:
    """One that hasn't ended, which nobody else changes before this transaction ends."""
    found = account(tx, login)
    if found.ended_at:
        raise Declined(f"{found.name} 님({found.login}): 이미 끝낸 계정입니다. 새 아이디로 만들어 주세요.")
    return accounts.lock(tx, found.id) or found


def account(tx: Transaction, login: str) -> Account:
    """Also one that has ended."""
    found = accounts.by_login(tx, login.strip().casefold())
    if found is None:
        raise Declined(f"‘{login}’: 이런 아이디가 없습니다.", LISTED)
    return found
