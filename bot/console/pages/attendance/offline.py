"""Marking attendance where there is no network: a page that a device keeps, and what it sends once it is back."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass
from starlette.responses import JSONResponse, Response

from bot.console.ask import Ask, Page, whole
from handlers.language.days import dates
from handlers.staff.attendance import snapshot, syncing
from handlers.staff.attendance.snapshot import Snapshot
from handlers.staff.attendance.syncing import SYNC, Answer, Synced, Tapped
from handlers.staff.desk import acts
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS
from handlers.staff.officers.roles import Right
from storage.states import Mark

ACTION = "attendance-offline"
LONGEST_NAME = 30
KEEP = {"X-Keep": "1"}  # tells the service worker that the page may be kept
UNREADABLE = "읽을 수 없는 기록입니다."


def _sane(moment: datetime) -> datetime:
    """No clock shows any other year, and sums with it stay dates."""
    if not 2000 <= moment.year < 2100:
        raise ValueError("not a time of ours")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_sane)]


@dataclass(frozen=True)
class Sent:
    """An entry as a device sends it."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{16,64}$")]
    session: int
    enrollment: int
    mark: Mark
    at: Moment
    starts: Moment
    over: Annotated[str, StringConstraints(max_length=64)] = ""


_ENTRY, _MOMENT, _LIST = TypeAdapter(Sent), TypeAdapter(Moment), TypeAdapter(list[dict[str, Any]])


async def show(ask: Ask) -> Response:
    number = whole(ask.query("class"))
    found = await ask.look(ACTION, partial(snapshot.take, code=ask.code, number=number), code=ask.code)
    when = dates.moment(found.meeting.starts_at, "ko", ask.organization.timezone, today=ask.gate.now().date())
    title = f"{found.course.title} {found.meeting.number}회차"
    page = ask.page("attendance/offline.html", title, seen=found, when=when, kept=_kept(ask, found))
    if not found.is_over:
        page.headers.update(KEEP)
    return page


def _kept(ask: Ask, found: Snapshot) -> dict[str, Any]:
    """What the page's script knows; of people nothing but names and marks."""
    return {
        "code": found.course.code,
        "course": found.course.title,
        "session": found.meeting.id,
        "number": found.meeting.number,
        "starts": found.meeting.starts_at.isoformat(),
        "ends": found.meeting.ends_at.isoformat(),
        "officer": {"id": ask.known.account.id, "name": ask.known.account.name},
        "marks": list(MARKS.items()),  # in this order
        **_now(ask, found),
    }


def _now(ask: Ask, found: Snapshot) -> dict[str, Any]:
    """What is known at the moment."""
    return {
        "made": Desk(ask.organization, found.made_at).moment(found.made_at),
        "isOver": found.is_over,
        "people": [asdict(each) for each in found.people],
        "clashes": [asdict(each) for each in found.clashes],
    }


async def sync(ask: Ask) -> Response:
    """The answer to each entry. Whoever is signed in now must be who the device believes it to be."""
    officer = ask.known.account
    if ask.text("officer") != str(officer.id):
        return JSONResponse({"officer": {"id": officer.id, "name": officer.name}}, 409)
    try:
        return await _synced(ask)
    except Declined as declined:
        return JSONResponse({"problem": declined.message}, 422)


async def _synced(ask: Ask) -> Response:
    device_now, sent = _read(ask)
    now = ask.gate.now()
    off = syncing.shift(device_now, Desk(ask.organization, now))
    rows, unreadable = _tapped(sent, off)
    session = whole(ask.text("session")) or 0
    if not rows:
        work = partial(snapshot.take, code=ask.code, session_id=session)
        found = Synced(seen=await ask.look(ACTION, work, code=ask.code))
    else:
        words: dict[str, Any] = {"code": ask.code, "session": session, "count": len(rows)}
        words |= {name: ask.text(name)[:LONGEST_NAME] for name in ("device", "written_by")}
        words |= {"seconds": round(off.total_seconds())}
        entering = partial(acts.perform, act=SYNC, args={**words, "rows": rows})
        done = await ask.gate.act(entering, SYNC.name, words)
        assert isinstance(done, Synced)
        found = done
    assert found.seen
    answers = [asdict(each) for each in (*found.answers, *unreadable)]
    told = {"answers": answers, "note": _note(off), "session": found.seen.meeting.id}
    return JSONResponse({**told, **_now(ask, found.seen)})


def _read(ask: Ask) -> tuple[datetime, list[dict[str, Any]]]:
    """As it was sent: keys are no words to be cleaned."""
    try:
        entries = ask.sent.get("entries")
        return _MOMENT.validate_python(ask.text("now")), _LIST.validate_json(
            entries if isinstance(entries, str) else ""
        )
    except (ValidationError, OverflowError) as error:
        raise Declined(
            "기기에서 보낸 것을 읽을 수 없어 아무것도 적지 않았습니다. 기록은 기기에 남아 있습니다."
        ) from error


def _tapped(sent: list[dict[str, Any]], off: timedelta) -> tuple[list[Tapped], list[Answer]]:
    """What can be read, its times corrected, and answers to the rest."""
    if len(sent) > syncing.MOST:
        raise Declined(f"한 번에 {syncing.MOST}건까지 받습니다. {len(sent)}건이라 아무것도 적지 않았습니다.")
    rows, unreadable = [], []
    for each in sent:
        try:
            one = _ENTRY.validate_python(each)
        except (ValidationError, OverflowError):
            unreadable.append(Answer(str(each.get("key", ""))[:64], "refused", UNREADABLE))
        else:
            rows.append(Tapped(one.key, one.session, one.enrollment, one.mark, one.at + off, one.starts, one.over))
    return rows, unreadable


def _note(off: timedelta) -> str:
    """What is said of a clock that isn't right."""
    minutes = round(abs(off.total_seconds()) / 60)
    if not minutes:
        return ""
    how = "느립니다" if off > timedelta() else "빠릅니다"
    return f"이 기기의 시계가 {minutes}분 {how}. 적은 시각을 그만큼 고쳐 받았습니다."


PAGES = (
    Page("/courses/{code}/attendance/offline", Right.ROLL, show),
    Page("/courses/{code}/attendance/sync", Right.ROLL, do=sync),
)
