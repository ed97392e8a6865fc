"""Making a survey from a standard one, and editing its questions as long as nobody has answered it."""

from collections.abc import Callable, Sequence
from typing import Any

from handlers.language.letters.particles import with_particle
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.imported import Meant
from handlers.staff.desk.told import Told
from handlers.staff.files.rows import SURVEY, Row
from handlers.staff.surveys import lookup
from handlers.staff.surveys.lookup import called
from handlers.staff.surveys.making import written
from handlers.staff.surveys.making.written import Cells
from handlers.staff.surveys.sheets import importing
from storage.asking import surveys
from storage.asking.survey import Survey
from storage.audit import scopes
from storage.audit.journal import Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction

Change = Callable[[list[Cells]], list[Cells]]  # of the questions


def make(tx: Transaction, desk: Desk, standard: str, rows: Sequence[Row], as_written: bool = False) -> Told:
    """A survey of the officer's own, with the questions of a standard one; `rows` is its row without questions."""
    found = written.standard().get(standard)
    if found is None:
        raise Declined("어느 표준 설문에서 시작할지 골라 주세요.", items=tuple(written.standard()))
    code = _code(rows)
    if surveys.newest(tx, code):
        raise Declined(f"‘{code}’: 이미 있는 설문번호입니다. 다른 번호를 적어 주세요.")
    _save(tx, desk, [*rows, *written.rows({}, [{**each, "survey": code} for each in found[1]])[1:]], as_written)
    made = lookup.survey(tx, code)
    return Told(f"{called(made)}: 설문을 {desk.done('만들었습니다', '만듭니다')}. 문항 {len(made.items)}개.")


def change(tx: Transaction, desk: Desk, survey: str, rows: Sequence[Row], as_written: bool = False) -> Told:
    """Its title, its times and whom it asks."""
    found = _editable(tx, survey)
    if _code(rows) != found.code:
        raise Declined("설문번호는 바꿀 수 없습니다. 새 설문으로 만들어 주세요.")
    _save(tx, desk, rows, as_written)
    return Told(f"{called(lookup.survey(tx, found.code))}: {desk.done('고쳤습니다', '고칩니다')}.")


def save_question(tx: Transaction, desk: Desk, survey: str, name: str, rows: Sequence[Row]) -> Told:
    """One that is changed stays where it is, a new one comes last; `rows` is its row."""
    (row,) = rows
    found, new = _editable(tx, survey), {**row.cells, "survey": survey}

    def saved(questions: list[Cells]) -> list[Cells]:
        if not name:
            return [*questions, new]
        return [new if each["name"] == name else each for each in questions]

    if name and name not in {item.name for item in found.items}:
        raise _unknown(found, name)
    _rewrite(tx, desk, found, saved)
    shown = str(row.cells.get("name") or name)
    return Told(f"{called(found)} {with_particle(shown, '을/를')} {desk.done('저장했습니다', '저장합니다')}.")


def move_question(tx: Transaction, desk: Desk, survey: str, name: str, down: bool = False) -> Told:
    """By one place."""
    found = _editable(tx, survey)
    names = [item.name for item in found.items]
    if name not in names:
        raise _unknown(found, name)
    at = names.index(name)
    to = at + 1 if down else at - 1
    if not 0 <= to < len(names):
        raise Declined(f"{name}: 더 옮길 곳이 없습니다.")

    def moved(questions: list[Cells]) -> list[Cells]:
        questions[at], questions[to] = questions[to], questions[at]
        return questions

    _rewrite(tx, desk, found, moved)
    return Told(f"{called(found)} {with_particle(name, '을/를')} {desk.done('옮겼습니다', '옮깁니다')}.")


def drop_question(tx: Transaction, desk: Desk, survey: str, name: str) -> Told:
    found = _editable(tx, survey)
    if name not in {item.name for item in found.items}:
        raise _unknown(found, name)
    if len(found.items) == 1:
        raise Declined(f"{called(found)}: 하나 남은 문항이라 뺄 수 없습니다.")
    _rewrite(tx, desk, found, lambda questions: [each for each in questions if each["name"] != name])
    return Told(f"{called(found)} {with_particle(name, '을/를')} {desk.done('뺐습니다', '뺍니다')}.")


