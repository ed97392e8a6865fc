"""Questions that officers answer often: the answer that fits what is said, with its source and date, or all of them."""

from collections.abc import Sequence
from functools import lru_cache

from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.reply import Button, Reply
from handlers.dialogue.router import router
from handlers.residents import offered
from handlers.search import words as search_words
from handlers.search.index import Entry, Index
from handlers.search.questions import Asked, Questions
from storage.dialogue import common_questions
from storage.dialogue.common_questions import CommonQuestion
from storage.teaching.courses import Offered

SIZE = 6  # questions on one screen
NEAR = 3  # questions that may have been meant as well
_A_FEW = 2  # words, of which one may be misspelt

Known = tuple[CommonQuestion, ...]


@router.view(
    "questions", "자주 묻는 질문", "자주 하는 질문", "질문", "질문 목록", "faq", "/faq", "questions", "common questions"
)
@router.view("questions/list/{page}")
def list_questions(chat: Chat, page: int = 0) -> Reply:
    known = common_questions.shown(chat.tx)
    here = known[page * SIZE : (page + 1) * SIZE]
    if not here:
        return chat.page("questions.none", chat.button("contact", "contact"))
    turns = chat.turns("questions/list", page, len(known) > (page + 1) * SIZE, "questions")
    return chat.page("questions.list", *_buttons(chat, here), links=[*turns, chat.button("contact", "contact")])


@router.view("questions/{question_id}")
def show_answer(chat: Chat, question_id: int) -> Reply:
    found = common_questions.find_shown(chat.tx, question_id)
    if found is None:
        raise Refused("questions.gone", ("questions", "questions"), ("contact", "contact"))
    return _answer(chat, found, ())


def answer_to(chat: Chat, text: str) -> Reply | None:
    """The answer to what is surely asked; nothing that isn't written there is ever answered."""
    found = _surely_asked(chat, text)
    return _answer(chat, found[0], found[1 : NEAR + 1]) if found else None


def told(chat: Chat, text: str) -> str:
    """The same in words alone; "" for None."""
    found = _surely_asked(chat, text)
    return _said(chat, found[0]) if found else ""


def _surely_asked(chat: Chat, text: str) -> list[CommonQuestion]:
    """The question, and after it those that may have been meant as well."""
    known = common_questions.shown(chat.tx)
    found = _tables(known).questions.find(text, _words_of(offered.before(chat)))
    return _with_ids(known, found.ids) if found.sure else []


def perhaps_asked(chat: Chat, text: str) -> Reply | None:
    """The questions that may have been meant, told as a question; None where none is near."""
    known = common_questions.shown(chat.tx)
    tables = _tables(known)
    ids = tables.questions.find(text).ids
    if not ids and len(search_words.of_query(text)) <= _A_FEW:
        ids = tables.index.find(text).ids
    if not ids:
        return None
    buttons, not_it = _buttons(chat, _with_ids(known, ids)[:NEAR]), chat.button("not_it", "asked/no")
    return chat.page("questions.perhaps", *buttons, chat.button("contact", "contact"), links=[not_it])


def _answer(chat: Chat, asked: CommonQuestion, near: Sequence[CommonQuestion]) -> Reply:
    buttons = (*_buttons(chat, near), chat.button("contact", "contact"))
    links = (chat.button("questions", "questions"), chat.button("menu", "menu"))
    return Reply(_said(chat, asked), buttons=buttons, links=links)


def _said(chat: Chat, asked: CommonQuestion) -> str:
    """With its source and date."""
    told = chat.text(
        "questions.answer",
        question=asked.asked_in(chat.language),
        answer=asked.answered_in(chat.language),
        source=asked.source,
        day=chat.day(asked.as_of),
    )
    doubt = f"\n{chat.text('questions.old')}" if asked.is_old(chat.today) else ""
    return f"{told}{doubt}"


def _buttons(chat: Chat, questions: Sequence[CommonQuestion]) -> list[Button]:
    return [Button(each.asked_in(chat.language), f"questions/{each.id}") for each in questions]


def _with_ids(known: Known, ids: Sequence[int]) -> list[CommonQuestion]:
    """In the order of the ids."""
    by_id = {each.id: each for each in known}
    return [by_id[each] for each in ids]


class _Tables:
    def __init__(self, known: Known) -> None:
        self.questions = Questions(Asked(each.id, _wordings(each), f"{each.answer} {each.answer_en}") for each in known)
        self.index = Index(Entry(each.id, each.question, _wordings(each)[1:]) for each in known)


@lru_cache(maxsize=2)
def _tables(known: Known) -> _Tables:
    """Built anew when any question changes, as the rows themselves are the key."""
    return _Tables(known)


def _wordings(each: CommonQuestion) -> tuple[str, ...]:
    return each.question, *each.wordings, each.question_en, *each.wordings_en


@lru_cache(maxsize=2)
def _words_of(offered: tuple[Offered, ...]) -> frozenset[str]:
    """By which courses are named: who says one asks about that course."""
    phrases = (phrase for row in offered for phrase in (row.title, row.title_en, row.certificate, *row.keywords))
    words = (word.lower() for phrase in phrases for word in search_words.words(phrase))
    return frozenset(word for word in words if len(word) > 1 and not search_words.says_nothing(word))
