"""The dealer's double takes what the dealer's documents allow, and nothing else."""

import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.ways.solapi.client import signed
from tests.support.solapi import CHANNEL, KEY, SECRET, Dealer

NOW = datetime(2026, 12, 14, 9, tzinfo=UTC)
SEND = "/messages/v4/send-many/detail"


@pytest.fixture
async def double():
    started = await Dealer(lambda: NOW).start()
    started.account.offers("안내", "#{이름}님, 안녕하세요")
    yield started
    await started.stop()


async def calls(double, path=SEND, body=None, header=None):
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": header or signed(KEY, SECRET, NOW)}
        method = session.post if body is not None else session.get
        said = {"data": json.dumps(body)} if body is not None else {}
        async with method(double.url + path, headers=headers, **said) as answer:
            return answer.status, await answer.json()


def message(double, **differing):
    (template,) = double.account.templates
    kakao = {"pfId": CHANNEL, "templateId": template, "variables": {"#{이름}": "홍길동"}, "disableSms": True}
    kakao |= differing.pop("kakao", {})
    return {"to": "01000000001", "kakaoOptions": kakao, **differing}


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ("", "InvalidAuthorization"),
        ("Bearer x", "InvalidAuthorization"),
        (signed("NCSOTHER", SECRET, NOW), "InvalidAPIKey"),
        (signed(KEY, "another", NOW), "SignatureDoesNotMatch"),
        (signed(KEY, SECRET, NOW - timedelta(minutes=16)), "RequestTimeTooSkewed"),
        (signed(KEY, SECRET, NOW + timedelta(minutes=16)), "RequestTimeTooSkewed"),
    ],
)
async def test_who_does_not_sign_as_asked_is_turned_away(double, header, error):
    status, told = await calls(double, "/cash/v1/balance", header=header or "-")
    assert (status, told["errorCode"]) == (403, error)


async def test_no_signature_is_good_twice(double):
    header = signed(KEY, SECRET, NOW - timedelta(minutes=14))
    assert (await calls(double, "/cash/v1/balance", header=header))[0] == 200
    assert (await calls(double, "/cash/v1/balance", header=header))[1]["errorCode"] == "DuplicatedSignature"


@pytest.mark.parametrize(
    "differing",
    [
        {"to": "010-0000-0001"},
        {"to": 1000000001},
        {"too": "much"},
        {"kakao": {"variables": {"이름": "홍길동"}}},
        {"kakao": {"variables": {"#{이름}": 3}}},
        {"kakao": {"disableSms": "yes"}},
        {"customFields": {"x" * 31: "1"}},
        {"customFields": {"x": "1" * 101}},
    ],
)
async def test_what_is_malformed_spoils_the_whole_call(double, differing):
    status, told = await calls(double, body={"messages": [message(double), message(double, **differing)]})
    assert (status, told["errorCode"], double.account.messages) == (400, "ValidationError", {})


@pytest.mark.parametrize(
    ("differing", "code"),
    [
        ({"kakao": {"pfId": "KA01PFother"}}, "1041"),
        ({"kakao": {"templateId": "KA01TPother"}}, "1042"),
        ({"kakao": {"variables": {}}}, "1043"),
        ({"kakao": {"variables": {"#{이름}": ""}}}, "1043"),
        ({"kakao": {"variables": {"#{이름}": "길" * 1000}}}, "1031"),
        ({"kakao": {"disableSms": False}}, "1062"),
        ({"from": "0200000000"}, "1062"),
    ],
)
async def test_what_cannot_be_sent_is_refused_alone_and_costs_nothing(double, differing, code):
    good = message(double, to="01000000002")
    _, told = await calls(double, body={"messages": [message(double, **differing), good]})
    assert [each["statusCode"] for each in told["failedMessageList"]] == [code]
    assert (len(double.account.messages), double.account.spent) == (1, 13)


async def test_a_number_stands_once_in_a_call_unless_it_may_twice(double):
    twice = {"messages": [message(double)] * 2}
    _, told = await calls(double, body=twice)
    assert [each["statusCode"] for each in told["failedMessageList"]] == ["1026"]
    assert (await calls(double, body=twice | {"allowDuplicates": True}))[1]["failedMessageList"] == []


async def test_text_messages_leave_by_themselves_unless_they_are_turned_off(double):
    double.account.senders, double.account.not_on_kakao = {"0200000000"}, {"01000000001"}
    said = message(double, **{"from": "0200000000"})
    del said["kakaoOptions"]["disableSms"]
    await calls(double, body={"messages": [said]})
    assert [[each.code for each in double.account.advance()] for _ in range(3)] == [["3104"], ["4000"], []]
    assert (double.account.spent, [each.type for each in double.account.arrived]) == (18, ["LMS"])
