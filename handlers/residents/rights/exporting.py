"""Taking along all that is kept of oneself: a page to read, or a file for programs."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.dialogue import once
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, File, Reply
from handlers.dialogue.router import router
from handlers.residents.rights import overview, written
from handlers.residents.rights.written import Part
from storage.audit import journal
from storage.people import personal

PURPOSE = "export"
GOOD_FOR = timedelta(hours=24)
ME = ("me", "me")

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)


@router.view(
    "me/export", "내 정보 받기", "내 정보 내려받기", "내 정보 다운로드", "내 정보 파일", "개인정보 내려받기",
    "export my data", "download my data",
)  # fmt: skip
def ask(chat: Chat) -> Reply:
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    buttons = (chat.button(f"export_{kind}", f"me/export/{kind}") for kind in KINDS)
    key = "me.export.which" if _takes_it(chat) else "me.export.which_link"
    return chat.page(key, *buttons, links=[chat.button(*ME)])


@router.act("me/export/{kind}")
def export(chat: Chat, kind: str) -> Reply:
    """As a file, or where the chat takes none by a link that is good once."""
    if kind not in KINDS:
        raise Refused("help.unknown_button", ME)
    if overview.is_unknown(chat):
        return overview.nothing(chat)
    links = [chat.button(*ME)]
    if _takes_it(chat):
        return chat.page("me.export.file", links=links, file=_file(chat, kind))
    url = once.link(chat, PURPOSE, kind)
    return chat.page("me.export.link", Button(chat.text("labels.export_open"), url=url), links=links)


def _takes_it(chat: Chat) -> bool:
    """Not where personal data aren't to pass through the chat."""
    return chat.traits.takes_files and not chat.traits.asks_on_page


@once.opens(PURPOSE, lasts=GOOD_FOR)
def hand_over(chat: Chat, kind: str) -> Reply:
    return chat.reply("me.export.file", file=_file(chat, kind))


def _file(chat: Chat, kind: str) -> File:
    """That it was taken along stands in it, too."""
    journal.add_own(chat.tx, chat.resident.id, chat.channel, "own/export", {"kind": kind}, chat.now)
    return written_file(chat, kind)


def written_file(chat: Chat, kind: str) -> File:
    """All that is kept of them as it is now; `kind` is one of KINDS."""
    parts = written.parts(chat, personal.export(chat.tx, chat.resident.id))
    media_type, write = KINDS[kind]
    return File(f"my-data-{chat.today}.{kind}", media_type, write(chat, parts).encode())


def _html(chat: Chat, parts: list[Part]) -> str:
    return _PAGES.get_template("export.html").render(language=chat.language, parts=parts, **_head(chat))


def _json(chat: Chat, parts: list[Part]) -> str:
    tables = [{"name": part.name, "title": part.title, "rows": part.rows} for part in parts]
    return json.dumps({**_head(chat), "tables": tables}, ensure_ascii=False, indent=2)


def _head(chat: Chat) -> dict[str, str]:
    made = chat.now.astimezone(chat.organization.timezone).strftime("%Y-%m-%d %H:%M")
    return {"title": chat.text("export.title"), "about": chat.text("export.about", made=made)}


KINDS: Mapping[str, tuple[str, Callable[[Chat, list[Part]], str]]] = {
    "html": ("text/html", _html),
    "json": ("application/json", _json),
}
