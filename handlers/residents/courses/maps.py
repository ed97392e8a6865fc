"""Where a course is, as a link to a map."""

import re
from urllib.parse import quote

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button
from storage.teaching.course import Course

_ONLINE = re.compile("온라인|비대면|zoom", re.IGNORECASE)
_WITHIN = re.compile(r"\([^)]*\)|(?:지하\s*)?\d+\s*층.*")  # what maps don't know: remarks, and the floor with its room


def ways(chat: Chat, course: Course) -> list[Button]:
    """A button to the map; none where nobody has to go anywhere."""
    url = _url(chat.organization.map_url, course.map or course.venue)
    return [Button(chat.text("labels.map"), url=url)] if url else []


def _url(template: str, place: str) -> str:
    """Officers' own link, or a search for the place by its words."""
    if place.startswith("https://"):
        return place
    words = _WITHIN.sub("", place).strip()
    return template.replace("{query}", quote(words, safe="")) if words and not _ONLINE.search(place) else ""
