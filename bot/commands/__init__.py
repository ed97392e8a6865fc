"""What operators and officers type. `GROUPS` is the table of contents; the module of a group is loaded for its own."""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

GROUPS: Mapping[str, Mapping[str, str]] = {
    "setup.command": {
        "setup": "처음 설치할 때 몇 가지를 여쭙고 설정, 열쇠, 데이터베이스, 첫 담당자 계정을 만듭니다",
    },
    "serving": {
        "run": "서비스를 시작합니다",
        "demo": "예시 강좌로 웹 채팅을 시작합니다",
        "migrate": "데이터베이스를 백업하고 새 버전으로 바꿉니다",
        "check": "설정과 연결을 확인합니다",
    },
    "keeping": {
        "backup": "서비스를 멈추지 않고 데이터베이스를 파일 하나로 백업합니다",
        "restore": "백업에서 데이터베이스를 되돌립니다. 서비스는 멈춰 있어야 합니다",
        "rotate-key": "서비스를 멈추지 않고 열쇠를 새로 만들어, 잠근 내용을 모두 새 열쇠로 바꿉니다",
        "retention": "무엇을 얼마 동안 보관하는지 보여 줍니다. 밤마다 저절로 지웁니다",
        "trust-clock": "컴퓨터의 시계가 맞다고 알려, 멈춘 일을 다시 시작하게 합니다",
    },
    "accounting": {
        "officers": "담당자 화면(/desk)의 계정을 보고, 만들고, 끝냅니다",
    },
    "importing": {
        "import": (
            "강좌, 설문, 채용공고, 상담 시간, 자주 묻는 질문, 취득 자격, 한 해 기록, 출석부를 파일에서 등록합니다"
        ),
    },
    "posting": {
        "add-posting": "채용공고 하나를 등록하거나 고칩니다",
        "postings": "채용공고가 얼마나 있는지, 언제 받았는지 보여 줍니다",
        "fetch-postings": "채용공고를 지금 받습니다",
    },
    "courses.deciding": {
        "courses": "과정과 자리, 과정이 바뀐 내역을 봅니다",
        "draw": "추첨하거나, 추첨을 다시 맞춰 봅니다",
        "select": "우선선발·심사 과정의 신청을 보고 뽑습니다",
        "close-course": "과정을 폐강하고 모두에게 알립니다",
        "move-session": "수업을 옮기거나 없애고 모두에게 알립니다",
        "complete": "수료한 분을 정합니다",
        "undo": "최근에 한 일을 보고 되돌립니다",
    },
    "courses.certifying": {
        "certificates": "수료증을 보고, 내고, 취소하고, 새로 내고, 인쇄합니다",
    },
    "courses.applying": {
        "applications": "한곳에서 몰린 신청이나, 한 과정의 신청을 보여 줍니다",
        "application": "한 신청에 언제 무슨 일이 있었는지 보여 줍니다",
        "check-applications": "담당자 확인을 기다리는 신청을 그대로 받습니다",
        "end-applications": "신청을 하나나 여럿 끝내고 까닭을 알립니다",
    },
    "courses.attending": {
        "attendance": "출석을 보고, 적고, 확인할 것을 정합니다",
    },
    "courses.missing": {
        "missed": "주민이 적었지만 강좌를 찾지 못한 말을 보여 줍니다",
    },
    "promoting": {
        "holds": "기관에 잡아 둔 자리를 보고, 잡고, 드리고, 풉니다",
        "sources": "어디에서 보고 왔는지 세어 보여 줍니다",
    },
    "pushing": {
        "push-file": "발송 사이트에 올릴 알림 파일을 만들고, 받고, 거둡니다",
        "push-results": "발송 사이트의 결과 파일(.xlsx, .csv)을 반영합니다",
    },
    "messaging": {
        "message": "과정의 분들께 메시지를 보냅니다",
        "message-completers": "수료하고 강좌 소식에 동의한 분들께 보냅니다",
        "messages": "보낸 메시지를 보고, 멈추고, 닿지 못한 분께 다시 보냅니다",
        "message-templates": "메시지 서식을 보고 적어 둡니다",
    },
    "approving": {
        "kakao-templates": "승인받을 템플릿의 글을 적고, 승인된 것과 견줍니다",
    },
    "persons": {
        "persons": "이름이나 번호로 찾고, 같은 번호를 적은 분들을 보고, 번호의 주인을 확인합니다",
    },
    "reviewing": {
        "access-log": "누가 누구의 정보를 보고 바꾸었는지 보고, 한 달을 확인했다고 적습니다",
    },
    "surveying": {
        "surveys": "설문과 회차, 응답할 수 있는 주소를 보여 줍니다",
        "results": "설문 결과를 보여 주거나 파일로 만듭니다",
        "open-survey": "설문을 지금 열거나, 마감한 설문을 다시 엽니다",
        "close-survey": "설문을 지금 마감하고 응답을 결과에 넣습니다",
        "set-aside": "짧은 시간에 많이 들어온 응답을 마감 전에 결과에서 뺍니다",
        "kiosk": "설문을 받을 태블릿을 보여 주고, 쓰게 하고, 못 쓰게 합니다",
        "slips": "키오스크에서 한 번씩 쓸 응답 번호를 만듭니다",
    },
    "counseling": {
        "counseling": "상담 예약을 보고, 결과를 적고, 옮기거나 취소합니다",
        "instructors": "가르쳐 보고 싶다고 한 수료생을 보여 줍니다",
    },
    "courses.qualifications": {
        "qualifications": "수료생이 딴 자격을 보고 적습니다",
    },
    "courses.unsure": {
        "unsure": "다음 수업에 올지 불확실한 분을 보고, 통화한 것을 적습니다",
    },
    "year.entering": {
        "targets": "확인지표의 연도별 목표를 보고 적습니다",
        "budget": "확보하고 집행한 예산을 보고 적습니다",
        "log": "설명회, 자문, 언론보도 같은 주민참여 실적을 보고 적습니다",
        "year-rows": "한 해의 그 밖의 기록을 보고 적습니다",
    },
    "year.closing": {
        "year": "한 해의 확인지표, 예산, 주민참여를 보여 주고, 이행카드를 파일로 만듭니다",
        "quarter": "분기를 작성하고, 확인하고, 확정하고, 다시 엽니다",
    },
    "year.report": {
        "half-year": "한 반기나 한 해의 결과보고를 보여 주거나 파일로 만듭니다",
        "demand": "주민이 무엇을 바라는지 보여 줍니다: 신청, 대기, 필요한 반, 찾지 못한 말",
    },
    "watching": {
        "rehearse": "언제 누구에게 무엇이 나갈지 보내지 않고 보여 줍니다",
        "outbox": "나갈 알림, 늦거나 닿지 못한 알림을 보고, 직접 알린 것을 적습니다",
        "calls": "전화를 부탁한 분을 보고, 전화한 것을 적습니다",
        "today": "오늘 할 일을 기한 순서대로 보여 줍니다",
        "costs": "한 달의 알림 비용을 날짜, 길, 알림의 종류로 보여 줍니다",
    },
}


def load(group: str) -> ModuleType:
    """Its `add_to(commands)` says what its commands take."""
    return import_module(f"bot.commands.{group}")
