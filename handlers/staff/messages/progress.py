"""How far messages have come: who got one, who is still to get it, and whom it didn't reach."""

from collections import Counter
from dataclasses import dataclass

from handlers.language.letters.widths import within
from handlers.staff.desk import lookup
from handlers.staff.desk.costs import won
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import called
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.messages.sending import named
from handlers.staff.messages.whom import WHOM
from handlers.staff.notices.owed import reason
from handlers.staff.persons.who import WHO, who
from storage.audit import journal
from storage.audit.journal import ANNOUNCEMENT
from storage.database import Transaction
from storage.notices import announcements
from storage.notices.announcements import Announcement, Fate
from storage.teaching import courses

LISTED, SHOWN, ALL = 50, 50, 1_000_000
TEXT = "보낸 글"
BEGINNING = 40  # letters of a text in a list
FATES: dict[Fate, str] = {
    "waiting": "기다림",
    "told": "받음",
    "unreached": "닿지 못함",
    "unknown": "받았는지 모름",
    "ended": "보내지 않음",
}
COLUMNS = ("번호", "때", "보낸 사람", "받는 분", "글", "지금", *FATES.values())


@dataclass(frozen=True)
class Way:
    """What an officer may want to do with a message."""

    name: str
    label: str


def listed(tx: Transaction, desk: Desk, code: str = "") -> Told:
    """The newest messages, of a course or all, each with how far it has come."""
    course = lookup.course(tx, code) if code else None
    found = announcements.newest(tx, LISTED, course.id if course else None)
    if not found:
        return Told(f"{called(course)}: 보낸 메시지가 없습니다." if course else "보낸 메시지가 없습니다.")
    counts = announcements.counts(tx, [each.id for each in found])
    titles = courses.titles(tx, [each.course_id for each in found if each.course_id])
    rows = tuple(_row(desk, each, titles, counts[each.id]) for each in found)
    steps = (Step("한 메시지를 보려면", "messages", {"number": found[0].id}),)
    return Told("보낸 메시지입니다.", tables=(Table(rows, COLUMNS),), steps=steps)


def _row(desk: Desk, one: Announcement, titles: dict[int, str], count: Counter[str]) -> tuple[str, ...]:
    to = f"‘{titles[one.course_id]}’ {WHOM[one.whom]}" if one.course_id else named(one.place, one.term)
    text = within(" ".join(one.text.split()), BEGINNING)
    figures = (f"{count[fate]}명" for fate in FATES)
    return str(one.id), desk.moment(one.written_at), one.written_by, to, text, stands(desk, one, count), *figures


def stands(desk: Desk, one: Announcement, count: Counter[str]) -> str:
    """In a word or two."""
    if one.taken_back_at:
        return "되돌림"
    if not count["waiting"]:
        return "끝남"
    if one.paused_at:
        return "멈춤"
    return "보내는 중" if one.due_at <= desk.now else f"{desk.moment(one.due_at)}부터 보냄"


def show(tx: Transaction, desk: Desk, number: int, everything: bool = False) -> Told:
    """One message whole: whom it didn't reach and why, and once it is over who got it."""
    one = announcements.find(tx, number)
    if one is None:
        raise Declined(f"{number}: 이런 번호의 메시지가 없습니다.", Step("번호를 보려면", "messages"))
    count = announcements.counts(tx, [number])[number]
    titles = courses.titles(tx, [one.course_id] if one.course_id else [])
    _, at, by, to, _, now, *_ = _row(desk, one, titles, count)
    facts = (f"{at}, {by} → {to} {one.people}명", f"지금: {now}", _figures(count), _cost(tx, one))
    text = Table(tuple((line,) for line in one.text.split("\n")), title=TEXT)
    tables = (text, *_people(tx, desk, one, count, everything))
    return Told(f"메시지 {number}", facts, tables, steps=_steps(tx, one, count))


def _cost(tx: Transaction, one: Announcement) -> str:
    """What it cost so far, beside what it was thought to cost."""
    spent = won(announcements.spent(tx, one.id))
    return f"비용: {spent} (보내기 전 어림 {one.cost:,}원)" if one.cost else f"비용: {spent}"


def _figures(count: Counter[str]) -> str:
    return ", ".join(f"{name} {count[fate]}명" for fate, name in FATES.items() if count[fate] or fate == "told")


def _people(tx: Transaction, desk: Desk, one: Announcement, count: Counter[str], everything: bool) -> list[Table]:
    """Each fate by itself, whom it didn't reach first."""
    tables = []
    order: tuple[Fate, ...] = ("unreached", "unknown", "ended", "waiting", "told")
    for fate in (each for each in order if count[each]):
        found = announcements.recipients(tx, one.id, [fate], ALL if everything else SHOWN)
        rows = tuple(
            (str(each.notice), *who(desk, each.resident_id, each), reason(desk, each.reason) if each.reason else "")
            for each in found
        )
        title = f"{FATES[fate]}: {count[fate]}명"
        tables.append(Table(rows, ("알림번호", *WHO, "까닭"), title=title, left_out=count[fate] - len(rows)))
    return tables


def _steps(tx: Transaction, one: Announcement, count: Counter[str]) -> tuple[Step, ...]:
    steps = [Step(way.label, "messages", {"number": one.id, way.name: True}) for way in _ways(one, count)]
    entry = None if one.taken_back_at else entry_of(tx, one.id)
    return (*steps, *([Step("되돌리려면", "undo", {"entry": entry})] if entry else []))


def ways(tx: Transaction, number: int) -> list[Way]:
    """What can be done with it now, but for taking it back."""
    one = announcements.find(tx, number)
    return _ways(one, announcements.counts(tx, [number])[number]) if one else []


def _ways(one: Announcement, count: Counter[str]) -> list[Way]:
    if one.taken_back_at:
        return []
    found = []
    if count["waiting"]:
        found.append(Way("go_on", "이어서 보내기") if one.paused_at else Way("pause", "멈추기"))
    if (count["unreached"] or count["ended"]) and not one.paused_at:
        found.append(Way("to_missed", "닿지 못한 분께만 다시 보내기"))
    return found


def entry_of(tx: Transaction, number: int) -> int | None:
    """Of the journal, by which it is taken back."""
    for action in ("message", "message-completers"):
        for entry in journal.standing(tx, action, ANNOUNCEMENT, [number]).get(number, []):
            return entry.id
    return None
