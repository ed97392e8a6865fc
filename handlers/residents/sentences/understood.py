"""What a sentence that is no command leads to: a screen that answers, or that asks what was meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.dialogue.screen import shown_last
from handlers.dialogue.typed import otherwise
from handlers.language.days.times import near_day
from handlers.residents import common_questions
from handlers.residents.attending import absences
from handlers.residents.courses import catalogue, finding
from handlers.residents.courses.card import list_card
from handlers.residents.courses.catalogue import Catalogue
from handlers.residents.courses.discovering import list_open, show_course
from handlers.residents.courses.questions import TOPICS
from handlers.residents.people import others
from handlers.residents.sentences import asked, attending, leading
from handlers.residents.work.jobs import search_jobs
from handlers.search.mentions import Named
from handlers.search.subjects import asks_for_one, may_be_course, names_one
from handlers.search.words import of_query, says_nothing
from handlers.understanding import wish as wishes
from handlers.understanding.meaning import SEEK, Meaning, understand
from handlers.understanding.meaning import heard as words_in
from handlers.understanding.wish import Wish
from storage.teaching import courses

FOUND = 8  # search results on one screen
LONGEST = 200  # signs that are read: patterns take the longer, the longer a text is
CERTAIN = 2.0  # a lead
LIKELY = 0.1  # a meaning that leads by less is one of three to choose from
_A_FEW = 2  # words
_OF_COMPLETION = re.compile(r"(?:수료|이수)\s*증|certificate of completion", re.I)
_LATIN = re.compile("[A-Za-z]+")


@dataclass(frozen=True)
class Heard:
    """A sentence with what it may mean, the wish for a course in it, and the courses that it names."""

    text: str
    meaning: Meaning
    wish: Wish
    named: Named
    shown: int  # the course on the screen, or 0

    @property
    def course(self) -> int:
        """The one course that can be meant, or 0."""
        return self.named.ids[0] if len(self.named.ids) == 1 else 0 if self.named.ids else self.shown


def is_of_its_own(chat: Chat, text: str) -> bool:
    """Whether a text surely means something, also where a question waits for an answer."""
    known = catalogue.before(chat)
    heard = _hear(chat, text, known)
    is_sure = bool(heard.meaning.heard) and heard.meaning.kind != "nothing" and heard.meaning.is_sure
    return is_sure or bool(heard.named.ids or known.found(text, 1).ids or common_questions.answer_to(chat, text))


@otherwise(is_of_its_own)
def answer(chat: Chat, text: str) -> Reply:
    known = catalogue.before(chat)
    heard = _hear(chat, text, known)
    if found := attending.answer(chat, heard.text, heard.meaning.kind):
        return found
    if found := _asked_often(chat, heard):
        return found
    is_learnt = _is_learnt(heard)
    if not (heard.meaning.heard or is_learnt) and len(text.split()) <= _A_FEW and (found := _found(chat, text, known)):
        return found
    if _is_taken(heard):
        return show_course(chat, heard.shown)
    is_told = is_learnt or heard.named.ids or heard.wish.parts or heard.meaning.heard - {"elsewhere"}
    if not is_told and len(text.split()) == 1 and may_be_course(text):
        return _unfound(chat, heard, known)
    if "job" in heard.meaning.heard and (found := search_jobs(chat, text)) and found.cards:
        return found
    is_likely = heard.meaning.lead >= LIKELY if heard.meaning.heard else heard.meaning.is_sure
    if not is_likely and not heard.named.ids:
        return _search(chat, heard, known)
    reply = _seek(chat, heard, known) if heard.meaning.kind == SEEK else _lead(chat, heard, known)
    return reply if heard.meaning.is_sure else leading.doubted(chat, reply, heard.meaning)


def _is_learnt(heard: Heard) -> bool:
    """Whether English words are no subject, though none that is listened for is among them: subscribe, drop it."""
    is_english = bool(_LATIN.search(heard.text)) and heard.text.isascii()
    return is_english and heard.meaning.lead >= CERTAIN and heard.meaning.kind not in (SEEK, "nothing")


def _is_taken(heard: Heard) -> bool:
    """Whether somebody wants the course on the screen, and none of another name: 이걸로 할게요, 등록해 주세요."""
    is_said = {"take_this", "apply_now"} & heard.meaning.heard
    is_likely = heard.meaning.kind in (SEEK, "apply_how", "nothing") or not heard.meaning.is_sure
    is_other = heard.named.ids or heard.wish.parts or names_one(heard.text)
    return bool(heard.shown and is_said and is_likely and not is_other)


def _asked_often(chat: Chat, heard: Heard) -> Reply | None:
    """What officers answer often, unless rows tell it better: of the course that can be meant, or of one's own.

    Where rows say little, the questions that may have been meant are asked back.
    """
    topic = heard.meaning.kind
    if topic not in TOPICS:
        return common_questions.answer_to(chat, heard.text)
    taken = [mine.course.id for mine in asked.live(chat)]
    meant = [heard.course] if heard.course else taken
    is_told = (topic == "place_in_line" and taken) or any(asked.tells(chat, each, topic) for each in meant)
    if is_told and heard.meaning.is_sure:
        return None
    is_open = topic in asked.SAID_OF_ALL and not (heard.course or heard.named.ids)
    found = common_questions.answer_to(chat, heard.text)
    return found or (common_questions.perhaps_asked(chat, heard.text) if is_open else None)


def _hear(chat: Chat, text: str, known: Catalogue) -> Heard:
    """Reads the sentence, up to what nobody says in one, with what is known of the moment."""
    text = text[:LONGEST]
    named = known.named_in(text)
    wish = wishes.read(text, chat.today, _places(chat))
    shown = _on_screen(chat)
    # Who has a course on the screen may ask whether it ends in a certificate; who takes one, when its classes are.
    wished = [
        part for part in wish.parts if not (shown and part == "has_certificate") and not _is_of_own_class(chat, text)
    ]
    taken = named.ids and set(named.ids) <= {mine.course.id for mine in asked.live(chat)}
    moment = {"named": named.ids, "taken": taken, "shown": shown, "wish": wished}
    known_of_it = [name for name, is_so in moment.items() if is_so]
    meaning = understand(text, known_of_it, chat.organization.by_meaning)
    return Heard(text, meaning, wish, named, shown)


def _is_of_own_class(chat: Chat, text: str) -> bool:
    return "class_on_day" in words_in(text) and bool(asked.live(chat))


def _on_screen(chat: Chat) -> int:
    course_id, enrollment_id = asked.on_screen(shown_last(chat))
    if course_id or not enrollment_id:
        return course_id
    return next((mine.course.id for mine in asked.live(chat) if mine.enrollment.id == enrollment_id), 0)


def _lead(chat: Chat, heard: Heard, known: Catalogue) -> Reply:
    kind = heard.meaning.kind
    if kind in TOPICS:
        return _tell(chat, heard, known)
    if kind == "cancel" and _is_wanted(heard.meaning):
        one_or_all = "cancel_wanted" not in heard.meaning.heard and absences.only_this_or_the_seat(chat, heard.course)
        return one_or_all or asked.ask_to_cancel(chat, heard.course)
    is_of_course = kind == "apply_how" or (kind == "news" and _opens_later(chat, heard.course))
    if is_of_course and heard.course:
        return show_course(chat, heard.course)
    if kind == "for_other" and heard.course:
        return others.ask_whose(chat, "enroll", heard.course)
    if kind == "job":
        return _jobs(chat, heard.text)
    return leading.say(chat, kind) if kind in leading.SAID else leading.go(chat, leading.PATHS[kind])


def _opens_later(chat: Chat, course_id: int) -> bool:
    """Whether its card offers to tell once it can be registered for."""
    known = courses.with_ids(chat.tx, [course_id] if course_id else [])
    return any(each.status(chat.now, chat.today) not in ("open", "waitlist") for each in known)


def _is_wanted(meaning: Meaning) -> bool:
    """Whether to ask at once if a seat is to be given up: who only speaks of it sees their registrations."""
    is_said = {"cancel_wanted", "cannot_come"} & meaning.heard
    return bool(is_said) and not {"not_so", "if", "negated", "other_acts"} & meaning.heard


def _tell(chat: Chat, heard: Heard, known: Catalogue) -> Reply:
    """Of the course that is named, else of that on the screen, else of one's own; else it is asked which."""
    topic, ids = heard.meaning.kind, heard.named.ids
    day = near_day(heard.text, chat.today)
    if topic == "when" and day and not ids and asked.live(chat):
        return asked.answer_for_day(chat, day)
    if heard.course:
        return asked.answer_of_holder(chat, topic, heard.course)
    if ids:
        return asked.ask_which(chat, topic, courses.with_ids(chat.tx, ids))
    if topic == "certificate" and _OF_COMPLETION.search(heard.text) and asked.has_completed(chat):
        return leading.go(chat, "mine")
    if names_one(heard.text):
        return _unfound(chat, heard, known)
    return asked.answer_topic(chat, topic)


