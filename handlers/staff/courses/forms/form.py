"""The form of one course: its fields as they are written, with guide and whatever there is to say beside each."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.staff.courses.forms import meanwhile
from handlers.staff.courses.forms.groups import BY_FIELD, GROUPS, Kind, kind_of
from handlers.staff.courses.forms.writing import Texts, texts_of
from handlers.staff.desk import lookup
from handlers.staff.desk.desk import Desk
from handlers.staff.files.columns import Column
from storage.database import Transaction

# Where a form is used otherwise than a sheet.
GUIDES = {
    "code": "과정을 구별하는 번호. 나중에 바꿀 수 없습니다.",
    "state": "비공개는 주민에게 보이지 않고, 접수중지는 보이지만 신청을 받지 않습니다.",
}
CLOSED = "폐강"  # closed with a reason, never by a field


@dataclass(frozen=True)
class Field:
    """`problem` is to be put right, `question` is hardly meant, `notice` is only told."""

    name: str
    label: str
    kind: Kind
    text: str
    guide: str
    example: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    problem: str = ""
    question: str = ""
    notice: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it can be shown in a calendar: what was typed otherwise stays to be read."""
        return bool(re.fullmatch(r"(?:\d{4}-\d{2}-\d{2})?", self.text))


@dataclass(frozen=True)
class Group:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class CourseForm:
    """`code` is "" of a course that isn't there yet; `seen` tells later whether somebody has changed it meanwhile."""

    code: str
    groups: tuple[Group, ...]
    seen: str = ""
    problems: tuple[str, ...] = ()  # that are of no single field
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for group in self.groups for field in group.fields)

    @property
    def texts(self) -> Texts:
        return {field.name: field.text for field in self.fields}

    @property
    def is_wrong(self) -> bool:
        return bool(self.problems) or any(field.problem for field in self.fields)

    @property
    def is_asked(self) -> bool:
        """Whether there is something to ask about, and nothing to put right before."""
        return not self.is_wrong and any(field.question for field in self.fields)

    @property
    def is_noticed(self) -> bool:
        """Whether something is told beside a field that stands in the way of nothing."""
        return any(field.notice for field in self.fields)

    def with_fields(self, change: Callable[[Field], Field]) -> "CourseForm":
        groups = (replace(group, fields=tuple(map(change, group.fields))) for group in self.groups)
        return replace(self, groups=tuple(groups))

    def told(self, what: str, said: Iterable[tuple[str, str]]) -> "CourseForm":
        """With something said beside fields: of (field, words), into `problem`, `question` or `notice`."""
        words: dict[str, list[str]] = {}
        for name, each in said:
            words.setdefault(name, []).append(each)
        return self.with_fields(
            lambda field: replace(field, **{what: " ".join(words[field.name])}) if field.name in words else field  # type: ignore[arg-type]
        )


def new() -> CourseForm:
    """With what an empty cell of the sheet would mean."""
    return written_as("", {field: _default(column) for field, column in BY_FIELD.items()})


def of_course(tx: Transaction, desk: Desk, code: str) -> CourseForm:
    course = lookup.course(tx, code)
    form = written_as(course.code, texts_of(course, desk.organization.timezone))
    return replace(form, seen=meanwhile.mark(tx, desk, course))


def written_as(code: str, texts: Texts) -> CourseForm:
    """The number of a course that is there stays; another number is another course."""
    listed = (
        Group(title, tuple(_field(BY_FIELD[name], texts) for name in names if not (code and name == "code")))
        for title, names in GROUPS.items()
    )
    return CourseForm(code, tuple(listed))


def _field(column: Column, texts: Mapping[str, str]) -> Field:
    text = texts.get(column.field, "")
    choices = tuple(each for each in column.kind.choices if each != CLOSED or text == CLOSED)
    is_open = not (column.required or column.field in _ALWAYS)  # whether it may stay empty
    return Field(
        column.field,
        column.header,
        kind_of(column),
        text,
        GUIDES.get(column.field, column.explanation),
        str(column.example),
        ("", *choices) if choices and is_open else choices,
        column.required,
    )


_ALWAYS = ("every_weeks", "selection", "open_to", "counts_toward_kpi", "state")  # one of the choices always holds


def _default(column: Column) -> str:
    if column.field == "state":
        return column.kind.choices[0]
    value = column.default
    if word := next((word for word in column.kind.choices if column.kind.parse(word) == value), ""):
        return word
    return str(value) if isinstance(value, int) and not column.required else value if isinstance(value, str) else ""
