"""All of one person on one page: who they are, and section by section what is kept of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.dialogue.chat import Chat
from handlers.language.days import dates
from handlers.language.phones import print_mobile
from handlers.residents.rights import overview
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.persons.who import who
from handlers.staff.records import consenting, contact, doubles, record, sections
from handlers.staff.records.record import as_theirs
from storage.counseling import appointments
from storage.database import Transaction
from storage.people.finding import persons
from storage.people.residents import Resident


@dataclass(frozen=True)
class Section:
    """`none` is what is told where there is no table; `anchor` stands in addresses."""

    anchor: str
    title: str
    none: str
    table: Table | None


@dataclass(frozen=True)
class Overview:
    """`facts` are what they told of themselves, with what each is called; `told` has it as officers' forms show it."""

    number: int
    name: str
    facts: tuple[tuple[str, str], ...]
    told: Mapping[str, str]
    is_proven: bool
    sections: tuple[Section, ...]


_Make = Callable[[Transaction, Desk, int], Table | None]
_SECTIONS: tuple[tuple[str, str, str, _Make], ...] = (
    ("seats", "신청과 수강", "신청한 것이 없습니다.", sections.seats),
    ("talks", "일자리 상담", "예약한 상담이 없습니다.", sections.talks),
    ("told", "알린 것", "알린 것이 없습니다.", contact.told),
    ("chats", "대화", "대화방이 없습니다. 전화로 알려 주세요.", contact.chats),
    ("family", "가족과 대리", "대신하는 분도, 대신해 주는 분도 없습니다.", contact.family),
    ("wishes", "바라는 것", "바라거나 골라 둔 것이 없습니다.", sections.wishes),
    ("doubles", "같은 분일 수 있는 기록", "같은 번호를 적은 다른 기록이 없습니다.", doubles.doubles),
    ("consents", "동의", "답한 동의가 없습니다.", consenting.decisions),
    ("history", "누가 보고 바꾸었나", "보거나 바꾼 기록이 없습니다.", sections.history),
)
OF_COUNSELORS = ("seats", "talks", "told", "chats", "wishes")
"""What is needed to help somebody to work."""


def show(tx: Transaction, desk: Desk, number: int, anchors: tuple[str, ...] = ()) -> Overview:
    """All sections, or these. Raises Declined for a record that doesn't count any more."""
    person = record.known(tx, desk, number)
    chat = as_theirs(tx, desk, person, "")
    found = persons.find(tx, number)
    name, _, _ = who(desk, number, person)
    told = tuple(
        Section(anchor, title, none, make(tx, desk, number))
        for anchor, title, none, make in _SECTIONS
        if not anchors or anchor in anchors
    )
    is_proven = bool(found and found.is_proven)
    return Overview(number, name, _facts(chat, is_proven), _values(person), is_proven, told)


def may_counselors(tx: Transaction, number: int) -> bool:
    """Whether counselors have to do with somebody: who has booked a talk, or once had one."""
    return bool(appointments.of_resident(tx, number))


def as_told(tx: Transaction, desk: Desk, number: int) -> Told:
    """The same as lists of a command."""
    found = show(tx, desk, number)
    facts = tuple(f"{name}: {value}" for name, value in found.facts)
    tables = tuple(
        Table(each.table.rows, each.table.columns, title=each.title, left_out=each.table.left_out)
        for each in found.sections
        if each.table
    )
    steps = (Step("대화를 이을 코드를 드리려면", "persons", {"code": number}),)
    return Told(f"기록 {number}: {found.name}", facts, tables, steps=steps)


def _facts(chat: Chat, is_proven: bool) -> tuple[tuple[str, str], ...]:
    """In the words of forms; a number with whether it is known to be theirs."""
    person = chat.resident
    facts = dict(overview.told(chat))
    label = overview.ASKED["mobile"](chat).label
    if label in facts:
        facts[label] += " (본인 확인함)" if is_proven else " (적기만 함)"
    if person.birth_year:
        year = overview.ASKED["birth_year"](chat).label
        facts[year] += f" (올해 {dates.age_in(person.birth_year, chat.today)}세)"
    if person.is_simple:
        facts["화면"] = "쉽고 크게 보기"
    if person.language != "ko":
        facts["언어"] = "영어"
    return tuple(facts.items())


def _values(person: Resident) -> dict[str, str]:
    told = {name: str(getattr(person, name) or "") for name in overview.ASKED}
    return told | {"mobile": print_mobile(person.mobile) if person.mobile else ""}
