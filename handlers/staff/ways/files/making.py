"""Making a file: who agreed to hear of it at their number, each notice as it is true now, each in one file only."""

from dataclasses import dataclass, field
from decimal import Decimal

import handlers.clock  # noqa: F401 - registers every kind of notice
from handlers.clock import notices
from handlers.dialogue.chat import Chat
from handlers.notices import templates as texts
from handlers.notices.kinds import KINDS
from handlers.notices.templates.texts import LONGEST
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from storage.database import Transaction
from storage.notices import visits
from storage.notices.outbox import Owed
from storage.people import residents
from storage.ways import files, templates
from storage.ways.files import FILE, Addressed, Said
from storage.ways.spending import WON
from storage.ways.templates import Approved

OFF = "발송 파일을 쓰지 않는 곳입니다. 설정의 [pushes]에 file = true를 적으면 켜집니다."
LISTED = Step("무엇을 만들 수 있는지 보려면", "push-file")


@dataclass
class Gathered:
    """`over` have come to nothing; `unfilled` can't be told in the words of the template."""

    rows: list[tuple[Owed, Said]] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    unfilled: list[int] = field(default_factory=list)


def make(tx: Transaction, desk: Desk, kind: str) -> Told:
    """From now on these count as sent: no chat tells them, and they leave the list of whom to call."""
    template = _template(tx, desk, kind)
    found = _gather(tx, desk, template)
    visits.see(tx, found.over, desk.now)
    if not found.rows:
        raise Declined(f"{template.name}: 지금 담을 알림이 없습니다.", LISTED, items=_left_out(found))
    desk.seen.update(owed.resident_id for owed, _ in found.rows)
    number = files.make(tx, template, found.rows, _price(desk), desk.officer.name, desk.now)
    title = f"발송 파일 {number}번: {template.name} {len(found.rows)}건을 {desk.done('담았습니다', '담습니다')}."
    facts = ("담은 알림은 보낸 것으로 쳐서 대화나 전화 명단에서 다시 알리지 않습니다.", *_left_out(found))
    take = {"number": number, "output": "발송.xlsx", "purpose": "알림 발송"}
    return Told(title, facts, steps=(Step("파일을 받으려면", "push-file", take),))


def _template(tx: Transaction, desk: Desk, kind: str) -> Approved:
    """By the name of the kind, what officers call it, or the name of the template."""
    if not desk.organization.pushes.has_file:
        raise Declined(OFF)
    known = templates.of_way(tx, FILE)
    named = [each for each in known.values() if kind in (each.kind, each.name, KINDS[each.kind].title)]
    if not named:
        raise Declined(f"‘{kind}’: 이 알림에 승인된 템플릿이 없습니다.", LISTED)
    if not named[0].is_usable:
        raise Declined(
            f"{named[0].name}: 지금은 쓸 수 없는 템플릿입니다({named[0].reason or named[0].status}).", LISTED
        )
    return named[0]


def _gather(tx: Transaction, desk: Desk, template: Approved) -> Gathered:
    found = Gathered()
    for each in files.hold_waiting(tx, template.kind, desk.now):
        one = residents.by_id(tx, each.owed.resident_id)
        chat = Chat(tx, one, desk.now, FILE, each.mobile, desk.organization)
        if notices.word(chat, each.owed) is None:
            found.over.append(each.owed.id)
        elif said := _said(chat, template, each):
            found.rows.append((each.owed, said))
        else:
            found.unfilled.append(each.owed.id)
    return found


def _said(chat: Chat, template: Approved, one: Addressed) -> Said | None:
    """None where a place can't be filled, or the text grows too long."""
    known, asked = texts.values(chat, one.owed), texts.variables(template.text)
    if known is None or any(name not in known for name in asked):
        return None
    values = {name: known[name] for name in asked}
    return Said(one.mobile, one.name, values) if len(texts.fill(template.text, values)) <= LONGEST else None


def _price(desk: Desk) -> int:
    return int(desk.organization.pushes.prices.get(FILE, Decimal()) * WON)


def _left_out(found: Gathered) -> tuple[str, ...]:
    over = f"이제 맞지 않아 알리지 않는 것 {len(found.over)}건은 뺐습니다."
    unfilled = f"템플릿을 채울 수 없는 {len(found.unfilled)}건은 뺐습니다. 전화로 알려 주세요."
    return (*([over] if found.over else []), *([unfilled] if found.unfilled else []))


MAKE = acts.add(Act("make-push-file", "발송 파일 만들기", make, repeats=True))
