"""Lotteries: how they are drawn, and everything that anybody needs to check one."""

from typing import Any

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import File, Reply
from handlers.dialogue.router import router
from handlers.residents.people import rules
from handlers.seating import protocol
from storage.seating import draws


@router.view("courses/{course_id}/draw")
def show_draw(chat: Chat, course_id: int) -> Reply:
    course, promised = rules.shown_course(chat, course_id, rules.OTHERS), draws.find(chat.tx, course_id)
    if promised is None:
        raise Refused("courses.unknown", rules.OTHERS)
    links = [chat.button("course", f"courses/{course_id}")]
    data: dict[str, Any] = {
        "title": course.title,
        "hash": protocol.seed_hash(promised),
        "closes": chat.moment(course.apply_end),
        "applications": promised.applications_hash,
        "name": chat.organization.called(promised.public_name or "", chat.language),
    }
    data["how"] = chat.text("draw.with_value" if promised.public_name else "draw.alone", **data)
    if promised.applications is None:
        return chat.page("draw.promised", links=links, **data)
    written = protocol.of_course(chat.tx, course_id, chat.organization.timezone)
    file = File(f"{course.code}-draw.csv", "text/csv", written.encode("utf-8-sig"))
    if promised.drawn_at:
        key = protocol.key(promised)
        return chat.page("draw.drawn", links=links, file=file, made_of=key, value=promised.public_value or "-", **data)
    when = chat.moment(promised.public_at) if promised.public_at else ""
    return chat.page("draw.fixed", links=links, file=file, when=when, **data)
