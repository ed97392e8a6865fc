"""A tablet at the counter: opened by an officer with a PIN, it takes one registration after the other.

It shows no list, forgets what was typed once nobody goes on, and opens nothing else until the PIN is typed.
"""

import asyncio
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console.ask import Ask, Page
from bot.console.signing import secrets
from handlers.staff.applicants import answers, at_counter
from handlers.staff.applicants.registering import REGISTER
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.persons.side_by_side import ELSEWHERE, TARGETS, TIES
from storage.database import Transaction
from storage.officers import sessions
from storage.people.residents import PERSONAL
from storage.teaching.course import Course

PATH = "/desk/counter"
FEWEST, MOST = 4, 8  # digits of a PIN
TRIES = 5
RESTS = 120  # seconds after which what was typed is gone
AFTER_DONE = 30
HELP = "여기서는 접수할 수 없습니다. 옆에 있는 담당자에게 말씀해 주세요."


async def show(ask: Ask, declined: Declined | None = None, status: int = 200) -> Response:
    if not ask.known.session.is_at_counter:
        return ask.page(
            "applicants/counter_open.html", "접수대 태블릿", status, declined=declined, least=FEWEST, most=MOST
        )
    offered, consent, messages = await ask.look("counter", _offered)
    return ask.page(
        "applicants/counter.html",
        "수강신청",
        status,
        declined=declined,
        courses=offered,
        consent=consent,
        messages=messages,
        rests=RESTS,
        dongs=[*ask.organization.dongs, *ELSEWHERE.values()],
        ties={name: word for name, word in TIES.items() if name != "lives"},
        targets=TARGETS,
    )


def _offered(tx: Transaction, desk: Desk) -> tuple[list[Course], str, str]:
    return at_counter.offered(tx, desk), at_counter.consent(tx, desk), at_counter.messages(tx, desk)


async def do(ask: Ask) -> Response:
    if not ask.known.session.is_at_counter:
        return await _open(ask)
    if ask.text("do") == "close":
        return await _close(ask)
    return await _register(ask)


async def _open(ask: Ask) -> Response:
    pin = ask.text("pin")
    if not (pin.isascii() and pin.isdigit() and FEWEST <= len(pin) <= MOST):
        return await show(ask, Declined(f"PIN은 숫자 {FEWEST}자리에서 {MOST}자리까지 적어 주세요."), 422)
    kept = await asyncio.to_thread(secrets.hashed, pin)
    await ask.database.write(lambda tx: sessions.put_at_counter(tx, ask.known.session.id, kept))
    return ask.go(PATH)


async def _close(ask: Ask) -> Response:
    """The officer's own again; after some wrong tries nobody's."""
    session = ask.known.session
    if not await ask.database.write(lambda tx: sessions.try_pin(tx, session.id, TRIES)):
        await ask.database.write(lambda tx: sessions.end(tx, session.id))
        return ask.go("/desk/sign-in")
    if not await asyncio.to_thread(secrets.is_right, ask.text("pin"), session.counter_pin or ""):
        return await show(ask, Declined("PIN이 맞지 않습니다."), 422)
    await ask.database.write(lambda tx: sessions.put_at_counter(tx, session.id, None))
    return ask.go("/desk/")


async def _register(ask: Ask) -> Response:
    told = {name: ask.text(name) for name in PERSONAL}
    if told["dong"] in ELSEWHERE.values():
        told["dong"] = "elsewhere"
    agreed = {name: bool(ask.text(name)) for name in ("agreed", "alimtalk")}
    words: dict[str, Any] = {"code": ask.text("course"), "told": told, **agreed}
    try:
        said = await ask.gate.act(partial(at_counter.register, **words), REGISTER.name, {"code": words["code"]})
    except answers.Unreadable as wrong:
        return await show(ask, wrong, 422)
    except Declined:  # why is told by an officer alone: it may be of what stands in somebody's record
        return await show(ask, Declined(HELP), 422)
    return ask.page("applicants/counter_done.html", "접수되었습니다", said=said, rests=AFTER_DONE)


PAGES = (Page("/counter", Right.DECIDE, show, do, of_counter=True),)
