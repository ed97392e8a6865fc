"""When an answer was sent, as other forms write it, to the minute: Excel drops the seconds when it saves a .csv."""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from handlers.staff.files import moments
from handlers.staff.files.cells import said
from handlers.staff.files.rows import Value

_ZONE = re.compile(
    r"\s*\(?(?:(?:gmt|utc)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?|z|(?:gmt|utc)|(?P<ours>kst))\)?$"
)
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d{1,9}")
_HALF_LAST = re.compile(r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?) ?(?P<half>오전|오후)$")
_AMERICAN = re.compile(r"^(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})(?=[ ,]|$)")


def minute(value: Value, zone: ZoneInfo) -> str | None:
    """The same for the same minute, however it is written: 2026-11-28T10:01:00; None where it can't be read."""
    try:
        moment = _read(said(value)) if isinstance(value, str) else moments.opening(value)
    except (ValueError, OverflowError):
        return None
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return local.replace(second=0, microsecond=0, tzinfo=None).isoformat()


def _read(text: str) -> datetime:
    there = _ZONE.search(text) if ":" in text else None
    plain = _FRACTION.sub("", text[: there.start()] if there else text).replace("t", " ").strip()
    plain = _HALF_LAST.sub(r"\g<half> \g<clock>", plain)
    moment = moments.opening(_AMERICAN.sub(_in_our_order, plain))
    if there is None or there["ours"] or moment.tzinfo:
        return moment
    return moment.replace(tzinfo=timezone(_ahead(there)))


def _ahead(there: re.Match[str]) -> timedelta:
    away = timedelta(hours=int(there["hours"] or 0), minutes=int(there["minutes"] or 0))
    return -away if there["sign"] == "-" else away


def _in_our_order(found: re.Match[str]) -> str:
    """Americans write the month first, and nobody who exports a form writes a day before it."""
    year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
    return f"{year}-{found['m']}-{found['d']}"
