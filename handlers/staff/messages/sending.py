"""Sending a message: seen before, told after the grace, and taken back until then without anybody's hearing of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.notices.kinds import ANNOUNCED, ANNOUNCED_NEWS, KINDS
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act
from handlers.staff.desk.costs import won
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term as said_term
from handlers.staff.desk.lookup import called
from handlers.staff.desk.reach import carried, reach
from handlers.staff.desk.told import Reach, Step, Table, Told
from handlers.staff.messages import whom as audiences
from handlers.staff.messages import writing
from handlers.staff.messages.whom import WHOM, Audience
from handlers.staff.messages.writing import FOLDED, Draft
from handlers.staff.ways import money
from storage.audit import scopes
from storage.audit.journal import ANNOUNCEMENT, COURSE, Entry, Subject
from storage.audit.scopes import Scope
from storage.database import Transaction, hold
from storage.notices import announcements, owing
from storage.notices.announcements import Announcement, Whom
from storage.notices.outbox import NEWS
from storage.ways.spending import WON

WORTH_TELLING = timedelta(days=7)
TAKEN_BACK_WITHIN = timedelta(days=7)
AS_READ = "이렇게 보입니다"
SENDING = "announcements"  # whoever sends one holds this name


def to_course(tx: Transaction, desk: Desk, code: str, whom: Whom, text: str, text_en: str = "") -> Told:
    """To the people of a course in these states; who has switched such messages off is left out."""
    course = lookup.course(tx, code)
    draft = Draft(writing.read(text), writing.read(text_en, "영어 글"), course.id, whom)
    audience = audiences.of_course(tx, course.id, whom)
    return _send(tx, desk, draft, audience, f"{called(course)} {WHOM[whom]}")


def to_completers(tx: Transaction, desk: Desk, text: str, place: str = "", term: str = "", text_en: str = "") -> Told:
    """To who completed courses of a term, held at a place or told of it in their words, and agreed to news."""
    draft = Draft(writing.read(text), writing.read(text_en, "영어 글"), place=place.strip(), term=term.strip())
    audience = audiences.completers(tx, draft.place, draft.term)
    if not audience.courses:
        raise Declined(
            f"{named(draft.place, draft.term)}: 이런 과정을 수료한 분이 없습니다. 장소나 학기를 확인해 주세요."
        )
    return _send(tx, desk, draft, audience, named(draft.place, draft.term))


def named(place: str, term: str) -> str:
    """Of many: "2026년 하반기 ‘동네배움터’ 과정을 수료한 분"."""
    return " ".join(filter(None, (term and said_term(term), place and f"‘{place}’", "과정을 수료한 분")))


def _send(tx: Transaction, desk: Desk, draft: Draft, audience: Audience, to: str) -> Told:
    length = writing.check_length(tx, desk, draft)
    if not audience.people:
        raise Declined(f"{to}: 받을 분이 없어 보내지 않습니다.", items=audiences.left_out(audience))
    due_at = _due(desk)
    people, found = len(audience.people), reach(tx, desk, audience.people, carried(draft.kind))
    cost = -(-found.cost // WON)  # by the ways that would be taken now
    of_one = {"people": people, "cost": cost, "written_by": desk.officer.name, "written_at": desk.now, "due_at": due_at}
    number = announcements.add(tx, **vars(draft), **of_one)
    rank, until = KINDS[draft.kind].rank, due_at + WORTH_TELLING
    owing.owe(tx, draft.kind, str(number), [(number, each) for each in audience.people], due_at, until, rank)
    return Told(
        f"{to} {people}명께 메시지를 {desk.done('보내기로 했습니다', '보냅니다')}.",
        facts=(
            f"{audiences.when(desk, due_at, people)} {_priced(cost)}",
            *_ceiling(tx, desk, draft, found),
            *audiences.left_out(audience),
        ),
        tables=(
            *([_as_read(tx, desk, draft)] if desk.is_preview else []),
            *audiences.to_call(tx, desk, audience.people, draft.kind),
        ),
        notes=(*_odd(draft, length), *audiences.named_in(tx, desk, audience.people, draft.text)),
        reach=found,
        steps=() if desk.is_preview else (Step("얼마나 보냈는지 보려면", "messages", {"number": number}),),
    )


def _priced(cost: int) -> str:
    return f"비용은 {f'약 {cost:,}' if cost else 0}원입니다."


def _ceiling(tx: Transaction, desk: Desk, draft: Draft, found: Reach) -> Iterator[str]:
    """News stops where the money of the month ends."""
    now = money.budget(tx, desk.organization, desk.now)
    if now.ceiling and KINDS[draft.kind].rank == NEWS and now.spent + found.cost > now.ceiling:
        left = max(now.ceiling - now.spent, 0)
        rest = "한도를 넘는 분께는 보내지 못하고, 다음에 오실 때 보여 드립니다."
        yield f"이번 달 한도에서 {won(left)}이 남았습니다. {rest}"


def _due(desk: Desk) -> datetime:
    """After the grace, and not at night."""
    hours = desk.organization.hours
    return hours.after_quiet_hours(desk.now + timedelta(minutes=hours.grace_minutes), desk.organization.timezone)


def _as_read(tx: Transaction, desk: Desk, draft: Draft) -> Table:
    lines = writing.shown(tx, desk, draft).text.split("\n")
    return Table(tuple((line,) for line in lines), title=AS_READ)


def _odd(draft: Draft, length: int) -> Iterator[str]:
    """What the officer may want to think of before it goes out."""
    if length > FOLDED:
        yield f"카카오톡에서는 {FOLDED}자 뒤를 ‘전체 보기’를 눌러야 봅니다(지금 {length:,}자)."
    if not draft.text_en:
        yield "영어 글이 없어, 영어로 보는 분께는 한국어로 적은 글이라는 말과 함께 보입니다."
    if draft.course_id and draft.whom == "completed":
        yield "새 강좌를 알리는 글이면 과정이 아니라 수료생에게 보내 주세요. 강좌 소식에 동의한 분께만 갑니다."


# --- sending again to whom it didn't reach ---


def again(tx: Transaction, desk: Desk, number: int) -> Told:
    """Only to whom it certainly didn't arrive; where that isn't known somebody has to be called."""
    found = of_number(tx, number)
    missed = announcements.not_reached(tx, number, desk.now)
    unknown = announcements.counts(tx, [number])[number]["unknown"]
    doubts = (f"받았는지 알 수 없는 {unknown}명께는 두 번 가지 않도록 보내지 않습니다.",) if unknown else ()
    if found.paused_at:
        raise Declined(
            f"메시지 {number}: 멈춘 메시지입니다. 먼저 이어서 보내 주세요.",
            Step("이어서 보내려면", "messages", {"number": number, "go_on": True}),
        )
    if not missed:
        raise Declined(f"메시지 {number}: 다시 보낼 분이 없습니다.", items=doubts)
    due_at = _due(desk)
    announcements.owe_again(tx, number, due_at, due_at + WORTH_TELLING, desk.now)
    people, kind = [resident for _, resident in missed], writing.kind_of(found.course_id)
    title = f"메시지 {number}: 닿지 못한 {len(people)}명께 다시 {desk.done('보내기로 했습니다', '보냅니다')}."
    facts = (audiences.when(desk, due_at, len(people)), *doubts)
    to_call = audiences.to_call(tx, desk, people, kind)
    return Told(title, facts, to_call, reach=reach(tx, desk, people, carried(kind)))


def of_number(tx: Transaction, number: int) -> Announcement:
    """One that stands, which nobody else changes before the transaction ends."""
    found = announcements.lock(tx, number)
    if found is None:
        raise Declined(f"{number}: 이런 번호의 메시지가 없습니다.", Step("번호를 보려면", "messages"))
    if found.taken_back_at:
        raise Declined(f"메시지 {number}: 되돌린 메시지입니다.")
    return found


# --- as acts ---


def _of_course(tx: Transaction, _: Desk, code: str, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    return _of_many(tx, _)[0], [(COURSE, lookup.course(tx, code).id)]


def _of_many(tx: Transaction, _: Desk, **_args: Any) -> tuple[Scope, Sequence[Subject]]:
    """Whoever sends the same at the same time waits, and is told that it was done."""
    hold(tx, SENDING)
    return scopes.of_new_announcements(announcements.newest_id(tx)), []


def _of_missed(tx: Transaction, desk: Desk, number: int) -> tuple[Scope, Sequence[Subject]]:
    hold(tx, SENDING)
    missed = announcements.not_reached(tx, number, desk.now)
    scope = scopes.of_outcomes([notice for notice, _ in missed]) if len(missed) <= acts.MOST_KEPT else {}
    return scope, [(ANNOUNCEMENT, number)]


def _take_back(tx: Transaction, desk: Desk, entry: Entry) -> bool:
    """Whoever was told is told that it was a mistake; where nobody was, nothing is left of it."""
    hold(tx, SENDING)
    number = next(each.key[0] for each in entry.changes if each.table == "announcements")
    heard = announcements.take_back(tx, number, desk.now)
    due_at = desk.organization.hours.after_quiet_hours(desk.now, desk.organization.timezone)
    concerned = [(number, resident) for resident in heard]
    owing.owe(tx, "corrected_announcement", f"{entry.id}", concerned, due_at, due_at + WORTH_TELLING)
    return bool(heard)


_UNDONE: Mapping[str, Any] = {"within": TAKEN_BACK_WITHIN, "before_undo": _take_back, "held": frozenset()}
COURSE_MESSAGE = acts.add(Act("message", "강좌 메시지", to_course, _of_course, (ANNOUNCED,), **_UNDONE))
NEWS_MESSAGE = acts.add(
    Act("message-completers", "수료생 메시지", to_completers, _of_many, (ANNOUNCED_NEWS,), **_UNDONE)
)
AGAIN = acts.add(Act("message-again", "메시지 다시 보내기", again, _of_missed, repeats=True, held=frozenset()))
