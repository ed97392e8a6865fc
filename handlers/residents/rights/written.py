"""What is kept of somebody as they read it: tables and columns in words, and values as one says them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from handlers.dialogue import texts
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import from_json
from handlers.language import phones
from handlers.residents.people import seen
from handlers.residents.people.personal import ELSEWHERE
from handlers.residents.surveys.answering import called
from storage.asking import rounds, surveys
from storage.jobs import postings
from storage.people.personal import Exported
from storage.teaching import courses, sessions

Row = dict[str, str]
LONG = ("outbox", "journal", "inbox")


@dataclass(frozen=True)
class Part:
    """A table under its title; each row has all columns under their labels."""

    name: str
    title: str
    columns: list[str]
    rows: list[Row]


def parts(chat: Chat, exported: Exported) -> list[Part]:
    """Those that have rows: first who they are, last what was said."""
    in_order = sorted(exported, key=lambda name: (name != "residents", name in LONG))
    return [_part(chat, name, exported[name]) for name in in_order if exported[name]]


def _part(chat: Chat, name: str, rows: list[dict[str, Any]]) -> Part:
    columns = {column: _label(chat, name, column) for column in rows[0]}
    written = [{columns[column]: _value(chat, name, column, value) for column, value in row.items()} for row in rows]
    return Part(name, chat.text(f"export.of.{name}"), list(columns.values()), written)


def _label(chat: Chat, table: str, column: str) -> str:
    """What a column is called, in this table where it means something else there."""
    own = f"export.columns.{table}.{column}"
    return chat.text(own if own in texts.catalogue(chat.language) else f"export.columns.{column}")


def _value(chat: Chat, table: str, column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    writes = _WRITES.get((table, column)) or _WRITES.get(column)
    if writes:
        return writes(chat, value)
    if isinstance(value, bool):
        return chat.text("export.yes" if value else "export.no")
    if isinstance(value, datetime):
        return value.astimezone(chat.organization.timezone).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _named(table: str, chat: Chat, value: Any) -> str:
    """In words, where there are some for it."""
    key = f"{table}.{value}"
    return chat.text(key) if key in texts.catalogue(chat.language) else str(value)


def _course(chat: Chat, course_id: int) -> str:
    found = courses.find(chat.tx, course_id, chat.language)
    return found.title if found else str(course_id)


def _class(chat: Chat, session_id: int) -> str:
    found = sessions.find(chat.tx, session_id)
    return f"{_course(chat, found.course_id)} {chat.moment(found.starts_at)}" if found else str(session_id)


def _posting(chat: Chat, posting_id: int) -> str:
    found = postings.find(chat.tx, posting_id)
    return f"{found.title} ({found.company})" if found else str(posting_id)


def _round(chat: Chat, round_id: int) -> str:
    found = rounds.find(chat.tx, round_id)
    return called(chat, surveys.find(chat.tx, found.survey_id), found) if found else str(round_id)


def _dong(chat: Chat, dong: str) -> str:
    return chat.text("dong.elsewhere") if dong == ELSEWHERE else chat.organization.called(dong, chat.language)


def _said(_: Chat, body: Mapping[str, Any]) -> str:
    """What was typed, or what the button said that was pressed."""
    return str(body.get("text") or body.get("label") or body.get("path") or body.get("other") or "")


def _replied(_: Chat, reply: Mapping[str, Any]) -> str:
    return "\n".join(_lines(reply))


def _lines(written: Mapping[str, Any]) -> Iterator[str]:
    reply = from_json(dict(written))
    yield reply.text
    for card in reply.cards:
        yield from (card.title, *card.lines, *(f"{name}: {value}" for name, value in card.facts))


def _draft(chat: Chat, log: list[Any]) -> str:
    answers = ((f"ask.{name}_label", name, value) for name, value in log)
    known = texts.catalogue(chat.language)
    return "\n".join(f"{chat.text(key) if key in known else name}: {value}" for key, name, value in answers)


def _who(_: Chat, who: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in who.values() if value)


_WRITES: Mapping[str | tuple[str, str], Callable[[Chat, Any], str]] = {
    "number": lambda _, number: phones.print_number(number),
    ("certificates", "number"): lambda _, number: str(number),
    ("certificates", "facts"): lambda _, written: "\n".join(f"{name}: {value}" for name, value in written["lines"]),
    "suits": partial(_named, "callback.when"),
    "course_id": _course,
    "posting_id": _posting,
    "round_id": _round,
    "mobile": lambda _, number: phones.print_mobile(number),
    "dong": _dong,
    "tie": partial(_named, "export.tie"),
    "target": partial(_named, "export.target"),
    "language": partial(_named, "export.language"),
    "channel": partial(_named, "export.channel"),
    "purpose": partial(_named, "export.purpose"),
    "kind": partial(_named, "export.kind"),
    "outcome": partial(_named, "export.outcome"),
    "state": partial(_named, "export.state"),
    "action": lambda chat, action: seen.in_words(chat.language, action, {}),
    "rhythm": partial(_named, "export.rhythm"),
    "form": partial(_named, "export.form"),
    ("appointments", "topic"): partial(_named, "appointment_topic"),
    "version": lambda _, version: version.split()[0],
    "way": partial(_named, "appointment_way"),
    ("attendance", "way"): partial(_named, "export.attendance_way"),
    "mark": partial(_named, "export.mark"),
    "standing": partial(_named, "export.standing"),
    "session_id": _class,
    ("followups", "answer"): partial(_named, "export.working"),
    "body": _said,
    "reply": _replied,
    "log": _draft,
    "who": _who,
}