def copy(tx: Transaction, desk: Desk, survey: str) -> Told:
    """The same as a new version, which can be edited; what was answered stays with the version before."""
    found = lookup.survey(tx, survey)
    if not surveys.is_answered(tx, found.id):
        raise Declined(f"{called(found)}: 아직 응답이 없어 이 판을 그대로 고칠 수 있습니다.")
    cells = {**written.of_survey(found, desk.organization.timezone), "version": found.version + 1}
    _save(tx, desk, written.rows(cells, written.of_items(found)), as_written=True)
    title = f"{called(found)}: {found.version + 1}판을 {desk.done('만들었습니다', '만듭니다')}."
    return Told(title, notes=("지금부터 하는 응답은 새 판으로 받습니다. 같은 문항의 답은 함께 셉니다.",))


def _rewrite(tx: Transaction, desk: Desk, found: Survey, change: Change) -> None:
    cells = written.of_survey(found, desk.organization.timezone)
    _save(tx, desk, written.rows(cells, change(written.of_items(found))), as_written=True)


def _save(tx: Transaction, desk: Desk, rows: Sequence[Row], as_written: bool) -> None:
    """All of it or, with what is to be put right, nothing."""
    saved = importing.import_surveys(tx, desk, rows, meant=Meant(as_written=as_written))
    if saved.problems:
        raise Declined("고칠 곳이 있어 저장하지 않았습니다.", items=tuple(map(str, saved.problems)))
    if saved.questions:
        raise Declined(
            "맞는지 여쭙니다. 적은 그대로가 맞으면 ‘적은 그대로 저장’에 표시해 주세요.",
            items=tuple(map(str, saved.questions)),
        )


def _editable(tx: Transaction, code: str) -> Survey:
    found = lookup.survey(tx, code)
    _refuse_answered(tx, found)
    return found


def _refuse_answered(tx: Transaction, survey: Survey) -> None:
    if surveys.is_answered(tx, survey.id):
        raise Declined(f"{called(survey)}: 이미 응답이 있어 고칠 수 없습니다. 새 판으로 복사해 고쳐 주세요.")


def _code(rows: Sequence[Row]) -> str:
    return next((str(each.cells.get("code") or "") for each in rows if each.kind == SURVEY), "")


def _unknown(survey: Survey, name: str) -> Declined:
    return Declined(f"{called(survey)}: ‘{name}’ 문항이 없습니다.")


# --- as acts ---


def _of_survey(
    tx: Transaction, _: Desk, survey: str = "", rows: Sequence[Row] = (), **_args: Any
) -> tuple[Scope, Sequence[Subject]]:
    code = lookup.survey(tx, survey).code if survey else _code(rows)
    return scopes.of_surveys([code]), []


def _unanswered(tx: Transaction, _desk: Desk, entry: Entry) -> bool:
    """Nothing is undone under the answers of people."""
    for each in entry.changes:
        if each.table == "surveys" and (found := surveys.with_ids(tx, [each.key[0]])):
            _refuse_answered(tx, found[each.key[0]])
    return False


def _add(name: str, title: str, work: Callable[..., Told]) -> Act:
    return acts.add(Act(name, title, work, _of_survey, repeats=True, before_undo=_unanswered))


MAKE = _add("make-survey", "설문 만들기", make)
CHANGE = _add("change-survey", "설문 고치기", change)
SAVE_QUESTION = _add("save-question", "문항 저장", save_question)
MOVE_QUESTION = _add("move-question", "문항 옮기기", move_question)
DROP_QUESTION = _add("drop-question", "문항 빼기", drop_question)
COPY = acts.add(Act("copy-survey", "설문을 새 판으로 복사", copy, repeats=True))
