"""Groups are shown the way to the private chat when they address us; nothing of them is stored or acted on."""

import pytest
from sqlalchemy import func, select

from bot.channels.telegram.groups import is_for
from bot.channels.telegram.reading import read
from bot.channels.telegram.sending import TelegramOut, TelegramPush
from bot.messages.delivery import Gone
from bot.messages.incoming import Incoming
from handlers.dialogue.conversation import Said
from handlers.dialogue.reply import Reply
from storage.tables import addresses, consents, enrollments, inbox, residents
from tests.support.botapi import Person, contents

pytestmark = [pytest.mark.on_sqlite, pytest.mark.filterwarnings("ignore:Please use 'Bot")]

KEPT = (inbox, residents, addresses, consents, enrollments)
US = "baeumtok_test_bot"


async def rows(school) -> list[int]:
    return [(await school.rows(select(func.count()).select_from(table)))[0][0] for table in KEPT]


@pytest.fixture
def said_in(api, stranger: Person, all_taken):
    """What the bot shows in a group after these words."""

    async def say(*words, kind="supergroup", **more):
        group = api.group(-1001, kind=kind)
        for each in words:
            await stranger.sends(group=group, **contents.text(each), **more)
        await all_taken()
        return list(group.messages.values())

    return say


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("words", [f"/start@{US}", f"@{US} 바리스타 있어요?", f"/help@{US.upper()} c1"])
async def test_who_addresses_us_is_shown_one_link_and_nothing_is_kept(school, said_in, words, kind):
    (shown,) = await said_in(words, kind=kind)
    assert "일대일 대화에서만" in shown.text
    assert shown.buttons == [[{"text": "일대일 대화 열기", "url": f"https://t.me/{US}?start=from-group"}]]
    assert await rows(school) == [0] * len(KEPT)


@pytest.mark.parametrize(
    "words",
    ["/start@other_bot", "다들 점심 먹었어요?", "/start", f"@{US}2 안녕", f"me@{US}", f"/start@other_bot @{US}x"],
)
async def test_what_is_for_others_is_left_alone(school, said_in, words):
    assert await said_in(words) == []
    assert await rows(school) == [0] * len(KEPT)


async def test_a_topic_is_answered_in_the_topic(said_in):
    (shown,) = await said_in(f"/start@{US}", message_thread_id=77, is_topic_message=True)
    assert shown.topic == 77


async def test_one_group_is_not_answered_again_and_again(said_in):
    assert len(await said_in(*[f"/start@{US}"] * 20)) == 2


@pytest.mark.parametrize("status", ["member", "administrator"])
async def test_adding_us_to_a_group_shows_the_link_once(school, api, stranger, all_taken, status):
    group = api.group(-1001)
    joined(api, stranger, "left", status)
    joined(api, stranger, status, "administrator")
    joined(api, stranger, "administrator", "kicked")
    await all_taken()
    assert ["일대일 대화에서만" in message.text for message in group.messages.values()] == [True]
    assert await rows(school) == [0] * len(KEPT)


def joined(api, person: Person, before: str, now: str) -> None:
    states = {"old_chat_member": {"user": api.me, "status": before}, "new_chat_member": {"user": api.me, "status": now}}
    chat = api.group(-1001).as_json()
    api.updates.push("my_chat_member", {"chat": chat, "from": person.user, "date": 1, **states})


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_no_button_command_or_edit_of_a_group_acts(school, api, stranger, all_taken, kind):
    course = await school.opens()
    chat = api.group(-1001, kind=kind).as_json()
    message = {"message_id": 1, "date": 1, "chat": chat, "from": stranger.user, "text": f"/start@{US} c{course}"}
    tap = {"id": "1", "from": stranger.user, "chat_instance": "1", "data": f"forms/enroll/{course}", "message": message}
    for update in ({"callback_query": tap}, {"edited_message": message}, {"channel_post": message}):
        assert read({"update_id": 1, **update}, US) is None
        api.push_raw(update)
    await all_taken()
    assert (list(api.group(-1001).messages.values()), await rows(school)) == ([], [0] * len(KEPT))


async def test_a_group_that_is_kept_from_before_is_told_nothing_any_more(api, taking):
    out, push = TelegramOut(taking._delivery, taking._inflow._deliverer._pace), TelegramPush(taking._delivery, None)
    with pytest.raises(Gone):
        await out.deliver(Incoming("telegram", "1", "-1001", Said(), {}), Reply("알림"))
    with pytest.raises(Gone):
        await push.push("-1001", Reply("알림"), 1)


@pytest.mark.parametrize(
    ("words", "is_ours"),
    [("@bot", True), ("네 @BOT.", True), ("/x@bot", True), ("@bot_2", False), ("@botany", False), ("/x@bot2", False)],
)
def test_nobody_speaks_to_us_by_a_name_that_only_begins_as_ours(words, is_ours):
    assert is_for("bot", words) is is_ours
