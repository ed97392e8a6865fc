"""Lotteries: how they are drawn, and everything that anybody needs to check one."""

from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import File, Reply
from handlers.dialogue.router import router
from handlers.residents import rules
from handlers.seating import lottery
from storage import draws


@router.view("courses/{course_id}/draw")
def show_draw(chat: Chat, course_id: int) -> Reply:
    course, promised = rules.shown_course(chat, course_id, rules.OTHERS), draws.find(chat.tx, course_id)
    if promised is None:
        raise Refused("courses.unknown", rules.OTHERS)
    links = [chat.button("course", f"courses/{course_id}")]
    data: dict[str, Any] = {
        "title": course.title,
        "hash": lottery.seed_hash(promised),
        "closes": chat.moment(course.apply_end),
    }
    if not promised.drawn_at:
        return chat.page("draw.promised", links=links, **data)
    file = File(f"{course.code}-draw.csv", "text/csv", lottery.protocol(promised).encode("utf-8-sig"))
    applications = promised.applications_hash
    return chat.page("draw.drawn", links=links, file=file, seed=promised.seed, applications=applications, **data)
