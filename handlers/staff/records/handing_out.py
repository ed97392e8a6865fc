"""Handing somebody all that is kept of them, as they get it in a chat: a page to read, or a file for programs."""

from handlers.dialogue.reply import File
from handlers.residents.rights import exporting
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.records.record import as_theirs, known
from storage.database import Transaction

LOOK = "person-file"
KINDS = {"html": "읽기 좋은 파일", "json": "프로그램용 파일(JSON)"}


def hand_out(tx: Transaction, desk: Desk, number: int, kind: str) -> File:
    """A look, with the file's kind as its `output` and a purpose."""
    if kind not in exporting.KINDS:
        raise Declined("어떤 파일로 받을지 골라 주세요.")
    return exporting.written_file(as_theirs(tx, desk, known(tx, desk, number), ""), kind)
