"""Where next steps lead in the console: actions by the names under which commands know them."""

import re
from collections.abc import Mapping
from string import Formatter
from urllib.parse import quote, urlencode

from handlers.staff.desk.told import Step

HOME = "/desk/"
UNDO = "undo"  # of an entry it is a button, as it does something

# What stands in braces is an argument of the step; the other arguments follow as a query.
LINKS: Mapping[str, str] = {
    "undo": "/desk/undo",
    "course": "/desk/courses/{course}",
    "courses": "/desk/courses",
    "import": "/desk/import",
    "edit-course": "/desk/courses/{course}/edit",
    "close-course": "/desk/courses/{course}/close",
    "draw": "/desk/courses/{course}/draw",
    "complete": "/desk/courses/{course}/complete",
    "attendance": "/desk/courses/{course}/attendance",
    "certificates": "/desk/courses/{course}/certificates",
    "holds": "/desk/courses/{course}/seats",
    "sources": "/desk/sources",
    "message": "/desk/courses/{course}/message",
    "messages": "/desk/messages/{number}",
    "message-templates": "/desk/messages/templates",
    "kakao-templates": "/desk/messages/approved",
    "applications": "/desk/courses/{course}/people",
    "application": "/desk/courses/{course}/people/{number}",
    "select": "/desk/courses/{course}/decide",
    "postings": "/desk/postings",
    "counseling": "/desk/counseling",
    "unsure": "/desk/courses/{course}/attendance/unsure",
    "qualifications": "/desk/courses/{code}/qualifications",
    "instructors": "/desk/instructors",
    "missed": "/desk/words",
    "surveys": "/desk/surveys",
    "open-survey": "/desk/surveys/{survey}",
    "close-survey": "/desk/surveys/{survey}",
    "results": "/desk/surveys/{survey}/results",
    "persons": "/desk/search",
    "officers": "/desk/officers",
    "calls": "/desk/calls",
    "year": "/desk/year/{year}",
    "quarter": "/desk/year/{year}/quarters/{quarter}",
    "year-rows": "/desk/year/rows/{of}",
    "half-year": "/desk/year/{year}/report",
    "demand": "/desk/year/{year}/demand",
    "outbox": "/desk/calls",
    "costs": "/desk/messages/costs",
    "push-file": "/desk/calls/files",
    "push-results": "/desk/calls/files/{number}",
}

# Where an argument says which page of an action is meant.
BY_ARGUMENT: Mapping[tuple[str, str], str] = {
    ("import", "attendance"): "/desk/courses/{attendance}/attendance/sheet",
    ("push-file", "number"): "/desk/calls/files/{number}",
    ("persons", "record"): "/desk/people/{record}",
    ("persons", "prove"): "/desk/people/{prove}",
    ("persons", "merge"): "/desk/people/merge",
    ("access-log", "month"): "/desk/review",
}

_INSIDE = re.compile(r"/desk/[^\s\\]*")


def href(step: Step) -> str:
    """The address of a step's page; "" where the console has none for it."""
    by_argument = (pattern for (action, name), pattern in BY_ARGUMENT.items() if _is_of(step, action, name))
    pattern = next(by_argument, LINKS.get(step.action, ""))
    named = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    if not pattern or any(name not in step.args for name in named):
        return ""
    path = pattern.format(**{name: quote(str(step.args[name]), safe="") for name in named})
    others = {name: _text(value) for name, value in step.args.items() if name not in named and _is_given(value)}
    return f"{path}?{urlencode(others)}" if others else path


def _is_of(step: Step, action: str, name: str) -> bool:
    return step.action == action and name in step.args


def inside(path: str) -> str:
    """A page of the console; "" for any other address, as it may be made up."""
    return path if _INSIDE.fullmatch(path) and "//" not in path.split("?")[0] else ""


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "1" if value is True else str(value)


def _is_given(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [], ())
