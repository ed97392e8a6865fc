"""The double refuses what Telegram refuses, as python-telegram-bot's own client sees it."""

import asyncio

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from tests.support.botapi import BotApi, Person
from tests.support.botapi.clients import a_bot
from tests.support.waiting import until


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


async def test_a_wrong_token_is_unauthorized(api: BotApi):
    with pytest.raises(InvalidToken, match="rejected by the server"):
        async with a_bot(api, "123456:other"):
            pass


async def test_an_unknown_method_and_an_unknown_parameter_are_refused(bot: Bot, person: Person):
    with pytest.raises(BadRequest, match="Unknown parameter txt"):
        await bot.send_message(person.id, "안녕", api_kwargs={"txt": "hi"})
    with pytest.raises(Exception, match="not found in Bot API"):
        await bot.do_api_request("sendTelegram")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        ("  ", "Text must be non-empty"),
        ("가" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
    ],
)
async def test_a_text_is_neither_empty_nor_longer_than_4096_units(bot: Bot, person: Person, text: str, refusal: str):
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(person.id, text)


async def test_the_length_counts_after_entities_are_parsed(bot: Bot, person: Person):
    message = await bot.send_message(person.id, "<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")
    assert message.text == "&" * 4096
    assert [(entity.type, entity.length) for entity in message.entities] == [("bold", 4096)]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("가<b>나", 'Can\'t find end tag corresponding to start tag "b"'),
        ("가<font>나</font>", 'Unsupported start tag "font" at byte offset 3'),
        ("<b><i>가</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("가</b>", "Unexpected end tag at byte offset 3"),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("R&D", "Unescaped ampersand at byte offset 1"),
        ("<span>가</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused(bot: Bot, person: Person, text: str, refusal: str):
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(person.id, text, parse_mode="HTML")
    assert refused.value.message == f"Can't parse entities: {refusal}".capitalize()


async def test_html_becomes_entities_counted_in_utf16_units(bot: Bot, person: Person):
    text = '😀 <a href="https://t.me/x?a=1&amp;b=2">링크</a> <pre><code class="language-py">x</code></pre>'
    message = await bot.send_message(person.id, text, parse_mode="HTML")
    assert message.text == "😀 링크 x"
    link, code = message.entities
    assert (link.offset, link.length, link.url) == (3, 2, "https://t.me/x?a=1&b=2")
    assert (code.type, code.language, code.offset) == ("pre", "py", 6)


async def test_strangers_blockers_and_the_deactivated_cannot_be_written_to(api: BotApi, bot: Bot, person: Person):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(api.person(77).id, "안녕하세요")
    person.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(person.id, "안녕하세요")
    person.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(person.id, "안녕하세요")


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        (InlineKeyboardButton("가", callback_data="가" * 22), "Button_data_invalid"),
        (InlineKeyboardButton(" ", callback_data="a"), "Inline keyboard button text must be non-empty"),
        (InlineKeyboardButton("가"), "Text buttons are unallowed in the inline keyboard"),
        (
            InlineKeyboardButton("가", url="http://localhost:8080/"),
            "URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
        ),
        (InlineKeyboardButton("가", url="ftp://a.kr"), "Unsupported URL protocol"),
    ],
)
async def test_a_bad_button_is_refused(bot: Bot, person: Person, button: InlineKeyboardButton, refusal: str):
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(person.id, "고르세요", reply_markup=keyboard(button))
    assert refusal.lower() in refused.value.message.lower()


async def test_links_to_ip_addresses_and_64_bytes_of_data_pass(bot: Bot, person: Person):
    link = InlineKeyboardButton("신청서", url="http://127.0.0.1:8080/form")
    full = InlineKeyboardButton("신청", callback_data="a" * 64)
    message = await bot.send_message(person.id, "고르세요", reply_markup=keyboard(link, full))
    assert message.reply_markup
    assert message.reply_markup.inline_keyboard[0][0].url == "http://127.0.0.1:8080/form"


