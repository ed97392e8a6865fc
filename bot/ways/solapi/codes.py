"""What SOLAPI's status codes mean for a notice (docs.solapi.com, message status codes)."""

from enum import Enum

from storage import reasons
from storage.reasons import Reason


class Meaning(Enum):
    ON_ITS_WAY = "on its way"
    DELIVERED = "delivered"
    UNSURE = "unsure"  # the dealer doesn't know, and won't
    TEMPLATE = "template"  # its text can't leave like this, for nobody
    BALANCE = "balance"
    NOT_ON_KAKAO = "not on KakaoTalk"
    PASSING = "passing"  # something there was broken
    REFUSED = "refused"


SAID = {
    "1010": "필수 값 없음",
    "1011": "형식 오류",
    "1024": "서버 오류",
    "1026": "중복 수신번호",
    "1030": "잔액 부족",
    "1031": "글자 수 초과",
    "1041": "채널 오류",
    "1042": "없는 템플릿",
    "1043": "템플릿과 내용이 다름",
    "1044": "버튼 오류",
    "1045": "버튼 주소 오류",
    "1046": "버튼 빠짐",
    "1047": "없는 버튼",
    "1052": "버튼 순서 오류",
    "1060": "차단된 수신번호",
    "1061": "수신 거부",
    "1062": "발신번호 미등록",
    "1064": "신고로 차단",
    "2024": "서버 오류",
    "2063": "차단된 계정",
    "2230": "잔액 부족",
    "3010": "수신번호 오류",
    "3012": "서버 오류",
    "3014": "알 수 없는 상태",
    "3024": "서버 오류",
    "3032": "없는 번호",
    "3040": "전송 시간 초과",
    "3048": "알 수 없는 상태",
    "3101": "채널 오류",
    "3102": "채널 친구가 아님",
    "3103": "템플릿과 내용이 다름",
    "3104": "카카오톡 미사용자",
    "3105": "없는 템플릿",
    "3106": "채널 오류",
    "3107": "카카오톡을 쓰지 않거나 알림톡 차단",
    "3108": "보낼 수 없는 시간",
}
ABOUT_US = ("1041", "1062", "2063", "3101", "3106")  # whoever it goes to: an operator has to see to it
_MEANINGS = {
    Meaning.ON_ITS_WAY: ("2000", "3000"),
    Meaning.DELIVERED: ("4000",),
    Meaning.UNSURE: ("3014", "3048"),
    Meaning.TEMPLATE: ("1042", "1043", "1044", "1045", "1046", "1047", "1052", "3103", "3105"),
    Meaning.BALANCE: ("1030", "2230"),
    Meaning.NOT_ON_KAKAO: ("3102", "3104", "3107"),
    Meaning.PASSING: ("1024", "1026", "2024"),
}
_BY_CODE = {code: meaning for meaning, codes in _MEANINGS.items() for code in codes}
_REASONS = {
    Meaning.TEMPLATE: Reason.NO_TEMPLATE,
    Meaning.BALANCE: Reason.NO_BALANCE,
    Meaning.NOT_ON_KAKAO: Reason.NOT_ON_KAKAO,
    Meaning.PASSING: Reason.NOT_SENT,
    Meaning.UNSURE: Reason.NO_RESULT,
}


def meaning(code: str) -> Meaning:
    """What nobody has told us of is on its way until it is given up."""
    is_refusal = len(code) == 4 and code.isdecimal() and code[0] in "123"
    return _BY_CODE.get(code, Meaning.REFUSED if is_refusal else Meaning.ON_ITS_WAY)


def reason(code: str) -> Reason:
    return _REASONS.get(meaning(code), Reason.REFUSED)


def said(code: str) -> str:
    """In an officer's words: "1042 없는 템플릿"; never what the dealer wrote beside it, where numbers may stand."""
    return f"{code} {SAID[code]}" if code in SAID else code


def written(code: str) -> str:
    """As it is stored."""
    return reasons.write(reason(code), said(code))
