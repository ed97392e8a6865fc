"""Telling a friend: the address of a course to send on, which says that a friend brought them."""

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.residents.courses.card import starts_line
from handlers.residents.people import rules


def way(chat: Chat, course_id: int) -> Button:
    return chat.button("share", f"courses/{course_id}/share")


@router.view("courses/{course_id}/share")
def share_course(chat: Chat, course_id: int) -> Reply:
    """By the web, as everybody has that; what goes along tells nothing of who sends it."""
    course = rules.shown_course(chat, course_id, rules.OTHERS)
    url = f"{chat.organization.public_url}/?start=c{course.id}-from-friend"
    lines = (starts_line(chat, course), course.venue)
    send = Button(chat.text("labels.share_now"), url=url, shared_text=f"{course.title}\n{lines[0]}")
    links = [chat.button("course", f"courses/{course.id}")]
    return chat.page("courses.share", send, cards=[Card(course.title, lines)], links=links, url=url)
