"""What attendance comes to: the borders of completion."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.attendance.counting import Tally, tally
from handlers.calendar.attending import AttendanceRules, stated
from storage.attendance.entries import Entry
from storage.seating.enrollments import Enrollment
from storage.teaching.sessions import Session

START = datetime(2026, 12, 1, 1, tzinfo=UTC)
RULES = AttendanceRules()


def meetings(count):
    days = [START + timedelta(days=number) for number in range(count)]
    return [Session(n, 1, n, at, at + timedelta(hours=3), 0) for n, at in enumerate(days, 1)]


def somebody(seated_at=None):
    return Enrollment(7, 1, 3, "confirmed", "web", START, None, seated_at=seated_at)


def entry(session_id, mark, standing="counts"):
    return Entry(session_id, session_id, 7, mark, standing, "desk", START, START, "담당", "", None)


def comes_to(marks, classes=10, rules=RULES, **who):
    found = [entry(number, mark) for number, mark in enumerate(marks, 1) if mark]
    return tally(rules, somebody(**who), meetings(classes), found)


@pytest.mark.parametrize(
    ("attended", "classes", "said", "completes"),
    [(799, 1000, "79.9", False), (7999, 10_000, "79.9", False), (800, 1000, "80", True), (1, 1, "100", True)],
)
def test_the_border_is_exact_and_never_rounded_up(attended, classes, said, completes):
    counted = Tally(RULES, classes, {"present": attended, "absent": classes - attended})
    assert (counted.percent, counted.completes) == (said, completes)


def test_an_excused_absence_counts_as_attended():
    assert comes_to(["present"] * 7 + ["excused"] + ["absent"] * 2).completes
    assert not comes_to(["present"] * 7 + ["absent"] * 3).completes


def test_being_late_three_times_is_an_absence():
    assert comes_to(["late"] * 3 + ["present"] * 7).lost == 1
    assert comes_to(["late", "left_early"] + ["present"] * 8).lost == 0
    assert comes_to(["late"] * 10, rules=AttendanceRules(lates_per_absence=0)).completes


def test_a_dropped_class_is_in_nobodys_way():
    found = [entry(number, "present") for number in range(1, 9)] + [entry(10, "absent"), entry(11, "absent")]
    assert not tally(RULES, somebody(), meetings(11), found).completes
    assert tally(RULES, somebody(), meetings(10), found).completes


def test_classes_before_somebody_had_a_seat_are_not_counted_against_them():
    late = comes_to([None, None] + ["present"] * 8, seated_at=START + timedelta(days=1, minutes=1))
    assert (late.classes, late.missed_before, late.completes) == (8, 2, True)


@pytest.mark.parametrize(("marks", "may_miss"), [(["present"] * 3, 2), (["absent"], 1), (["absent"] * 3, -1)])
def test_it_is_known_how_many_more_can_be_missed(marks, may_miss):
    assert comes_to(marks).may_miss == may_miss


def test_what_waits_for_an_officer_does_not_count():
    assert tally(RULES, somebody(), meetings(10), [entry(1, "absent", "open")]).marked == 0


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("80% 이상 출석", 80),
        ("출석 80% 이상", 80),
        ("출석률 75퍼센트", 75),
        ("출석 80%, 과제 60%", None),
        ("전 과정", None),
    ],
)
def test_the_share_is_read_from_a_rule_in_words(rule, share):
    assert stated(rule) == share


def test_a_course_has_its_own_rules_before_the_organizations(a_course):
    own = a_course(completion_percent=None, completion_rule="출석 70% 이상", late_minutes=0, no_show="ban")
    rules = RULES.of_course(own)
    assert (rules.completion_percent, rules.late_minutes, rules.lates_per_absence, rules.no_show) == (70, 0, 3, "ban")


@pytest.fixture
def a_course():
    from storage.teaching.course import Course

    def make(**fields):
        given = dict.fromkeys(Course.__dataclass_fields__, "")
        moments = {"apply_start": START, "apply_end": START, "start_date": date(2026, 12, 1), "start_time": time(10)}
        return Course(**{**given, **moments, "lates_per_absence": None, **fields})

    return make
