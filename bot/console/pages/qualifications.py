"""Qualifications that the people of a course acquired, entered where they are listed."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.desk import lookup
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.persons.who import name_of
from handlers.staff.qualifications import entering, listing
from storage.completion import qualifications
from storage.database import Transaction
from storage.people import residents
from storage.teaching.course import Course


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    course, people, found = await ask.look("qualifications", partial(_people, code=ask.code), code=ask.code)
    acquired = {each.enrollment_id for each in found}
    shown = {"course": course, "people": people, "found": found, "acquired": len(acquired), "rights": Right}
    status = 422 if declined else 200
    return ask.page("courses/qualifications.html", f"{course.title} 취득 자격", status, declined=declined, **shown)


def _people(
    tx: Transaction, desk: Desk, code: str
) -> tuple[Course, dict[int, str], list[qualifications.Qualification]]:
    """The names of those who completed, by the number of their application, and what they acquired."""
    course = lookup.course(tx, code)
    completed = listing.completed(tx, course)
    known = residents.with_ids(tx, {each.resident_id for each in completed})
    named = {each.id: name_of(desk, each.resident_id, known[each.resident_id].name) for each in completed}
    return course, named, qualifications.of_enrollments(tx, list(named))


async def do(ask: Ask) -> Response:
    """Enter one, or take one out."""
    back, numbers = f"/desk/courses/{quote(ask.code, safe='')}/qualifications", ask.numbers("number")
    number = numbers[0] if numbers else 0
    try:
        if ask.text("do") == "drop":
            return await acting.act(ask, entering.DROP, back, number=number)
        told = {"name": ask.text("name"), "day": ask.text("day"), "license_number": ask.text("license")}
        return await acting.act(ask, entering.ENTER, back, number=number, **told)
    except Declined as declined:
        return await show(ask, declined)


PAGES = (Page("/courses/{code}/qualifications", Right.PEOPLE, show, do, to_do=Right.DECIDE),)
