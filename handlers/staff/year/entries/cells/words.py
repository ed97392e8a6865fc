"""In which words officers read and write what an entry of a year says."""

from collections.abc import Mapping

from storage.states import BudgetKind, Counted, Money, ParticipationKind, Progress

COUNTED: Mapping[Counted, str] = {
    "courses": "과정",
    "completers": "수료",
    "certificates": "자격취득",
    "placed": "취업",
}
BUDGET_KINDS: Mapping[BudgetKind, str] = {"secured": "확보", "spent": "집행"}
MONEY: Mapping[Money, str] = {"district": "구비", "city": "시비", "state": "국비"}
PARTICIPATIONS: Mapping[ParticipationKind, str] = {
    "briefing": "설명회·공청회",
    "satisfaction": "만족도 조사",
    "advice": "민간전문가 자문",
    "press": "언론·방송보도",
    "survey": "주민 설문조사",
}
"""In the order of the policy card."""
PROGRESS: Mapping[Progress, str] = {"planned": "예정", "running": "추진중", "done": "완료", "dropped": "중단"}
HALVES: Mapping[int, str] = {1: "상반기", 2: "하반기"}
