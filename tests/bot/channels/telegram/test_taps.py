"""What has only just been shown isn't pressed, receipts stay, and what is given by a press is taken."""

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.channels.telegram import reading
from bot.channels.telegram.service import TelegramService
from bot.messages import screens
from bot.messages.screens import Screens
from bot.sections import Telegram
from bot.ticks.heartbeats import Heartbeats
from bot.traits import SECOND_TAP, UNREAD
from storage.tables import consents, inbox, residents
from tests.support.botapi import Person, contents
from tests.support.waiting import PATIENCE, until

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]


async def registered(school, stranger: Person, **differing):
    """A course, and the receipt of somebody who has registered for it."""
    course = await school.opens(**differing)
    await stranger.asks(f"/start c{course}")
    for step in (
        "[신청하기",
        "[텔레그램으로 계속",
        "[동의하고 계속",
        "[청구동",
        "홍길동",
        "1983",
        "010-0000-0001",
    ):
        await (stranger.taps(full(stranger, step[1:])) if step[0] == "[" else stranger.asks(step))
    return course, await stranger.taps("이대로 신청하기")


def full(person: Person, label: str) -> str:
    shown = [each for message in reversed(person.messages) for each in message.labels]
    return next(each for each in shown if each.startswith(label))


async def presses_hastily(person: Person, label: str):
    """Too soon, however slow the machine is that runs this; what has come in answer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screens, "UNREAD", 60.0)
        await person.presses(label)
        return await person.answer()


async def taps_twice(person: Person, label: str, is_hasty: bool) -> None:
    """The second tap hits whatever lies in the same row by then."""
    row = [[key["text"] for key in keys] for keys in person.screen.buttons]
    at = next(number for number, keys in enumerate(row) if label in keys) - len(row)
    shown = await person.taps(label)
    after = shown.buttons[max(at, -len(shown.buttons))][0]["text"]
    await (presses_hastily(person, after) if is_hasty else person.taps(after))


@pytest.mark.parametrize("is_hasty", [True, False])
async def test_two_taps_on_cancelling_never_give_a_seat_away(school, stranger, is_hasty):
    course, _ = await registered(school, stranger)
    await stranger.taps("내 신청 보기")
    await taps_twice(stranger, "신청 취소하기", is_hasty)
    assert await school.enrolled(course) == 1


async def test_a_second_tap_on_a_question_never_answers_the_next(school, stranger):
    await stranger.asks(f"/start c{await school.opens()}")
    await stranger.taps("신청하기")
    await taps_twice(stranger, "텔레그램으로 계속", True)
    assert "개인정보를 모읍니다" in stranger.screen.text
    agreed = await school.rows(select(consents.c.purpose).where(consents.c.given))
    assert [row.purpose for row in agreed] == ["abroad"]


async def test_a_second_tap_is_told_and_neither_stored_nor_done(school, stranger):
    await stranger.asks("/start")
    await stranger.taps("도움말")
    assert await presses_hastily(stranger, "강좌 찾기") == []
    assert stranger.toast == "화면이 막 바뀌었어요. 보시고 다시 눌러 주세요."
    kept = await school.rows(select(inbox.c.body).where(inbox.c.address == "2"))
    assert [row.body.get("path", "") for row in kept] == ["", "help"]
    assert "강좌" in (await stranger.taps("강좌 찾기")).text


async def test_who_tapped_too_soon_is_told_so_though_the_service_stops_then(api, answering, monkeypatch):
    monkeypatch.setattr(screens, "UNREAD", 60.0)
    service = TelegramService(Telegram(token=SecretStr(api.token), api_url=api.url), answering, Heartbeats())
    await service.start()
    hasty = api.person(2)
    await hasty.asks("/start")
    api.latency(300, "answerCallbackQuery")
    await hasty.presses("도움말")
    await until(lambda: service._taking._begun)
    await service.stop(PATIENCE)
    assert hasty.toast == "화면이 막 바뀌었어요. 보시고 다시 눌러 주세요."


async def test_what_was_pressed_while_nobody_listened_counts_though_its_screen_is_sent_once_more_at_the_start(
    api, answering, monkeypatch
):
    telegram, hurried = Telegram(token=SecretStr(api.token), api_url=api.url), api.person(2)
    before = TelegramService(telegram, answering, Heartbeats())
    await before.start()
    await hurried.asks("/start")
    await before.stop(PATIENCE)
    await hurried.presses("도움말")
    monkeypatch.setattr(screens, "UNREAD", 60.0)
    after = TelegramService(telegram, answering, Heartbeats())
    after._taking._delivery._screens.show(2, hurried.screen.message_id)
    await after.start()
    assert "이렇게 쓰시면 돼요" in (await hurried.answer())[0].text
    assert hurried.toast != "화면이 막 바뀌었어요. 보시고 다시 눌러 주세요."
    await after.stop(PATIENCE)


async def test_a_tap_on_a_message_that_was_just_sent_is_too_soon_as_well(stranger):
    await stranger.asks("/start")
    assert await presses_hastily(stranger, "도움말") == []


async def test_two_taps_on_one_button_do_it_once_and_its_receipt_stays(school, stranger, monkeypatch):
    await registered(school, stranger)
    await stranger.taps("내 신청 보기")
    asked = await stranger.taps("신청 취소하기")
    await stranger.taps("네, 취소할게요")
    monkeypatch.setattr(screens, "SECOND_TAP", 60.0)
    await stranger.presses_old(asked, "네, 취소할게요")
    await stranger.answer()
    assert ("신청을 취소했어요" in asked.text, "되돌리기" in asked.labels) == (True, True)


def test_a_second_tap_counts_after_a_second_and_the_same_press_delivered_again_at_once(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(screens, "SECOND_TAP", SECOND_TAP)
    pressed = Screens(lambda: now[0])
    counts = [pressed.press("chat", "first"), pressed.press("other chat", "second")]
    for moment, key in ((100.25, "third"), (100.9, "fourth"), (100.9, "first"), (101.0, "fifth")):
        now[0] = moment
        counts.append(pressed.press("chat", key))
    assert counts == [True, True, False, False, True, True]


def test_a_screen_is_unread_for_700_milliseconds_and_no_longer(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(screens, "UNREAD", UNREAD)
    shown = Screens(lambda: now[0])
    shown.show(1, 5)
    seen = []
    for moment in (100.0, 100.69, 100.7):
        now[0] = moment
        seen.append(shown.is_unread(1, 5))
    assert (seen, shown.is_unread(1, 6), shown.is_unread(2, 5)) == ([True, True, False], False, False)


def test_what_was_read_long_ago_is_not_remembered(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(screens, "UNREAD", UNREAD)
    shown = Screens(lambda: now[0])
    for number in range(1000):
        now[0] += 0.1
        shown.show(1, number)
        shown.press(number, "key")
    assert len(shown._shown) < 10
    assert len(shown._pressed) < 12


async def test_a_receipt_stays_and_what_is_pressed_below_it_comes_anew(school, stranger):
    _, receipt = await registered(school, stranger)
    seat = await stranger.taps("내 신청 보기")
    await stranger.taps("신청 취소하기")
    cancelled = await stranger.taps("네, 취소할게요")
    back = await stranger.taps("되돌리기")
    assert seat.message_id == cancelled.message_id
    assert len({receipt.message_id, seat.message_id, back.message_id}) == 3
    texts = {message.message_id: message.text for message in stranger.messages}
    assert "신청이 접수되었습니다" in texts[receipt.message_id]
    assert "신청을 취소했어요" in texts[cancelled.message_id]


async def asked_for_the_number(school, stranger):
    await stranger.asks(f"/start c{await school.opens()}")
    for label in ("신청하기", "텔레그램으로 계속", "동의하고 계속"):
        await stranger.taps(label)
    for answer in ("청구동", "홍길동"):
        await stranger.asks(answer)
    return await stranger.asks("1983")


async def test_the_own_number_is_given_by_a_press_and_the_keyboard_goes(school, stranger):
    question = await asked_for_the_number(school, stranger)
    own, *others = [key["text"] for row in question.markup["keyboard"] for key in row]
    assert (own, question.markup["keyboard"][0][0]["request_contact"]) == ("내 번호 보내기", True)
    assert others == ["뒤로", "그만두기"]
    await stranger.sends(**contents.contact("821000000001", user_id=stranger.id))
    sign, summary = await stranger.answer()
    assert (sign.markup, "이대로 신청하기" in summary.text) == ({"remove_keyboard": True}, True)
    assert sign.text == "✔"


async def test_a_typed_number_takes_the_keyboard_away_too(school, stranger):
    await asked_for_the_number(school, stranger)
    await stranger.says("010-0000-0001")
    assert [message.markup == {"remove_keyboard": True} for message in await stranger.answer()] == [True, False]


async def test_a_key_of_that_keyboard_does_what_it_says(school, stranger):
    await asked_for_the_number(school, stranger)
    assert "태어난 해를" in (await stranger.asks("뒤로")).text


@pytest.mark.parametrize("owner", [None, 5])
async def test_anothers_number_is_refused_with_words_and_the_question_asked_again(school, stranger, owner):
    await asked_for_the_number(school, stranger)
    await stranger.sends(**contents.contact("821000000002", user_id=owner))
    refused = (await stranger.answer())[-1].text
    assert ("다른 분의 연락처는 받지 않아요" in refused, "휴대전화 번호를 적어 주세요" in refused) == (True, True)


async def test_anothers_contact_in_the_middle_of_a_form_is_no_answer_to_its_question(school, stranger):
    await asked_for_the_number(school, stranger)
    await stranger.asks("뒤로")
    await stranger.sends(**contents.contact("821000000002", user_id=5))
    refused = (await stranger.answer())[-1].text
    assert ("다른 분의 연락처는 받지 않아요" in refused, "태어난 해를 적어 주세요" in refused) == (True, True)
    assert "휴대전화 번호를" in (await stranger.asks("1983")).text


async def proven(school):
    return [row.proven_mobile for row in await school.rows(select(residents.c.proven_mobile))]


async def test_only_their_own_contact_proves_a_number(school, stranger):
    await asked_for_the_number(school, stranger)
    await stranger.sends(**contents.contact("821000000002", user_id=5))
    await stranger.says("010-0000-0001")
    await stranger.answer()
    assert await proven(school) == [None]
    await stranger.asks("뒤로")
    await stranger.sends(**contents.contact("821000000001", user_id=stranger.id))
    await stranger.answer()
    assert await proven(school) == ["+821000000001"]


def test_a_sender_without_a_number_owns_no_contact():
    sender, chat = {"is_bot": False}, {"id": 7, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "contact": {"phone_number": "821000000001"}}
    read = reading.read({"update_id": 5, "message": message}, "")
    assert read is not None
    assert read.said.other == "contact_of_another"


async def test_a_contact_that_nobody_asked_for_is_no_search(stranger):
    await stranger.asks("/start")
    await stranger.sends(**contents.contact("821000000001", user_id=stranger.id))
    assert "연락처 대신 글자로" in (await stranger.answer())[-1].text


async def test_the_caption_of_a_photo_is_a_text(school, stranger):
    await school.opens()
    await stranger.sends(**contents.photo("바리스타"))
    assert "바리스타 2급" in (await stranger.answer())[-1].text


@pytest.mark.parametrize(
    ("code", "says"), [("ko", "안녕하세요"), ("en-GB", "Hello"), ("vi", "Hello"), (None, "안녕하세요")]
)
async def test_the_first_language_is_that_of_the_app(stranger, code, says):
    stranger.user["language_code"] = code
    assert says in (await stranger.asks("/start")).text


async def test_whoever_chose_a_language_keeps_it(stranger):
    stranger.user["language_code"] = "en"
    await stranger.asks("/korean")
    assert "안녕하세요" in (await stranger.asks("/start")).text
