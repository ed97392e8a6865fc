"""Surveys: which one is open to me, answering it question by question, and what happens to the answers."""

from functools import partial
from typing import Any

from handlers.calendar.hours import last_day
from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.forms.form import Answers, Form
from handlers.dialogue.forms.kinds import form
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.residents.people import news
from handlers.residents.surveys.questions import question_of
from storage.asking import answers, rounds, surveys
from storage.asking.answers import Sheet
from storage.asking.rounds import Round
from storage.asking.survey import Survey
from storage.counseling import counselors
from storage.dialogue import drafts
from storage.people import residents
from storage.people.finding import persons
from storage.teaching import courses

FORM = "survey"
LIST = ("surveys", "surveys")


@router.view("surveys", "설문", "설문조사", "설문 조사", "설문 참여", "만족도", "만족도 조사", "수요조사", "수요 조사",
             "/surveys", "survey", "surveys")  # fmt: skip
def list_surveys(chat: Chat) -> Reply:
    """Of everybody of the chat, each apart."""
    cards = [_card(theirs, each) for theirs in on_behalf.everybody(chat) for each in open_to(theirs)]
    return chat.page("surveys.list" if cards else "surveys.none", cards=cards)


@router.view("surveys/{code}")
def show_survey(chat: Chat, code: str) -> Reply:
    """Where a poster's or a paper's code leads."""
    round_ = rounds.by_code(chat.tx, code)
    if round_ is None:
        raise Refused("surveys.unknown", LIST)
    survey = surveys.find(chat.tx, round_.survey_id)
    able = [each for each in on_behalf.everybody(chat) if _may_answer(each, survey, round_)]
    if not able:
        _check(chat, survey, round_)
    label, path = chat.text("labels.begin_survey"), f"forms/{FORM}/{round_.id}"
    begin = (on_behalf.labelled(each, label, path) for each in able)
    title, day = called(chat, survey, round_), closing_day(chat, round_)
    return chat.page("surveys.about", *begin, title=title, count=len(survey.items), day=day)


def _may_answer(chat: Chat, survey: Survey, round_: Round) -> bool:
    try:
        _check(chat, survey, round_)
    except Refused:
        return False
    return True


def open_to(chat: Chat) -> list[Round]:
    return rounds.open_to(chat.tx, [chat.resident.id], chat.now)


def called(chat: Chat, survey: Survey, round_: Round) -> str:
    """Its title, after that of its course."""
    course = courses.find(chat.tx, round_.course_id, chat.language) if round_.course_id else None
    title = survey.title.in_(chat.language)
    return f"{course.title} · {title}" if course else title


def closing_day(chat: Chat, round_: Round) -> str:
    return chat.day(last_day(round_.closes_at, chat.organization.timezone))


def _card(chat: Chat, round_: Round) -> Card:
    survey = surveys.find(chat.tx, round_.survey_id)
    title = called(chat, survey, round_)
    is_begun = drafts.find(chat.tx, chat.resident.id, FORM, round_.id) is not None
    key = "surveys.begun" if is_begun else "surveys.line"
    line = chat.text(key, count=len(survey.items), day=closing_day(chat, round_))
    return on_behalf.named_card(chat, Card(title, (line,), button=Button(title, f"forms/{FORM}/{round_.id}")))


@form(FORM, keeps_draft=True)
def survey_form(chat: Chat, round_id: int) -> Form:
    round_ = rounds.find(chat.tx, round_id)
    if round_ is None:
        raise Refused("surveys.unknown", LIST)
    survey = surveys.find(chat.tx, round_.survey_id)
    return Form(
        title=called(chat, survey, round_),
        questions=[question_of(item, chat.language) for item in survey.items],
        check=lambda: _check(chat, survey, round_),
        finish=partial(_finish, chat, survey, round_id),
        intro=_intro(chat, survey, round_),
        is_secret=survey.is_anonymous,
    )


def _intro(chat: Chat, survey: Survey, round_: Round) -> str:
    return "\n".join(filter(None, (called(chat, survey, round_), survey.intro.in_(chat.language))))


def _check(chat: Chat, survey: Survey, round_: Round) -> None:
    """Only by this chat's own seats: whoever just says somebody's name neither answers for them nor keeps them out."""
    people = [chat.resident.id]
    named: dict[str, Any] = {"title": called(chat, survey, round_)}
    if chat.now < round_.opens_at:
        raise Refused("surveys.not_yet", LIST, when=chat.moment(round_.opens_at), **named)
    if not round_.is_open(chat.now):
        raise Refused("surveys.over", LIST, **named)
    if rounds.has_answered(chat.tx, round_.id, people):
        raise Refused("surveys.already", LIST, **named)
    if round_.course_id and not rounds.attends(chat.tx, round_.course_id, people):
        raise Refused("surveys.not_yours", LIST, **named)


def _finish(chat: Chat, survey: Survey, round_id: int, given: Answers) -> Reply:
    person = residents.lock(chat.tx, chat.resident.id)
    people = persons.lock_alike(chat.tx, person)
    round_ = rounds.lock(chat.tx, round_id)
    _check(chat, survey, round_)
    is_proven = _is_proven(chat, round_, people)
    rounds.give_receipt(chat.tx, round_id, person.id)
    sheet = Sheet(survey.id, "chat", survey.complete(given), is_proven, "" if is_proven else batch(chat, "chat"))
    answers.hand_in(chat.tx, round_, survey, sheet, chat.today, resident_id=person.id)
    return _thanks(chat, survey)


def _is_proven(chat: Chat, round_: Round, people: list[int]) -> bool:
    """Whether this is one more person: they had a seat, or an account that nobody makes by the dozen."""
    if round_.course_id:
        return True
    has_account = chat.traits.has_accounts and chat.speaker is None
    is_somebody = has_account or rounds.attended_any(chat.tx, chat.resident.id)
    return is_somebody and not rounds.has_answered(chat.tx, round_.id, people)


def batch(chat: Chat, where: str) -> str:
    """Where and in which hour: what nobody vouches for can be told apart so coarsely, and not more finely."""
    return f"{where}/{chat.now.astimezone(chat.organization.timezone):%Y-%m-%dT%H}"


def _thanks(chat: Chat, survey: Survey) -> Reply:
    """The same whatever was answered: it is kept with the conversation."""
    key = "surveys.thanks_anonymous" if survey.is_anonymous else "surveys.thanks"
    appointment = "counseling" if counselors.exist(chat.tx) else "contact"
    buttons = [chat.button(appointment, appointment), chat.button("courses", "courses")]
    return chat.page(key, *buttons, links=news.offers(chat))
