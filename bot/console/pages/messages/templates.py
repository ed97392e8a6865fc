"""Texts that officers keep to use them again."""

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.messages import templates
from handlers.staff.messages.templates import STANDARD
from handlers.staff.officers.roles import Right
from storage.database import Transaction
from storage.notices.templates import Template

HERE = "/desk/messages/templates"


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    """All of them, and a form in which one's own can be changed."""

    def work(tx: Transaction, _: Desk) -> list[Template]:
        return templates.all_of_them(tx)

    found = await ask.look("message-templates", work)
    own = [each for each in found if each not in STANDARD]
    names = ("name", "text", "text_en")
    typed = {name: ask.text(name) for name in names}
    if chosen := next((each for each in found if each.name == ask.query("edit")), None):
        typed = typed if declined else {**vars(chosen), "name": chosen.name if chosen in own else ""}
    status = 422 if declined else 200
    return ask.page(
        "messages/templates.html", "메시지 서식", status, templates=found, own=own, typed=typed, declined=declined
    )


async def change(ask: Ask) -> Response:
    try:
        if ask.text("do") == "drop":
            return await acting.act(ask, templates.DROP, HERE, name=ask.text("name"))
        words = {name: ask.text(name).replace("\r\n", "\n") for name in ("name", "text", "text_en")}
        return await acting.act(ask, templates.SAVE, HERE, **words)
    except Declined as declined:
        return await show(ask, declined)


PAGES = (Page("/messages/templates", Right.MESSAGES, show, change),)
