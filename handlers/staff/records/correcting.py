"""Correcting what somebody told of themselves, for who calls or comes: by the rules by which they do it in a chat."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Question
from handlers.language.answers import Unparsed
from handlers.language.letters.particles import with_particle
from handlers.residents.people import others
from handlers.residents.people.personal import ELSEWHERE
from handlers.residents.rights import correcting, overview
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import NOBODY, Step, Table, Told
from handlers.staff.persons.side_by_side import TIES
from handlers.staff.records.record import as_theirs, locked
from storage.audit.journal import PERSON, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.people.finding import persons
from storage.people.finding.persons import Person
from storage.people.residents import Resident

COLUMNS = ("칸", "지금", "고친 뒤")
EMPTY = "없음"
LIVES_HERE = "lives"


def correct(tx: Transaction, desk: Desk, number: int, told: Mapping[str, str], is_same: bool = False) -> Told:
    """`told` are answers as they are typed, by the columns that hold them; what is empty stays as it is.

    Whose name becomes another one has to be known to be the same person: `is_same`.
    """
    person = locked(tx, desk, number)
    chat = as_theirs(tx, desk, person, "")
    changed = {
        name: value for name, value in _read(chat, _newly(person, told)).items() if value != getattr(person, name)
    }
    if not changed:
        raise Declined(f"기록 {number}: 바뀌는 것이 없습니다. 고칠 칸에 새로 적어 주세요.")
    if changed.get("dong") == ELSEWHERE and "tie" not in changed and person.tie in (None, LIVES_HERE):
        raise Declined("사는 동: 다른 곳에 사시면 이 구에서 일하거나 배우는지도 골라 주세요.")
    if not is_same and others.is_doubtful(chat, changed):
        quoted = f"‘{changed['name']}’"
        raise Declined(
            f"이름이 ‘{person.name}’에서 {with_particle(quoted, '으로/로')} 바뀝니다. "
            "같은 분이면 ‘같은 분입니다’에 표시해 주세요. 다른 분이면 이 기록을 고치지 말고 새로 등록해 주세요."
        )
    _keep(chat, changed)
    title = f"기록 {number}: {desk.done('고쳤습니다', '이렇게 고칩니다')}. 신청한 것은 그대로입니다."
    alike = _alike(tx, desk, number)
    steps = tuple(Step(f"기록 {each.id}과 나란히 보려면", "persons", {"merge": [number, each.id]}) for each in alike)
    notes = _notes(changed, alike)
    return Told(title, tables=(_table(chat, changed),), notes=notes, reach=NOBODY, steps=steps)


def _newly(person: Resident, told: Mapping[str, str]) -> dict[str, str]:
    """Without what stays as it is. Who lives here does so by their dong."""
    kept = {name: str(getattr(person, name) or "") for name in overview.ASKED}
    return {
        name: said.strip()
        for name, said in told.items()
        if said.strip() not in ("", kept.get(name)) and (name, said) != ("tie", LIVES_HERE)
    }


def _read(chat: Chat, told: Mapping[str, str]) -> dict[str, Any]:
    """By the questions of forms."""
    questions = {name: overview.ASKED[name](chat) for name in overview.ASKED if name in told}
    found, problems = {}, []
    for name, question in questions.items():
        try:
            found[name] = question.parse(told[name])
        except Unparsed as error:
            problems.append(f"{question.label}: {chat.text(error.key, **error.data)}")
    if problems:
        raise Declined("고칠 곳이 있어 아무것도 바꾸지 않았습니다.", items=problems)
    return found


def _keep(chat: Chat, changed: Mapping[str, Any]) -> None:
    try:
        correcting.keep(chat, changed)
    except Refused as refused:
        most = chat.organization.people_per_number
        raise Declined(
            "이 번호는 같은 과정에서 이미 다른 분이 쓰고 있습니다. "
            f"한 과정에서 한 번호는 이름이 다른 {most}명까지 쓸 수 있습니다. 같은 분의 기록이 둘이면 먼저 합쳐 주세요."
        ) from refused


def _alike(tx: Transaction, desk: Desk, number: int) -> list[Person]:
    """Records that tell the same name and number by now."""
    me = persons.find(tx, number)
    same = persons.with_number(tx, me.mobile) if me and me.mobile else []
    found = [each for each in same if me and each.id != number and each.plain_name == me.plain_name]
    desk.seen.update(each.id for each in found)
    return found


def _table(chat: Chat, changed: Mapping[str, Any]) -> Table:
    asked = {name: overview.ASKED[name](chat) for name in changed}
    before = {name: getattr(chat.resident, name) for name in changed}
    rows = tuple(
        (question.label, _shown(question, before[name]), _shown(question, changed[name]))
        for name, question in asked.items()
    )
    return Table(rows, COLUMNS)


def _shown(question: Question, value: Any) -> str:
    """Where they live needn't be said of who lives here."""
    if value is None:
        return EMPTY
    return TIES.get(value, EMPTY) if question.name == "tie" else question.show(value)


def _notes(changed: Mapping[str, Any], alike: Sequence[Person]) -> tuple[str, ...]:
    proof = ("번호가 바뀌어 본인 확인은 거둡니다. 확인하셨으면 다시 표시해 주세요.",) if "mobile" in changed else ()
    same = tuple(f"기록 {each.id}: 같은 이름과 번호를 적었습니다. 같은 분인지 확인해 주세요." for each in alike)
    return (*proof, *same, "이름과 번호는 접속기록에 적지 않아 되돌리기로 되돌릴 수 없습니다. 다시 고치면 됩니다.")


def _of_person(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {}, [(PERSON, number)]


CORRECT = acts.add(Act("correct-person", "기록 고치기", correct, _of_person, repeats=True))
