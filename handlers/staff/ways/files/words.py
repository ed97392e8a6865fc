"""What senders write into their results: which headers they use, what came of a message, and why it failed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.staff.desk.masked import mask_numbers
from handlers.staff.files.cells import compact
from storage import reasons
from storage.reasons import Reason

Became = Literal["delivered", "failed", "pending", ""]  # "" is what can't be read

COLUMNS = {
    "number": {"번호", "발송번호", "관리번호", "고유번호"},
    "mobile": {
        *("수신번호", "수신자번호", "받는번호", "받는사람번호", "수신자전화번호", "수신자휴대폰번호", "수신전화번호"),
        *("휴대폰", "휴대폰번호", "휴대전화", "휴대전화번호", "전화번호", "연락처"),
    },
    "result": {
        *("결과", "상태", "전송결과", "발송결과", "처리결과", "수신결과", "최종결과", "성공여부"),
        *("전송상태", "발송상태", "처리상태", "결과상태", "전송여부", "status", "result"),
    },
    "code": {"결과코드", "코드", "응답코드", "상태코드", "전송결과코드", "오류코드", "에러코드", "code"},
    "reason": {
        *("사유", "실패사유", "실패원인", "상세사유", "결과내용", "결과메시지", "결과메세지", "결과상세"),
        *("오류내용", "오류메시지", "에러메시지", "reason", "message"),
    },
}
SUCCEEDED = {"0000", "1000", "4000", "k000"}  # codes of success of the senders that are most in use
ON_THEIR_WAY = {"2000", "3000"}
MOST = 80  # signs of a reason

_FAILED = re.compile("실패|오류|에러|거부|차단|불가|결번|미수신|반송|초과|불통|fail|error|reject")
_PENDING = re.compile("대기|중$|처리중|전송중|발송중|접수|요청|예약|등록|pending|sending|wait")
_DONE = re.compile("성공|완료|도착|정상|delivered|success|^ok$")
_AS_TEXT = re.compile("문자|대체|sms|lms|mms")
_NOT_THERE = re.compile("카카오톡?.*(?:미사용|미가입|없|않|차단)|(?:알림톡|채널).*차단|친구")


@dataclass(frozen=True)
class Verdict:
    """`reason` is as it is kept, None where it arrived; `is_text` tells that it came as a text message instead."""

    became: Became
    reason: str | None = None
    is_text: bool = False


def read(results: Sequence[str], code: str, why: str) -> Verdict:
    """What the words say, else the code; of several words, such as of what is over and how, the worst counts."""
    said = [*map(_became, results), *(["failed"] if _tells_of_failing(why) else [])]
    became = next((each for each in _WORST_FIRST if each in said), None) or _became(code) or _became(why)
    if became == "failed":
        return Verdict(became, _reason(why or " ".join(results), code))
    is_text = became == "delivered" and any(_AS_TEXT.search(compact(each)) for each in (*results, why))
    return Verdict(became, is_text=is_text)


_WORST_FIRST: Sequence[Became] = ("failed", "pending", "delivered")


def _tells_of_failing(why: str) -> bool:
    return _became(why) == "failed" or bool(_NOT_THERE.search(compact(why)) and not _DONE.search(compact(why)))


def _became(text: str) -> Became:
    said = compact(text)
    if said in SUCCEEDED | ON_THEIR_WAY:
        return "delivered" if said in SUCCEEDED else "pending"
    failed, done = _FAILED.search(said), _DONE.search(said)
    if failed and done:  # "알림톡 실패, 문자 성공": it came
        return "delivered" if done.start() > failed.start() and _AS_TEXT.search(said) else ""
    if failed:
        return "failed"
    if _PENDING.search(said):  # "접수 완료": taken, and not there yet
        return "pending"
    return "delivered" if done else ""


def _reason(why: str, code: str) -> str:
    told = " ".join(filter(None, (why.strip(), f"({code.strip()})" if code.strip() else "")))
    kind = Reason.NOT_ON_KAKAO if _NOT_THERE.search(compact(why)) else Reason.REFUSED
    return reasons.write(kind, mask_numbers(" ".join(told.split()))[:MOST])
