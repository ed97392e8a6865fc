"""Making a survey and editing it, by forms whose fields are the columns of the sheet."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console import acting, fields
from bot.console.ask import Ask, Page
from bot.console.pages.surveys.listing import at
from handlers.staff.desk.declined import Declined
from handlers.staff.files.rows import QUESTION, SURVEY
from handlers.staff.officers.roles import Right
from handlers.staff.surveys import lookup, showing
from handlers.staff.surveys.making import editing, written
from handlers.staff.surveys.sheets.columns import QUESTIONS, SURVEYS
from storage.asking.survey import Survey

OURS = ("code", "version")  # columns that a form of a survey that there is doesn't have
KINDS = {each: word for word, each in (("5점", "scale"), ("추천", "nps"), ("하나", "single"), ("여러 개", "multi"))}
KINDS |= {"number": "숫자", "text": "글"}


# --- the survey ---


async def ask_to_make(ask: Ask, declined: Declined | None = None) -> Response:
    standard = written.standard()
    chosen = ask.text("standard") or ask.query("of") or next(iter(standard))
    begun: Mapping[str, Any] = standard[chosen][0] if chosen in standard else {}
    values = fields.typed(ask, SURVEYS) if declined else {**begun, "code": ""}
    shown = {"fields": fields.of(SURVEYS, values, without=("version",)), "standard": standard, "chosen": chosen}
    return ask.page("surveys/make.html", "새 설문", 422 if declined else 200, declined=declined, **shown)


async def make(ask: Ask) -> Response:
    cells = fields.typed(ask, SURVEYS, without=("version",))
    words = {"standard": ask.text("standard"), "rows": [written.row(SURVEY, cells)]}
    try:
        back = at(cells["code"])
        return await acting.act(ask, editing.MAKE, back, as_written=bool(ask.text("as_written")), **words)
    except Declined as declined:
        return await ask_to_make(ask, declined)


async def ask_to_change(ask: Ask, declined: Declined | None = None) -> Response:
    survey = await _survey(ask)
    known = written.of_survey(survey, ask.organization.timezone)
    values = fields.typed(ask, SURVEYS, OURS) if declined else known
    shown = {"fields": fields.of(SURVEYS, values, without=OURS), "leave": at(survey.code), "leave_to": "설문으로"}
    title = f"{survey.title.ko} 고치기"
    return ask.page("entry.html", title, 422 if declined else 200, declined=declined, **shown)


async def change(ask: Ask) -> Response:
    survey = await _survey(ask)
    cells = {**fields.typed(ask, SURVEYS, OURS), "code": survey.code, "version": survey.version}
    words = {"survey": survey.code, "rows": [written.row(SURVEY, cells)]}
    try:
        back = at(survey.code)
        return await acting.act(ask, editing.CHANGE, back, as_written=bool(ask.text("as_written")), **words)
    except Declined as declined:
        return await ask_to_change(ask, declined)


# --- its questions ---


async def show_questions(ask: Ask, declined: Declined | None = None) -> Response:
    code = ask.at("survey")
    survey, is_answered = await ask.look("surveys", partial(showing.of_questions, code=code), code=code)
    shown = {"survey": survey, "is_answered": is_answered, "at": at(code), "kinds": KINDS}
    title = f"{survey.title.ko} 문항"
    return ask.page("surveys/questions.html", title, 422 if declined else 200, declined=declined, **shown)


async def do(ask: Ask) -> Response:
    """Move or drop one."""
    words = {"survey": ask.at("survey"), "name": ask.text("name")}
    back = f"{at(words['survey'])}/questions"
    try:
        if ask.text("do") == "drop":
            return await acting.act(ask, editing.DROP_QUESTION, back, **words)
        return await acting.act(ask, editing.MOVE_QUESTION, back, **words, down=ask.text("do") == "down")
    except Declined as declined:
        return await show_questions(ask, declined)


async def ask_question(ask: Ask, declined: Declined | None = None) -> Response:
    survey, name = await _survey(ask), _name(ask)
    known = next((item for item in survey.items if item.name == name), None)
    if name and known is None:
        raise Declined(f"‘{name}’ 문항이 없습니다.")
    values: Mapping[str, Any] = written.of_item(survey.code, known) if known else {"name": _free(survey)}
    values = fields.typed(ask, QUESTIONS, ("survey",)) if declined else values
    shown = {"fields": fields.of(QUESTIONS, values, without=("survey",)), "at": at(survey.code)}
    title = f"{name} 문항 고치기" if name else "문항 더하기"
    return ask.page("surveys/question.html", title, 422 if declined else 200, declined=declined, **shown)


async def save_question(ask: Ask) -> Response:
    code = ask.at("survey")
    row = written.row(QUESTION, fields.typed(ask, QUESTIONS, ("survey",)))
    try:
        back = f"{at(code)}/questions"
        return await acting.act(ask, editing.SAVE_QUESTION, back, survey=code, name=_name(ask), rows=[row])
    except Declined as declined:
        return await ask_question(ask, declined)


def _free(survey: Survey) -> str:
    taken = {item.name for item in survey.items}
    return next(name for number in range(1, 100) if (name := f"Q{number}") not in taken)


def _name(ask: Ask) -> str:
    return ask.at("name") if "name" in ask.request.path_params else ""


async def _survey(ask: Ask) -> Survey:
    code = ask.at("survey")
    return await ask.look("surveys", lambda tx, _: lookup.survey(tx, code), code=code)


PAGES = (
    Page("/make-survey", Right.SURVEYS, ask_to_make, make),
    Page("/surveys/{survey}/edit", Right.SURVEYS, ask_to_change, change),
    Page("/surveys/{survey}/questions", Right.SURVEYS, show_questions, do),
    Page("/surveys/{survey}/add", Right.SURVEYS, ask_question, save_question),
    Page("/surveys/{survey}/questions/{name}", Right.SURVEYS, ask_question, save_question),
)
