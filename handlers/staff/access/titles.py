"""What officers call the entries of the journal."""

from handlers.staff.desk.acts import acts
from storage.audit.chain import CUT

LOOKS = {
    "access-log": "접속기록",
    "application": "신청 하나",
    "applications": "신청 목록",
    "attendance": "출석부",
    "attendance-offline": "네트워크 없이 쓸 출석부",
    "attendance-sheet": "출석부 파일",
    "budget": "예산",
    "calls": "전화 부탁",
    "certificates": "수료증",
    "complete": "수강생 명단",
    "costs": "알림 비용",
    "counseling": "상담 목록",
    "counter": "접수대",
    "courses": "강좌",
    "demand": "수요",
    "draw": "추첨 기록",
    "fetch-postings": "채용공고 받기",
    "half-year": "결과보고",
    "holds": "기관 자리",
    "import": "등록할 파일 확인",
    "instructors": "강사 후보",
    "kakao-templates": "승인받은 템플릿",
    "kiosk": "키오스크",
    "log": "주민참여 실적",
    "message-templates": "메시지 서식",
    "messages": "보낸 메시지",
    "missed": "찾지 못한 말",
    "officers": "계정",
    "outbox": "나갈 알림",
    "own-account": "내 계정의 비밀번호",
    "paper": "종이 설문",
    "person": "한 분의 기록",
    "person-file": "내 정보 파일",
    "persons": "같은 번호",
    "poster": "포스터",
    "postings": "채용공고",
    "push-file": "발송 파일",
    "qualifications": "취득 자격",
    "quarter": "분기",
    "rehearse": "알림 미리 보기",
    "results": "설문 결과",
    "retention": "보관 기간",
    "roll": "명단",
    "roster": "신청한 분",
    "same-person": "같은 분인지",
    "select": "선발할 신청",
    "sign-in": "로그인",
    "sources": "온 곳",
    "surveys": "설문",
    "targets": "목표",
    "today": "오늘 할 일",
    "undo": "최근에 한 일",
    "unsure": "올지 불확실한 분",
    "year": "한 해의 실적",
    "year-rows": "한 해 기록",
}
OTHERS = {
    CUT: "오래된 기록 지움",
    "undo": "되돌리기",
    "backup": "백업",
    "restore": "백업에서 되돌림",
    "trust-clock": "시계 확인",
    "own": "본인이 보거나 바꿈",
    "signed-in": "로그인",
    "locked": "로그인 잠김",
    "began": "계정 시작",
    "session-over": "로그인 끝남(비밀번호를 여러 번 틀림)",
    "new-password": "비밀번호 바꿈",
    "new-recovery-codes": "복구 코드 새로 받음",
    "end-session": "다른 곳의 로그인 끝냄",
    "add-passkey": "패스키 더함",
    "remove-passkey": "패스키 지움",
}


def title(action: str) -> str:
    """An act's own, or of what was looked at; a name that isn't known is told as it is."""
    kind, _, rest = action.partition("/")
    if kind == "look":
        return f"{LOOKS.get(rest) or _of_act(rest)} 봄"
    if kind == "refused":
        return f"{LOOKS.get(rest) or _of_act(rest)}: 거절함"
    return OTHERS.get(kind) or _of_act(action)


def _of_act(name: str) -> str:
    return acts[name].title if name in acts else name
