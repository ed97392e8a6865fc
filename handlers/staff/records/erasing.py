"""Erasing all that is kept of somebody who asks for it by telephone or at the desk: told first, asked twice."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from handlers.dialogue.chat import Chat
from handlers.residents.rights import erasing, overview
from handlers.residents.rights.erasing import Standing
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import STATES, called
from handlers.staff.desk.purposes import read_purpose
from handlers.staff.desk.told import NOBODY, Listing, Step, Told
from handlers.staff.records.record import as_theirs, known, locked
from storage.audit.journal import PERSON, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.tables.rules import Kept
from storage.teaching import courses

OLDEST_REQUEST = 366  # days


def ask(tx: Transaction, desk: Desk, number: int) -> tuple[Told, str]:
    """What goes, what ends and what stays; and the token that says for the second question that this was told."""
    chat = as_theirs(tx, desk, known(tx, desk, number), "")
    standing = erasing.standing_of(chat)
    ending = tuple(_ending(tx, desk, standing))
    ends = (Listing(ending, "함께 취소되는 것 (자리는 다음 분께 갑니다)"),) if ending else ()
    goes = "이름, 태어난 해, 번호, 사는 동, 나눈 대화, 쓰다 만 신청서, 바라는 것, 알림 설정을 지웁니다."
    told = Told(f"기록 {number}의 모든 것을 지웁니다.", (goes, *_stays(chat)), ends, ("지우면 되돌릴 수 없습니다.",))
    return told, standing.token


def erase(tx: Transaction, desk: Desk, number: int, token: str, reason: str, asked_on: str) -> Told:
    """`reason` is who asked and how they were known to be the person; `token` is that of what was told (`ask`)."""
    why = _reason(reason)
    _check_day(desk, asked_on)
    person = locked(tx, desk, number)
    chat = as_theirs(tx, desk, person, "")
    standing = erasing.standing_of(chat)
    if standing.token != token:
        again = Step("다시 보려면", "persons", {"record": number})
        raise Declined(
            f"기록 {number}: 그 사이에 신청이나 상담이 바뀌었습니다. 무엇이 취소되는지 다시 보아 주세요.", again
        )
    erasing.erase_all(chat, standing)
    ended = [f"{desk.done('취소했습니다', '취소합니다')}: {each}" for each in _ending(tx, desk, standing)]
    facts = (f"까닭: {why}, 요청한 날: {asked_on}", *ended)
    title = f"기록 {number}의 모든 것을 {desk.done('지웠습니다', '지웁니다')}."
    return Told(title, facts, notes=("되돌릴 수 없습니다.",), reach=NOBODY)


def _ending(tx: Transaction, desk: Desk, standing: Standing) -> Iterator[str]:
    of = {course.id: course for course in courses.with_ids(tx, [each.course_id for each in standing.seats])}
    yield from (f"{called(of[each.course_id])} {STATES[each.state]}" for each in standing.seats)
    yield from (f"{desk.moment(each.starts_at)} 일자리 상담" for each in standing.talks)


def _stays(chat: Chat) -> Iterator[str]:
    lasting = {kind: overview.lasts(chat, kind) for kind in (Kept.CONSENTS, Kept.ACCESS_LOG)}
    consents, log = lasting[Kept.CONSENTS], lasting[Kept.ACCESS_LOG]
    yield f"동의 기록은 {consents}, 접속기록은 {log} 동안 이름 없이 남습니다. 신청은 수로만 셉니다."
    if kept := erasing.kept_until(chat):
        until = max(day.year for _, day in kept)
        yield f"수료한 과정 {len(kept)}개는 증명해 드리려고 이름과 태어난 해만 {until}년까지 따로 잠가 둡니다."


def _reason(reason: str) -> str:
    if not (why := read_purpose(reason)):
        raise Declined(
            "까닭: 누가 어떻게 요청했고 본인인 것을 어떻게 확인했는지 적어 주세요. 예: 본인 방문, 신분증 확인"
        )
    return why


def _check_day(desk: Desk, asked_on: str) -> None:
    try:
        ago = (desk.today - date.fromisoformat(asked_on)).days
    except ValueError:
        ago = -1
    if not 0 <= ago < OLDEST_REQUEST:
        raise Declined(f"요청한 날 ‘{asked_on}’: 오늘까지의 날을 적어 주세요. 예: {desk.today}")


def _of_person(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return {}, [(PERSON, number)]


ERASE = acts.add(Act("erase-person", "모두 지우기", erase, _of_person))
