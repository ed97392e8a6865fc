"""What is kept for how long, and how much of it would go tonight and in some weeks: counts, and nobody's."""

from dataclasses import replace
from datetime import timedelta

from handlers.language.days import dates
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from storage.database import Transaction
from storage.people.forgetting import retention
from storage.people.forgetting.periods import Night
from storage.people.forgetting.retention import Counts

AHEAD = 30  # days
PERIODS = {
    "talk": ("대화", "주고받은 날부터"),
    "drafts": ("쓰다 만 신청", "마지막으로 적은 날부터"),
    "notices": ("보낸 안내", "보낸 날부터"),
    "wishes": ("바라고 기다리는 강좌", "적은 날부터"),
    "callbacks": ("전화해 달라는 부탁", "전화한 날부터"),
    "applications": ("자리를 얻지 못한 신청", "강좌가 끝난 날부터"),
    "attended": ("수강과 수료", "강좌가 끝난 날부터"),
    "counseling": ("상담", "상담한 날부터"),
    "consents": ("동의 기록", "철회하거나 개인정보를 지운 날부터"),
    "answers": ("기명 설문의 답과 설문에 답했다는 표시", "설문을 마감한 날부터"),
    "access_log": ("접속기록", "남긴 날부터"),
    "strangers": ("둘러보기만 한 분", "처음 온 날부터"),
    "missed": ("찾지 못한 말", "마지막으로 적은 날부터"),
    "missed_kept": ("다음 학기에 열려고 적어 둔 말", "마지막으로 적은 날부터"),
}
TASKS = {
    "talk": "대화 {}건",
    "drafts": "쓰다 만 신청 {}건",
    "notices": "보낸 안내 {}건",
    "awaited": "기다리는 강좌 {}건",
    "wishes": "바라는 강좌 {}건",
    "callbacks": "전화해 달라는 부탁 {}건",
    "answers": "설문 {}회분의 기명 응답과 답했다는 표시",
    "people": "남은 기록이 없는 분 {}명의 모든 것",
    "profiles": "더 쓸 일이 없는 이름과 번호 {}명",
    "applications": "신청과 수강 {}건(이름 없이 수만 남깁니다)",
    "counseling": "상담 {}건(이름 없이 수만 남깁니다)",
    "consents": "동의 기록 {}건",
    "completions": "따로 보관한 수료 기록 {}건",
    "strangers": "둘러보기만 한 분 {}명",
}


def show(tx: Transaction, desk: Desk) -> Told:
    periods = desk.organization.periods
    rows = tuple((what, f"{since} {getattr(periods, name).in_words('ko')}") for name, (what, since) in PERIODS.items())
    last = retention.last(tx)
    told = f"{dates.day(last.day, 'ko', today=desk.today)}: {_listed(last.counts)}" if last else "아직 없습니다."
    steps = (Step("오늘 밤에 무엇이 지워지는지 보려면", "retention", {"check": True}),)
    return Told(
        "보관 기간", tables=(Table(rows, ("무엇을", "언제까지")),), notes=(f"마지막으로 지운 밤: {told}",), steps=steps
    )


def foretell(tx: Transaction, desk: Desk) -> Told:
    """As if nobody did anything until then."""
    tonight = Night(desk.now.astimezone(desk.organization.timezone), desk.organization.periods)
    later = replace(tonight, now=tonight.now + timedelta(days=AHEAD))
    now, then = (retention.foretell(tx, night) for night in (tonight, later))
    facts = (f"오늘 밤: {_listed(now)}", f"{AHEAD}일 안에: {_listed(then)}")
    return Told(
        "보관 기간이 지나 지워질 것",
        facts=facts,
        notes=("아무것도 지우지 않고 세기만 했습니다. 둘러보기만 한 분은 세지 않았습니다.",),
    )


def _listed(counts: Counts) -> str:
    return (
        ", ".join(said.format(f"{counts[name]:,}") for name, said in TASKS.items() if counts.get(name)) or "없습니다."
    )
