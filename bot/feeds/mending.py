"""One bad record never costs a feed: what isn't well formed is read record by record, as far as it says something."""

import json
import re
from html.entities import html5
from typing import Any

from defusedxml.ElementTree import ParseError, fromstring

from handlers.postings.records import Record

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
UNREAD: Record = {}  # is counted by whoever reads it

_REFERENCE = re.compile(r"&(?:#(?P<number>\d{1,7}|[xX][\da-fA-F]{1,6});|(?P<name>\w{2,31};))?")
_LOOKS = {"b", "strong", "i", "em", "u", "br", "font", "span", "p", "div"}
_FIELD = re.compile(r"<(?P<name>[A-Za-z_][\w.-]*)>(?P<text>.*?)</(?P=name)\s*>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ROWS = re.compile(r'(?P<before>.*?"row"\s*:\s*\[)\s*\{(?P<rows>.*)\}[\s,]*(?P<after>\].*)', re.DOTALL)
_BETWEEN_ROWS = re.compile(r"\}[\s,]*\{(?=\s*\")")
_PAIR = re.compile(r'"(?P<name>[A-Za-z_]\w*)"\s*:\s*"(?P<text>.*?)"\s*(?=,\s*"[A-Za-z_]\w*"\s*:|$)', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[\da-fA-F]{4})|)')


# --- XML ---


def without_rows(text: str, row: str) -> tuple[str, list[str]]:
    """The document around its records, and each record as it was written; of what is torn out of one, "" is left."""
    begins = rf"<{row}(?:\s[^<>]*)?>"
    record = re.compile(rf"{begins}(?:(?!{begins}).)*?(?:</{row}\s*>|(?={begins}))", re.DOTALL)
    before, *after = record.split(text)
    before, lost = re.subn(rf"</{row}\s*>", "", before)
    rest = [re.subn(rf".*</{row}\s*>", "", each, flags=re.DOTALL) for each in after]
    frame = before + "".join(each for each, _ in rest)
    return with_references(frame), record.findall(text) + [""] * (lost + sum(times for _, times in rest))


def with_references(text: str) -> str:
    """With signs in place of names that XML doesn't know, and & where it stands for itself."""
    return _REFERENCE.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    if number := found["number"]:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return found[0] if 0 < code <= 0x10FFFF and not ILLEGAL.match(chr(code)) else ""
    if found["name"] in ("amp;", "lt;", "gt;", "quot;", "apos;"):
        return found[0]
    return html5.get(found["name"] or "", "&amp;" + found[0][1:])


def xml_record(written: str) -> Record:
    """A record by its fields; where a stray < keeps them from being read, each field ends where its own tag does."""
    try:
        return fields_of(fromstring(with_references(written), forbid_dtd=True))
    except ParseError:
        inner = written.partition(">")[2]
        return {field["name"]: _CDATA.sub(r"\1", field["text"]).strip() for field in _FIELD.finditer(inner)}


def fields_of(element: Any) -> Record:
    """Its fields that hold text, and perhaps what makes it bold."""
    return {child.tag: "".join(child.itertext()).strip() for child in element if _is_text(child)}


def _is_text(field: Any) -> bool:
    return all(part is field or part.tag.lower() in _LOOKS for part in field.iter())


# --- JSON ---


def json_body(text: str) -> Any:
    """A document, of which the rows are read one by one when it isn't whole JSON; ValueError where that is no help."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        parts = _ROWS.fullmatch(text)
        if not parts:
            raise
        frame = json.loads(parts["before"] + "0" + parts["after"], strict=False)
    return _with_rows(frame, list(map(_json_record, _BETWEEN_ROWS.split(parts["rows"]))))


def _with_rows(frame: Any, rows: list[Record]) -> Any:
    if not isinstance(frame, dict):
        return frame
    return {name: rows if name == "row" else _with_rows(value, rows) for name, value in frame.items()}


def _json_record(written: str) -> Record:
    try:
        found = json.loads("{" + _BAD_ESCAPE.sub(_escape, written) + "}", strict=False)
    except ValueError:
        return {field["name"]: _said(field["text"]) for field in _PAIR.finditer(written)}
    return found if isinstance(found, dict) else UNREAD


def _escape(found: re.Match[str]) -> str:
    return found[0] if found[1] else r"\\"


def _said(text: str) -> str:
    quoted = re.sub(r'(?<!\\)"', r"\"", _BAD_ESCAPE.sub(_escape, text))
    try:
        return str(json.loads(f'"{quoted}"', strict=False))
    except ValueError:
        return text
