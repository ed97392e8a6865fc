"""Finding people and courses by what is typed into the box on every page."""

from dataclasses import replace
from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page
from handlers.staff.certificates import finding as finding_certificates
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from handlers.staff.officers.roles import Right
from handlers.staff.persons import finding
from storage.database import Transaction
from storage.teaching import courses

SHOWN = 10


async def search(ask: Ask) -> Response:
    said = ask.query("q")
    found = [await ask.look("courses", partial(_courses, ask, said), text=said)] if said else []
    if said and ask.may(Right.PEOPLE):
        told = await ask.look("persons", partial(finding.find, said=said, index=ask.index), name=said)
        if number := finding_certificates.number_in(said):
            found.insert(0, await ask.look("certificates", partial(_certificate, number), number=number))
        found.append(replace(told, tables=tuple(_linked(each) for each in told.tables if isinstance(each, Table))))
    return ask.page("search.html", "찾기", said=said, found=found)


def _linked(table: Table) -> Table:
    """Each row leads to the page of the person whose record it begins with."""
    return replace(table, steps=tuple(Step("보기", "persons", {"record": int(row[0])}) for row in table.rows))


def _courses(ask: Ask, said: str, tx: Transaction, _desk: Desk) -> Told:
    """Of those that somebody may see."""
    mine = ask.known.courses(Right.COURSES)
    known = courses.codes(tx)
    exact = lookup.same_code(said, known)
    codes = [exact] if exact else [each.split(" ", 1)[0] for each in lookup.near(said, known)]
    shown = [each for each in courses.by_code(tx, codes).values() if mine is None or each.id in mine][:SHOWN]
    rows = tuple((each.code, each.title, each.term) for each in shown)
    steps = tuple(Step("보기", "course", {"course": each.code}) for each in shown)
    return Told("강좌", tables=(Table(rows, ("과정번호", "과정명", "학기"), steps=steps),) if rows else ())


def _certificate(number: str, tx: Transaction, desk: Desk) -> Told:
    try:
        return finding_certificates.one(tx, desk, number)
    except Declined as declined:
        return Told("수료증", notes=(str(declined),))


PAGES = (Page("/search", Right.COURSES, search),)
