"""Surveys that open when a course is over, and notices of open ones: an invitation, and one reminder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from handlers.calendar.hours import closing, last_day
from handlers.clock import notices
from handlers.clock.notices import Occasion
from handlers.clock.span import Span
from handlers.clock.wanted.news import parts, version
from handlers.dialogue.chat import Chat
from handlers.dialogue.organization import Organization
from handlers.dialogue.reply import Button, Reply
from handlers.residents.surveys.answering import FORM, called
from storage.asking import rounds, surveys
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.database import Transaction
from storage.dialogue import drafts
from storage.notices import audiences
from storage.notices.audiences import Audience
from storage.notices.outbox import Owed

LONGEST = timedelta(days=60)  # nobody is asked so long after a course, nor reminded so long after the opening


@dataclass(frozen=True)
class Due:
    """A survey that is to be asked of those who attended a course."""

    key: str
    survey: Survey
    course_id: int


def due(tx: Transaction, since: datetime, now: datetime) -> list[Due]:
    """Of courses whose last class ended so long ago as the survey says; none twice."""
    found = []
    for survey in surveys.all_newest(tx):
        if survey.follows_courses:
            ago = timedelta(minutes=survey.delay_minutes)
            over = rounds.courses_just_over(tx, since - ago, now - ago)
            found += [Due(rounds.key_of(survey, course_id), survey, course_id) for course_id in over]
    known = rounds.known_keys(tx, [each.key for each in found])
    return [each for each in found if each.key not in known]


def ask(tx: Transaction, organization: Organization, due_: Due, now: datetime) -> None:
    closes_at = closing(now, due_.survey.open_days, organization.timezone)
    rounds.open_round(tx, due_.key, due_.survey.id, due_.course_id, now, closes_at)


# --- notices ---


def _occasions(audience: str, reminds: bool, tx: Transaction, _: Organization, span: Span) -> Iterator[Occasion]:
    for round_, survey in _rounds(tx, audience, span.since - LONGEST, span.until):
        due_at = round_.opens_at + (timedelta(hours=survey.remind_hours) if reminds else timedelta())
        if not span.since < due_at <= span.until or (reminds and not survey.remind_hours):
            continue
        for whom in _whom(tx, round_):
            yield Occasion(str(round_.id), round_.id, due_at, round_.closes_at, whom)


def _rounds(tx: Transaction, audience: str, since: datetime, until: datetime) -> Iterator[tuple[Round, Survey]]:
    opened = rounds.opened(tx, since, until)
    asked = surveys.with_ids(tx, {round_.survey_id for round_ in opened})
    return ((each, asked[each.survey_id]) for each in opened if asked[each.survey_id].audience == audience)


def _whom(tx: Transaction, round_: Round) -> Iterator[Audience]:
    if round_.course_id:
        yield audiences.attendees(round_.course_id, round_.id)
    else:
        yield from (audiences.agreed(part, version(), round_.id) for part in parts(tx))


def _word(chat: Chat, owed: Owed) -> Reply | None:
    round_ = rounds.find(chat.tx, owed.about)
    if round_ is None or not round_.is_open(chat.now) or not _may_be_asked(chat, round_):
        return None
    survey = surveys.find(chat.tx, round_.survey_id)
    is_begun = drafts.find(chat.tx, chat.resident.id, FORM, round_.id) is not None
    path = f"forms/{FORM}/{round_.id}"
    door = Button(chat.text("forms.survey.resume"), path) if is_begun else chat.button("begin_survey", path)
    day = chat.day(last_day(round_.closes_at, chat.organization.timezone))
    title = called(chat, survey, round_)
    return chat.reply(f"notices.{owed.kind}", door, title=title, count=len(survey.items), day=day)


def _may_be_asked(chat: Chat, round_: Round) -> bool:
    people = [chat.resident.id]
    if rounds.has_answered(chat.tx, round_.id, people):
        return False
    return round_.course_id is None or rounds.attends(chat.tx, round_.course_id, people)


for _name, _reminds in (("survey", False), ("survey_reminder", True)):
    notices.add(_name, partial(_occasions, "attendees", _reminds), _word)
    notices.add(f"{_name}_news", partial(_occasions, "news", _reminds), _word)