async def test_101_buttons_or_9_in_a_row_are_refused(bot: Bot, person: Person):
    button = InlineKeyboardButton("가", callback_data="a")
    with pytest.raises(BadRequest, match="More than 8 buttons"):
        await bot.send_message(person.id, "고르세요", reply_markup=keyboard(*[button] * 9))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(person.id, "고르세요", reply_markup=InlineKeyboardMarkup([[button]] * 101))


async def test_an_edit_must_change_something_that_the_bot_sent(bot: Bot, person: Person):
    message = await bot.send_message(person.id, "하나")
    await message.edit_text("둘")
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await message.edit_text("둘")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("셋", person.id, next(iter(person.chat.incoming)))
    await message.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await message.edit_text("셋")


async def test_a_document_arrives_and_has_no_text_to_edit(bot: Bot, person: Person):
    message = await bot.send_document(
        person.id, b"%PDF", filename="수료증.pdf", caption="<b>축하</b>", parse_mode="HTML"
    )
    document = person.screen.document
    assert document
    assert (document.name, document.data, person.screen.text) == ("수료증.pdf", b"%PDF", "축하")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await message.edit_text("다시")


async def test_a_tap_is_answered_once_and_in_time(api: BotApi, bot: Bot, person: Person):
    await bot.send_message(person.id, "고르세요", reply_markup=keyboard(InlineKeyboardButton("예", callback_data="y")))
    await person.presses("예")
    tap = (await bot.get_updates())[0].callback_query
    assert tap
    assert await tap.answer("됐습니다")
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await tap.answer()
    assert person.toast == "됐습니다"


async def test_rate_limits_tell_how_long_to_wait(api: BotApi, bot: Bot, person: Person):
    api.limits.enabled = True
    for number in range(3):
        await bot.send_message(person.id, f"{number}")
    with pytest.raises(RetryAfter, match="Retry in 0:00:01"):
        await bot.send_message(person.id, "넷째")
    assert len(person.messages) == 3


async def test_thirty_a_second_is_the_most_overall(api: BotApi, bot: Bot):
    api.limits.enabled = True
    for user_id in range(1, 32):
        await api.person(user_id).says("/start")
    sends = (bot.send_message(user_id, "안내") for user_id in range(1, 32))
    results = await asyncio.gather(*sends, return_exceptions=True)
    assert sum(isinstance(result, RetryAfter) for result in results) == 1


async def test_commands_are_lowercase_and_described(bot: Bot):
    assert await bot.set_my_commands([("courses", "강좌 찾기")], language_code="ko")
    assert [command.description for command in await bot.get_my_commands(language_code="ko")] == ["강좌 찾기"]
    for name, description in (("Courses", "강좌"), ("강좌", "강좌"), ("courses", "")):
        with pytest.raises(BadRequest):
            await bot.set_my_commands([(name, description)])


async def test_a_second_poller_ends_the_first_with_a_conflict(api: BotApi, bot: Bot):
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await until(lambda: api.updates._poller is not None)
    second = asyncio.create_task(bot.get_updates(timeout=10))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    await api.person(1).says("안녕")
    assert len(await second) == 1


async def test_parameters_arrive_by_query_form_and_multipart_too(api: BotApi, person: Person):
    params = {"chat_id": str(person.id), "text": "안녕", "reply_markup": '{"inline_keyboard":[]}'}
    async with aiohttp.ClientSession(f"{api.url}/bot{api.token}/") as session:
        (await session.get("sendMessage", params=params)).release()
        (await session.post("sendmessage", data=params)).release()
        with aiohttp.MultipartWriter("form-data") as form:
            for name, value in params.items():
                form.append(value).set_content_disposition("form-data", name=name)
        (await session.post("sendMessage", data=form)).release()
    assert [message.text for message in person.messages] == ["안녕"] * 3


async def test_a_photo_is_a_picture_attached_by_reference(bot: Bot, person: Person):
    await bot.send_photo(person.id, InputFile(b"\x89PNG...", attach=True), caption="약도")
    photo = person.screen.photo
    assert photo
    assert (photo.data, person.screen.text) == (b"\x89PNG...", "약도")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(person.id, b"not a picture")
