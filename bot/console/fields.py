"""Forms whose fields are the columns of a sheet, so that a screen is read and checked as a file is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.console.ask import Ask
from handlers.staff.files.columns import Column, Columns

LONG = (
    *("intro", "text", "options", "conditions", "description", "answer", "benefits", "wordings"),
    *("overview", "departments", "problem", "measure"),
)
"""Fields, in Korean and English, that take several lines."""


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    hint: str
    value: str
    choices: tuple[str, ...]
    is_required: bool
    is_long: bool

    @property
    def is_english(self) -> bool:
        return self.name.endswith("_en")


def of(
    columns: Columns, values: Mapping[str, Any], without: Collection[str] = (), hints: Mapping[str, str] | None = None
) -> list[Field]:
    """With the values that are known by their fields, be they an officer's words or ours."""
    shown = (column for column in columns.all if column.field not in without)
    return [_field(column, values.get(column.field), (hints or {}).get(column.field)) for column in shown]


def typed(ask: Ask, columns: Columns, without: Collection[str] = ()) -> dict[str, Any]:
    """What was typed, as the cells of a row."""
    return {column.field: ask.text(column.field) for column in columns.all if column.field not in without}


def _field(column: Column, value: Any, hint: str | None) -> Field:
    choices = column.kind.choices if column.kind.is_strict else ()
    return Field(
        column.field,
        column.header,
        column.explanation if hint is None else hint,
        _chosen(column, choices, value) if choices else _text(value),
        choices,
        column.required,
        column.field.removesuffix("_en") in LONG,
    )


def _chosen(column: Column, choices: tuple[str, ...], value: Any) -> str:
    """The word of a choice; what says nothing is the default."""
    meant = column.default if value is None or value == "" else _parsed(column, value)
    return next((each for each in choices if _parsed(column, each) == meant or each == meant), "")


def _parsed(column: Column, value: Any) -> Any:
    try:
        return column.kind.parse(value)
    except ValueError:
        return None


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
