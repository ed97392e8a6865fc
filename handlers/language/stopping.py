"""Ways to say that one wants no more messages: those that say it for sure, and those that may mean it."""

import re

from handlers.language.letters.spelling import compact

_LONGEST = 40
_ENDING = (
    "(?:하기|할(?:래|게|께)요?|하겠습니다|하고싶(?:어요?|습니다)|합니다|해요|함|하세요|해?(?:줘요?|주세요|주십시오|주시겠어요)"
    "|(?:신청|요청)(?:합니다|할[게께]요|해요|드려요)?|부탁(?:해요|합니다|드려요|드립니다)|바랍니다|원해요|원합니다|이?요|입니다)?"
)
# What the law calls it means nothing else, wherever it is said.
_LEGAL = f"(?:무료)?(?:(?:광고|문자|소식|알림|메[시세]지)(?:를|을)?)?수신을?(?:거부|차단){_ENDING}"
_SENT = "(?:광고|소식|문자|메[시세]지|카톡)(?:들)?(?:은|는|을|를|이|가|도|좀|만)?(?:이제|더이상|더|그만|다|좀)?"
_SEND_NO_MORE = "(?:그만(?:보내|받)|보내지(?:마|말|않))[가-힣]{0,8}"
_SURE = re.compile(
    f"{_LEGAL}|{_SENT}(?:거부|거절|차단|사절|중단|중지|정지|해지|해제|취소|철회|끊기|끄기|그만|받기그만|받기취소){_ENDING}"
    f"|(?:{_SENT}|(?:이제|앞으로|더이상|더|제발|좀)+)?{_SEND_NO_MORE}"
    f"|(?:소식|광고)?구독(?:을|를)?(?:취소|해지|중단|그만){_ENDING}"
    "|(?:please)?stop|스톱|unsubscribe|optout|opt-out"
)
_SENT_TO_ME = re.compile(
    "광고|소식|알림|문자|메[시세]지|카톡|배움톡|연락|홍보|푸시|수신|구독|스팸|messag|news|texts|notif|subscri"
)
_UNWANTED = re.compile(
    "거부|거절|차단|사절|중단|중지|정지|해지|해제|취소|철회|탈퇴|그만|끄[기고세]|끌[래게]|꺼|끊|싫|필요없|원하지않|원치않|멈춰|빼"
    "|안받|받지않|받지말|받고싶지|못받(?!았|은|아|나)|안보내|안주셔도|보내지|안오(?=게|도록|면|았으면|기)|오지[않마]|하지[마말]|stop|donot|don't|nomore|cancel|turnoff"
)
_WISHED_FOR = re.compile("(?:연락|알려|말해)(?:을|좀)?(?:줘|주[세시실]|드)")
_UNWANTED_ALONE = re.compile(
    "(?:이제|앞으로|더이상|더|저는|그냥|그만)*"
    f"(?:(?:안받|받지않|받기싫|받고싶지않|못받)[가-힣]{{1,6}}|(?:회원|서비스)?(?:을|를|에서)?(?:탈퇴|해지){_ENDING}"
    f"|(?:개인정보|정보|마케팅|제공|수집|이용|활용|에|대한)*동의를?(?:철회|취소|거부|해지){_ENDING}|optmeout|removeme)"
)
_OF_COURSES = re.compile("(?:강좌|수업|과정|강의|교육|신청|수강|예약|상담|자리)(?:을|를)?(?:취소[가-힣]*)?$")


def is_legal_word(text: str) -> bool:
    return bool(re.fullmatch(_LEGAL, compact(text)))


def is_surely_meant(text: str) -> bool:
    return bool(_SURE.fullmatch(compact(text)))


def may_be_meant(text: str) -> bool:
    """Whether to ask what is to be stopped; giving a seat back is something else."""
    said = compact(text)
    if len(said) > _LONGEST or _OF_COURSES.search(said) or _WISHED_FOR.search(said):
        return False
    return bool(_UNWANTED_ALONE.fullmatch(said) or (_SENT_TO_ME.search(said) and _UNWANTED.search(said)))
