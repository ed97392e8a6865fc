"""What a file wants of a counselor and their hours."""

from dataclasses import dataclass, field
from datetime import date

from storage.counseling.counselors import Counselor, Span, Timetable

Spans = tuple[Span, ...]


@dataclass
class Wanted:
    """What a file says of one counselor; `weekly` is None where it says nothing of their weeks.

    Of `days` None is a day as usual, and one without spans a day off.
    """

    counselor: Counselor
    weekly: dict[int, Spans] | None = None
    days: dict[date, Spans | None] = field(default_factory=dict)

    def after(self, before: Timetable) -> Timetable:
        weekly = before.weekly if self.weekly is None else self.weekly
        days = {day: tuple(spans) for day, spans in before.days.items()}
        kept = {**days, **self.days}
        usual = {weekday: tuple(spans) for weekday, spans in weekly.items()}
        return Timetable(usual, {day: spans for day, spans in kept.items() if spans is not None})