def _seek(chat: Chat, heard: Heard, known: Catalogue) -> Reply:
    ids = _meant(chat, heard, known)
    if heard.wish.parts and (found := finding.find(chat, known.offered, heard.wish, ids)):
        return found if ids or not _is_more_said(chat, heard.text) else _perhaps(chat, heard, found)
    if len(ids) == 1:
        return show_course(chat, ids[0])
    if ids:
        return _listed(chat, "courses.found", ids)
    return search_jobs(chat, heard.text) or _search(chat, heard, known)


def _meant(chat: Chat, heard: Heard, known: Catalogue) -> Sequence[int]:
    """The courses that are named, but those that somebody takes already and names beside what they look for."""
    ids = heard.named.ids
    if not ids and heard.wish.parts:
        found = known.found(heard.text, FOUND)
        return found.ids if found.sure or set(heard.wish.parts) == {"has_certificate"} else ()
    others = heard.named.without({mine.course.id for mine in asked.live(chat)})
    return others.ids or (() if heard.wish.parts else ids)


def _search(chat: Chat, heard: Heard, known: Catalogue) -> Reply:
    if found := _found(chat, heard.text, known):
        return found
    is_sought = heard.meaning.kind == SEEK and {"class", "learn", "want"} & heard.meaning.heard
    if is_sought and heard.meaning.lead >= LIKELY and not asks_for_one(heard.text):
        return _perhaps(chat, heard, list_open(chat)) if _is_more_said(chat, heard.text) else list_open(chat)
    return common_questions.perhaps_asked(chat, heard.text) or _unfound(chat, heard, known)


