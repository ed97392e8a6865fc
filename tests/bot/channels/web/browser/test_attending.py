"""One's own attendance and an absence told ahead, in a real Chromium at a phone's size."""

import pytest

from tests.support.web.browsers import IN_BROWSER, Arriving

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    IN_BROWSER,
]
REGISTERING = ("바리스타", "신청하기", "동의하고 계속", "청구동", "홍길동", "1983", "010-0000-0001", "이대로 신청하기")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_attendance_and_an_absence_fit_a_phone(arrives: Arriving, scheme: str) -> None:
    resident = await arrives({"width": 360, "height": 740}, color_scheme=scheme)
    for said in REGISTERING:
        await resident.says(said)
    for said in ("내 신청", "1", "출석", "못 가는 날 알리기", "1", "더 오래 못 가요", "1", "네, 못 가요"):
        await resident.says(said)
        assert await resident.violations() == []
        assert (await resident.small_targets(44), await resident.overflow()) == ([], 0)
        await resident.is_photographed(f"attending-{scheme}-{said}")
    assert await resident.page.get_by_text("자리는 그대로예요").count()
