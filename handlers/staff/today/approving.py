"""Notices that could be told to a number, and for which no text is approved: one line, where such a way is on."""

from collections.abc import Iterator

from handlers.staff.desk.desk import Desk
from handlers.staff.notices.templates import standing
from handlers.staff.today.item import Item
from storage.database import Transaction


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    gaps = standing.gaps(tx, desk.organization)
    kinds = {kind for found in gaps.values() for kind in found}
    if kinds:
        ways = "·".join(desk.organization.way_called(way) for way in gaps)
        yield Item(
            "template", f"승인된 템플릿이 없어 {ways}로 못 알리는 안내 {len(kinds)}가지", len(kinds), standing.LISTED
        )
