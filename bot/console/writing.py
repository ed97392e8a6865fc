"""How the console's pages are written: their frame, what officers are told, and their links."""

from collections.abc import Sequence
from typing import Any

from bot.console import links
from bot.console.links import HOME
from bot.http.pages import Pages
from handlers.dialogue.organization import Organization
from handlers.staff.desk.told import Listing, Step, Told
from handlers.staff.officers.roles import Right
from handlers.staff.officers.signing_in import Known

CONSOLE = "bot.console"  # the package that holds templates/
LANGUAGE = "ko"

# What the console's pages are reached by, in this order.
NAVIGATION: Sequence[tuple[str, str, Right]] = (
    ("오늘", "/desk/", Right.COURSES),
    ("전화할 분", "/desk/calls", Right.PEOPLE),
    ("강좌", "/desk/courses", Right.COURSES),
    ("전화 접수", "/desk/register", Right.PEOPLE),
    ("메시지", "/desk/messages", Right.MESSAGES),
    ("설문", "/desk/surveys", Right.SURVEYS),
    ("상담", "/desk/counseling", Right.COUNSELING),
    ("일자리", "/desk/postings", Right.POSTINGS),
    ("찾지 못한 말", "/desk/words", Right.WORDS),
    ("홍보", "/desk/sources", Right.RESULTS),
    ("한 해", "/desk/year", Right.RESULTS),
    ("계정", "/desk/officers", Right.OFFICERS),
    ("접속기록", "/desk/review", Right.REVIEW),
)


class Writer:
    """Writes the console's pages; `paths` are those that there are."""

    def __init__(self, organization: Organization, paths: Sequence[str]) -> None:
        self._pages = Pages(organization, CONSOLE)
        self._organization = organization
        self._paths = frozenset(paths)

    def page(self, template: str, known: Known, **data: Any) -> str:
        """For somebody who is signed in."""
        places = [(name, path) for name, path, right in NAVIGATION if path in self._paths and known.may(right)]
        current = max((path for _, path in places if _is_at(path, data["here"])), key=len, default="")
        return self.write(template, places=places, current=current, **data)

    def write(self, template: str, **data: Any) -> str:
        return self._pages.write(
            f"desk/{template}",
            LANGUAGE,
            organization=self._organization,
            href=links.href,
            is_undo=is_undo,
            is_listing=is_listing,
            **data,
        )

    def told(self, told: Told) -> str:
        """As a part of a page."""
        return self.write("part.html", told=told)


def _is_at(place: str, here: str) -> bool:
    """Whether a page belongs to a place, as their addresses say."""
    path = here.split("?")[0]
    return path == place or (place != HOME and path.startswith(f"{place}/"))


def is_undo(step: Step) -> bool:
    return step.action == links.UNDO and "entry" in step.args


def is_listing(table: object) -> bool:
    return isinstance(table, Listing)
