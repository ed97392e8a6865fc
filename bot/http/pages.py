"""Pages in the words of a language and an organization, and the style sheets and scripts that they name."""

import hashlib
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from bot.http.headers import FOR_EVER
from handlers.dialogue import texts
from handlers.dialogue.organization import Organization
from handlers.language import phones

SITE = "bot.site"  # the package that holds templates/ and static/
STATIC = Path(__file__).parents[1] / "site" / "static"
SCOPES = {"desk/attendance_worker.js": {"Service-Worker-Allowed": "/desk/courses/"}}  # what it may serve by itself
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_DATE_GAP = re.compile(r"(?<=[년월]) (?=\d)|(?<=오전|오후) (?=\d)|(?<=~) ")
_WEEKDAY = re.compile(r"(?<=일)(?=\([월화수목금토일]\))")


def unbroken(text: str) -> str:
    """The text with dates and times that don't break at the end of a line."""
    return _WEEKDAY.sub("\N{WORD JOINER}", _DATE_GAP.sub("\N{NO-BREAK SPACE}", text))


def callable_numbers(text: str, *, but_mobiles: bool = False) -> Markup:
    """The text as HTML, with telephone numbers that can be tapped, and that no line tears."""
    shown, end = [], 0
    for found in phones.numbers_in(text):
        is_own = but_mobiles and phones.contains_mobile(found[0])
        look = Markup('<span class="phone">{0}</span>') if is_own else Markup('<a href="tel:{1}">{0}</a>')
        shown += [escape(text[end : found.start()]), look.format(found[0], dialled(found[0]))]
        end = found.end()
    return Markup("").join([*shown, escape(text[end:])])


def dialled(number: str) -> str:
    """The digits of the first number in it, without what else is written beside them."""
    found = next(phones.numbers_in(number), None)
    return re.sub(r"[^\d+]", "", found[0] if found else number)


class Pages:
    """Writes HTML, by templates of the site and of those packages that have more of their own."""

    def __init__(self, organization: Organization, *packages: str) -> None:
        self._organization = organization
        self._templates = _templates(*packages, SITE)

    def words(self, language: str) -> Callable[..., str]:
        return partial(texts.say, language, **self._organization.named_in(language))

    def write(self, template: str, language: str, **data: Any) -> str:
        words = self.words(language)
        return self._templates.get_template(template).render(
            say=words, language=language, phone=self._organization.phone, asset=asset, **data
        )


@cache
def _templates(*packages: str) -> Environment:
    """One for all who write by them, as each template is compiled once an environment."""
    templates = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"unbroken": unbroken, "callable": callable_numbers, "dialled": dialled}
    return templates


@cache
def content(name: str) -> bytes:
    return (STATIC / name).read_bytes()


@cache
def asset(name: str) -> str:
    """Its address, which changes with its content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256(content(name)).hexdigest()[:12]}"


async def serve_asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _assets():
        return Response(status_code=404)
    headers = {**FOR_EVER, **SCOPES.get(name, {})}
    return Response(content(name), media_type=MEDIA_TYPES[Path(name).suffix], headers=headers)


@cache
def _assets() -> frozenset[str]:
    return frozenset(each.relative_to(STATIC).as_posix() for each in STATIC.rglob("*.*"))
