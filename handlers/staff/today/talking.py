"""Talks of today, and those of which nobody noted what came of them."""

from collections.abc import Iterator
from datetime import time

from handlers.calendar.hours import DAY, local
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from handlers.staff.today.item import Item
from storage.counseling import appointments
from storage.database import Transaction


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    tomorrow = local(desk.today + DAY, time(0), desk.organization.timezone)
    coming, first = appointments.booked(tx, desk.now, tomorrow)
    if coming:
        step = Step("보려면", "counseling", {"from": desk.today, "to": desk.today})
        yield Item("talk", f"오늘 상담 {coming}건", coming, step, first)
    past, oldest = appointments.booked(tx, None, desk.now)
    if oldest:
        day = oldest.astimezone(desk.organization.timezone).date()
        step = Step("보고 적으려면", "counseling", {"from": day, "to": desk.today})
        yield Item("talk", f"결과를 적지 않은 상담 {past}건", past, step, oldest + DAY)
