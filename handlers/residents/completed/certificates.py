"""Certificates in the chat: the same one again whenever it is asked for, as long as it is kept."""

from datetime import timedelta

from handlers.dialogue import on_behalf, once
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, File, Reply
from handlers.dialogue.router import router
from handlers.residents.completed import printed
from handlers.residents.people import rules
from storage.completion import certificates
from storage.completion.certificates import Certificate
from storage.seating import enrollments
from storage.seating.enrollments import Enrollment
from storage.teaching import courses

PURPOSE = "certificate"
GOOD_FOR = timedelta(hours=24)
MINE = ("mine", "mine")


@router.view(
    "certificates", "수료증", "수료증 받기", "수료증 주세요", "수료증 다시 받기", "certificate of completion",
    "my certificate", "my certificates",
)  # fmt: skip
def list_certificates(chat: Chat) -> Reply:
    """Of everybody of the chat, a button for each course that was completed."""
    buttons = [each for theirs in on_behalf.everybody(chat) for each in _buttons(theirs)]
    return chat.page("certificate.which" if buttons else "certificate.none", *buttons, links=[chat.button(*MINE)])


def _buttons(chat: Chat) -> list[Button]:
    mine = [each for each in enrollments.of_resident(chat.tx, chat.resident.id) if each.state == "completed"]
    titles = {each.id: each.in_(chat.language).title for each in courses.with_ids(chat.tx, [m.course_id for m in mine])}
    paths = ((each, on_behalf.path_for(chat, f"mine/{each.id}/certificate")) for each in mine)
    return [Button(titles[each.course_id], path) for each, path in paths]


@router.act("mine/{enrollment_id}/certificate")
def hand_over(chat: Chat, enrollment_id: int) -> Reply:
    """As a file, or where the chat takes none by a link that is good once."""
    mine = chat.own(enrollments.find(chat.tx, enrollment_id), "mine.unknown", MINE)
    title = courses.get(chat.tx, mine.course_id, chat.language).title
    found = _find(chat, mine, title)
    links = [chat.button("my_enrollment", f"mine/{enrollment_id}")]
    if chat.traits.takes_files and not chat.traits.asks_on_page:
        file = printed.file(chat.organization, found)
        return chat.page("certificate.file", links=links, file=file, title=title, number=found.number)
    url = once.link(chat, PURPOSE, str(enrollment_id))
    button = Button(chat.text("labels.certificate_open"), url=url)
    return chat.page("certificate.link", button, links=links, title=title)


@once.opens(PURPOSE, lasts=GOOD_FOR)
def give(chat: Chat, subject: str) -> Reply:
    mine = chat.own(enrollments.find(chat.tx, int(subject)), "mine.unknown")
    return chat.reply("certificate.given", file=_file(chat, mine))


def _file(chat: Chat, mine: Enrollment) -> File:
    title = courses.get(chat.tx, mine.course_id, chat.language).title
    return printed.file(chat.organization, _find(chat, mine, title))


def _find(chat: Chat, mine: Enrollment, title: str) -> Certificate:
    """The one that is valid. Refused where there is none, in words that say why."""
    this = ("my_enrollment", f"mine/{mine.id}")
    if mine.state != "completed":
        raise Refused("certificate.not_completed", this, title=title)
    found = certificates.valid_of(chat.tx, [mine.id]).get(mine.id)
    if found is None:
        was_revoked = mine.id not in certificates.to_issue(chat.tx, mine.course_id)
        raise Refused("certificate.revoked" if was_revoked else "certificate.not_issued", this, rules.ASK, title=title)
    if not found.name:
        raise Refused("certificate.revoked", this, rules.ASK, title=title)
    return found
