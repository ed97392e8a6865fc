"""What an act of an officer may change: which rows of which tables, and which of their columns the journal has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, false, or_, select

from storage.tables import (
    announcements,
    appointments,
    attendance,
    callbacks,
    certificates,
    common_questions,
    course_changes,
    courses,
    draws,
    enrollments,
    instructor_candidates,
    message_templates,
    missed_phrases,
    notice_templates,
    officer_deputies,
    outbox,
    postings,
    qualifications,
    quarters,
    seat_holds,
    session_changes,
    sessions,
    survey_rounds,
    surveys,
)
from storage.year.entries import TABLES, Entry


@dataclass(frozen=True)
class Columns:
    """Of these rows only these columns are changed and kept: no other value of theirs gets into the journal."""

    these: ColumnElement[bool]
    names: tuple[str, ...]


Scope = Mapping[Table, ColumnElement[bool] | Columns]  # which rows of which tables an act may change


def of_courses(codes: Sequence[str]) -> Scope:
    """All that belongs to courses, those too that are only now added."""
    ids = select(courses.c.id).where(courses.c.code.in_(codes))
    parts = (sessions, session_changes, course_changes, enrollments, draws, seat_holds)
    return {courses: courses.c.code.in_(codes), **{part: part.c.course_id.in_(ids) for part in parts}}


def of_attendance(session_ids: Sequence[int], enrollment_ids: Sequence[int] | None = None) -> Scope:
    """What was said of these classes, of all or of these people; why it was said stands in no journal."""
    these: ColumnElement[bool] = attendance.c.session_id.in_(session_ids)
    if enrollment_ids is not None:
        these &= attendance.c.enrollment_id.in_(enrollment_ids)
    return {attendance: Columns(these, ("session_id", "enrollment_id", "mark", "standing"))}


def of_certificates(enrollment_ids: Sequence[int]) -> Scope:
    """Whether they are valid; the name and the code on them stand in no journal."""
    names = ("enrollment_id", "number", "issued_at", "revoked_at", "revoke_reason", "replaced_by")
    return {certificates: Columns(certificates.c.enrollment_id.in_(enrollment_ids), names)}


def of_qualifications(enrollment_ids: Sequence[int]) -> Scope:
    return {qualifications: qualifications.c.enrollment_id.in_(enrollment_ids)}


def of_appointments(ids: Sequence[int]) -> Scope:
    return {appointments: appointments.c.id.in_(ids)}


def of_notices(ids: Sequence[int]) -> Scope:
    return {outbox: outbox.c.id.in_(ids)}


def of_callbacks(ids: Sequence[int]) -> Scope:
    """Whether they are over: what was told for them stands in no journal."""
    return {callbacks: Columns(callbacks.c.id.in_(ids), ("ended_at", "outcome"))}


def of_questions(codes: Sequence[str]) -> Scope:
    return {common_questions: common_questions.c.code.in_(codes)}


def of_phrases(ids: Sequence[int]) -> Scope:
    """What is done with phrases that found nothing."""
    return {missed_phrases: Columns(missed_phrases.c.id.in_(ids), ("state",))}


def of_candidates(enrollment_ids: Sequence[int]) -> Scope:
    """Which course candidates teach; what was told of its instructor is kept elsewhere, as it may be a name."""
    these = instructor_candidates.c.enrollment_id.in_(enrollment_ids)
    return {instructor_candidates: Columns(these, ("course_id", "assigned_at"))}


def of_postings(ids: Sequence[int]) -> Scope:
    """Whether they are seen."""
    return {postings: Columns(postings.c.id.in_(ids), ("hidden_at", "is_barred"))}


def of_new_announcements(newest: int) -> Scope:
    """Those that come after this one; what they say stands masked among the words of the act."""
    names = ("id", "course_id", "whom", "people", "taken_back_at")
    return {announcements: Columns(announcements.c.id > newest, names)}


def of_templates(names: Sequence[str]) -> Scope:
    return {message_templates: message_templates.c.name.in_(names)}


def of_notice_templates(way: str, kinds: Sequence[str]) -> Scope:
    return {notice_templates: and_(notice_templates.c.way == way, notice_templates.c.kind.in_(kinds))}


def of_deputies(officer_id: int, deputy_id: int) -> Scope:
    """When one officer stands in for the other."""
    both = and_(officer_deputies.c.officer_id == officer_id, officer_deputies.c.deputy_id == deputy_id)
    return {officer_deputies: both}


def of_outcomes(ids: Sequence[int]) -> Scope:
    """What became of notices, and not whose they are."""
    names = ("outcome", "reason", "settled_at", "started_at", "attempts", "due_at", "expires_at")
    return {outbox: Columns(outbox.c.id.in_(ids), names)}


def of_quarters(year: int, quarter: int) -> Scope:
    return {quarters: and_(quarters.c.year == year, quarters.c.quarter == quarter)}


def of_surveys(codes: Sequence[str]) -> Scope:
    """Their versions, and the rounds in which these are asked."""
    ids = select(surveys.c.id).where(surveys.c.code.in_(codes))
    return {surveys: surveys.c.code.in_(codes), survey_rounds: survey_rounds.c.survey_id.in_(ids)}


def of_entries(sort: type[Entry], ids: Collection[int] = (), newest: int | None = None) -> Scope:
    """These of what is entered of a year, and those that come after the newest."""
    table = TABLES[sort]
    later = table.c.id > newest if newest is not None else false()
    return {table: or_(table.c.id.in_(list(ids)), later)}
