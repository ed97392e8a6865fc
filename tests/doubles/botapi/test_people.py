"""People press what they see, and the books tell what the bot still owes them."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.support.botapi import BotApi, Person, contents


def buttons(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"do/{label}") for label in labels]])


async def test_a_label_is_pressed_on_the_newest_message_that_has_it(bot: Bot, person: Person):
    await bot.send_message(person.id, "처음", reply_markup=buttons("신청"))
    newest = await bot.send_message(person.id, "나중", reply_markup=buttons("신청", "취소"))
    await person.presses("신청")
    (update,) = await bot.get_updates()
    assert update.callback_query
    assert (update.callback_query.message, update.callback_query.data) == (newest, "do/신청")
    with pytest.raises(LookupError, match="no message shows a button «없음»"):
        await person.presses("없음")


async def test_a_button_that_was_edited_away_can_still_be_pressed(bot: Bot, person: Person):
    message = await bot.send_message(person.id, "고르세요", reply_markup=buttons("신청"))
    await message.edit_text("신청되었습니다")
    assert (person.screen.text, person.screen.labels) == ("신청되었습니다", [])
    await person.presses_old(person.screen, "신청")
    (update,) = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "do/신청"


async def test_an_answer_is_what_was_shown_since_the_last_words(bot: Bot, person: Person):
    await bot.send_message(person.id, "예전 안내")
    await person.says("강좌")
    await bot.send_message(person.id, "<b>강좌</b> 목록", parse_mode="HTML")
    assert [message.text for message in await person.answer(quiet=0.01)] == ["강좌 목록"]
    await person.says("또")
    with pytest.raises(AssertionError, match="김배움 got no answer to «또»"):
        await person.answer(patience=0.05)


@pytest.mark.parametrize("kind", contents.KINDS)
async def test_all_that_people_send_can_be_parsed(bot: Bot, person: Person, kind: str):
    content = contents.text("안녕") if kind == "text" else contents.KINDS[kind]()
    await person.sends(**content)
    (update,) = await bot.get_updates()
    assert update.message
    assert getattr(update.message, kind)


async def test_blocking_editing_and_groups_are_told(api: BotApi, bot: Bot, person: Person):
    person.blocks()
    person.unblocks()
    await person.edits("/stop")
    await person.says("모두 안녕", group=api.group(-100))
    blocked, unblocked, edited, group = await bot.get_updates()
    assert blocked.my_chat_member
    assert unblocked.my_chat_member
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert edited.edited_message
    assert group.effective_chat
    assert (edited.edited_message.text, group.effective_chat.type) == ("/stop", "supergroup")


async def test_an_update_can_be_impossible_to_parse(api: BotApi, person: Person):
    update = api.updates.known[person.sends_unparseable()]
    with pytest.raises(TypeError):
        Update.de_json(update, None)


async def test_the_books_tell_who_waits_and_who_was_answered_twice(api: BotApi, bot: Bot, person: Person):
    (started,) = (entry.update_id for entry in api.unanswered())
    await bot.send_message(person.id, "환영합니다")
    assert (api.unanswered(), api.replies(started), api.answered_twice()) == ([], 1, [])
    await bot.send_message(person.id, "환영합니다")
    assert [entry.update_id for entry in api.answered_twice()] == [started]


async def test_a_tap_is_owed_both_a_change_and_an_answer(api: BotApi, bot: Bot, person: Person):
    message = await bot.send_message(person.id, "고르세요", reply_markup=buttons("예"))
    await person.presses("예")
    await message.edit_text("신청되었습니다")
    assert [entry.lacks for entry in api.unanswered()] == ["no answerCallbackQuery"]
    (tap,) = await bot.get_updates()
    assert tap.callback_query
    await tap.callback_query.answer()
    assert api.unanswered() == []
