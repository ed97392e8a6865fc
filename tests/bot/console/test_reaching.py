"""Every page of the console that is of nothing in particular can be come to from its first page."""

from bot.console.pages import PAGES
from tests.support.console.counter import AtDesk

FILES = {"/desk/import/template", "/desk/messages/approved/form"}
AT_TIMES = {"/desk/people/merge", "/desk/words/answer", "/desk/calls/files"}  # where somebody or something is there
PLACES = {f"/desk{each.path}" for each in PAGES if each.look and not each.is_asked_by_itself and "{" not in each.path}


def ways(officer: AtDesk) -> set[str]:
    """Where the page that is open leads: its links, and the forms that look for something."""
    forms = [each for each in officer.page.all("form") if each.attributes.get("method", "get") == "get"]
    found = [each.attributes.get("href", "") for each in officer.page.all("a")]
    found += [each.attributes.get("action", "") for each in forms]
    return {each.split("?")[0].split("#")[0] for each in found}


async def test_a_lead_comes_to_every_page_that_is_of_no_one_thing(counter):
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
