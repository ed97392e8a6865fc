"""What is asked about a course in passing, answered from its card in a line."""

import re

from handlers.dialogue.chat import Chat
from handlers.residents import common_questions
from handlers.residents.courses.card import facts_by_name
from handlers.residents.people import personal
from handlers.understanding.meaning import understand
from storage.teaching.course import Course

# Of each topic that may be asked about: the facts that answer it.
TOPICS: dict[str, tuple[str, ...]] = {
    "when": ("next_class", "dates", "timetable", "first_class"),
    "where": ("venue", "directions"),
    "supplies": ("supplies",),
    "costs": ("costs", "payment"),
    "certificate": ("certificate", "completion"),
    "place_in_line": ("state",),
    "seats": ("status", "places"),
    "absence": ("completion", "contact"),
    "deadline": ("status", "apply"),
    "who_may": ("audience", "limit"),
    "instructor": ("instructor",),
    "parking": ("parking", "lift", "access", "directions", "contact"),
    "documents": ("contact",),
    "refund": ("payment", "contact"),
}
_ASKS_WHY = re.compile(
    r"왜.*(?:물어|묻|필요|적어|적으|알려|달라)|(?:어디|무엇|뭐)에?\s*(?:쓰|써)|why.*(?:ask|need|want)|what.*\bfor\b",
    re.I,
)


def answer(chat: Chat, course: Course, text: str) -> str:
    """A short answer, or "" where nothing is asked, or neither the course nor a common question says anything of it.

    Why something is asked is answered by what it is for.
    """
    meaning = understand(text, ("shown",))
    facts = facts_by_name(chat, course, course.status(chat.now, chat.today))
    names = TOPICS.get(meaning.kind, ()) if meaning.heard else ()
    told = chat.facts({name: facts.get(name, "") for name in names if name != "contact"})
    known = "\n".join(f"{label}: {value}" for label, value in told) or common_questions.told(chat, text)
    return known or (chat.text("ask.why") if _ASKS_WHY.search(text) else "")


def dong(chat: Chat, course: Course) -> str:
    """Where somebody lives, below who may come; that isn't said where everybody may."""
    asked = personal.asked(chat, "dong")
    if course.open_to == "anyone":
        return asked
    return f"{chat.text('ask.who_may_come', who=chat.text(f'open_to.{course.open_to}'))}\n{asked}"
