"""What the fields of a course's form are: how they are grouped, and of what kind each is."""

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers.staff.courses.sheets.columns import COLUMNS
from handlers.staff.files.columns import DAY, PASSAGE, Column

Kind = Literal["text", "long", "date", "number", "choice"]

GROUPS: Mapping[str, Sequence[str]] = {
    "기본": ("code", "title", "category", "term", "certificate", "operation", "state", "counts_toward_kpi"),
    "수업": (
        "start_date", "end_date", "weekdays", "every_weeks", "start_time", "end_time", "daypart", "days_off",
        "extra_days", "completion_rule", "completion_percent", "late_minutes", "lates_per_absence", "no_show",
    ),
    "장소": ("venue", "directions", "map", "parking", "lift", "access"),
    "모집": (
        "capacity", "waitlist_capacity", "offline_seats", "offline_until", "minimum", "apply_start", "apply_end",
        "selection", "priority", "audience", "open_to", "minimum_age", "term_limit", "confirm_hours", "offer_hours",
        "last_call_days",
    ),
    "비용과 준비물": ("material_fee", "textbook_fee", "exam_fee", "payment", "supplies"),
    "소개": ("instructor", "description", "keywords", "contact"),
    "영어 안내": (
        "title_en", "certificate_en", "venue_en", "directions_en", "parking_en", "access_en", "audience_en",
        "supplies_en", "payment_en", "description_en",
    ),
}  # fmt: skip
BY_FIELD: Mapping[str, Column] = {column.field: column for column in COLUMNS.all}


def kind_of(column: Column) -> Kind:
    if column.kind.choices:
        return "choice"
    if column.kind is DAY:
        return "date"
    if column.kind is PASSAGE:
        return "long"
    return "number" if column.kind.shown_as in ("0", "#,##0") else "text"
