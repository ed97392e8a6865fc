"""The questions at a real terminal: what won't do is asked again with what to do, and who stops leaves nothing."""

import asyncio
import tomllib

import pytest

from tests.support.commands import at_terminal, bot

NAMES = [("기관 이름 [중구]", ""), ("팀 이름 [평생학습팀]", "일자리팀"), ("전화번호", "02-1234-5678")]
NO_KAKAO = ("카카오톡도 쓸까요?", "")


async def asked(config, *rest, until, presses, **env):
    """In a thread, so that the double of Telegram can answer meanwhile."""
    said = asyncio.to_thread(at_terminal, config, "setup", answers=rest, until=until, presses=presses, **env)
    return await said


async def test_every_wrong_answer_is_told_what_to_do_and_the_right_ones_are_kept(bare, free_port, api):
    (bare.parent / "file").touch()
    code, said = await asked(
        bare,
        *NAMES[:2],
        ("전화번호", ""),
        ("비워 둘 수 없습니다", "02-000-0000"),
        ("예시 번호입니다", "02-1234-5678"),
        ("텔레그램 토큰", "123456"),
        ("BotFather가 준 토큰을 그대로", None),
        ("텔레그램 토큰", "123456:wrong-token"),
        ("토큰이 맞지 않습니다", None),
        ("텔레그램 토큰", api.token),
        ("봇에 연결했습니다", ""),
        ("데이터베이스", f"{bare.parent}/file/our.db"),
        ("권한을 확인하거나", f"{bare.parent}/our.db"),
        ("주소와 포트", "팔천"),
        ("예: 8080, 0.0.0.0:8080", api.url.rpartition(":")[2]),
        ("다른 프로그램이 쓰고 있습니다", free_port),
        ("https 주소", "http://baeumtok.example.kr"),
        ("https:// 로 시작하는", "baeumtok.invalid"),
        ("이 컴퓨터로 오는지", "글쎄"),
        ("예나 아니요로", "예"),
        ("DNS", "https://baeumtok.example.kr"),
        ("이 컴퓨터로 오는지", ""),
        ("polling/webhook", "hook"),
        ("polling이나 webhook을", "webhook"),
        ("아이디", "김"),
        ("영어 작은 글자로", "kim"),
        ("이름 [kim]", "김담당"),
        until="그대로 할까요?",
        presses="예\n".encode(),
        BAEUMTOK_TELEGRAM__API_URL=api.url,
    )
    assert (code, "시작하는 링크: https://baeumtok.example.kr/desk/begin/" in said) == (0, True), said
    assert (api.token in said, "wrong-token" in said) == (False, False)
    written = tomllib.loads(bare.read_text())
    assert written["organization"]["team"] == "일자리팀"
    assert written["database"] == {"url": f"sqlite+aiosqlite:///{bare.parent}/our.db"}
    telegram = written["telegram"]
    assert (telegram["token"], telegram["mode"], len(telegram["webhook_secret"]) > 16) == (api.token, "webhook", True)
    web = {"host": "127.0.0.1", "port": int(free_port), "public_url": "https://baeumtok.example.kr"}
    assert written["web"] == {**web, "trusted_proxies": ["127.0.0.1"]}
    assert f"{bare.stat().st_mode & 0o777:o}" == "600"


async def test_kakao_asks_for_what_it_needs_and_an_address_that_it_can_reach(bare, free_port):
    code, said = await asked(
        bare,
        *NAMES,
        ("텔레그램 토큰", ""),
        ("카카오톡도 쓸까요?", "네"),
        ("봇 ID", "봇"),
        ("그대로 적어 주세요", "659e3b4a7407e2205bf34eae"),
        ("폴백 블록", "659e3b4a7407e2205bf34eb3"),
        ("데이터베이스", ""),
        ("주소와 포트", free_port),
        ("https 주소", ""),
        ("카카오톡을 쓰려면 https", "https://baeumtok.example.kr"),
        ("이 컴퓨터로 오는지", ""),
        ("아이디", "kim"),
        ("이름 [kim]", ""),
        until="그대로 할까요?",
        presses=b"\n",
    )
    assert (code, "docs/kakao.md" in said) == (0, True), said
    kakao = tomllib.loads(bare.read_text())["kakao"]
    assert len(kakao.pop("skill_secret")) > 16
    assert kakao == {"bot_id": "659e3b4a7407e2205bf34eae", "block_id": "659e3b4a7407e2205bf34eb3"}


UP_TO_THE_OFFICER = [
    *NAMES,
    ("텔레그램 토큰", ""),
    NO_KAKAO,
    ("데이터베이스", ""),
    ("주소와 포트", "PORT"),
    ("https 주소", ""),
    ("아이디", "kim"),
    ("이름 [kim]", ""),
]


@pytest.mark.parametrize(
    ("answered", "until", "key"),
    [
        (0, "기관 이름", b"\x03"),
        (3, "텔레그램 토큰", b"\x03"),
        (3, "텔레그램 토큰", b"\x04"),
        (10, "그대로 할까요?", b"\x03"),
    ],
    ids=["at the first", "at a secret", "Ctrl-D", "at the last"],
)
async def test_who_stops_in_the_middle_leaves_nothing_behind(bare, free_port, answered, until, key):
    answers = [(asks, free_port if types == "PORT" else types) for asks, types in UP_TO_THE_OFFICER[:answered]]
    code, said = await asked(bare, *answers, until=until, presses=key)
    assert (code, "멈추었습니다" in said, list(bare.parent.iterdir())) == (130, True, []), said


async def test_who_says_no_at_the_end_leaves_nothing_behind(bare, free_port):
    answers = [(asks, free_port if types == "PORT" else types) for asks, types in UP_TO_THE_OFFICER]
    code, said = await asked(bare, *answers, until="그대로 할까요?", presses="아니요\n".encode())
    assert (code, "아무것도 바꾸지 않았습니다" in said, list(bare.parent.iterdir())) == (1, True, []), said


def test_who_can_not_be_asked_is_asked_nothing(bare):
    code, said = bot(bare, "setup")
    assert (code, said.strip()) == (2, "빠진 것이 있습니다. 함께 적어 주세요: --phone, --officer, --yes")
    assert list(bare.parent.iterdir()) == []
