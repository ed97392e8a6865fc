"""Consents of somebody as officers see and note them: given on paper, and taken back by telephone or at the desk."""

from collections.abc import Sequence
from typing import Any

from handlers.dialogue.organization import Organization
from handlers.language import phones
from handlers.residents.people import consents
from handlers.residents.rights import consenting
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.files.cells import Wrong, line
from handlers.staff.records import words
from handlers.staff.records.record import as_theirs, locked
from storage.audit.journal import PERSON, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.people import consents as records
from storage.people.consents import ALIMTALK, KAKAO_NEWS, Decision
from storage.tables import consents as rows_of

COLUMNS = ("무엇에", "답", "때", "어디서", "글의 판", "종이 번호")
ON_PAPER = ("enrollment", "counseling", "news", "jobs", ALIMTALK)
"""What can be signed by hand."""
WITHDRAWABLE = ("counseling", "news", "jobs", "awaited", "wished", ALIMTALK, KAKAO_NEWS)
PAPER, WAYS = "paper", {"phone": "전화", "visit": "방문"}
LONGEST_NUMBER = 40


def decisions(tx: Transaction, desk: Desk, number: int) -> Table | None:
    """All that was decided, the newest first: what counts is the first line of each."""
    rows = tuple(_row(desk, each) for each in reversed(records.of_resident(tx, number)))
    return Table(rows, COLUMNS) if rows else None


def _row(desk: Desk, one: Decision) -> tuple[str, ...]:
    answer = "동의" if one.given else "거둠 또는 동의하지 않음"
    where, when = words.channel(desk, one.channel), desk.moment(one.decided_at)
    return words.consent(one.purpose), answer, when, where, one.version.split()[0], one.paper or "-"


def offered_on_paper(organization: Organization) -> tuple[str, ...]:
    """Without what leads to nothing here."""
    return tuple(each for each in ON_PAPER if each != ALIMTALK or organization.tells_at_numbers)


def on_paper(tx: Transaction, desk: Desk, number: int, purpose: str, paper: str) -> Told:
    """Somebody has signed today's words by hand; the number of the sheet leads back to it."""
    if purpose not in offered_on_paper(desk.organization):
        raise Declined("무엇에 동의했는지 골라 주세요.")
    signed = sheet(paper)
    person = locked(tx, desk, number)
    if purpose == ALIMTALK and not person.mobile:
        raise Declined(f"기록 {number}: 휴대전화가 없어 알림톡을 받을 수 없습니다. 먼저 번호를 고쳐 적어 주세요.")
    consents.record(as_theirs(tx, desk, person, PAPER), purpose, True, signed)
    done = desk.done("적었습니다", "적습니다")
    return Told(f"기록 {number}: ‘{words.consent(purpose)}’ 동의를 종이 번호 {signed}(으)로 {done}.")


def take_back(tx: Transaction, desk: Desk, number: int, purpose: str, way: str) -> Told:
    """As they would have done it in a chat. What courses need ends by erasing alone."""
    if way not in WAYS:
        raise Declined("전화로 들었는지 직접 오셨는지 골라 주세요.")
    if purpose in ("enrollment", "abroad"):
        erasing = Step("모두 지우려면", "persons", {"record": number})
        raise Declined(
            f"‘{words.consent(purpose)}’ 동의를 거두면 신청한 것을 더 갖고 있을 수 없습니다. "
            "본인이 바라면 이 기록을 모두 지워 주세요.",
            erasing,
        )
    person = locked(tx, desk, number)
    decided = records.latest(tx, number).get(purpose)
    if decided is None or not decided.given:
        raise Declined(f"기록 {number}: ‘{words.consent(purpose)}’ 동의는 한 적이 없거나 이미 거두었습니다.")
    consenting.take_back(as_theirs(tx, desk, person, way), purpose)
    done = desk.done("거두었습니다", "거둡니다")
    notes = ("예약한 상담도 함께 취소합니다.",) if purpose == "counseling" else ()
    return Told(f"기록 {number}: ‘{words.consent(purpose)}’ 동의를 {done}.", notes=notes)


def sheet(paper: str) -> str:
    """The number of what was signed by hand, which leads nobody to a person. Raises Declined."""
    try:
        written = line(paper)
    except Wrong as error:
        raise Declined(f"종이 번호: {error}") from error
    if not written or len(written) > LONGEST_NUMBER or phones.contains_number(written):
        raise Declined(
            f"종이 번호: 동의서에 적힌 번호를 {LONGEST_NUMBER}자까지 적어 주세요. 이름이나 전화번호는 빼 주세요. "
            "예: 26-0012"
        )
    return written


def _of_consents(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {rows_of: rows_of.c.resident_id == number}, [(PERSON, number)]


def _of_person(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {}, [(PERSON, number)]


CONSENT_ON_PAPER = acts.add(Act("consent-on-paper", "종이 동의 적기", on_paper, _of_consents, repeats=True))
WITHDRAW_CONSENT = acts.add(Act("withdraw-consent", "동의 거두기", take_back, _of_person, repeats=True))
