"""What officers see of files for the sender: what one could be made of, what left, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import phones
from handlers.notices.kinds import KINDS
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files.headers import plain
from handlers.staff.notices.owed import reason
from handlers.staff.persons.who import name_of
from handlers.staff.ways.files.making import OFF
from handlers.staff.ways.files.words import COLUMNS
from storage.database import Transaction
from storage.ways import files, templates
from storage.ways.dispatches import DispatchOutcome
from storage.ways.files import FILE, PushFile, Row
from storage.ways.templates import Approved

SHOWN = 50
NUMBER, MOBILE, NAME = "번호", "수신번호", "이름"
OUTCOMES: dict[DispatchOutcome | None, str] = {
    "delivered": "성공",
    "failed": "실패",
    "unknown": "알 수 없음",
    None: "결과 없음",
}
TO_SEND = (
    "이 파일을 발송 사이트에 올려 보내고, 결과 파일을 받아 여기에 올려 주세요.",
    "‘번호’ 열은 결과를 찾는 데 쓰니 지우거나 고치지 말아 주세요.",
)


@dataclass(frozen=True)
class Ready:
    """A template that a file can be made for, and how many notices would go into it."""

    template: Approved
    waiting: int

    @property
    def title(self) -> str:
        return KINDS[self.template.kind].title


@dataclass(frozen=True)
class Overview:
    ready: Sequence[Ready]
    files: Sequence[PushFile]


def overview(tx: Transaction, desk: Desk) -> Overview:
    counts = files.count_waiting(tx, desk.now) if desk.organization.pushes.has_file else {}
    known = (each for each in templates.of_way(tx, FILE).values() if each.is_usable and each.kind in KINDS)
    return Overview([Ready(each, counts.get(each.kind, 0)) for each in known], files.listed(tx, SHOWN))


def show(tx: Transaction, desk: Desk) -> Told:
    found = overview(tx, desk)
    if not desk.organization.pushes.has_file and not found.files:
        return Told(OFF)
    waiting = sum(each.waiting for each in found.ready)
    rows = tuple((each.title, each.template.code, f"{each.waiting}건") for each in found.ready)
    ready = [Table(rows, ("알림", "템플릿", "담을 것"), title="승인된 템플릿")] if rows else []
    made = tuple(_line(desk, each) for each in found.files)
    columns = (NUMBER, "알림", "만든 때", "만든 사람", "줄", "결과")
    listed = [Table(made, columns, title="만든 파일")] if made else []
    none = () if rows else ("승인된 템플릿이 없습니다. 먼저 템플릿을 승인받아 적어 주세요.",)
    return Told(
        f"발송 파일로 보낼 수 있는 알림: {waiting}건", tables=(*ready, *listed), notes=none, steps=_steps(found)
    )


def _steps(found: Overview) -> tuple[Step, ...]:
    first = next((each for each in found.ready if each.waiting), None)
    unknown = next((each for each in found.files if each.open), None)
    make = [Step("파일을 만들려면", "push-file", {"make": first.template.kind})] if first else []
    bring = {"number": unknown.id, "files": "결과.xlsx"} if unknown else {}
    return (*make, *([Step("결과를 올리려면", "push-results", bring)] if unknown else []))


def _line(desk: Desk, one: PushFile) -> tuple[str, ...]:
    title = KINDS[one.kind].title if one.kind in KINDS else one.kind
    return str(one.id), title, desk.moment(one.made_at), one.made_by, f"{one.total}", state(one)


def state(one: PushFile) -> str:
    """How far its results are known."""
    if one.withdrawn_at:
        return "거둠"
    counts = [f"{word} {one.counts[outcome]}" for outcome, word in OUTCOMES.items() if one.counts.get(outcome)]
    return ", ".join(counts) or "빈 파일"


def found(tx: Transaction, number: int) -> PushFile:
    """Raises Declined where there is none."""
    one = files.find(tx, number)
    if one is None:
        raise Declined(f"{number}: 이런 번호의 발송 파일이 없습니다.", Step("보려면", "push-file"))
    return one


def show_one(tx: Transaction, desk: Desk, number: int) -> Told:
    """What is known of each of its rows; those first of which nothing is known."""
    one, rows = found(tx, number), files.rows_of(tx, number)
    facts = (f"템플릿 {one.code}, {desk.moment(one.made_at)} {one.made_by}", f"{one.total}줄: {state(one)}")
    ordered = sorted(rows, key=lambda each: (each.outcome is not None, each.outcome != "failed", each.dispatch_id))
    lines = tuple(_result(desk, each) for each in ordered)
    listed = Table(lines, (NUMBER, NAME, MOBILE, "결과", "까닭")).first(SHOWN)
    return Told(f"발송 파일 {number}번: {one.name}", facts, (listed,) if lines else (), _taken_back(desk, rows))


def _result(desk: Desk, row: Row) -> tuple[str, ...]:
    why = reason(desk, row.reason) if row.reason and row.outcome != "delivered" else ""
    return str(row.dispatch_id), *who(desk, row), OUTCOMES[row.outcome], why


def who(desk: Desk, row: Row) -> tuple[str, str]:
    """The name and the number that the file has."""
    if row.said is None:
        return "지워진 분", "-"
    return name_of(desk, row.resident_id, row.said.name), phones.print_mobile(row.said.mobile)


def _taken_back(desk: Desk, rows: Sequence[Row]) -> tuple[str, ...]:
    """Who agrees no more: what is in the file already can only be taken out by hand."""
    those = (each for each in rows if each.said and each.outcome is None and not each.agrees)
    gone = [f"{each.dispatch_id}번({who(desk, each)[0]})" for each in those]
    advice = "아직 보내지 않았으면 이 줄을 지우고 보내 주세요"
    return (f"그 뒤에 알림톡 동의를 거둔 분: {', '.join(gone)}. {advice}.",) if gone else ()


def sheet(tx: Transaction, desk: Desk, number: int) -> Told:
    """The file itself: made again it is the same, but for whoever was erased meanwhile."""
    one = found(tx, number)
    if one.withdrawn_at:
        raise Declined(f"발송 파일 {number}번: 거둔 파일이라 다시 받을 수 없습니다.")
    rows = [each for each in files.rows_of(tx, number) if each.said]
    names = list(dict.fromkeys(name for each in rows if each.said for name in each.said.values if name != NAME))
    lines = tuple(_cells(desk, each, names) for each in rows)
    columns = (NUMBER, MOBILE, NAME, *(_heading(name) for name in names))
    title = f"발송 파일 {number}번: {one.name} {len(lines)}건"
    notes = (*TO_SEND, *_taken_back(desk, rows))
    return Told(title, (f"템플릿 {one.code}",), (Table(lines, columns, one.name),), notes)


def _heading(variable: str) -> str:
    """One that is called as a column of results may be is told apart by the sign of a variable."""
    return f"#{{{variable}}}" if any(plain(variable) in called for called in COLUMNS.values()) else variable


def _cells(desk: Desk, row: Row, names: Sequence[str]) -> tuple[str, ...]:
    assert row.said
    local = phones.print_mobile(row.said.mobile).replace("-", "")
    called = row.said.values.get(NAME) or row.said.name
    return (
        str(row.dispatch_id),
        local,
        name_of(desk, row.resident_id, called),
        *(row.said.values.get(name, "") for name in names),
    )
