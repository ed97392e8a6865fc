"""What a page of the kiosk sends: read within limits, and registration numbers masked before anybody sees them."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from pydantic import StrictInt, StrictStr, TypeAdapter, ValidationError
from starlette.requests import Request

from bot.http import requests
from handlers.dialogue.texts import LANGUAGES
from handlers.residents.surveys.kiosk import Sent

LONGEST_BODY = 256 * 1024  # sixty questions of 300 signs each, as browsers write them
MOST_FIELDS = 300
LONGEST_SLIP = 12

_LETTERS = "abcdefghijklmnop"  # a nonce with digits may look like a registration number, and be masked
_NONCE = re.compile(f"[{_LETTERS}]{{32}}")
_ANSWERS = TypeAdapter(dict[StrictStr, StrictInt | StrictStr | list[StrictStr]])


@dataclass(frozen=True)
class Fields:
    """A form that was sent, and the language of its page."""

    language: str
    sent: Sent

    def repeated(self) -> list[tuple[str, str]]:
        """All that has to be sent for the same to happen."""
        sent = self.sent
        hidden = {"do": sent.do, "question": sent.question, **hidden_fields(self.language, sent)}
        return [*hidden.items(), *(("answer", each) for each in sent.said)]


def hidden_fields(language: str, sent: Sent) -> dict[str, str]:
    """What goes from page to page."""
    answers = json.dumps(sent.answers or {}, ensure_ascii=False)
    return {"language": language, "nonce": sent.nonce, "slip": sent.slip, "answers": answers}


@dataclass(frozen=True)
class Code:
    """An officer's code, and the survey that the tablet was opened for."""

    language: str
    code: str
    survey: str


async def read_code(request: Request, language: str) -> Code:
    """Of a body that is too large, nothing."""
    try:
        written = await requests.body(request)
        fields = parse_qs(written.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except (requests.TooLarge, ValueError):
        fields = {}
    said_in = _last(fields, "language")
    return Code(said_in if said_in in LANGUAGES else language, _last(fields, "code"), _last(fields, "survey"))


async def read(request: Request, language: str) -> Fields:
    """Where no language is named, it is the given one. Raises TooLarge."""
    body = (await requests.body(request, LONGEST_BODY)).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than any form of ours has
        raise requests.TooLarge from None
    said_in = _last(fields, "language")
    return Fields(said_in if said_in in LANGUAGES else language, _sent(fields))


def _sent(fields: Mapping[str, Sequence[str]]) -> Sent:
    do, nonce = _last(fields, "do") or "answer", _last(fields, "nonce")
    if do == "begin":  # whoever begins is another person, from whatever page of before
        nonce = "".join(secrets.choice(_LETTERS) for _ in range(32))
    said = tuple(requests.clean(each) for each in fields.get("answer", ()))
    known = nonce if _NONCE.fullmatch(nonce) else ""
    slip = "".join(each for each in _last(fields, "slip") if each.isdigit())[:LONGEST_SLIP]
    return Sent(do, known, _answers(_last(fields, "answers")), _last(fields, "question"), said, slip)


def _last(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return requests.clean(fields.get(name, [""])[-1])


def _answers(written: str) -> dict[str, Any]:
    try:
        read = _ANSWERS.validate_json(written)
    except ValidationError:
        return {}
    return {name: _clean(value) for name, value in read.items()}


def _clean(value: int | str | list[str]) -> int | str | list[str]:
    if isinstance(value, list):
        return [requests.clean(each) for each in value]
    return requests.clean(value) if isinstance(value, str) else value
