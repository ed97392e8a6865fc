"""Job postings: browsing and searching them, the card of one, keeping it or not wanting to see it."""

import re
from collections.abc import Sequence
from typing import Any

from handlers.dialogue import texts
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.router import router
from handlers.language.letters.spelling import compact
from handlers.language.phrases import squeeze
from handlers.postings import matching
from handlers.postings.matching import Learnt, Wish
from handlers.postings.reading import categories, regions
from handlers.postings.reading.english import in_english
from handlers.postings.reading.words import LONGER
from handlers.search import english
from handlers.search.words import says_nothing
from storage.jobs import postings, wishes
from storage.jobs.posting import Posting
from storage.teaching.news import DAYPARTS

SIZE = 5  # postings on one screen
JOB_WORDS = ("아르바이트", "채용정보", "채용공고", "일자리", "채용", "구인", "알바", "jobs")  # longer ones first


@router.view(
    "jobs", "일자리", "일자리 보기", "일자리 찾기", "채용", "채용정보", "채용 정보", "채용공고", "구인", "알바",
    "아르바이트", "취업", "/jobs", "jobs", "job", "work",
)  # fmt: skip
@router.view("jobs/all/{page}")
def list_jobs(chat: Chat, page: int = 0) -> Reply:
    found = postings.open_now(chat.tx, chat.today, page * SIZE, SIZE + 1)
    return _listed(chat, "all", found, "jobs/all", page)


@router.view("jobs/here/{page}")
def list_here(chat: Chat, page: int) -> Reply:
    found = postings.open_now(chat.tx, chat.today, page * SIZE, SIZE + 1, region=home(chat))
    return _listed(chat, "here", found, "jobs/here", page)


@router.view("jobs/fields")
def list_fields(chat: Chat) -> Reply:
    buttons = (
        Button(categories.in_(chat.language, name), f"jobs/field/{categories.code_of(name)}/0")
        for name in categories.names()
    )
    return chat.page("jobs.fields", *buttons, links=_links(chat))


@router.view("jobs/field/{code}/{page}")
def list_field(chat: Chat, code: str, page: int) -> Reply:
    name = field_of(code)
    found = postings.open_now(chat.tx, chat.today, page * SIZE, SIZE + 1, category=name)
    return _listed(chat, "field", found, f"jobs/field/{code}", page, field=categories.in_(chat.language, name))


@router.view("jobs/saved", "저장한 일자리", "저장한 채용")
def list_saved(chat: Chat) -> Reply:
    found = postings.with_ids(chat.tx, wishes.saved(chat.tx, chat.resident.id))
    if not found:
        return chat.page("jobs.none_saved", links=_links(chat))
    return chat.page("jobs.saved", cards=[list_card(chat, each) for each in found[: 2 * SIZE]], links=_links(chat))


@router.view("jobs/{posting_id}")
def show_job(chat: Chat, posting_id: int) -> Reply:
    posting = _known(chat, posting_id)
    key = "jobs.card" if posting.is_open(chat.today) else "jobs.over"
    lines = [posting.description] if posting.description else []
    if matching.must_check(posting):
        lines.append(chat.text("jobs.must_check"))
    card = Card(posting.title, tuple(lines), _facts(chat, posting))
    return chat.page(
        key, *_next_steps(chat, posting), cards=[card], links=_links(chat), why=why(chat, posting, wish_of(chat))
    )


@router.act("jobs/{posting_id}/save")
def save_job(chat: Chat, posting_id: int) -> Reply:
    wishes.save(chat.tx, chat.resident.id, _known(chat, posting_id).id, chat.now)
    saved, undo = chat.button("saved_jobs", "jobs/saved"), chat.button("unsave_job", f"jobs/{posting_id}/unsave")
    return chat.page("jobs.kept", saved, undo, links=_links(chat))


@router.act("jobs/{posting_id}/unsave")
def unsave_job(chat: Chat, posting_id: int) -> Reply:
    wishes.drop_saved(chat.tx, chat.resident.id, posting_id)
    return list_saved(chat)


@router.act("jobs/{posting_id}/dismiss")
def dismiss_job(chat: Chat, posting_id: int) -> Reply:
    posting = _known(chat, posting_id)
    wishes.dismiss(chat.tx, chat.resident.id, posting.id)
    wishes.drop_saved(chat.tx, chat.resident.id, posting.id)
    return chat.page("jobs.dismissed", chat.button("jobs", "jobs"), links=_links(chat), title=posting.title)


def search_jobs(chat: Chat, text: str) -> Reply | None:
    """What "바리스타 일자리" asks for; None when no word in it is of jobs."""
    said = squeeze(text)
    word = next((word for word in JOB_WORDS if word in said), "job" if said.endswith("job") else None)
    if word is None:
        return None
    parts = re.split(rf"(?i:{word})|\s", _without_request(text))
    wanted = [compact(part) for part in parts if compact(part) and not (part.isascii() and says_nothing(part))]
    found = postings.search(chat.tx, chat.today, english.in_korean(wanted), 0, SIZE, LONGER) if wanted else []
    found = _wanted(chat, found)
    if not found:
        return chat.page(
            "jobs.not_found", chat.button("jobs", "jobs"), links=_links(chat), word=" ".join(wanted) or word
        )
    return chat.page(
        "jobs.found", cards=[list_card(chat, each) for each in found], links=_links(chat), word=" ".join(wanted)
    )


