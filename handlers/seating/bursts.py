"""Applications that come faster than people read: many of them at one place keep their turn until an officer looks."""

from datetime import timedelta

from handlers.dialogue.chat import Chat
from storage.dialogue import inbox
from storage.keys import sealing
from storage.seating import bursts
from storage.teaching.course import Course

STEP = timedelta(seconds=1)  # nobody reads a question and answers it in less
WITHIN = timedelta(hours=1)
UNSEEN = 3  # so many hasty ones count all the same: what a single one takes isn't worth anybody's doubt
CROWD = 100  # at one course; a class of 60 shares one address, and so do customers of one carrier


def source(chat: Chat) -> str | None:
    """Where it comes from, so that nobody finds the address by it, nor the same place on another day."""
    return sealing.of(chat.tx).digest("source", chat.source, f"{chat.today}")[:16] if chat.source else None


def needs_a_look(chat: Chat, course: Course) -> bool:
    """Whether an officer has to look at an application before it counts."""
    here = source(chat)
    if here is None:
        return False
    came = bursts.count_from(chat.tx, here, chat.now - WITHIN)
    if came.get(course.id, 0) >= CROWD:
        return True
    return sum(came.values()) >= UNSEEN and _is_hasty(chat, course)


def _is_hasty(chat: Chat, course: Course) -> bool:
    said, began = inbox.said_in_form(chat.tx, chat.channel, chat.address, f"enroll/{course.id}")
    return began is None or chat.now - began < said * STEP
