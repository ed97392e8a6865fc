"""One person's page: all that is kept of them, shown for a purpose that is asked for once."""

from dataclasses import replace
from functools import partial

from starlette.responses import Response

from bot.console.ask import Ask, Page
from handlers.staff.desk import purposes
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.persons.side_by_side import ELSEWHERE, TARGETS, TIES
from handlers.staff.records import consenting, handing_out, linking, overview, record, words
from handlers.staff.records.overview import Overview, Section
from storage.database import Transaction

LOOK = "person"


def path_of(number: int) -> str:
    return f"/desk/people/{number}"


async def show(ask: Ask, declined: Declined | None = None, doing: str = "") -> Response:
    """`declined` is why something of this page's couldn't be done, and `doing` which form was sent."""
    number = ask.number("number")
    found, why = await _look(ask, number)
    if found is None:
        return _ask_purpose(ask, number)
    return ask.page(
        "people/one.html",
        found.name,
        422 if declined else 200,
        found=found,
        why=why,
        back=path_of(number),
        declined=declined,
        doing=doing,
        **_choices(ask),
    )


async def show_to_counselors(ask: Ask) -> Response:
    """Who has had to do with them, and as much as helps to find work."""
    number = await _counseled(ask)
    found, why = await _look(ask, number, overview.OF_COUNSELORS)
    if found is None:
        return _ask_purpose(ask, number)
    found = replace(found, sections=tuple(map(_without_steps, found.sections)))
    return ask.page("people/counseled.html", found.name, found=found, why=why)


async def begin(ask: Ask) -> Response:
    """The purpose was chosen: it is noted with a look, and stays."""
    return await _begin(ask, ask.number("number"))


async def begin_to_counsel(ask: Ask) -> Response:
    return await _begin(ask, await _counseled(ask))


async def _counseled(ask: Ask) -> int:
    number = ask.number("number")
    if not await ask.database.read(partial(overview.may_counselors, number=number)):
        raise Declined(f"기록 {number}: 상담을 예약한 분이 아니어서 볼 수 없습니다.")
    return number


def _without_steps(section: Section) -> Section:
    """They lead to where counselors don't go."""
    return replace(section, table=section.table and replace(section.table, steps=()))


async def _begin(ask: Ask, number: int) -> Response:
    try:
        why = purposes.chosen(ask.text("purpose"), ask.text("other"))
    except Declined as declined:
        return _ask_purpose(ask, number, declined)
    await ask.look(LOOK, partial(record.known, number=number), purpose=why, number=number)
    return ask.go(ask.request.url.path)


async def _look(ask: Ask, number: int, anchors: tuple[str, ...] = ()) -> tuple[Overview | None, str]:
    """What there is, and what it is looked at for; None where that has to be asked first."""
    why = ""

    def work(tx: Transaction, desk: Desk) -> Overview | None:
        nonlocal why
        why = "" if "purpose" in ask.request.query_params else purposes.standing(tx, desk, number)
        return overview.show(tx, desk, number, anchors) if why else None

    return await ask.gate.look(LOOK, {"number": number}, work, lambda: why), why


def _ask_purpose(ask: Ask, number: int, declined: Declined | None = None) -> Response:
    status = 422 if declined else 200
    data = {"number": number, "purposes": purposes.PURPOSES, "other": purposes.OTHER, "declined": declined}
    return ask.page("people/purpose.html", f"기록 {number}", status, **data)


def _choices(ask: Ask) -> dict[str, object]:
    """What the forms of the page offer."""
    return {
        "dongs": {name: name for name in ask.organization.dongs} | ELSEWHERE,
        "ties": TIES,
        "targets": TARGETS,
        "on_paper": {each: words.consent(each) for each in consenting.offered_on_paper(ask.organization)},
        "withdrawable": {each: words.consent(each) for each in consenting.WITHDRAWABLE},
        "ways": consenting.WAYS,
        "kinds": handing_out.KINDS,
        "purposes": purposes.PURPOSES,
        "other": purposes.OTHER,
        "aloud": linking.ALOUD,
        "printed": linking.PRINTED,
    }


PAGES = (
    Page("/people/{number}", Right.PEOPLE, show, begin),
    Page("/counseling/people/{number}", Right.COUNSELING, show_to_counselors, begin_to_counsel),
)
