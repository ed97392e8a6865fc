"""What officers note for each other of whom they called: one line, which the journal keeps."""

from collections.abc import Sequence

from handlers.language import phones
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files.cells import Wrong, line
from storage.audit.journal import Entry


def read(note: str, of: str = "메모") -> str:
    """One line without numbers of persons: the journal keeps it for good."""
    try:
        written = line(note)
    except Wrong as error:
        raise Declined(f"{of}: {error}") from error
    if phones.contains_number(written):
        raise Declined(f"{of}: 기록에 오래 남아 전화번호는 등록할 수 없습니다. 빼고 다시 적어 주세요.")
    return written


def noted(desk: Desk, entries: Sequence[Entry]) -> str:
    """How often somebody called in vain, and what they noted last."""
    last = entries[-1]
    times = f"{len(entries)}번 연락, " if len(entries) > 1 else ""
    return f"{times}{desk.moment(last.at)} {last.officer.name}: {last.args.get('note', '')}"
