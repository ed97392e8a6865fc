"""Registering somebody who calls or comes: one form, by keyboard alone; who may be the same person is asked once."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console import acting, links
from bot.console.ask import Ask, Page, whole
from handlers.residents.people import consents
from handlers.staff.applicants import answers, likely, registering
from handlers.staff.applicants.likely import SamePerson
from handlers.staff.applicants.refusals import NeedsReason
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from handlers.staff.persons.side_by_side import ELSEWHERE, TARGETS, TIES
from handlers.staff.records.record import as_theirs
from storage.database import Transaction
from storage.people.consents import ALIMTALK
from storage.people.finding.searching import Index
from storage.people.residents import PERSONAL, Resident
from storage.seating import holds
from storage.seating.holds import Hold
from storage.teaching import courses
from storage.teaching.course import Course

PATH = "/desk/register"
MOST = 200  # courses to choose from: more isn't looked through
NEW = "new"  # in place of the number of a record
SHOWN: frozenset[str] = frozenset(("published", "hidden", "suspended"))


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    code = ask.text("course") or ask.query("course")
    offered = await ask.look("courses", partial(_offered, code))
    same = declined if isinstance(declined, SamePerson) else None
    return ask.page(
        "applicants/register.html",
        "전화·방문 접수",
        422 if declined and not same else 200,
        declined=declined,
        same=same,
        needs_reason=isinstance(declined, NeedsReason) or bool(ask.text("override")),
        code=code,
        back=links.inside(ask.text("back") or ask.query("back")),
        channel=ask.text("channel") or "phone",
        channels=registering.CHANNELS,
        dongs=[*ask.organization.dongs, *ELSEWHERE.values()],
        ties={name: word for name, word in TIES.items() if name != "lives"},
        targets=TARGETS,
        **offered,
    )


def _offered(code: str, tx: Transaction, desk: Desk) -> dict[str, Any]:
    """Courses that somebody can still come to, first the one that was asked for; kept seats, and the consent."""
    found = courses.by_code(tx, list(courses.codes(tx))).values()
    coming = [each for each in found if each.state in SHOWN and each.end_date >= desk.today]
    chat = as_theirs(tx, desk, Resident(0, registering.LANGUAGE), "phone")
    coming.sort(key=lambda each: (each.code != code, not each.is_taking(desk.now), each.apply_end, each.code))
    return {
        "courses": coming[:MOST],
        "holds": [(each, _course_of(coming, each)) for each in holds.living(tx, None) if each.left],
        "consent": consents.wording(chat, "enrollment"),
        "messages": consents.wording(chat, ALIMTALK) if desk.organization.tells_at_numbers else "",
        "now": desk.now,
    }


def _course_of(known: list[Course], hold: Hold) -> str:
    return next((each.code for each in known if each.id == hold.course_id), "")


async def do(ask: Ask) -> Response:
    told = {name: ask.text(name) for name in PERSONAL}
    if told["dong"] in ELSEWHERE.values():
        told["dong"] = "elsewhere"
    try:
        if not ask.text("person"):
            await ask.look("same-person", partial(_check_same, ask.index, ask.text("course"), told))
        return await _register(ask, told)
    except Declined as declined:
        return await show(ask, declined)


def _check_same(index: Index, code: str, told: dict[str, str], tx: Transaction, desk: Desk) -> None:
    course = lookup.course(tx, code)
    said = answers.read(as_theirs(tx, desk, Resident(0, registering.LANGUAGE), ""), course, told)
    likely.check(tx, desk, said, index)


async def _register(ask: Ask, told: dict[str, str]) -> Response:
    """Done at once, without a preview: who is on the phone hears it, and it can be undone."""
    person = ask.text("person")
    words = {
        "code": ask.text("course"),
        "channel": ask.text("channel"),
        "told": told,
        "person": whole(person) or 0,
        "new": person == NEW,
        "paper": ask.text("paper"),
        "aloud": bool(ask.text("aloud")),
        "override": ask.text("override"),
        "held": whole(ask.text("held")) or 0,
        "alimtalk": bool(ask.text("alimtalk")),
    }
    work = partial(acts.perform, act=registering.REGISTER, args=words)
    done: Told = await ask.gate.act(work, registering.REGISTER.name, acts.words_of(words))
    again = urlencode({"course": ask.text("course")})  # the next caller often asks for the same
    return await acting.tell(ask, done, links.inside(ask.text("back")) or f"{PATH}?{again}")


PAGES = (Page("/register", Right.PEOPLE, show, do, to_do=Right.DECIDE),)
