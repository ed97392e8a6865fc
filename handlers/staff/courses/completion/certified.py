"""What becomes of certificates when it is undone that somebody completed a course."""

from handlers.staff.desk.desk import Desk
from storage.audit.journal import Entry
from storage.completion import certificates
from storage.database import Transaction


def withdraw(tx: Transaction, desk: Desk, entry: Entry) -> bool:
    """They are revoked, and their numbers stay used; nobody hears of that by itself."""
    decided = [each.key[0] for each in entry.changes if each.table == "enrollments"]
    certificates.withdraw(tx, decided, certificates.COMPLETION_UNDONE, desk.now)
    return False
