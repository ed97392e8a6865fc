"""All surveys, one of them with its rounds, and opening and closing it."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.residents.surveys import paper
from handlers.staff.desk.declined import Declined
from handlers.staff.entering import typing
from handlers.staff.officers.roles import Right
from handlers.staff.surveys import lookup, opening, rounds, showing
from handlers.staff.surveys.making import editing
from handlers.staff.surveys.tally.years import KINDS

HERE = "/desk/surveys"
AUDIENCES = {"attendees": "수강생(과정마다)", "news": "소식 받는 분", "link": "주소를 아는 분"}


def at(code: str) -> str:
    """The address of a survey."""
    return f"{HERE}/{quote(code, safe='')}"


async def show_all(ask: Ask) -> Response:
    found = await ask.look("surveys", showing.everything)
    return ask.page("surveys/list.html", "설문", found=found, kinds=KINDS, audiences=AUDIENCES)


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    code = ask.at("survey")
    found = await ask.look("surveys", partial(showing.one, code=code), code=code)
    told = {"found": found, "kinds": KINDS, "audiences": AUDIENCES, "url": ask.organization.public_url}
    status = 422 if declined else 200
    return ask.page("surveys/one.html", found.survey.title.ko, status, declined=declined, at=at, **told)


async def do(ask: Ask) -> Response:
    """Open, close or copy it."""
    code, course = ask.at("survey"), ask.text("course") or None
    try:
        if ask.text("do") == "close":
            return await acting.act(ask, rounds.CLOSE, at(code), code=code, course_code=course)
        if ask.text("do") == "copy":
            return await acting.act(ask, editing.COPY, f"{at(code)}/questions", survey=code)
        words = {"code": code, "course_code": course, "days": _days(ask.text("days"))}
        return await acting.act(ask, opening.OPEN, at(code), **words)
    except Declined as declined:
        return await show(ask, declined)


def _days(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        raise Declined("며칠 동안 받을지 숫자로 적어 주세요. 예: 10")
    return int(typed)


async def preview(ask: Ask) -> Response:
    """As it looks in a chat, at a kiosk and on paper."""
    code = ask.at("survey")
    survey = await ask.look("surveys", lambda tx, _: lookup.survey(tx, code), code=code)
    shown = {"survey": survey, "sections": list(paper.sections(survey, "ko")), "asked": typing.fields(survey)}
    return ask.page("surveys/preview.html", f"{survey.title.ko} 미리 보기", at=at(code), **shown)


PAGES = (
    Page("/surveys", Right.SURVEYS, show_all),
    Page("/surveys/{survey}", Right.SURVEYS, show, do),
    Page("/surveys/{survey}/preview", Right.SURVEYS, preview),
)
