"""The digest of new postings: of which fields, how often, and ending it."""

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply, toggle
from handlers.dialogue.router import router
from handlers.postings.reading import categories
from handlers.residents.people import consents, news
from handlers.residents.work.jobs import field_of
from storage.jobs import wishes
from storage.seating import enrollments
from storage.teaching import courses


@router.view("jobs/digest", "일자리 소식", "맞춤 일자리", "채용 소식")
def show_digest(chat: Chat) -> Reply:
    chosen = wishes.fields(chat.tx, chat.resident.id)
    names = categories.names()
    buttons = (
        toggle(categories.in_(chat.language, name), f"jobs/digest/{categories.code_of(name)}", name in chosen)
        for name in names
    )
    named = ", ".join(categories.in_(chat.language, name) for name in names if name in chosen)
    wants = "some" if consents.holds(chat, "jobs") else "needs_consent"
    key = f"jobs.digest.{wants}" if named else "jobs.digest.none"
    return chat.page(key, *buttons, links=_links(chat, bool(chosen)), fields=named, how=_how(chat))


@router.act("jobs/digest/{code}/on")
def choose_field(chat: Chat, code: str) -> Reply:
    _subscribe(chat, field_of(code))
    return show_digest(chat)


@router.act("jobs/digest/{code}/off")
def drop_field(chat: Chat, code: str) -> Reply:
    wishes.drop_field(chat.tx, chat.resident.id, field_of(code))
    return show_digest(chat)


@router.act("jobs/digest/{how_often}")
def choose_rhythm(chat: Chat, how_often: str) -> Reply:
    if how_often not in wishes.RHYTHMS:
        raise Refused("help.unknown_button")
    wishes.choose_rhythm(chat.tx, chat.resident.id, how_often)
    return show_digest(chat)


@router.act("jobs/after/{course_id}")
def subscribe_after(chat: Chat, course_id: int) -> Reply:
    """Who completed a course hears of jobs in its field."""
    course = courses.find(chat.tx, course_id)
    mine = enrollments.of_resident(chat.tx, chat.resident.id)
    if course is None or not any(each.course_id == course_id and each.state == "completed" for each in mine):
        raise Refused("help.unknown_button")
    if course.category in categories.names():
        _subscribe(chat, course.category)
    return news.ask_news(chat, "jobs") if not consents.holds(chat, "jobs") else show_digest(chat)


def _subscribe(chat: Chat, category: str) -> None:
    wishes.choose_field(chat.tx, chat.resident.id, category)
    if wishes.rhythm(chat.tx, chat.resident.id) is None:
        wishes.choose_rhythm(chat.tx, chat.resident.id, "weekly")


def _how(chat: Chat) -> str:
    return chat.text(f"jobs.digest.{wishes.rhythm(chat.tx, chat.resident.id) or 'weekly'}")


def _links(chat: Chat, has_fields: bool) -> list[Button]:
    """What is missing for it to come, and the other rhythm."""
    if not has_fields:
        return []
    if not consents.holds(chat, "jobs"):
        return [chat.button("about_jobs", "news/jobs")]
    other = "daily" if wishes.rhythm(chat.tx, chat.resident.id) != "daily" else "weekly"
    return [chat.button(f"digest_{other}", f"jobs/digest/{other}"), chat.button("stop_news", "news/jobs/off")]
