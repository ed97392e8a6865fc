"""Whether somebody knows that they completed: they were told, and it wasn't corrected since."""

from collections.abc import Collection
from datetime import datetime

from storage.database import Transaction
from storage.notices import history

COMPLETED, CORRECTED = "completed", "corrected_enrollment"


def known(tx: Transaction, enrollment_ids: Collection[int]) -> set[int]:
    told, corrected = _told(tx, enrollment_ids)
    return {each for each in told if each not in corrected or corrected[each] < told[each]}


def corrected(tx: Transaction, enrollment_id: int) -> bool:
    """They were told once, and later that it doesn't count."""
    told, corrected = _told(tx, [enrollment_id])
    return bool(told and corrected and told[enrollment_id] <= corrected[enrollment_id])


def _told(tx: Transaction, ids: Collection[int]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    return history.last_told(tx, COMPLETED, ids), history.last_told(tx, CORRECTED, ids)
