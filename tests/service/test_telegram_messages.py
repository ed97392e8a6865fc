"""Whatever people send to the bot, they are answered as they should be, and nothing stops."""

import pytest
from sqlalchemy import select

from storage.tables import addresses, inbox
from tests.support.botapi import Person, contents
from tests.support.service.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_GROUP = select(inbox.c.id).where(inbox.c.address == "-1001")
ODD_UPDATES = (
    {"message": "not an object"},
    {"message": {"message_id": 1, "date": 0}},
    {"callback_query": {"id": "1"}},
    {"callback_query": {"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "A"}, "chat_instance": "1"}},
    {"my_chat_member": {}},
    {"a_kind_that_nobody_knows": {"id": 1}},
    {"poll": {"id": "1"}},
    {"message": None},
    {"my_chat_member": None, "message": []},
    {},
)


async def test_a_press_changes_the_screen_and_a_word_brings_a_new_one(newcomer: Person):
    first = await newcomer.asks("/start")
    pressed = await newcomer.taps("도움말")
    assert (pressed.message_id, pressed.edits) == (first.message_id, 1)
    typed = await newcomer.asks("도움말")
    assert typed.message_id > first.message_id
    assert len(newcomer.messages) == 2


async def test_a_tap_is_acknowledged(town: Town, newcomer: Person):
    await newcomer.asks("/start")
    update = await newcomer.presses("도움말")
    await newcomer.answer()
    assert town.api.ledger.entries[update].tap_answered


async def test_pressing_what_is_shown_already_is_answered_without_a_new_message(town: Town, newcomer: Person):
    await newcomer.asks("/help")
    update = await newcomer.presses("도움말")
    await town.quiet()
    assert (town.api.replies(update), len(newcomer.messages)) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("sticker", "스티커 잘 받았어요"),
        ("photo", "사진은 읽지 못해요"),
        ("voice", "음성은 아직 듣지 못해요"),
        ("contact", "다른 분의 연락처는 받지 않아요"),
        ("document", "읽을 수 없는 메시지"),
        ("location", "읽을 수 없는 메시지"),
    ],
)
async def test_what_is_no_text_is_answered_too(newcomer: Person, kind: str, told: str):
    await newcomer.sends(**contents.KINDS[kind]())
    (shown,) = await newcomer.answer()
    assert told in shown.text


async def test_who_edits_a_message_is_asked_to_send_it_anew(newcomer: Person):
    await newcomer.asks("/start")
    await newcomer.edits("바리스타")
    (shown,) = await newcomer.answer()
    assert "새로 보내 주세요" in shown.text


async def test_a_group_is_shown_the_way_to_the_private_chat_and_not_kept(town: Town, newcomer: Person):
    group = town.api.group(-1001)
    await newcomer.says("다들 점심 먹었어요?", group)
    await newcomer.says("/start@baeumtok_test_bot", group)
    await newcomer.asks("/start")
    await town.quiet()
    (shown,) = group.messages.values()
    assert shown.buttons[0][0]["url"] == "https://t.me/baeumtok_test_bot?start=from-group"
    assert await town.database.read(lambda tx: tx.execute(IN_GROUP).all()) == []


async def test_bots_are_not_answered(town: Town):
    bot = town.api.person(42, "다른 봇", bot=True)
    await bot.says("/start")
    await town.quiet()
    assert bot.messages == []


@pytest.mark.parametrize("update", ODD_UPDATES, ids=str)
async def test_an_odd_update_stops_nobody(town: Town, newcomer: Person, update: dict[str, object]):
    town.api.push_raw(dict(update))
    assert "안녕하세요" in (await newcomer.asks("/start")).text


async def test_a_message_that_cannot_be_parsed_stops_nobody(town: Town, newcomer: Person):
    newcomer.sends_unparseable()
    assert "안녕하세요" in (await newcomer.asks("/start")).text
    assert "update refused reason=type_is_missing" in town.service.logs


async def test_blocking_the_bot_is_remembered_and_so_is_coming_back(town: Town, newcomer: Person):
    await newcomer.asks("/korean")
    newcomer.blocks()
    await town.quiet()
    assert await unreachable(town, newcomer)
    newcomer.unblocks()
    await town.quiet()
    assert not await unreachable(town, newcomer)


async def test_who_cannot_be_written_to_is_noted_when_a_reply_is_refused(town: Town, newcomer: Person):
    await newcomer.asks("/korean")
    newcomer.blocks(silently=True)
    await newcomer.says("/help")
    await town.quiet()
    assert await unreachable(town, newcomer)
    failure = select(inbox.c.failure).where(inbox.c.address == str(newcomer.id)).order_by(inbox.c.id.desc())
    assert await town.database.read(lambda tx: tx.execute(failure).scalars().first()) == "unreachable"


async def test_a_text_beyond_telegrams_limit_comes_in_parts_and_only_the_last_has_buttons(town: Town, newcomer: Person):
    description = "\n".join(f"{number}째 줄 🌸 <b>&" for number in range(700))
    course = await town.opens(description=description)
    await newcomer.asks(f"/start c{course}")
    await newcomer.says("자세히")
    await town.quiet()
    *first, last = await newcomer.answer()
    assert (len(first), [message.labels for message in first]) == (2, [[], []])
    assert last.button("신청하기")
    assert description in "\n".join(message.text for message in (*first, last))


async def test_signs_of_markup_are_shown_as_they_were_written(town: Town, newcomer: Person):
    title = "꽃 & <b>화훼</b> <script>"
    course = await town.opens(title=title, instructor="<i>&amp;", description="5 < 6 && 7 > 6")
    await newcomer.asks(f"/start c{course}")
    card = await newcomer.asks("자세히")
    assert all(words in card.text for words in (title, "<i>&amp;", "5 < 6 && 7 > 6"))


async def test_a_name_of_markup_is_asked_again_and_nothing_of_it_is_read_as_markup(town: Town, newcomer: Person):
    course = await town.opens(title="<b>& 강좌")
    await newcomer.asks(f"/start c{course}")
    for label in ("신청하기", "텔레그램으로 계속", "동의하고 계속", "청구동"):
        await newcomer.taps(label)
    assert "이름만 한글이나" in (await newcomer.asks("<b>&")).text


async def test_a_registration_number_is_refused_and_kept_nowhere(town: Town, newcomer: Person):
    assert "주민등록번호는 받지 않아요" in (await newcomer.asks("제 번호는 900101-1234568 이에요")).text
    stored = select(inbox.c.body).where(inbox.c.address == str(newcomer.id))
    assert "1234568" not in str(await town.database.read(lambda tx: tx.execute(stored).scalars().all()))


async def test_the_commands_menu_is_set_in_both_languages(town: Town):
    korean, english = (town.api.commands['{"type": "default"}', language] for language in ("", "en"))
    both = ["start", "courses", "mine", "surveys", "jobs", "counseling", "news", "help", "contact", "me"]
    assert [each["command"] for each in korean] == [*both, "english"]
    assert [each["command"] for each in english] == [*both, "korean"]
    assert korean[1]["description"] == "강좌 찾기"


async def test_a_resident_may_speak_english(newcomer: Person):
    await newcomer.asks("/start")
    assert "한국어" in (await newcomer.taps("English")).labels
    assert (await newcomer.asks("/contact")).labels == ["Get a call", "Main menu"]


async def unreachable(town: Town, newcomer: Person) -> bool:
    query = select(addresses.c.unreachable).where(addresses.c.address == str(newcomer.id))
    return bool(await town.database.read(lambda tx: tx.execute(query).scalar_one()))
