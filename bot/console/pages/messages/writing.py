"""Writing a message: to whom, the text from a template or one's own, a look at it, and sending it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from bot.console.pages.messages import bubbles
from handlers.dialogue.reply import Reply
from handlers.staff.desk import acts, lookup
from handlers.staff.desk.acts import Act, DoneAlready
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.differences import term
from handlers.staff.desk.told import Told
from handlers.staff.messages import sending, templates, whom
from handlers.staff.messages import writing as texts
from handlers.staff.messages.whom import ORIGINS, WHOM
from handlers.staff.messages.writing import MOST, Draft
from handlers.staff.officers.roles import Right
from storage.database import Transaction
from storage.notices import announcements

HERE = "/desk/messages"
DO, LOOK, FILL, CHANGE = "do", "look", "fill", "change"  # which of the form's buttons was pressed
Form = Callable[[Ask, Declined | None], Awaitable[Response]]


# --- to a course ---


async def write_to_course(ask: Ask, declined: Declined | None = None) -> Response:
    def work(tx: Transaction, _: Desk) -> dict[str, Any]:
        course = lookup.course(tx, ask.code)
        counts = {each: len(whom.of_course(tx, course.id, each).people) for each in WHOM}
        return {"course": course, "counts": counts, "templates": templates.all_of_them(tx)}

    found = await ask.look("message", work, code=ask.code)
    return _form(
        ask, f"{found['course'].title}: 메시지", declined, **found, whom=WHOM, chosen=ask.text("whom") or "seats"
    )


async def send_to_course(ask: Ask) -> Response:
    args = {"code": ask.code, "whom": ask.text("whom") or "seats", **_texts(ask)}

    def draft(tx: Transaction) -> Draft:
        return Draft(args["text"], args["text_en"], lookup.course(tx, ask.code).id)

    return await _send(ask, sending.COURSE_MESSAGE, args, draft, write_to_course)


# --- to completers ---


async def write_to_completers(ask: Ask, declined: Declined | None = None) -> Response:
    def work(tx: Transaction, _: Desk) -> dict[str, Any]:
        return {
            "terms": {each: term(each) for each in announcements.terms_completed(tx)},
            "templates": templates.all_of_them(tx),
        }

    found = await ask.look("message-completers", work)
    return _form(ask, "수료한 분들께 메시지", declined, **found, course=None, origins=ORIGINS)


async def send_to_completers(ask: Ask) -> Response:
    args = {"place": ask.text("place"), "term": ask.text("term"), **_texts(ask)}

    def draft(_: Transaction) -> Draft:
        return Draft(args["text"], args["text_en"], place=args["place"], term=args["term"])

    return await _send(ask, sending.NEWS_MESSAGE, args, draft, write_to_completers)


# --- both ---


def _texts(ask: Ask) -> dict[str, str]:
    return {name: ask.text(name).replace("\r\n", "\n") for name in ("text", "text_en")}


def _form(ask: Ask, title: str, declined: Declined | None, **data: Any) -> Response:
    """With what was typed, or the template that was chosen."""
    typed = _texts(ask)
    if ask.text(DO) == FILL:
        filled = next((each for each in data["templates"] if each.name == ask.text("template")), None)
        typed = {"text": filled.text, "text_en": filled.text_en} if filled else typed
    status = 422 if declined else 200
    return ask.page("messages/write.html", title, status, declined=declined, typed=typed, most=MOST, **data)


async def _send(
    ask: Ask, act: Act, args: dict[str, Any], draft: Callable[[Transaction], Draft], form: Form
) -> Response:
    """Look first, as each channel shows it; then send."""
    if ask.text(DO) in (FILL, CHANGE):
        return await form(ask, None)
    try:
        if ask.text(acting.SURE):
            return await acting.act(ask, act, HERE, **args)
        return await _preview(ask, act, args, draft)
    except DoneAlready:
        return await acting.act(ask, act, HERE, **args)
    except Declined as declined:
        return await form(ask, declined)


async def _preview(ask: Ask, act: Act, args: dict[str, Any], draft: Callable[[Transaction], Draft]) -> Response:
    def work(tx: Transaction, desk: Desk) -> tuple[Told, Reply, Reply]:
        told = acts.perform(tx, desk, act, args, again=bool(ask.text(acting.AGAIN)))
        read = partial(texts.shown, tx, desk, draft(tx))
        return told, read(), read("en")

    told, korean, english = await ask.gate.preview(work, act.name, args)
    sent = {**args, acting.AGAIN: ask.text(acting.AGAIN)}
    above, below = replace(told, tables=()), [each for each in told.tables if each.title != sending.AS_READ]
    seen: dict[str, Any] = {"bubbles": bubbles.of(korean), "english": english.text if args["text_en"] else ""}
    shown = {**seen, "told": above, "tables": below, "sent": sent, "to": ask.request.url.path}
    return ask.page("messages/preview.html", "아직 보내지 않았습니다", **shown)


PAGES = (
    Page("/courses/{code}/message", Right.MESSAGES, write_to_course, send_to_course),
    Page("/messages/completers", Right.MESSAGES, write_to_completers, send_to_completers),
)
