"""How something is done from a page: what it would tell is shown first, and it is done once that is confirmed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

import handlers.staff.every_act  # noqa: F401 - whichever is undone
from bot.console.ask import Ask, whole
from bot.console.links import HOME
from bot.desk import Work
from handlers.staff.attendance import marking
from handlers.staff.desk import acts, undoing
from handlers.staff.desk.acts import Act, DoneAlready
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from handlers.staff.year.cards import quarters
from handlers.staff.year.entries import entering
from storage.audit import journal
from storage.database import Transaction
from storage.officers import sessions

# Who may undo an act, where it isn't whoever may decide on courses.
UNDONE_BY: Mapping[str, Right] = {
    **dict.fromkeys(
        ("note-appointments", "take-back-outcomes", "move-appointment", "cancel-appointment"), Right.COUNSELING
    ),
    **dict.fromkeys(("hide-posting", "show-posting"), Right.POSTINGS),
    **dict.fromkeys(marking.OF_ATTENDANCE, Right.ROLL),
    **dict.fromkeys((entering.ENTER.name, entering.CHANGE.name, entering.DROP.name), Right.YEAR),
    quarters.DRAFT.name: Right.YEAR,
    **dict.fromkeys(quarters.BY_LEADS, Right.CLOSE),
    **dict.fromkeys(("deputize", "change-deputy", "end-deputy"), Right.OFFICERS),
}
SURE, AGAIN = "sure", "again"  # fields of the form that confirms


async def act(ask: Ask, chosen: Act, back: str = HOME, **words: Any) -> Response:
    """Do an officer's act with these arguments, and go back to a page that tells what was done. Raises Declined."""
    work = partial(acts.perform, act=chosen, args=words, again=bool(ask.text(AGAIN)))
    check = partial(chosen.check, **words) if chosen.check else None
    return await do(ask, work, chosen.name, words, back, check)


async def undo(ask: Ask) -> Response:
    """The undoing of an act, by the number of its entry, for whoever may do it."""
    entry = whole(ask.text("entry")) or 0
    if not await ask.database.read(partial(_may_undo, ask, entry)):
        raise Declined("이 일을 되돌릴 권한이 없습니다. 필요하면 팀장에게 말씀해 주세요.")
    work = partial(undoing.undo, entry=entry)
    return await do(ask, work, undoing.UNDO, {"entry": entry}, ask.back())


def _may_undo(ask: Ask, entry: int, tx: Transaction) -> bool:
    """Who has courses of their own undoes what they did in those themselves."""
    found = journal.find(tx, entry)
    right = UNDONE_BY.get(found.action if found else "", Right.DECIDE)
    mine = ask.known.courses(right)
    if found is None or mine is None or not ask.may(right):
        return ask.may(right)
    return found.officer.name == ask.known.name and any(marking.is_of(tx, found, each) for each in mine)


async def do(
    ask: Ask,
    work: Work[Told],
    action: str,
    words: Mapping[str, Any],
    back: str,
    check: Work[Told] | None = None,
) -> Response:
    """`check` finds what work would tell without doing it."""
    try:
        if not ask.text(SURE):
            shown = await _previewed(ask, work, action, words, check)
            if not shown.is_good or shown.reach is not None:
                return _to_confirm(ask, shown, back)
        done = await ask.gate.act(work, action, words)
    except DoneAlready as already:
        return _to_confirm(ask, already.told, back, is_done=True)
    return await tell(ask, done, back)


async def tell(ask: Ask, told: Told, back: str) -> Response:
    """Go on to a page, which shows what was done before all else."""
    fragment = ask.writer.told(told)
    await ask.database.write(lambda tx: sessions.tell(tx, ask.known.session.id, fragment))
    return ask.go(back)


async def _previewed(
    ask: Ask, work: Work[Told], action: str, words: Mapping[str, Any], check: Work[Told] | None
) -> Told:
    if check:
        return await ask.gate.look(action, words, check)
    return await ask.gate.preview(work, action, words)


def _to_confirm(ask: Ask, shown: Told, back: str, is_done: bool = False) -> Response:
    """With all that was sent, to send it again."""
    sent = [(name, value) for name, value in ask.sent.multi_items() if isinstance(value, str) and name != SURE]
    title = "이미 한 일입니다" if is_done else "이렇게 됩니다"
    return ask.page("confirm.html", title, told=shown, sent=sent, to=ask.request.url.path, back=back, is_done=is_done)
