"""What is said of one's own classes: how many were missed, and that one can't come, which is asked about first."""

import re

from handlers.dialogue import on_behalf
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Reply
from handlers.language.days.away import read
from handlers.language.letters.spelling import normalise
from handlers.residents.attending import absences
from handlers.residents.attending import mine as attended

_HOW_OFTEN = re.compile(
    r"몇\s*(?:번|회|일|날)(?:이나|을|도)?\s*(?:빠졌|빠진|결석했|결석한|결석이|지각했|출석했|나왔|나갔|안\s*나|안\s*갔|못\s*갔|갔)"
    r"|(?:결석|지각)(?:을|은|이|한\s*게)?\s*(?:횟수|몇|며칠|얼마나)"
    r"|(?:내|제|나의|저의|지금|현재)\s*출석|출석[률율]?(?:이|은|을|좀|\s)*(?:몇|얼마|어떻게|확인|알려|보여|궁금|조회)"
    r"|몇\s*번(?:을|이나)?\s*(?:더\s*)?(?:빠질|빠져도|결석해도|결석할)\s*(?:수|되|돼|괜)"
    r"|(?:나|저|내가|제가|지금)(?:는|도)?\s*수료\s*(?:할\s*수|가능|되|될|돼|하)"
    r"|how (?:many|often)[a-z ]* (?:i|i've) (?:been )?(?:miss|absent|attend)"
    r"|how many[a-z ]*(?:did|have) i (?:miss|attend)"
    r"|my attendance|attendance (?:rate|percent)|(?:can|could|will) i (?:still )?(?:complete|finish|pass)"
    r"|how many (?:more )?(?:classes|times)[a-z ]* can (?:i|be) (?:still )?(?:miss|absent)"
)
KINDS = ("absence", "cancel")  # of request, in which a class may be meant
_LATE = re.compile(r"늦|지각|조퇴|일찍|중간에|\blate\b|early")
_CANNOT = re.compile(
    r"[못몬]\s*(?:가|갈|나가|나갈|와|올|오|간|감|갑)|안\s*가|빠질|빠져야|빠지겠|빠집|빼먹|결석(?:할|합|해야|하겠|이에|예정)"
    r"|(?:can.?t|cannot|can not|won.?t|not able to|will not|unable to)[a-z ]*\b(?:come|go|attend|make|be there)"
    r"|(?:will|must|have to|going to|i'll) (?:miss|be absent|skip)"
)
_IF = re.compile(rf"(?:{_CANNOT.pattern})[가-힣]{{0,2}}면")
_PLAINLY = re.compile(rf"(?:{_CANNOT.pattern})[가-힣]{{0,6}}[\s.!~ㅠㅜ]*$")  # the sentence says no more than that
_SEEKS = re.compile(r"강좌|과정|배우|배울|신청|일자리|course|apply|register|job")


def answer(chat: Chat, text: str, kind: str) -> Reply | None:
    """None for what says neither, and for whom has no seat; `kind` is the likeliest kind of request."""
    said = normalise(text)
    if _HOW_OFTEN.search(said):
        return attended.show_all(chat) if _attends(chat) else None
    is_meant = kind in KINDS or (_PLAINLY.search(said) and not _SEEKS.search(said))
    if not is_meant or not _CANNOT.search(said) or _LATE.search(said):
        return None
    if away := read(text, chat.today):
        return absences.of_days(chat, away)
    return absences.choose(chat) if kind == "absence" and not _IF.search(said) else None


def _attends(chat: Chat) -> bool:
    return any(attended.attending(each) for each in on_behalf.everybody(chat))
