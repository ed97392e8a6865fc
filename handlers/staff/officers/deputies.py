"""Who stands in for whom: from one day to another, changed and ended early by the lead, and undone as any act is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from handlers.language.days import dates
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from handlers.staff.officers.named import LISTED, account, locked
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.officers import accounts, deputies
from storage.officers.deputies import Deputy

LONGEST = timedelta(days=92)
Period = tuple[str, str, str]  # the logins of who is absent and of who stands in, and the day on which it began


def table(tx: Transaction, desk: Desk) -> tuple[Table, ...]:
    """Those who stand in, or will; none where nobody does."""
    names = {each.id: each.name for each in accounts.everybody(tx)}
    rows = tuple(
        (names[each.officer_id], names[each.deputy_id], period(each.from_day, each.until_day))
        for each in deputies.since(tx, desk.today)
    )
    return (Table(rows, ("맡긴 분", "대신하는 분", "기간"), title="대신하는 분"),) if rows else ()


def periods(tx: Transaction, desk: Desk) -> dict[Period, str]:
    """Those that aren't over, each in words."""
    by_id = {each.id: each for each in accounts.everybody(tx)}
    return {
        (by_id[each.officer_id].login, by_id[each.deputy_id].login, each.from_day.isoformat()): (
            f"{by_id[each.deputy_id].name} → {by_id[each.officer_id].name}, {period(each.from_day, each.until_day)}"
        )
        for each in deputies.since(tx, desk.today)
    }


def deputize(tx: Transaction, desk: Desk, login: str, deputy: str, from_day: str, until_day: str) -> Told:
    """From one day to another somebody may do what the other may; both names stand in the journal."""
    absent, stands_in = locked(tx, login), locked(tx, deputy)
    first, last = _day(from_day), _day(until_day)
    if absent.id == stands_in.id:
        raise Declined("맡긴 분과 대신하는 분이 같습니다.")
    _check(desk, first, last)
    deputies.set_period(tx, absent.id, stands_in.id, first, last)
    done = desk.done("정했습니다", "정합니다")
    return Told(f"{stands_in.name} 님이 {absent.name} 님을 {period(first, last)} 대신하도록 {done}.")


def change(
    tx: Transaction, desk: Desk, login: str, deputy: str, began: str, from_day: str = "", until_day: str = ""
) -> Told:
    """Other days for the period that `began` on a day; a day that isn't given stays."""
    kept = _find(tx, desk, login, deputy, began)
    first = _day(from_day) if from_day else kept.from_day
    last = _day(until_day) if until_day else kept.until_day
    _check(desk, first, last)
    if first != kept.from_day and _begins_another(tx, desk, kept, first):
        raise Declined(f"{dates.day(first, 'ko')}부터 대신하는 기간이 이미 있습니다. 그 기간을 바꿔 주세요.")
    deputies.remove(tx, kept)
    deputies.set_period(tx, kept.officer_id, kept.deputy_id, first, last)
    done = desk.done("바꿨습니다", "바꿉니다")
    return Told(f"{_named(tx, kept)} 대신하는 기간을 {period(first, last)}로 {done}.")


def end(tx: Transaction, desk: Desk, login: str, deputy: str, began: str) -> Told:
    """At once; the days before stay."""
    kept = _find(tx, desk, login, deputy, began)
    deputies.remove(tx, kept)
    if kept.from_day < desk.today:
        yesterday = desk.today - timedelta(days=1)
        deputies.set_period(tx, kept.officer_id, kept.deputy_id, kept.from_day, yesterday)
    return Told(f"{_named(tx, kept)} 대신하는 것을 {desk.done('끝냈습니다', '끝냅니다')}.")


def period(from_day: date, until_day: date) -> str:
    return f"{dates.day(from_day, 'ko')}부터 {dates.day(until_day, 'ko')}까지"


def _find(tx: Transaction, desk: Desk, login: str, deputy: str, began: str) -> Deputy:
    """One that isn't over, though an account of the two may be."""
    absent, stands_in, first = account(tx, login), account(tx, deputy), _day(began)
    for officer in sorted({absent.id, stands_in.id}):
        accounts.lock(tx, officer)
    for each in deputies.since(tx, desk.today):
        if (each.officer_id, each.deputy_id, each.from_day) == (absent.id, stands_in.id, first):
            return each
    raise Declined(f"{stands_in.name} 님이 {absent.name} 님을 대신하는 이런 기간이 없습니다. 이미 끝났습니다.", LISTED)


def _begins_another(tx: Transaction, desk: Desk, kept: Deputy, first: date) -> bool:
    return any(
        (each.officer_id, each.deputy_id, each.from_day) == (kept.officer_id, kept.deputy_id, first)
        for each in deputies.since(tx, min(first, desk.today))
    )


def _named(tx: Transaction, kept: Deputy) -> str:
    absent, stands_in = accounts.by_id(tx, kept.officer_id), accounts.by_id(tx, kept.deputy_id)
    assert absent
    assert stands_in
    return f"{stands_in.name} 님이 {absent.name} 님을"


def _check(desk: Desk, first: date, last: date) -> None:
    if last < first or last < desk.today:
        raise Declined("기간: 끝나는 날이 시작하는 날이나 오늘보다 앞섭니다.")
    if last - first > LONGEST:
        raise Declined("기간: 석 달까지만 맡길 수 있습니다. 더 길면 역할을 바꿔 주세요.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Declined(f"날짜 ‘{text}’: 2026-12-01처럼 적어 주세요.") from None


def _of(tx: Transaction, _: Desk, login: str, deputy: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return scopes.of_deputies(account(tx, login).id, account(tx, deputy).id), []


DEPUTIZE = acts.add(Act("deputize", "대신하는 분 정하기", deputize, _of, repeats=True))
CHANGE = acts.add(Act("change-deputy", "대신하는 기간 바꾸기", change, _of, repeats=True))
END = acts.add(Act("end-deputy", "대신하는 것 끝내기", end, _of, repeats=True))
