"""Whoever has had enough of messages is heard, and nobody else."""

import pytest

from handlers.language import stopping

SURELY = (
    "수신거부", "수신 거부", "무료수신거부", "무료 수신 거부", "수신거부합니다", "수신 거부해 주세요",
    "광고 수신을 거부합니다", "소식 끄기", "소식 그만", "소식 거부", "광고 거부", "광고 거부합니다",
    "광고를 거부합니다", "구독 취소", "구독취소해 주세요", "구독 해지", "그만 보내세요", "그만 보내 주세요",
    "이제 그만 보내세요", "그만 받을래요", "문자 그만 보내세요", "문자 보내지 마세요", "더 이상 보내지 마세요",
    "메시지 보내지 말아 주세요", "stop", "STOP", "Unsubscribe!", "please stop", "스톱",
)  # fmt: skip
PERHAPS = (
    "소식 꺼 주세요", "알림 꺼 주세요", "알림 꺼줘", "알림을 꺼 주세요", "알림 끌래요", "알림 차단",
    "소식을 끄고 싶어요", "안 받을래요", "이제 안 받을래", "소식 안 받을래요", "광고 받고 싶지 않아요",
    "소식 받기 싫어요", "문자 오는 거 싫어요", "연락하지 마세요", "동의 철회", "동의를 철회합니다",
    "수신 동의 철회할게요", "개인정보 동의 철회", "해지", "해지해 주세요", "탈퇴", "탈퇴할래요", "회원 탈퇴",
    "배움톡 해지", "이제 연락 안 주셔도 돼요", "문자 안 오게 해 주세요",
    "Stop sending me messages", "no more news", "don't send me texts",
)  # fmt: skip
OTHERWISE = (
    "취소", "취소할게요", "신청 취소", "신청 취소하기", "수강 취소", "강좌 취소", "상담 예약 취소",
    "자리 취소할게요", "환불", "그만두기", "그만둘래요", "광고", "광고 디자인 강좌", "광고 디자인",
    "홍보 마케팅 강좌", "문자 보내기 강좌", "광고 차단 강좌", "소식", "소식 받기", "알림", "알림 설정", "구독",
    "거부", "동의", "동의합니다", "커피", "문자를 못 받았어요", "확정 문자를 못 받았는데 확정된 건가요",
    "문자가 안 오는데요", "취소 자리 나오면 연락 주세요", "빈자리 나면 알려 주세요",
)  # fmt: skip


@pytest.mark.parametrize("said", SURELY)
def test_what_can_mean_nothing_else_stops_at_once(said):
    assert stopping.is_surely_meant(said)


@pytest.mark.parametrize("said", PERHAPS)
def test_what_may_mean_it_is_asked_about(said):
    assert stopping.may_be_meant(said)
    assert not stopping.is_surely_meant(said)


@pytest.mark.parametrize("said", OTHERWISE)
def test_what_means_something_else_stops_nothing(said):
    assert not stopping.is_surely_meant(said)
    assert not stopping.may_be_meant(said)
