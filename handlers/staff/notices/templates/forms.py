"""The texts as a sender's form asks for them: with an example of each variable, a button, and how long they get."""

from collections.abc import Mapping

from handlers.dialogue.organization import Organization
from handlers.notices.kinds import KINDS
from handlers.notices.templates import TEXTS, fill, known_in
from handlers.notices.templates.texts import LONGEST, VARIABLES, NoticeText
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Table, Told
from storage.database import Transaction

COLUMNS = ("안내", "템플릿 이름", "분류(제안)", "내용", "변수와 견본", "버튼", "글자 수", "가장 길 때")
NOTES = (
    "변수는 보낼 때 채웁니다. 견본은 심사용이며 실제 주민의 정보가 아닙니다.",
    "버튼은 ‘봇키워드(BK)’로 등록합니다. 누르면 카카오톡 챗봇에 그 말이 적힙니다. 챗봇이 없으면 빼셔도 됩니다.",
    f"내용은 어느 값을 채워도 {LONGEST:,}자를 넘지 않습니다.",
)
_REMINDER, _CHANGE, _RESULT = "예약 > 예약알림·리마인드", "서비스이용 > 이용안내·공지", "서비스이용 > 처리완료"
_FEEDBACK = "서비스이용 > 피드백 요청"
_CATEGORIES = {
    **dict.fromkeys(("first_class", "day_before", "two_hours_before", "appointment_day_before"), _REMINDER),
    **dict.fromkeys(("confirmed", "waiting", "applied", "not_selected", "removed", "completed", "teaching"), _RESULT),
    **dict.fromkeys(("survey", "survey_reminder"), _FEEDBACK),
    "appointment_moved": "예약 > 예약상태",
    "appointment_cancelled": "예약 > 예약취소",
}


def show(_: Transaction, desk: Desk) -> Told:
    """All that is to be sent in."""
    rows = tuple(_row(each, examples(desk.organization)) for each in TEXTS.values())
    return Told("템플릿 신청서", tables=(Table(rows, COLUMNS, title="템플릿"),), notes=NOTES)


def _row(text: NoticeText, samples: Mapping[str, str]) -> tuple[str, ...]:
    variables = "\n".join(f"#{{{name}}} = {samples[name]}" for name in known_in(text.kind))
    title, category = KINDS[text.kind].title, _CATEGORIES.get(text.kind, _CHANGE)
    button = f"BK {text.button}" if text.button else "-"
    return title, text.name, category, text.text, variables, button, str(len(text.text)), str(longest(text))


def longest(text: NoticeText) -> int:
    """Its signs where every value is as long as it may be."""
    return len(fill(text.text, {name: "가" * each.most for name, each in VARIABLES.items()}))


def examples(organization: Organization) -> dict[str, str]:
    """Of every variable; of those that are always the same, what they are."""
    ours = {
        "기관": f"{organization.name} {organization.team}",
        "문의": organization.contact_in("ko"),
        "전화": organization.phone,
    }
    return {**{name: each.example for name, each in VARIABLES.items()}, **ours}


def written(told: Told) -> bytes:
    """As text, one template below the other, to be copied from."""
    rows = [row for each in told.tables if isinstance(each, Table) for row in each.rows]
    parts = ["\n".join(f"■ {name}\n{cell}" for name, cell in zip(COLUMNS, row, strict=True)) for row in rows]
    rule = "\n\n" + "=" * 60 + "\n\n"
    return (rule.join([f"{told.title}\n" + "\n".join(told.notes), *parts]) + "\n").encode()
