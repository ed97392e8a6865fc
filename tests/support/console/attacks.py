"""What attackers type and where: scripts and junk into each field of each form of the console's pages."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from bot.console.ask import Page
from bot.console.pages import PAGES
from tests.support.console.counter import AtDesk, filled
from tests.support.web import html

PARTS = {"{code}": "T1", "{survey}": "만족도조사", "{name}": "S1", "{number}": "1"}
FILES = ("/import/template", "/courses/{code}/certificates/sample", "/messages/approved/form")
SHOWN = [page for page in PAGES if page.look and page.path not in FILES]
MARK = "<zz onx=1>\"'onx='1"
JUNK = ("²", "9" * 5000, "9999-12-31", "-1", "0001-01-01", "\x00\x1b", "999999999999999", "{0}%s..//\\", "9999-12", "")
VALID = {
    "until": "2026-12-01",
    "count": "1",
    "birth_year": "1970",
    "dong": "청구동",
    "aloud": "1",
    "course": "T1",
    "close": "2026-12-24",
    "code": "lobby",
    "login": "lee",
    "role": "officer",
    "from_day": "2026-11-23",
    "until_day": "2026-11-24",
    "kind": "하나",
    "options": "예\n아니요",
    "number": "1",
    "channel": "phone",
    "sure": "1",
}
"""By their names, fields in which words alone lead nowhere."""
OF_YEARS = {"{year}": "2026", "{quarter}": "4", "{sort}": "problems", "{kind}": "press"}
"""Parts of the addresses of a year."""


def path_of(page: Page, part: str = "") -> str:
    """With what there is in it, or with this in place of each of its parts."""
    known = {**PARTS, **OF_YEARS}
    parts = (quote(part if part and each[:1] == "{" else known.get(each, each)) for each in page.path.split("/"))
    return f"/desk{'/'.join(parts)}"


async def posts(officer: AtDesk, path: str, fields: dict[str, Any]) -> httpx.Response:
    return await officer.http.post(path, data=fields, headers={"origin": str(officer.http.base_url).rstrip("/")})


def named(form: html.Node, tags: Sequence[str], kinds: Sequence[str] = ()) -> list[str]:
    fields = [each.attributes for tag in tags for each in form.all(tag)]
    return [each["name"] for each in fields if "name" in each and (not kinds or each.get("type", "text") in kinds)]


def chosen(form: html.Node) -> list[str]:
    """What its buttons do."""
    does = [each.attributes.get("value", "") for tag in ("input", "button") for each in form.all(tag, name="do")]
    return list(dict.fromkeys(does)) or [""]


async def tries(
    officer: AtDesk, page: Page, kinds: Sequence[str] = ()
) -> AsyncIterator[tuple[str, dict[str, Any], str]]:
    """Each form of a page, each of its buttons, each of its fields: where it goes, what it holds, and the field."""
    for form in html.parse((await officer.http.get(path_of(page))).text).all("form"):
        to = form.attributes.get("action") or path_of(page)
        fields = named(form, ("input", "textarea", "select"), kinds)
        usual = {
            **dict.fromkeys(fields, "글"),
            **{name: value for name, value in filled(form).items() if value},
            **VALID,
        }
        if to != "/desk/sign-out" and form.attributes.get("method") == "post":
            for name, does in ((name, does) for name in fields if name != "do" for does in chosen(form)):
                yield to, {**usual, "do": does}, name


def is_hurt(answer: httpx.Response) -> bool:
    """As a page: files that are printed run nothing."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    nodes = html.parse(answer.text).all()
    return "<zz" in answer.text or any(name.startswith("on") for each in nodes for name in each.attributes)
