"""A phrase that found nothing becomes a question with its answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.files.rows import COMMON_QUESTION, Row, Value
from handlers.staff.questions import importing
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.dialogue import common_questions, missed
from storage.dialogue.missed import Missed

CODE = "말-{number}"  # numbers of questions that were made of phrases
_NUMBER = re.compile(r"말-(\d{1,6})")


def answer(tx: Transaction, desk: Desk, words: str, rows: Sequence[Row]) -> Told:
    """From now on whoever says the phrase is answered; it isn't shown as missed any more.

    `rows` is the one row of the question, in the columns of its sheet.
    """
    found = _named(tx, words)
    (row,) = rows
    code = next_code(tx)
    given = {**row.cells, "code": code, "as_of": row.cells.get("as_of") or desk.today, "shown": True}
    cells: Mapping[str, Value] = {**given, "wordings": _wordings(found, str(row.cells.get("wordings") or ""))}
    taken = importing.import_questions(tx, desk, [Row(row.sheet, row.number, cells, {}, COMMON_QUESTION)])
    if wrong := (*taken.problems, *taken.questions):
        raise Declined("고칠 곳이 있어 등록하지 않았습니다.", items=tuple(map(str, wrong)))
    missed.mark(tx, found.id, "dropped")
    done = desk.done("이제", "앞으로")
    return Told(
        f"{with_particle(f'‘{found.words}’', '이라고/라고')} 적으면 {done} 이 답을 보여 드립니다.",
        (f"질문번호 {code}",),
    )


def next_code(tx: Transaction) -> str:
    numbers = [_NUMBER.fullmatch(each.code) for each in common_questions.all_of_them(tx)]
    return CODE.format(number=max((int(each[1]) for each in numbers if each), default=0) + 1)


def _wordings(found: Missed, others: str) -> str:
    return ", ".join(filter(None, (found.words.replace(",", " "), others)))


def _named(tx: Transaction, words: str) -> Missed:
    found = missed.by_words(tx, " ".join(words.split()))
    if found is None:
        raise Declined(f"‘{words}’: 찾지 못한 말 가운데 이런 말이 없습니다.")
    return found


def _scope(tx: Transaction, _: Desk, words: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {**scopes.of_questions([next_code(tx)]), **scopes.of_phrases([_named(tx, words).id])}, []


ANSWER = acts.add(Act("answer-missed", "질문과 답 만들기", answer, _scope, repeats=True))
