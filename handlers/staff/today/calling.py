"""Whom to phone: who asked for it, who has a seat until a moment and doesn't know, and whom a notice didn't reach."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.staff.callbacks import listing
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from handlers.staff.notices.owed import ENDED, LATE, OFFERS
from handlers.staff.today.item import Item
from storage.database import Transaction
from storage.notices import backlog
from storage.states import NoticeOutcome
from storage.ways import files

ENDS: dict[NoticeOutcome, str] = {
    "unreached": "닿지 못한 알림",
    "refused": "거절된 알림",
    "unknown": "닿았는지 알 수 없는 알림",
}
LISTED = Step("보고 적으려면", "outbox")
RESULTS_WITHIN = timedelta(days=1)


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    yield from _asked_for(tx, desk)
    yield from _not_reached(tx, desk)
    yield from _in_files(tx, desk)
    if late := backlog.count_overdue(tx, desk.now - LATE):
        yield Item("trouble", f"{LATE.seconds // 60}분 넘게 나가지 못한 알림 {late}건", late, LISTED)


def _asked_for(tx: Transaction, desk: Desk) -> Iterator[Item]:
    waiting = listing.waiting(tx, desk.organization)
    if waiting:
        step = Step("전화할 분을 보려면", "calls")
        yield Item("call", f"전화를 부탁한 분 {len(waiting)}명", len(waiting), step, waiting[0][0])


def _not_reached(tx: Transaction, desk: Desk) -> Iterator[Item]:
    offers = backlog.offers_out_of_reach(tx, desk.ways, desk.now)
    if offers:
        title = f"자리 제안을 알릴 길이 없는 분 {len(offers)}명"
        yield Item("call", title, len(offers), LISTED, offers[0].due_at)
    told_above = [each.about for each in offers]
    unheard = backlog.unheard(tx, desk.now, OFFERS, told_above)
    for outcome in ENDED:
        if outcome in unheard:
            count, until = unheard[outcome]
            yield Item("call", f"{ENDS[outcome]} {count}건", count, LISTED, until)


def _in_files(tx: Transaction, desk: Desk) -> Iterator[Item]:
    """What could leave in a file of the district's own sender, and files of which results are missing for a day."""
    waiting = sum(files.count_waiting(tx, desk.now).values()) if desk.organization.pushes.has_file else 0
    if waiting:
        step = Step("파일을 만들려면", "push-file")
        yield Item("call", f"발송 파일로 보낼 수 있는 알림 {waiting}건", waiting, step)
    for each in files.unanswered(tx, desk.now - RESULTS_WITHIN):
        step = Step("결과를 올리려면", "push-file", {"number": each.id})
        title = f"발송 파일 {each.id}번: 결과를 올리지 않은 줄 {each.open}건"
        yield Item("call", title, each.open, step, each.made_at + RESULTS_WITHIN)
