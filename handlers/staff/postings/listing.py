"""Postings one by one, for officers: finding, hiding and showing them again."""

from collections.abc import Sequence
from typing import Any

from handlers.language.days import dates
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.postings.overview import SOURCES
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.jobs import intake, postings
from storage.jobs.posting import Posting

SIZE = 50
STATES = {"open": "보임", "closed": "마감", "hidden": "숨김"}


def find(
    tx: Transaction, desk: Desk, text: str = "", source: str = "", state: str = "", page: int = 0
) -> tuple[list[Posting], int]:
    """A page of them, the newest first, and how many there are."""
    return postings.listed(tx, desk.today, text, source, state, page * SIZE, SIZE)


def state(posting: Posting, desk: Desk) -> str:
    """As officers call it."""
    if posting.hidden_at:
        return "숨김" if posting.is_barred else "숨김(출처에서 사라짐)"
    if not posting.is_open(desk.today):
        return "마감"
    return "보임" if posting.duplicate_of is None else "다른 곳과 같아 접음"


def until(posting: Posting, desk: Desk) -> str:
    day = dates.day(posting.close_on, "ko", today=desk.today) if posting.close_on else ""
    return " 또는 ".join(filter(None, (day, "채용시까지" if posting.until_filled else "")))


def source(posting: Posting) -> str:
    return SOURCES.get(posting.source, posting.source)


def hide(tx: Transaction, desk: Desk, number: int) -> Told:
    """Nobody finds it any more, and no source brings it back."""
    found = _known(tx, number)
    if found.hidden_at and found.is_barred:
        raise Declined(f"{_called(found)}: 이미 숨긴 공고입니다.")
    intake.bar(tx, number, found.hidden_at or desk.now)
    note = "저장해 둔 분께는 계속 보이지만 새로 찾을 수는 없습니다."
    return Told(f"{_called(found)}: {desk.done('숨겼습니다', '숨깁니다')}.", notes=(note,))


def show(tx: Transaction, desk: Desk, number: int) -> Told:
    found = _known(tx, number)
    if found.hidden_at is None:
        raise Declined(f"{_called(found)}: 숨기지 않은 공고입니다.")
    intake.bar(tx, number, None)
    over = () if found.close_on is None or desk.today <= found.close_on else ("마감일이 지나 찾을 수는 없습니다.",)
    return Told(f"{_called(found)}: {desk.done('다시 보이게 했습니다', '다시 보이게 합니다')}.", notes=over)


def _known(tx: Transaction, number: int) -> Posting:
    found = postings.find(tx, number)
    if found is None:
        raise Declined(f"{number}: 이런 번호의 채용공고가 없습니다.")
    return found


def _called(posting: Posting) -> str:
    return f"{posting.company} ‘{posting.title}’"


def _of_one(_tx: Transaction, _: Desk, number: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return scopes.of_postings([number]), []


HIDE = acts.add(Act("hide-posting", "채용공고 숨기기", hide, _of_one, repeats=True))
SHOW = acts.add(Act("show-posting", "채용공고 다시 보이기", show, _of_one, repeats=True))
