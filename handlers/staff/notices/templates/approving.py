"""What officers say of the district's own sender: which texts it has approved, and which it has refused."""

from collections.abc import Sequence
from typing import Any

from handlers.dialogue.organization import FILE
from handlers.notices.kinds import KINDS
from handlers.notices.templates import TEXTS, found_at_sender, judge, why_not
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.files.cells import Wrong, line, passage
from handlers.staff.notices.templates.standing import DIFFERS, LISTED
from storage.audit import scopes
from storage.audit.journal import Subject
from storage.audit.scopes import Scope
from storage.database import Transaction
from storage.ways import templates
from storage.ways.templates import Status

LONGEST_CODE = 60


def approve(tx: Transaction, desk: Desk, kind: str, code: str, text: str = "") -> Told:
    """`text` is what was approved, where that isn't ours word for word."""
    name, number = _kind(desk, kind), _code(code)
    approved = _text(text) or TEXTS[name].text
    judged = judge(name, approved, "approved")
    if not judged.is_usable:
        raise Declined(f"이 글로는 알릴 수 없습니다. {judged.reason}.", LISTED)
    _keep(tx, desk, name, number, approved, "approved")
    done = desk.done("승인된 것으로 적었습니다", "승인된 것으로 적습니다")
    return Told(f"‘{KINDS[name].title}’ 템플릿을 {done}.", notes=(f"{DIFFERS}.",) if judged.differs else ())


def reject(tx: Transaction, desk: Desk, kind: str) -> Told:
    """It isn't used, also where it was before."""
    name = _kind(desk, kind)
    known = templates.of_way(tx, FILE).get(name)
    _keep(tx, desk, name, known.code if known else "", known.text if known else TEXTS[name].text, "rejected")
    done = desk.done("반려된 것으로 적었습니다", "반려된 것으로 적습니다")
    return Told(f"‘{KINDS[name].title}’ 템플릿을 {done}.", notes=("이 안내는 발송 파일에 실리지 않습니다.",))


def _keep(tx: Transaction, desk: Desk, kind: str, code: str, text: str, status: Status) -> None:
    templates.keep(tx, [found_at_sender(FILE, kind, code, text, status, desk.now)])


def _kind(desk: Desk, said: str) -> str:
    """A kind by its name or its title, where officers say what is approved of it."""
    if not desk.organization.pushes.has_file:
        raise Declined("발송 파일이 꺼져 있습니다. 알림톡 템플릿은 발송 업체에서 저절로 확인합니다.", LISTED)
    called = {title: name for name, each in KINDS.items() for title in (name, each.title)}
    kind = called.get(" ".join(said.split()))
    if kind is None:
        raise Declined(f"‘{said}’: 이런 안내가 없습니다.", LISTED)
    if kind not in TEXTS:
        raise Declined(f"‘{KINDS[kind].title}’: {why_not(kind)}.", LISTED)
    return kind


def _code(said: str) -> str:
    try:
        code = line(said, LONGEST_CODE)
    except Wrong as error:
        raise Declined(f"코드: {error}") from error
    if not code:
        raise Declined("발송 시스템에 등록된 템플릿 코드를 적어 주세요.")
    return code


def _text(said: str) -> str:
    try:
        return passage(said)
    except Wrong as error:
        raise Declined(f"글: {error}") from error


def _of(_: Transaction, desk: Desk, kind: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return scopes.of_notice_templates(FILE, [_kind(desk, kind)]), []


APPROVE = acts.add(Act("approve-template", "템플릿 승인 적기", approve, _of, repeats=True))
REJECT = acts.add(Act("reject-template", "템플릿 반려 적기", reject, _of, repeats=True))
