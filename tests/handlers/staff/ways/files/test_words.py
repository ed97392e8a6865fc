"""What senders call a message that came, one that didn't, and one that is on its way."""

import pytest

from handlers.staff.ways.files import words
from storage.reasons import Reason


@pytest.mark.parametrize(
    ("results", "code", "why", "became"),
    [
        (["성공"], "", "", "delivered"),
        (["전송완료"], "", "", "delivered"),
        (["발송 성공"], "0000", "정상", "delivered"),
        (["Delivered"], "", "", "delivered"),
        (["OK"], "", "", "delivered"),
        (["실패"], "", "", "failed"),
        (["전송실패"], "7203", "", "failed"),
        (["수신거부"], "", "", "failed"),
        (["FAIL"], "", "", "failed"),
        (["접수 완료"], "", "", "pending"),
        (["발송 요청 완료"], "", "", "pending"),
        (["전송중"], "", "", "pending"),
        (["발송대기"], "", "", "pending"),
        ([], "0000", "", "delivered"),
        ([], "K000", "", "delivered"),
        (["4000"], "", "", "delivered"),
        ([], "3000", "", "pending"),
        ([], "7203", "", ""),
        ([], "7203", "카카오톡 미사용자", "failed"),
        ([], "", "", ""),
        (["글쎄요"], "", "", ""),
        (["전송완료", "실패"], "", "", "failed"),
        (["완료", "성공"], "", "", "delivered"),
        (["전송완료"], "", "카카오톡을 사용하지 않는 사용자", "failed"),
        (["전송완료"], "", "결번", "failed"),
        (["알림톡 실패, 문자 성공"], "", "", "delivered"),
        (["성공 뒤 실패"], "", "", ""),
    ],
)
def test_a_result_is_read_as_senders_write_it(results, code, why, became):
    assert words.read(results, code, why).became == became


@pytest.mark.parametrize(("said", "is_text"), [("문자 대체발송 성공", True), ("LMS 성공", True), ("성공", False)])
def test_what_came_as_a_text_message_is_told_apart(said, is_text):
    assert words.read([said], "", "").is_text is is_text


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ("카카오톡 미사용자", f"{Reason.NOT_ON_KAKAO}: 카카오톡 미사용자 (7203)"),
        ("없는 번호 010-1234-5678", f"{Reason.REFUSED}: 없는 번호 010-****-5678 (7203)"),
        ("가" * 200, f"{Reason.REFUSED}: {'가' * 80}"),
    ],
)
def test_why_it_failed_is_kept_in_short_and_without_a_number(why, kept):
    assert words.read(["실패"], "7203", why).reason == kept
