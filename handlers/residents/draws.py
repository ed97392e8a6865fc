"""Lotteries: how they are drawn, and everything that anybody needs to check one."""

from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import File, Reply
from handlers.dialogue.router import router
from handlers.residents import rules
from handlers.seating import draws as drawing
from storage import courses, draws


@router.view("courses/{course_id}/draw")
def show_draw(chat: Chat, course_id: int) -> Reply:
    course, promised = courses.find(chat.tx, course_id), draws.find(chat.tx, course_id)
    if course is None or course.state == "hidden" or promised is None:
        raise Refused("courses.unknown", rules.OTHERS)
    ways = [chat.button("course", f"courses/{course_id}"), chat.button("menu", "menu")]
    data: dict[str, Any] = {
        "title": course.title,
        "hash": drawing.seed_hash(promised),
        "closes": chat.moment(course.apply_end),
    }
    if not promised.drawn_at:
        return chat.reply("draw.promised", ways=ways, **data)
    file = File(f"{course.code}-draw.csv", "text/csv", drawing.protocol(promised).encode("utf-8-sig"))
    applications = promised.applications_hash
    return chat.reply("draw.drawn", ways=ways, file=file, seed=promised.seed, applications=applications, **data)