def _unfound(chat: Chat, heard: Heard, known: Catalogue) -> Reply:
    """It is asked back what was meant, or whether it was one of the courses that come near."""
    asked_back = replace(leading.ask_back(chat, heard.meaning, heard.text), unfound=heard.text)
    near = known.near(heard.text) if chat.organization.by_meaning else ()
    if not near:
        return asked_back
    cards = tuple(list_card(chat, course) for course in courses.with_ids(chat.tx, near))
    perhaps = replace(asked_back, text=chat.text("finding.perhaps"), cards=cards)
    return perhaps.with_links(chat.button("not_it", "asked/no"))


def _found(chat: Chat, text: str, known: Catalogue) -> Reply | None:
    """The courses of a few words, loosely spelt; in a whole English sentence some word is like a title's by chance."""
    found = known.found(text, FOUND)
    if not found.sure and len(_LATIN.findall(text)) > _A_FEW + 1:
        return None
    if found.sure and len(found.ids) == 1:
        return show_course(chat, found.ids[0])
    key = "courses.found" if found.sure else "courses.perhaps"
    return _listed(chat, key, found.ids, found.word) if found.ids else None


def _is_more_said(chat: Chat, text: str) -> bool:
    """Whether a wish has words that may say what is to be learnt, though we know no course by them."""
    return not all(map(says_nothing, of_query(wishes.without(text, _places(chat)))))


def _perhaps(chat: Chat, heard: Heard, found: Reply) -> Reply:
    asks, unfound = chat.text("finding.perhaps"), wishes.without(heard.text, _places(chat))
    reply = replace(found, text=f"{asks}\n{found.text}", unfound=unfound)
    return reply.with_links(chat.button("not_it", "asked/no"))


def _listed(chat: Chat, key: str, ids: Sequence[int], word: str = "") -> Reply:
    cards = [list_card(chat, course) for course in courses.with_ids(chat.tx, ids[:FOUND])]
    doubt = [chat.button("not_it", "asked/no")] if key == "courses.perhaps" else []
    return chat.page(key, cards=cards, links=[*doubt, chat.button("courses", "courses")], word=word, count=len(cards))


def _jobs(chat: Chat, text: str) -> Reply:
    """Those that are named; a longer sentence that names none we know asks for any."""
    found = search_jobs(chat, text)
    return found if found and (found.cards or len(text.split()) <= _A_FEW) else leading.go(chat, "jobs")


def _places(chat: Chat) -> dict[str, str]:
    here = chat.organization
    return _called(tuple((dong, here.called(dong, "en")) for dong in here.dongs))


@cache
def _called(dongs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The dongs as people name them, in English too, the longest first, with what stands in venues: 을지로동."""
    called = {english.lower(): dong for dong, english in dongs} | {dong: dong for dong, _ in dongs}
    short = {re.sub("-?dong$|동$", "", name): dong.removesuffix("동") for name, dong in called.items()}
    names = {re.sub(r"[\s-]", "", name): place for name, place in {**called, **short}.items() if len(name) > 1}
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}
