"""Every page of the console that is of nothing in particular, or of a course, is come to from its first page."""

from bot.console.pages import PAGES
from tests.support.console.counter import AtDesk

FILES = {"/desk/import/template", "/desk/messages/approved/form", "/desk/courses/T1/certificates/sample"}
# Where somebody or something is there, or officers choose.
AT_TIMES = {"/desk/people/merge", "/desk/words/answer", "/desk/calls/files", "/desk/courses/T1/decide"}
LOOKED_AT = [each.path for each in PAGES if each.look and not each.is_asked_by_itself]
PLACES = {f"/desk{each.replace('{code}', 'T1')}" for each in LOOKED_AT if "{" not in each.replace("{code}", "")}


def ways(officer: AtDesk) -> set[str]:
    """Where the page that is open leads: its links, and the forms that look for something."""
    forms = [each for each in officer.page.all("form") if each.attributes.get("method", "get") == "get"]
    found = [each.attributes.get("href", "") for each in officer.page.all("a")]
    found += [each.attributes.get("action", "") for each in forms]
    return {each.split("?")[0].split("#")[0] for each in found}


async def test_a_lead_comes_to_every_page_of_nothing_in_particular_and_of_a_course(counter, school):
    await school.opens(code="T1", selection="lottery")
    officer = await counter.officer("lead")
    seen: set[str] = set()
    ahead = {"/desk/"}
    while ahead:
        seen |= ahead
        for path in sorted(ahead - FILES):
            await officer.opens(path)
            ahead = (ahead | ways(officer)) & PLACES
        ahead -= seen
    assert PLACES - seen == AT_TIMES