def _without_request(text: str) -> str:
    """Up to the words of asking: "바리스타 알바 찾아줘" is "바리스타 알바"."""
    letters = len(squeeze(text))
    ends = (end for end in range(len(text)) if len(compact(text[:end])) >= letters)
    return text[: next(ends, len(text))]


# --- what lists and digests have in common ---


def home(chat: Chat) -> str:
    """The code of the organization's own district."""
    return regions.of(f"{regions.HOME} {chat.organization.district}").code


def field_of(code: str) -> str:
    name = categories.by_code(code, categories.names())
    if name is None:
        raise Refused("help.unknown_button")
    return name


def wish_of(chat: Chat) -> Wish:
    known = wishes.known(chat.tx, chat.resident.id)
    dayparts = frozenset(daypart for daypart, topic in DAYPARTS.items() if topic in known.topics)
    learnt = tuple(
        Learnt(title_en if chat.language == "en" and title_en else title, category, certificate)
        for title, category, certificate, title_en in known.completed
    )
    return Wish(known.fields, learnt, home(chat), dayparts)


def why(chat: Chat, posting: Posting, wish: Wish) -> str:
    """The reasons in one line; "" when there is none."""
    reasons = matching.reasons(posting, wish)
    return " · ".join(
        chat.text(f"jobs.because.{key}", word=categories.in_(chat.language, word)) for key, word in reasons
    )


def list_card(chat: Chat, posting: Posting, reason: str = "") -> Card:
    about = " · ".join(filter(None, (posting.company, _said(chat, posting.region), _said(chat, posting.salary))))
    lines = (about, closing(chat, posting), reason)
    return Card(posting.title, tuple(filter(None, lines)), button=Button(posting.title, f"jobs/{posting.id}"))


def closing(chat: Chat, posting: Posting) -> str:
    if posting.close_on is None:
        return chat.text("jobs.until_filled")
    key = "jobs.closes_or_filled" if posting.until_filled else "jobs.closes"
    return chat.text(key, day=chat.day(posting.close_on))


def source(chat: Chat, posting: Posting) -> str:
    key = f"jobs.source.{posting.source}"
    return (
        chat.text(key) if key in texts.catalogue(chat.language) else chat.organization.named_in(chat.language)["team"]
    )


def _known(chat: Chat, posting_id: int) -> Posting:
    posting = postings.find(chat.tx, posting_id)
    if posting is None:
        raise Refused("jobs.unknown", ("jobs", "jobs"))
    return posting


def _facts(chat: Chat, posting: Posting) -> tuple[tuple[str, str], ...]:
    career = chat.text(f"jobs.career.{posting.career}") if posting.career else ""
    openings = chat.text("jobs.people", count=posting.openings) if posting.openings else ""
    named = {
        "company": posting.company, "region": _said(chat, posting.region), "salary": _said(chat, posting.salary),
        "employment": _said(chat, posting.employment), "hours": _said(chat, posting.hours), "career": career,
        "education": _said(chat, posting.education), "certificate": posting.certificate,
        "benefits": _said(chat, posting.benefits), "openings": openings,
        "closing": closing(chat, posting), "source": source(chat, posting),
    }  # fmt: skip
    return chat.facts(named, "jobs")


def _said(chat: Chat, text: str) -> str:
    return in_english(text) if chat.language == "en" else text


def _next_steps(chat: Chat, posting: Posting) -> list[Button]:
    link = [Button(chat.text("labels.apply_at"), url=posting.url)] if posting.url else []
    is_saved = posting.id in wishes.saved(chat.tx, chat.resident.id)
    keep = (
        chat.button("unsave_job", f"jobs/{posting.id}/unsave")
        if is_saved
        else chat.button("save_job", f"jobs/{posting.id}/save")
    )
    return [*link, keep, chat.button("dismiss_job", f"jobs/{posting.id}/dismiss")]


def _wanted(chat: Chat, found: Sequence[Posting]) -> list[Posting]:
    return wishes.wanted(chat.tx, chat.resident.id, [each.id for each in found])


def _listed(chat: Chat, kind: str, found: Sequence[Posting], path: str, page: int, **data: Any) -> Reply:
    if not found and not page:
        return chat.page("jobs.none", links=_links(chat))
    cards = [list_card(chat, each) for each in _wanted(chat, found[:SIZE])]
    turns = chat.turns(path, page, len(found) > SIZE, "jobs")
    return chat.page(f"jobs.list.{kind}", cards=cards, links=[*turns, *_links(chat)], **data)


def _links(chat: Chat) -> list[Button]:
    names = {
        "jobs": "jobs",
        "jobs_here": "jobs/here/0",
        "job_fields": "jobs/fields",
        "saved_jobs": "jobs/saved",
        "job_digest": "jobs/digest",
    }
    return [chat.button(name, path) for name, path in names.items()]
