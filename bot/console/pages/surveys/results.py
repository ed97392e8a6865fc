"""Results of a survey: what may be shown of it, as tables with bars."""

from typing import Any

from starlette.responses import Response

from bot.console.ask import Ask, Page
from handlers.staff.desk.desk import Desk
from handlers.staff.officers.roles import Right
from handlers.staff.surveys.tally import results, words
from handlers.staff.surveys.tally.figures import named, percent, rounded
from handlers.staff.surveys.tally.results import Result
from handlers.staff.surveys.tally.turnout import CHANNELS, rate
from storage.database import Transaction

MOST_COURSES = 100  # the newest, in one table


async def show(ask: Ask) -> Response:
    code, course = ask.at("survey"), ask.query("course") or None

    def work(tx: Transaction, desk: Desk) -> tuple[Result, list[str]]:
        found = results.of_survey(tx, desk, code, course)
        return found, words.notes(found, desk)

    found, notes = await ask.look("results", work, code=code, course=course)
    shown: dict[str, Any] = {
        "courses": found.turnout.by_course[::-1][:MOST_COURSES],
        "words": words,
        "named": named,
        "percent": percent,
        "rounded": rounded,
        "rate": rate,
        "channels": CHANNELS,
        "steps": tuple(words.steps(found)) if ask.may(Right.SURVEYS) else (),
    }
    return ask.page("surveys/results.html", words.title(found), found=found, notes=notes, **shown)


PAGES = (Page("/surveys/{survey}/results", Right.RESULTS, show),)
