"""The attendance of a course: all classes, or one on a phone; each tap is kept at once and undone on the spot."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import JSONResponse, Response

from bot.console import acting
from bot.console.ask import Ask, Page, whole
from bot.console.pages.attendance import waiting
from bot.desk import Work
from handlers.staff.attendance import grid, marking
from handlers.staff.attendance.grid import Grid, Meeting
from handlers.staff.attendance.marking import MARK, NeedsReason
from handlers.staff.attendance.waiting import said
from handlers.staff.attendance.waiting import waiting as listed
from handlers.staff.attendance.words import SHORT, WAYS, is_mark
from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.lookup import MARKS
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from storage.database import Transaction

STANDINGS = {"counts": "지금 셈에 들어감", "replaced": "고침", "open": "확인 기다림", "dismissed": "넘김"}


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    found = await ask.look("attendance", partial(grid.show, code=ask.code), code=ask.code)
    meeting = _chosen(ask, found)
    title = f"{found.course.title} {meeting.number}회차 출석" if meeting else f"{found.course.title} 출석"
    template = "grid" if meeting is None else "typing" if ask.query("way") == "paper" else "class"
    shown: dict[str, Any] = {"found": found, "meeting": meeting, "waiting": listed(found), "declined": declined}
    words: dict[str, Any] = {"marks": MARKS, "short": SHORT, "ways": WAYS, "standings": STANDINGS, "said": said}
    status, at = 422 if declined else 200, found.place(meeting.number) if meeting else 0
    typed = {"why": ask.text("why"), "chosen": ask.text("mark") or "absent", "text": ask.text}
    return ask.page(f"attendance/{template}.html", title, status, at=at, rights=Right, **shown, **words, **typed)


def _chosen(ask: Ask, found: Grid) -> Meeting | None:
    number = whole(ask.query("class"))
    return next((each for each in found.meetings if each.number == number), None)


async def do(ask: Ask) -> Response:
    """Whichever of the page's buttons was pressed; a script is answered with what counts now."""
    by_script = ask.text("as") == "json"
    try:
        name = next((name for name in DOING if ask.text(name)), "")
        return await DOING[name](ask) if name else await _nothing(ask)
    except Declined as declined:
        if by_script:
            problem = {"problem": declined.message, "needs_reason": isinstance(declined, NeedsReason)}
            return JSONResponse(problem, 422)
        return await show(ask, declined)


async def _mark(ask: Ask) -> Response:
    """One cell: the number and id of its class, whose it is, and the mark, or the one that is chosen for the table."""
    number, meeting, seat, named = [*ask.text("cell").split("."), "", "", ""][:4]
    mark = named or ask.text("mark")
    if whole(seat) is None or not is_mark(mark):
        return await _nothing(ask)
    words = {**_class(ask, number, meeting), mark: [whole(seat)], "why": ask.text("why")}
    return await _done(ask, MARK, words, f"p{seat}")


async def _everybody(ask: Ask) -> Response:
    number, _, meeting = ask.text("all").partition(".")
    return await _done(ask, MARK, {**_class(ask, number, meeting), "everyone": True})


async def _paper(ask: Ask) -> Response:
    """A whole sheet: the keys 1 to 5, and nothing for who is left as they are."""
    number, _, meeting = ask.text("paper").partition(".")
    keys = dict(enumerate(MARKS, 1))
    words = _class(ask, number, meeting)
    for name in (name for name in ask.sent if name.startswith("p-") and ask.text(name)):
        seat, key = whole(name.removeprefix("p-")), whole(ask.text(name))
        if seat is None or key not in keys:
            raise Declined(f"‘{ask.text(name)}’: 1~{len(keys)} 가운데 하나를 적어 주세요.")
        words.setdefault(keys[key], []).append(seat)
    words |= {"way": "paper", "why": ask.text("why"), "everyone": bool(ask.text("rest"))}
    return await _done(ask, MARK, words)


def _class(ask: Ask, number: str, meeting: str) -> dict[str, Any]:
    found = whole(number)
    if found is None:
        raise Declined("어느 수업인지 알 수 없습니다. 화면을 새로 열어 주세요.")
    return {"code": ask.code, "number": found, "meeting": whole(meeting) or 0}


async def _undo(ask: Ask) -> Response:
    only_own = not ask.may(Right.DECIDE)
    work = partial(marking.undo, code=ask.code, entry=whole(ask.text("undo")) or 0, only_own=only_own)
    return await _worked(ask, work, "undo", {"entry": whole(ask.text("undo"))}, whole(ask.text("class")) or 0)


async def _done(ask: Ask, act: Act, words: Mapping[str, Any], place: str = "") -> Response:
    """At once, without a preview: it tells nobody, and can be undone."""
    work = partial(acts.perform, act=act, args=words)
    return await _worked(ask, work, act.name, acts.words_of(words), words["number"], place)


async def _worked(
    ask: Ask, work: Work[Told], action: str, words: Mapping[str, Any], number: int, place: str = ""
) -> Response:
    if ask.text("as") != "json":
        back = f"{_here(ask)}{f'#{place}' if place else ''}"
        return await acting.tell(ask, await ask.gate.act(work, action, words), back)
    told, figures = await ask.gate.act(partial(_with_figures, work, ask.code, number), action, words)
    entry = next((step.args["entry"] for step in told.steps if step.action == "undo"), None)
    return JSONResponse({"told": told.title, "notes": list(told.facts), "undo": entry, **figures})


def _with_figures(work: Work[Told], code: str, number: int, tx: Transaction, desk: Desk) -> tuple[Told, dict[str, Any]]:
    """What was done, and what it comes to, both as one transaction saw it."""
    return work(tx, desk), figures(grid.show(tx, desk, code), number)


def figures(found: Grid, number: int) -> dict[str, Any]:
    """Of a class its marks and counts, and of everybody what it comes to."""
    meeting = next((each for each in found.meetings if each.number == number), None)
    people = {each.enrollment.id: [each.tally.percent, max(each.tally.may_miss, 0)] for each in found.people}
    if meeting is None:
        return {"people": people}
    at = found.place(number)
    marks = {each.enrollment.id: each.cells[at].mark or "" for each in found.people}
    counts: dict[str, int] = {name: meeting.counts.get(name, 0) for name in MARKS}
    return {"number": number, "marks": marks, "counts": {**counts, "unmarked": meeting.unmarked}, "people": people}


def _here(ask: Ask) -> str:
    asked = {name: ask.query(name) for name in ("class", "way") if ask.query(name)}
    path = f"/desk/courses/{quote(ask.code, safe='')}/attendance"
    return f"{path}?{urlencode(asked)}" if asked else path


async def _decide(ask: Ask) -> Response:
    return await waiting.decide(ask, _here(ask))


async def _nothing(_ask: Ask) -> Response:
    raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")


DOING: dict[str, Callable[[Ask], Awaitable[Response]]] = {
    "cell": _mark,
    "all": _everybody,
    "paper": _paper,
    "decide": _decide,
    "undo": _undo,
}
PAGES = (Page("/courses/{code}/attendance", Right.ROLL, show, do),)
