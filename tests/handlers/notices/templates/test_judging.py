"""What a sender has approved is used when it asks for nothing that isn't known; else it is said why not."""

import pytest

from handlers.notices import templates
from handlers.notices.templates.judging import Judgement

OURS = templates.TEXTS["offer"].text


@pytest.mark.parametrize(
    ("kind", "text", "status", "judged"),
    [
        ("offer", OURS, "approved", Judgement(True)),
        ("offer", OURS.replace("\n", " \r\n") + "\n", "approved", Judgement(True)),
        ("offer", "[#{기관}] 자리가 났습니다. 강좌: #{강좌}", "approved", Judgement(True, differs=True)),
        ("offer", OURS + "#{별명} #{나}", "approved", Judgement(False, "모르는 변수가 있습니다: #{별명}, #{나}")),
        ("offer", "순번: #{순번}", "approved", Judgement(False, "모르는 변수가 있습니다: #{순번}")),
        ("offer", OURS, "rejected", Judgement(False, "반려되었습니다")),
        ("offer", OURS, "pending", Judgement(False, "검수를 기다립니다")),
        ("offer", OURS, "stopped", Judgement(False, "쓸 수 없게 되었습니다")),
        ("offer", "", "missing", Judgement(False, "승인받은 템플릿이 없습니다")),
        ("news", "#{기관} 소식", "approved", Judgement(False, "템플릿으로 알리지 않는 안내입니다")),
    ],
)  # fmt: skip
def test_what_was_approved_is_judged_by_its_status_and_its_variables(kind, text, status, judged):
    assert templates.judge(kind, text, status) == judged
