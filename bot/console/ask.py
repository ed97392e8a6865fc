"""What a page is, and what it is asked with: who is signed in, the gate, and what was typed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console import links
from bot.console.links import HOME
from bot.console.writing import Writer
from bot.desk import Gate, Work
from bot.http.requests import address, clean
from handlers.dialogue.organization import Organization
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Told
from handlers.staff.officers.roles import Right
from handlers.staff.officers.signing_in import Known
from storage.database import Database
from storage.people.finding.searching import Index

T = TypeVar("T")
FORM = 256 * 1024  # bytes


def whole(text: str) -> int | None:
    """A number in plain digits, as large as databases take them; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@dataclass(frozen=True)
class Ask:
    """`course_id` is the course of a page that is of one, which its officer may see."""

    request: Request
    known: Known
    gate: Gate
    database: Database
    organization: Organization
    writer: Writer
    index: Index  # of all people
    course_id: int | None = None
    sent: FormData = field(default_factory=FormData)
    faults: Callable[[], Sequence[str]] = list  # of the service, as its heartbeats tell
    protects: bool = False  # whether lists of people may leave only behind a password

    @property
    def code(self) -> str:
        """The number of the course that the page is of."""
        return self.at("code")

    def at(self, name: str) -> str:
        """A part of the address."""
        return clean(self.request.path_params[name])

    def number(self, name: str) -> int:
        """A part of the address that is the number of something. Raises Declined."""
        text = self.at(name)
        if (found := whole(text)) is None:
            raise Declined(f"‘{text}’: 이런 번호는 없습니다.")
        return found

    def query(self, name: str) -> str:
        return clean(self.request.query_params.get(name, ""))

    def text(self, name: str) -> str:
        """What was typed into a field; "" where nothing was."""
        found = self.sent.get(name)
        return clean(found) if isinstance(found, str) else ""

    def texts(self, name: str) -> list[str]:
        return [clean(each) for each in self.sent.getlist(name) if isinstance(each, str)]

    def numbers(self, name: str) -> list[int]:
        """What was ticked in a list."""
        return [found for each in self.texts(name) if (found := whole(each)) is not None]

    def upload(self, name: str) -> UploadFile | None:
        found = self.sent.get(name)
        return found if isinstance(found, UploadFile) and found.filename else None

    def may(self, right: Right) -> bool:
        return self.known.may(right, self.course_id)

    async def look(self, action: str, work: Work[T], purpose: str = "", **words: Any) -> T:
        """What work finds; `words` are what was asked for, as the journal keeps it."""
        return await self.gate.look(action, words, work, lambda: purpose)

    def page(self, template: str, title: str, status: int = 200, **data: Any) -> Response:
        """A page of ours, in its frame; `data` is for its template."""
        shown = self.known.session.told
        told = {"ask": self, "here": self.here, "title": title, "shown": shown}
        return HTMLResponse(self.writer.page(template, self.known, **told, **data), status)

    def over(self, title: str, problem: str) -> Response:
        """A page for who is signed in no more."""
        return HTMLResponse(self.writer.write("over.html", title=title, problem=problem), 403)

    def told(self, told: Told, title: str = "", **data: Any) -> Response:
        """A page that shows what an officer is told."""
        return self.page("said.html", title or told.title, told=told, **data)

    def go(self, path: str, **query: str) -> Response:
        """To another page, after something was done."""
        asked = {name: value for name, value in query.items() if value}
        return RedirectResponse(f"{path}?{urlencode(asked)}" if asked else path, 303)

    def back(self, otherwise: str = HOME) -> str:
        """The page from which a form was sent, as it or the browser says: never another site's."""
        came = address(self.request.headers.get("referer", ""))
        told = self.text("back") or self.query("back") or (f"{came.path}?{came.query}".rstrip("?") if came else "")
        return links.inside(told) or otherwise

    @property
    def here(self) -> str:
        """The address of this page, to come back to it."""
        asked = self.request.url.query
        return f"{self.request.url.path}?{asked}" if asked else self.request.url.path


Endpoint = Callable[[Ask], Awaitable[Response]]


@dataclass(frozen=True)
class Page:
    """`path` is below /desk, and one with {code} is of a course.

    `look` answers GET and `do` POST, which may need more than looking does (`to_do`) and takes `limit` bytes. One that
    `is_asked_by_itself`, by a script, doesn't tell that somebody is there. A tablet at the counter gets one alone that
    is `of_counter`.
    """

    path: str
    needs: Right
    look: Endpoint | None = None
    do: Endpoint | None = None
    to_do: Right | None = None
    limit: int = FORM
    is_asked_by_itself: bool = False
    of_counter: bool = False

    def right(self, method: str) -> Right:
        return self.to_do or self.needs if method == "POST" else self.needs
