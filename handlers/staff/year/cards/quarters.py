"""Quarters: drafted by an officer, checked by a lead, and frozen with the figures and rows as they were then."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import NOBODY, Step, Told
from handlers.staff.year.cards import carding, freezing
from handlers.staff.year.counted import period
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.states import QuarterState
from storage.year import quarters
from storage.year.quarters import Quarter

STATES: dict[QuarterState, str] = {"draft": "작성 중", "checked": "팀장 확인", "frozen": "확정"}


def draft(tx: Transaction, desk: Desk, year: int, quarter: int, stage: str = "") -> Told:
    """Begin it, or choose another stage; one that was checked has to be checked again."""
    carding.task_of(tx, year)
    _check_has_begun(desk, year, quarter)
    _check_stage(desk, stage)
    found = _open(tx, year, quarter)
    number, kept = (found.id, found.stage) if found else (0, "")
    drafted = Quarter(
        number, year, quarter, "draft", stage or kept, desk.officer.name, desk.now, "", None, "", None, None, ""
    )
    quarters.save(tx, drafted)
    said = f" 이행단계: {drafted.stage}." if drafted.stage else ""
    done = ("작성을 고쳤습니다", "작성을 고칩니다") if found else ("작성을 시작했습니다", "작성을 시작합니다")
    to_check = Step("확인하려면(팀장)", "quarter", _words(year, quarter, check=True))
    title = f"{called(year, quarter)}: {desk.done(*done)}.{said}"
    return Told(title, notes=carding.card(tx, desk, year, quarter).warnings, steps=(to_check,))


def check(tx: Transaction, desk: Desk, year: int, quarter: int) -> Told:
    found = _drafted(tx, year, quarter)
    if found.state == "checked":
        raise Declined(f"{called(year, quarter)}: 이미 {found.checked_by}님이 확인했습니다.")
    if desk.organization.policy_card.stages and not found.stage:
        choose = Step("고르려면", "quarter", _words(year, quarter, draft=True, stage=_stages(desk)[0]))
        raise Declined(f"{called(year, quarter)}: 이행단계를 고르지 않아 확인할 수 없습니다.", choose)
    quarters.save(tx, replace(found, state="checked", checked_by=desk.officer.name, checked_at=desk.now))
    to_freeze = Step("확정하려면", "quarter", _words(year, quarter, freeze=True))
    title = f"{called(year, quarter)}: {desk.done('확인했습니다', '확인합니다')}."
    return Told(title, notes=carding.card(tx, desk, year, quarter).warnings, steps=(to_freeze,))


def freeze(tx: Transaction, desk: Desk, year: int, quarter: int) -> Told:
    """Keeps the whole card: what it prints, the ids of the rows that it is made of, and a digest over both."""
    found = _drafted(tx, year, quarter)
    if found.state != "checked":
        to_check = Step("확인하려면(팀장)", "quarter", _words(year, quarter, check=True))
        raise Declined(f"{called(year, quarter)}: 팀장이 확인한 뒤에 확정할 수 있습니다.", to_check)
    figures = freezing.write(carding.card(tx, desk, year, quarter))
    frozen = replace(found, state="frozen", frozen_by=desk.officer.name, frozen_at=desk.now)
    digest = freezing.digest(figures)
    quarters.save(tx, replace(frozen, figures=figures, digest=digest))
    title = f"{called(year, quarter)}: {desk.done('확정했습니다', '확정합니다')}."
    notes = (f"확정한 값의 지문(SHA-256): {digest}", *_before_its_end(desk, year, quarter))
    return Told(title, notes=notes, reach=NOBODY)


def reopen(tx: Transaction, desk: Desk, year: int, quarter: int) -> Told:
    """Back to a draft: what was frozen stays in the journal alone, and in papers."""
    found = quarters.find(tx, year, quarter)
    if found is None or found.state == "draft":
        raise Declined(f"{called(year, quarter)}: 확인하거나 확정한 분기가 아닙니다.")
    open_again = replace(found, state="draft", checked_by="", checked_at=None, frozen_by="", frozen_at=None)
    since = carding.changed_since(tx, desk, found)
    quarters.save(tx, replace(open_again, figures=None, digest=""))
    title = f"{called(year, quarter)}: {desk.done('다시 열었습니다', '다시 엽니다')}."
    return Told(title, tables=since, notes=("다시 확인하고 확정해야 합니다.",), reach=NOBODY)


def called(year: int, quarter: int) -> str:
    return f"{year}년 {quarter}분기"


# --- what stands in the way ---


def _check_has_begun(desk: Desk, year: int, quarter: int) -> None:
    if quarter not in period.QUARTERS:
        raise Declined(f"{quarter}분기: 분기는 1부터 4까지입니다.")
    if desk.today < period.first_day(year, quarter):
        raise Declined(f"{called(year, quarter)}: 아직 시작하지 않은 분기입니다.")


def _check_stage(desk: Desk, stage: str) -> None:
    if stage and stage not in _stages(desk):
        raise Declined(f"이행단계 ‘{stage}’: 고를 수 있는 것은 {', '.join(_stages(desk))}입니다.")


def _stages(desk: Desk) -> Sequence[str]:
    return desk.organization.policy_card.stages


def _open(tx: Transaction, year: int, quarter: int) -> Quarter | None:
    found = quarters.find(tx, year, quarter)
    if found and found.state == "frozen":
        reopening = Step("다시 열려면", "quarter", _words(year, quarter, reopen=True))
        raise Declined(f"{called(year, quarter)}: 이미 확정한 분기입니다.", reopening)
    return found


def _drafted(tx: Transaction, year: int, quarter: int) -> Quarter:
    found = _open(tx, year, quarter)
    if found is None:
        drafting = Step("작성하려면", "quarter", _words(year, quarter, draft=True))
        raise Declined(f"{called(year, quarter)}: 아직 작성하지 않은 분기입니다.", drafting)
    return found


def _before_its_end(desk: Desk, year: int, quarter: int) -> tuple[str, ...]:
    last = period.last_day(year, quarter)
    return () if desk.today >= last else (f"분기가 아직 끝나지 않아 오늘까지의 것만 셌습니다(끝나는 날 {last}).",)


def _words(year: int, quarter: int, **way: Any) -> dict[str, Any]:
    return {"year": year, "quarter": quarter, **way}


# --- the acts ---


def _of_quarter(tx: Transaction, _: Desk, year: int, quarter: int, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    quarters.lock(tx, year, quarter)
    return scopes.of_quarters(year, quarter), []


DRAFT = acts.add(Act("draft-quarter", "분기 작성", draft, _of_quarter, repeats=True))
CHECK = acts.add(Act("check-quarter", "분기 확인", check, _of_quarter, repeats=True))
FREEZE = acts.add(Act("freeze-quarter", "분기 확정", freeze, _of_quarter, repeats=True))
REOPEN = acts.add(Act("reopen-quarter", "분기 다시 열기", reopen, _of_quarter, repeats=True))
BY_LEADS = (CHECK.name, FREEZE.name, REOPEN.name)
"""Whoever may close a quarter does these, and undoes them."""
