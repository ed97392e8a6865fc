"""The form of one course: making it, changing it, and proposing it once more for a coming term."""

from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from bot.console import acting
from bot.console.ask import Ask, Page
from handlers.staff.courses.forms import copying, form, saving
from handlers.staff.courses.forms.form import CourseForm
from handlers.staff.courses.forms.groups import BY_FIELD
from handlers.staff.courses.forms.writing import row_of
from handlers.staff.desk.declined import Declined
from handlers.staff.officers.roles import Right
from storage.database import Transaction

MAKING = "/desk/new-course"


async def ask_for_new(ask: Ask) -> Response:
    return _page(ask, form.new())


async def ask_to_copy(ask: Ask) -> Response:
    return _page(ask, await ask.look("courses", partial(copying.copied, code=ask.code), code=ask.code))


async def ask_to_edit(ask: Ask) -> Response:
    return _page(ask, await ask.look("courses", partial(form.of_course, code=ask.code), code=ask.code))


async def make(ask: Ask) -> Response:
    typed, as_written = _typed(ask), bool(ask.text("as_written"))
    shown = await _checked(ask, "", typed, as_written)
    if _is_to_be_read(ask, shown):
        return _page(ask, shown, 422)
    rows = [row_of(typed)]
    try:
        return await acting.act(ask, saving.ADD, _of(typed["code"]), rows=rows, as_written=as_written)
    except Declined as declined:
        return _page(ask, await _checked(ask, "", typed, as_written), 422, declined)


async def edit(ask: Ask) -> Response:
    typed, as_written, seen = _typed(ask), bool(ask.text("as_written")), ask.text("seen")
    shown = await _checked(ask, ask.code, typed, as_written)
    if _is_to_be_read(ask, shown):
        return _page(ask, shown, 422)

    def row(tx: Transaction) -> object:
        return saving.row_for(tx, ask.organization.timezone, ask.code, typed)

    words = {"rows": [await ask.database.read(row)], "seen": seen, "as_written": as_written}
    try:
        return await acting.act(ask, saving.EDIT, _of(ask.code), code=ask.code, **words)
    except Declined as declined:
        return _page(ask, await _checked(ask, ask.code, typed, as_written), 422, declined)


def _is_to_be_read(ask: Ask, shown: CourseForm) -> bool:
    """Before it is saved; what is only told is read once."""
    return shown.is_wrong or shown.is_asked or (shown.is_noticed and not ask.text("noticed"))


def _typed(ask: Ask) -> dict[str, str]:
    return {name: ask.text(name) for name in BY_FIELD if name in ask.sent or name == "code"}


async def _checked(ask: Ask, code: str, typed: dict[str, str], as_written: bool) -> CourseForm:
    work = partial(saving.checked, code=code, typed=typed, seen=ask.text("seen"), as_written=as_written)
    return await ask.look("courses", work, code=code)


def _of(code: str) -> str:
    return f"/desk/courses/{quote(code, safe='')}"


def _page(ask: Ask, shown: CourseForm, status: int = 200, declined: Declined | None = None) -> Response:
    title = f"{shown.texts['title']} 고치기" if shown.code else "새 강좌"
    to, back = (f"{_of(shown.code)}/edit", _of(shown.code)) if shown.code else (MAKING, "/desk/courses")
    return ask.page("courses/form.html", title, status, form=shown, to=to, leave=back, declined=declined)


PAGES = (
    Page("/new-course", Right.DECIDE, ask_for_new, make),
    Page("/courses/{code}/edit", Right.DECIDE, ask_to_edit, edit),
    Page("/courses/{code}/copy", Right.DECIDE, ask_to_copy),
)
