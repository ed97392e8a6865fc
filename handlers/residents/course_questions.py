"""What is asked about a course in passing, answered from its card in a line."""

import re

from handlers.dialogue.chat import Chat
from handlers.language.letters.spelling import compact
from handlers.residents.course_card import Facts, facts_by_name
from storage.course import Course

# The first that is asked about is answered.
_ABOUT = {
    "주차|차를?(?:가져|대)|parking": ("parking",),
    "엘리베이터|엘레베이터|승강기|휠체어|유모차|계단|경사로|문턱|장애인|elevator|lift|wheelchair|stroller|stairs": (
        "lift",
        "access",
    ),
    "얼마|비용|수강료|수업료|재료비|교재비|응시료|무료|돈|가격|cost|price|free|fee|howmuch": ("costs",),
    "준비물|챙기|챙겨|가져(?:가|오)|bring": ("supplies",),
    "자격증|수료증|수료|certificate": ("certificate", "completion"),
    "어디|장소|위치|오시는|가는길|찾아가|교실|강의실|몇층|where": ("venue", "directions"),
    "마감|접수|신청기간|언제까지|deadline": ("apply",),
    "언제|시간|요일|날짜|며칠|몇시|몇일|기간|몇번|몇회|시작|개강|when|time": ("dates", "timetable", "first_class"),
    "정원|몇명|대기|자리|경쟁|seat": ("seats",),
    "뽑|추첨|선착순|선발|chosen|draw": ("selection",),
    "대상|누가|누구|자격|나이|몇살|살아야|살아도|사는사람|사람도|주민|외국인|다른구|who": ("audience", "limit"),
    "선생|강사|teacher": ("instructor",),
    "문의|전화|연락처|phone|call": ("contact",),
}


def answer(chat: Chat, course: Course, text: str) -> str:
    """A short answer, or "" where the course says nothing of it."""
    said = compact(text)
    asked, names = next(((words, names) for words, names in _ABOUT.items() if re.search(words, said)), ("", ()))
    facts = facts_by_name(chat, course, course.status(chat.now, chat.today))
    told = chat.facts({name: facts[name] for name in names}) or _on_the_way(chat, course, asked)
    return "\n".join(f"{label}: {value}" for label, value in told)


def _on_the_way(chat: Chat, course: Course, asked: str) -> Facts:
    """The way to a course may say what has a column of its own that nobody filled in."""
    says_it = asked and re.search(asked, compact(course.directions))
    return chat.facts({"directions": course.directions}) if says_it else ()


def dong(chat: Chat, course: Course) -> str:
    """Where somebody lives, below who may come; that isn't said where everybody may."""
    if course.open_to == "anyone":
        return chat.text("ask.dong")
    return f"{chat.text('ask.who_may_come', who=chat.text(f'open_to.{course.open_to}'))}\n{chat.text('ask.dong')}"
