"""Headers of columns as offices write them: what of them is compared, and columns of which nothing is read."""

import re
from functools import lru_cache

from handlers.language.letters.spelling import normalise

_NUMBERING = re.compile(r"^\(?\d{1,2}[.)] *")
_AROUND = re.compile(r"^[\s*※:•·-]+|[\s*※:•·]+$")
_REMARKS = (
    "명|인|원|세|시|분|시간|일|개|회|%|숫자|날짜|시각|필수|필수입력|필수항목|선택|선택사항|단위:?원|단위:?명|만"
    "|[년연]월일|[년연]-월-일|yyyy-?mm-?dd|hh:mm|24시간?|o[/,]?x|y[/,]?n|예[/,]아니[오요]|예:.*|국문|한글"
)
_REMARK = re.compile(rf"[(\[](?:{_REMARKS})[)\]]$")
_ENGLISH = re.compile(r"[(\[](?:영문|english|en)[)\]]$")
_SIGNS = re.compile(r"[\s_./·,-]+")
_BESIDE = re.compile(r"단위.{0,9}?(?<!\d)(백만|[천만억])원|^\(?(백만|[천만억])원\)?$|\((백만|[천만억])원\)$")
_THOUSANDS = re.compile(r"\(?단?위?:?(백만|[천만억])원\)?$")

NAMES = ("성명", "성함", "수강생", "수강생명")  # of people, where our own sheets say 이름
COUNTING = frozenset({"#", "연번", "순번", "일련번호", "no", "nr"})  # they number the lines
REMARKS = frozenset({"비고", "비고란", "참고", "참고사항", "특이사항", "특기사항", "메모", "검토의견"})
BY = frozenset({"담당", "담당자", "작성자", "확인", "결재"})


@lru_cache(1024)  # each header is met in every row
def plain(header: str) -> str:
    """How headers are compared: without spaces, signs, numbering, units and remarks such as (필수)."""
    text = _AROUND.sub("", _NUMBERING.sub("", _AROUND.sub("", normalise(header)))).replace(" ", "")
    while (shorter := _AROUND.sub("", _REMARK.sub("", text))) != text and shorter:
        text = shorter
    return _SIGNS.sub("", _ENGLISH.sub("(영어)", text))


def is_skipped(header: str) -> bool:
    """Whether an office keeps this for itself: the number of the line, remarks, and who does it."""
    return plain(header) in COUNTING | REMARKS | BY or plain(header).startswith("비고(")


def larger_unit(header: str) -> str:
    """천원, 만원, 백만원 or 억원, where a header says that its amounts aren't in won."""
    found = _THOUSANDS.search(normalise(header).replace(" ", ""))
    return f"{found[1]}원" if found else ""


def unit_told(text: str) -> str:
    """The same where a text beside a table says so: (단위: 천원)."""
    found = _BESIDE.search(normalise(text).replace(" ", ""))
    return f"{''.join(filter(None, found.groups()))}원" if found else ""
