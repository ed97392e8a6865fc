"""All answers as flags, for scripts: secrets come from a file, standard input or the environment."""

import asyncio
import tomllib

import pytest

from tests.support.commands import bot


def test_flags_are_enough(bare, flags):
    code, said = bot(bare, "setup", *flags, "--team", "일자리팀")
    assert (code, "시작하는 링크: http://127.0.0.1:" in said, "사본을 두세요" in said) == (0, True, True), said
    assert f"check --config {bare}" in said
    assert sorted(each.name for each in bare.parent.iterdir()) == ["baeumtok.key", "config.toml", "var"]
    assert tomllib.loads(bare.read_text())["organization"]["team"] == "일자리팀"


def test_without_a_name_an_account_bears_its_login(bare, flags):
    at = flags.index("--name")
    code, said = bot(bare, "setup", *flags[:at], *flags[at + 2 :])
    assert (code, "kim 님의 계정(kim, 팀장)" in said) == (0, True), said


def test_what_is_missing_is_named_all_at_once(bare):
    code, said = bot(bare, "setup", "--kakao", "--team", "일자리팀")
    assert (code, "--phone, --kakao-bot, --kakao-block, --officer, --yes" in said) == (2, True), said


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("--phone 02-000-0000", "--phone: 02-000-0000: 예시 번호입니다"),
        ("--phone 전화", "--phone: ‘전화’: 주민이 걸 전화번호를"),
        ("--listen 70000", "--listen: ‘70000’: 포트나"),
        ("--listen 203.0.113.9:8080", "--listen: 이 컴퓨터의 주소가 아닙니다"),
        ("--public-url http://example.kr", "--public-url: http://example.kr: 주민이"),
        ("--public-url https://", "--public-url: https:: 주민이 여는 주소를"),
        ("--check-address", "--check-address: https 주소가 있어야"),
        ("--mode webhook", "--mode: 텔레그램 토큰과 https 주소가"),
        ("--kakao-bot abc", "--kakao-bot: --kakao를 함께"),
        ("--telegram-token-file nowhere", "nowhere: 토큰을 읽을 수 없습니다"),
        ("--database mysql://a/b", "--database: database.url에 쓸 수 없는 종류"),
        ("--database postgresql://nobody@127.0.0.1:1/x", "서버가 꺼져 있거나"),
        ("--database /dev/null/our.db", "--database: /dev/null/our.db: 여기에 만들 수 없습니다"),
        ("--officer 김", "--officer: 아이디 ‘김’"),
    ],
)
def test_a_flag_that_will_not_do_is_named_and_nothing_is_made(bare, flags, more, told):
    flag = more.split()[0]
    kept = flags[: flags.index(flag)] + flags[flags.index(flag) + 2 :] if flag in flags else flags
    code, said = bot(bare, "setup", *kept, *more.split())
    assert (code, told in said, list(bare.parent.iterdir())) == (1, True, []), said


@pytest.fixture
def before_telegram(bare, flags, api, monkeypatch):
    """A setup with this on its standard input, in a thread, so that the double of Telegram can answer meanwhile."""
    monkeypatch.setenv("BAEUMTOK_TELEGRAM__API_URL", api.url)
    return lambda *words, stdin="": asyncio.to_thread(bot, bare, "setup", *flags, *words, stdin=stdin)


@pytest.mark.parametrize("way", ["file", "stdin", "environment"])
async def test_a_token_is_no_word_of_the_command(before_telegram, bare, api, way, tmp_path, monkeypatch):
    (tmp_path / "token").write_text(f"{api.token}\n")
    words = {"file": ["--telegram-token-file", f"{tmp_path}/token"], "stdin": ["--telegram-token-file", "-"]}
    if way == "environment":
        monkeypatch.setenv("BAEUMTOK_TELEGRAM__TOKEN", api.token)
    code, said = await before_telegram(*words.get(way, []), stdin=api.token)
    assert (code, "봇에 연결했습니다" in said, api.token in said) == (0, True, False), said
    assert tomllib.loads(bare.read_text())["telegram"]["token"] == api.token


async def test_a_token_that_telegram_does_not_know_makes_nothing(before_telegram, bare):
    code, said = await before_telegram("--telegram-token-file", "-", stdin="123456:another")
    assert (code, "토큰이 맞지 않습니다" in said, "another" in said, list(bare.parent.iterdir())) == (
        1,
        True,
        False,
        [],
    )


async def on(url, bare, flags):
    """A setup on PostgreSQL, with a password in its address."""
    typed = url.replace("postgresql+asyncpg", "postgresql").replace("postgres@", "postgres:hidden@")
    return await asyncio.to_thread(bot, bare, "setup", *flags, "--database", typed)


async def test_an_empty_postgresql_is_filled_and_its_password_not_shown(bare, flags, empty_postgres):
    code, said = await on(empty_postgres, bare, flags)
    assert (code, "시작하는 링크" in said, "hidden" in said) == (0, True, False), said
    assert tomllib.loads(bare.read_text())["database"]["url"].startswith("postgresql+asyncpg://postgres:hidden@")


async def test_a_postgresql_whose_key_is_elsewhere_gets_no_new_one(bare, flags, postgres_url):
    code, said = await on(postgres_url, bare, flags)
    assert (code, "열쇠 파일이 없습니다" in said, list(bare.parent.iterdir())) == (1, True, []), said
