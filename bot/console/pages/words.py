"""What residents looked for in vain: a tap makes it a synonym, a wish, a question with its answer, or nothing."""

from functools import partial

from starlette.responses import Response

from bot.console import acting, fields
from bot.console.ask import Ask, Page
from handlers.staff.courses import missed
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.files.rows import COMMON_QUESTION, Row
from handlers.staff.officers.roles import Right
from handlers.staff.questions import answering
from handlers.staff.questions.columns import COLUMNS
from storage.database import Transaction
from storage.teaching import courses
from storage.teaching.course import Course

HERE = "/desk/words"
WITHOUT = ("code", "as_of", "shown")  # columns of which a form asks nothing
MARKS = {"wish": missed.WISH, "drop": missed.DROP, "back": missed.BACK}


async def show(ask: Ask, declined: Declined | None = None) -> Response:
    told = await ask.look("missed", partial(missed.show, everything=False))
    offered = await ask.look("courses", _offered)
    shown = {"told": told, "courses": offered, "wanted": missed.WANTED}
    return ask.page("work/words.html", "찾지 못한 말", 422 if declined else 200, declined=declined, **shown)


def _offered(tx: Transaction, desk: Desk) -> list[Course]:
    known = courses.by_code(tx, list(courses.codes(tx))).values()
    return [each for each in known if each.takes_place and each.end_date >= desk.today]


async def do(ask: Ask) -> Response:
    """Whichever button was tapped."""
    words, chosen = ask.text("words"), ask.text("do")
    try:
        if chosen == "synonym":
            return await acting.act(ask, missed.SYNONYM, HERE, code=ask.text("course"), words=words)
        if chosen in MARKS:
            return await acting.act(ask, MARKS[chosen], HERE, words=words)
        raise Declined("무엇을 할지 알 수 없습니다. 화면의 단추로 다시 해 주세요.")
    except Declined as declined:
        return await show(ask, declined)


async def ask_answer(ask: Ask, declined: Declined | None = None) -> Response:
    words = ask.text("words") or ask.query("words")
    values = fields.typed(ask, COLUMNS, WITHOUT) if declined else {"source": ask.organization.team}
    shown = {"fields": fields.of(COLUMNS, values, without=WITHOUT), "words": words}
    title = f"‘{words}’에 답하기"
    return ask.page("work/answer.html", title, 422 if declined else 200, declined=declined, **shown)


async def answer(ask: Ask) -> Response:
    rows = [Row("화면", 1, fields.typed(ask, COLUMNS, WITHOUT), {}, COMMON_QUESTION)]
    try:
        return await acting.act(ask, answering.ANSWER, HERE, words=ask.text("words"), rows=rows)
    except Declined as declined:
        return await ask_answer(ask, declined)


PAGES = (
    Page("/words", Right.WORDS, show, do),
    Page("/words/answer", Right.WORDS, ask_answer, answer),
)
