"""Which rows are over on a night, and whom nothing keeps any more; asked of any night, so that it can be foretold."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from storage.database import there_is
from storage.people import personal
from storage.people.consents import LASTING
from storage.people.forgetting.periods import Night
from storage.states import ATTENDED
from storage.tables import (
    addresses,
    appointments,
    awaited_courses,
    callbacks,
    consents,
    course_wishes,
    courses,
    drafts,
    enrollments,
    inbox,
    kept_completions,
    outbox,
    residents,
    survey_receipts,
    survey_rounds,
    survey_signed_answers,
    survey_slips,
)
from storage.tables.rules import AtTheirAddress, Blank, By, Kept, Personal, rule_of

Condition = ColumnElement[bool]

# Of what is known of a person these keep nothing else by themselves.
KEEPS_NOBODY: dict[Kept, str] = {
    Kept.WITH_PERSON: "it goes with the last of what keeps somebody",
    Kept.CONSENTS: "only a yes to what lasts until it is taken back keeps somebody",
    Kept.COMPLETIONS: "whoever it is about was erased",
    Kept.ACCESS_LOG: "it has no name of theirs",
}


def _settled_before(moment: datetime) -> Condition:
    return and_(outbox.c.settled_at.is_not(None), outbox.c.settled_at < moment)


def _said_before(moment: datetime) -> Condition:
    return and_(inbox.c.settled_at.is_not(None), inbox.c.received_at < moment)


def _course_over(night: Night) -> Condition:
    has_attended = and_(enrollments.c.state.in_(ATTENDED), enrollments.c.unchecked_since.is_(None))
    ended = there_is(
        courses,
        courses.c.id == enrollments.c.course_id,
        or_(
            courses.c.end_date < night.before_day("attended"),
            and_(~has_attended, courses.c.end_date < night.before_day("applications")),
        ),
    )
    return and_(ended, _is_somebodys(enrollments))


def _talk_over(night: Night) -> Condition:
    return and_(appointments.c.starts_at < night.before("counseling"), _is_somebodys(appointments))


def _is_somebodys(table: Table) -> Condition:
    return ~there_is(residents, residents.c.id == table.c.resident_id, residents.c.erased_at.is_not(None))


def _taken_back(night: Night) -> Condition:
    later = consents.alias()
    of_same = (later.c.resident_id == consents.c.resident_id, later.c.purpose == consents.c.purpose)
    moment = night.before("consents")
    return or_(
        there_is(later, *of_same, later.c.id >= consents.c.id, later.c.given.is_(False), later.c.decided_at < moment),
        there_is(residents, residents.c.id == consents.c.resident_id, residents.c.erased_at < moment),
    )


def _closed(table: Table, night: Night) -> Condition:
    before = survey_rounds.c.closes_at < night.before("answers")
    return there_is(survey_rounds, survey_rounds.c.id == table.c.round_id, before)


OVER: dict[Table, Callable[[Night], Condition]] = {
    inbox: lambda night: _said_before(night.before("talk")),
    drafts: lambda night: drafts.c.touched_at < night.before("drafts"),
    outbox: lambda night: _settled_before(night.before("notices")),
    awaited_courses: lambda night: awaited_courses.c.since < night.before("wishes"),
    course_wishes: lambda night: course_wishes.c.since < night.before("wishes"),
    callbacks: lambda night: and_(callbacks.c.ended_at.is_not(None), callbacks.c.ended_at < night.before("callbacks")),
    enrollments: _course_over,
    appointments: _talk_over,
    consents: _taken_back,
    survey_receipts: lambda night: _closed(survey_receipts, night),
    survey_signed_answers: lambda night: _closed(survey_signed_answers, night),
    survey_slips: lambda night: _closed(survey_slips, night),
    kept_completions: lambda night: kept_completions.c.until < night.today,
}
"""Whether a row is over. What refers to a row of these (`Through`) goes with it."""


def _kept_by(table: Table, night: Night) -> Condition:
    """Whether a resident has a row in a table that isn't over."""
    rule = rule_of(table)
    assert isinstance(rule, Personal)
    stays = ~OVER[table](night)
    if isinstance(rule.lead, By):
        return there_is(table, table.c[rule.lead.column] == residents.c.id, stays)
    assert isinstance(rule.lead, AtTheirAddress)
    at = table.join(addresses, and_(addresses.c.channel == table.c.channel, addresses.c.address == table.c.address))
    return there_is(at, addresses.c.resident_id == residents.c.id, stays)


def keeping() -> Iterator[Table]:
    """The tables whose rows keep somebody as long as they stay."""
    return (table for table, rule in personal.tables() if rule.kept not in KEEPS_NOBODY and table in OVER)


def _agrees(purpose: str, since: datetime | None = None) -> Condition:
    """Whether a resident's latest word on a purpose is yes."""
    said = consents.c.given if since is None else and_(consents.c.given, consents.c.decided_at >= since)
    latest = select(said).where(consents.c.resident_id == residents.c.id, consents.c.purpose == purpose)
    return latest.order_by(consents.c.id.desc()).limit(1).correlate(residents).scalar_subquery().is_(True)


_IS_KNOWN = and_(residents.c.erased_at.is_(None), residents.c.merged_into.is_(None))


def nobody_keeps(night: Night) -> Condition:
    """Of a resident: nothing of theirs is left for which they would have to be known."""
    kept = (_kept_by(table, night) for table in keeping())
    agree = (_agrees(purpose) for purpose in LASTING)
    return and_(_IS_KNOWN, residents.c.created_at < night.before("strangers"), ~or_(false(), *kept, *agree))


def profile() -> dict[str, None]:
    """What a resident told of themselves for an application or a talk, as it is when it is gone."""
    rule = rule_of(residents)
    assert isinstance(rule, Personal)
    assert isinstance(rule.erasing, Blank)
    return {name: None for name, value in rule.erasing.values.items() if value is None and not name.endswith("_at")}


def nothing_needs_profile(night: Night) -> Condition:
    """Of a resident: what they told is there, and no application, talk or form for which it was told, nor a new yes."""
    kept = (_kept_by(table, night) for table in (enrollments, appointments, drafts))
    agree = (_agrees(purpose, night.before("applications")) for purpose in ("enrollment", "counseling"))
    told = or_(*(residents.c[name].is_not(None) for name in profile()))
    return and_(_IS_KNOWN, told, ~or_(*kept, *agree))
