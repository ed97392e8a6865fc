"""No channel lets a registration number in, wherever in a message it stands and however it is disguised."""

import json

import pytest

from bot.channels.kakao import reading as kakao
from bot.channels.telegram import reading as telegram
from handlers.language.hidden_numbers import MASK
from tests.support.domain import SEAL
from tests.support.sentences.registration_numbers import DISGUISES

SENDER = {"id": 7, "is_bot": False, "first_name": "900101-1234567", "username": "900101_1234567"}
CHAT = {"id": 7, "type": "private"}


def message(**parts):
    return {"message_id": 1, "date": 1, "chat": CHAT, "from": SENDER, **parts}


def in_telegram(number):
    contact = {"phone_number": number, "first_name": number, "last_name": number, "vcard": number, "user_id": 7}
    tap = {"id": "9", "from": SENDER, "message": message(text=number), "data": f"start/{number}"}
    yield {"message": message(text=f"제 번호는 {number}")}
    yield {"message": message(caption=f"제 번호는 {number}", photo=[])}
    yield {"message": message(text=f"/start {number}", reply_to_message=message(text=number))}
    yield {"message": message(contact=contact)}
    yield {"edited_message": message(text=number)}
    yield {"callback_query": tap}


def in_kakao(number):
    user = {"id": "u" * 20}
    yield {"userRequest": {"user": user, "utterance": f"제 번호는 {number}"}}
    yield {
        "userRequest": {"user": user},
        "action": {"clientExtra": {"path": f"start/{number}"}, "params": {"a": number}},
    }


def is_kept(number, incoming):
    """Whether the last part of a number stands in what would be stored."""
    written = json.dumps([incoming.key, incoming.address, incoming.body], ensure_ascii=False)
    return any(part in written for part in (number, json.dumps(number)[1:-1], number[-7:]))


@pytest.mark.parametrize("number", DISGUISES, ids=ascii)
def test_nothing_of_a_telegram_message_holds_one(number):
    read = [telegram.read({"update_id": 5, **each}, "") for each in in_telegram(number)]
    assert len([each for each in read if each]) == len(read)
    assert [each.body for each in read if is_kept(number, each)] == []
    assert MASK in read[0].said.text


@pytest.mark.parametrize("number", DISGUISES, ids=ascii)
def test_nothing_of_a_kakaotalk_message_holds_one(number):
    read = [kakao.read(kakao.parse(each), number, SEAL.digest) for each in in_kakao(number)]
    assert [each.body for each in read if is_kept(number, each)] == []
    assert MASK in read[0].said.text
