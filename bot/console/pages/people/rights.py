"""What is done for one person: corrected, proven, linked, handed out, erased, and what they agreed to noted."""

from datetime import date
from functools import partial

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.people.person import path_of, show
from bot.http.files import download
from handlers.residents.rights.overview import ASKED
from handlers.staff.desk import acts, purposes
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from handlers.staff.persons.alike import PROVE
from handlers.staff.records import consenting, erasing, handing_out
from handlers.staff.records.correcting import CORRECT
from handlers.staff.records.erasing import ERASE
from handlers.staff.records.linking import MAKE_CODE
from storage.database import Transaction


async def correct(ask: Ask) -> Response:
    number = ask.number("number")
    told = {name: ask.text(name) for name in ASKED}
    try:
        return await acting.act(
            ask, CORRECT, path_of(number), number=number, told=told, is_same=bool(ask.text("is_same"))
        )
    except Declined as declined:
        return await show(ask, declined, "correct")


async def prove(ask: Ask) -> Response:
    number = ask.number("number")
    try:
        return await acting.act(ask, PROVE, path_of(number), number=number, is_theirs=ask.text("is_theirs") == "1")
    except Declined as declined:
        return await show(ask, declined)


async def make_code(ask: Ask) -> Response:
    """Shown at once and on no other page, as nobody can look it up again."""
    number = ask.number("number")
    words = {"number": number, "way": ask.text("way")}
    try:
        told = await ask.gate.act(partial(acts.perform, act=MAKE_CODE, args=words), MAKE_CODE.name, words)
    except Declined as declined:
        return await show(ask, declined, "code")
    return ask.page("people/code.html", "대화를 잇는 코드", told=told, back=path_of(number))


async def hand_out(ask: Ask) -> Response:
    number, kind = ask.number("number"), ask.text("kind")
    try:
        why = purposes.chosen(ask.text("purpose"), ask.text("other"))
        work = partial(handing_out.hand_out, number=number, kind=kind)
        return download(await ask.look(handing_out.LOOK, work, purpose=why, number=number, output=f".{kind}"))
    except Declined as declined:
        return await show(ask, declined, "file")


async def note_consent(ask: Ask) -> Response:
    number, purpose = ask.number("number"), ask.text("purpose")
    back = f"{path_of(number)}#consents"
    given = {"number": number, "purpose": purpose}
    try:
        if ask.text("do") == "paper":
            return await acting.act(ask, consenting.CONSENT_ON_PAPER, back, **given, paper=ask.text("paper"))
        return await acting.act(ask, consenting.WITHDRAW_CONSENT, back, **given, way=ask.text("way"))
    except Declined as declined:
        return await show(ask, declined, ask.text("do") or "withdraw")


async def ask_to_erase(ask: Ask, declined: Declined | None = None) -> Response:
    """The first of two questions."""
    number = ask.number("number")

    def work(tx: Transaction, desk: Desk) -> tuple[Told, str, date]:
        return *erasing.ask(tx, desk, number), desk.today

    told, token, today = await ask.look(ERASE.name, work, number=number)
    shown = {"told": told, "token": token, "today": today, "back": path_of(number), "declined": declined}
    return ask.page("people/erase.html", f"기록 {number} 지우기", 422 if declined else 200, **shown)


async def erase(ask: Ask) -> Response:
    """The second question, and then it is done."""
    number = ask.number("number")
    given = {name: ask.text(name) for name in ("token", "reason", "asked_on")}
    try:
        return await acting.act(ask, ERASE, "/desk/search", number=number, **given)
    except Declined as declined:
        return await ask_to_erase(ask, declined)


PAGES = (
    Page("/people/{number}/correct", Right.PEOPLE, do=correct),
    Page("/people/{number}/proof", Right.PEOPLE, do=prove),
    Page("/people/{number}/code", Right.PEOPLE, do=make_code),
    Page("/people/{number}/file", Right.PEOPLE, do=hand_out),
    Page("/people/{number}/consents", Right.PEOPLE, do=note_consent),
    Page("/people/{number}/erase", Right.PEOPLE, ask_to_erase, erase),
)
