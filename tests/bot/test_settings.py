"""Settings: what is wrong is named, what is secret is never shown."""

import re
from pathlib import Path

import pytest

from bot import settings, values
from bot.settings import SettingsError


def written(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_is_enough(tmp_path):
    loaded = settings.load(written(tmp_path, ""))
    assert loaded.web.port == 8080
    assert loaded.telegram is None


def test_the_example_is_valid_as_it_is_and_with_everything_switched_on(tmp_path):
    example = Path("config.example.toml").read_text(encoding="utf-8")
    everything = "\n".join(
        line.removeprefix("# ") if "=" in line or "[" in line else line for line in example.splitlines()
    )
    settings.load(written(tmp_path, example))
    loaded = settings.load(written(tmp_path, everything.replace("환경 변수", "# 환경 변수")))
    assert loaded.telegram is not None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour"),
        ("[web]\nprot = 1", "web.prot"),
        ('[web]\ntrusted_proxies = ["*"]', "web.trusted_proxies"),
        ("[telegram]\n", "telegram.token"),
        ('[telegram]\ntoken = "nonsense"', "telegram.token"),
        ('[telegram]\ntoken = "1:a"\nmode = "webhook"', "telegram.webhook_secret"),
        ('[telegram]\ntoken = "1:a"\npersonal_questions = "fax"', "telegram.personal_questions"),
        (
            '[web]\npublic_url = "http://learn.example.org"\n[telegram]\ntoken = "1:a"\npersonal_questions = "page"',
            "telegram.personal_questions",
        ),
        ('[telegram]\ntoken = "1:a"\nmode = "push"', "telegram.mode"),
        ("[kakao]\n", "kakao.bot_id"),
        ('[kakao]\nbot_id = "a b"', "kakao.bot_id"),
        ('[kakao]\nskill_secret = "short"', "kakao.skill_secret"),
        ("[jobs]\nhours = 1", "jobs.hours"),
        ("[jobs]\nevery_hours = 0", "jobs.every_hours"),
        ("[jobs.work24]\n", "jobs.work24.key"),
        ('[jobs.seoul]\nkey = "../../key"', "jobs.seoul.key"),
        ('[jobs.seoul]\nkey = "0000000000"\nformat = "csv"', "jobs.seoul.format"),
        ("[assistants]\nper_hour = 1", "assistants.per_hour"),
        ("[assistants]\nper_minute = 0", "assistants.per_minute"),
        ("[web]\nport = 99999", "web.port"),
        ('[organization]\nmap_url = "http://map.example.org/{query}"', "organization.map_url"),
        ('[organization]\nmap_url = "https://map.example.org/"', "organization.map_url"),
        ('[organization]\nmap_url = "https://map.example.org/{query}{x}"', "organization.map_url"),
        ('timezone = "Seoul"', "timezone"),
        ("[web", "config.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, named):
    with pytest.raises(SettingsError, match=named.replace(".", r"\.")):
        settings.load(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[web]\nport = "x"', "web.port: 지금 ‘x’입니다. 정수를 적어 주세요. 예: 8080"),
        ("[web]\nport = 99999", "web.port: 지금 ‘99999’입니다. 65535 이하여야 합니다. 예: 8080"),
        ("[web]\nprot = 1", "web.prot: 모르는 설정입니다. 혹시 web.port인가요?"),
        ("colour = 1", "colour: 모르는 설정입니다. 이름을 확인하세요."),
        ('language = "fr"', "language: 지금 ‘fr’입니다. 이 가운데 하나를 적어 주세요: ko, en"),
        ("key_file = 5", "key_file: 지금 ‘5’입니다. 파일 이름을 따옴표로 감싸 적어 주세요."),
        ("[organization]\nname = 3", "organization.name: 지금 ‘3’입니다. 글자를 따옴표로 감싸 적어 주세요."),
        ('[organization]\ndongs = "명동"', "organization.dongs: 지금 ‘명동’입니다. 대괄호 안에 쉼표로 나누어"),
        ('[organization.closed_days]\n2026-13-01 = "x"', "closed_days.2026-13-01: 지금 ‘2026-13-01’입니다. 날짜를"),
        ('[notices]\nquiet_from = "25:00"', "notices.quiet_from: 지금 ‘25:00’입니다. 시각을 적어 주세요. 예: 08:30"),
        ("[notices]\ngrace_minutes = 1.5", "notices.grace_minutes: 지금 ‘1.5’입니다. 정수를 적어 주세요. 예: 10"),
        ('[web]\ntrusted_proxies = ["*"]', "web.trusted_proxies.1번째: 지금 ‘*’입니다. IP 주소나 네트워크를"),
        ('timezone = "Seoul"', "timezone: 지금 ‘Seoul’입니다. 알 수 없는 시간대입니다. 예: Asia/Seoul."),
        ("[telegram]\n", "telegram.token: 꼭 필요합니다. 적어 주세요."),
        ("kakao = 5", "kakao: ‘[이름]’ 줄 아래에 한 줄씩 적는 설정입니다."),
        ("[web\n", "config.toml의 1번째 줄, 5번째 글자. 글자는 따옴표로 감싸고"),
        ("[web]\n[web]", "config.toml의 2번째 줄, 5번째 글자. 같은 이름을 두 번 적으셨습니다."),
        ("name = ", "config.toml의 마지막 줄. 글자는"),
    ],
)
def test_a_wrong_setting_is_told_with_its_name_what_is_there_and_what_is_right(tmp_path, text, said):
    with pytest.raises(SettingsError) as refused:
        settings.load(written(tmp_path, text))
    assert said in str(refused.value)
    assert re.findall(r"\b(?:Input|should|valid|Invalid|Expected|value|error)\b", str(refused.value)) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BAEUMTOK_WEB__PORT", "x", "지금 ‘x’입니다. 정수를 적어 주세요."),
        ("BAEUMTOK_WEB__TRUSTED_PROXIES", "10.0.0.5", "읽을 수 없는 값입니다."),
    ],
)
def test_a_wrong_setting_of_the_environment_is_told_by_its_variable(tmp_path, monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        settings.load(written(tmp_path, ""))
    assert f"환경 변수 {name}: {said}" in str(refused.value)


def test_a_file_that_is_no_text_or_a_folder_says_what_to_do(tmp_path):
    (tmp_path / "korean.toml").write_bytes("[organization]\nname = '중구'".encode("cp949"))
    for path, said in ((tmp_path / "korean.toml", "UTF-8로 저장해 주세요"), (tmp_path, "폴더입니다")):
        with pytest.raises(SettingsError, match=said):
            settings.load(path)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", "http://127.0.0.1:8080"),
        ("[web]\nport = 8081", "http://127.0.0.1:8081"),
        ('[web]\nhost = "192.0.2.7"', "http://192.0.2.7:8080"),
        ('[web]\nhost = "0.0.0.0"\nport = 80', "http://127.0.0.1:80"),
        ('[web]\nhost = "::1"', "http://[::1]:8080"),
        ('[web]\nport = 8081\npublic_url = "https://learn.example.org/"', "https://learn.example.org"),
    ],
)
def test_the_public_address_follows_host_and_port_unless_it_is_set(tmp_path, text, url):
    assert settings.load(written(tmp_path, text)).web.public_url == url


def test_the_public_address_follows_a_port_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("BAEUMTOK_WEB__PORT", "8081")
    assert settings.load(written(tmp_path, "")).web.public_url == "http://127.0.0.1:8081"


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(SettingsError, match=r"baeumtok setup"):
        settings.load(tmp_path / "none.toml")


def test_the_environment_overrides_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("BAEUMTOK_WEB__PORT", "9999")
    monkeypatch.setenv("BAEUMTOK_TELEGRAM__TOKEN", "1:from-environment")
    loaded = settings.load(written(tmp_path, '[web]\nport = 1\n[telegram]\ntoken = "2:from-file"'))
    assert loaded.web.port == 9999
    assert loaded.telegram.token.get_secret_value() == "1:from-environment"


def test_no_secret_is_printed(tmp_path):
    loaded = settings.load(
        written(tmp_path, '[telegram]\ntoken = "1:hush-hush"\nwebhook_secret = "sesame-open-now-ok"')
    )
    assert "hush" not in repr(loaded) + str(loaded.telegram)
    assert "sesame" not in repr(loaded)


def test_the_keys_of_feeds_are_secrets(tmp_path):
    loaded = settings.load(written(tmp_path, '[jobs.work24]\nkey = "hush-hush-1"\n[jobs.seoul]\nkey = "hush-hush-2"'))
    assert loaded.secrets == ["hush-hush-1", "hush-hush-2"]
    assert "hush" not in repr(loaded)


@pytest.mark.parametrize(
    "text",
    [
        '[telegram]\ntoken = "hush hush"',
        '[telegram]\ntokn = "hush"',
        'telegram = "hush"',
        '[kakao]\nskill_secret = "hush"',
        '[jobs.seoul]\nkey = "hush/"',
        '[database]\nurl = ["hush"]',
        '[database]\nurl = "hush"\nuser = "hush"',
        'token = "hush" hush',
    ],
)
def test_a_wrong_secret_is_not_repeated_in_the_error(tmp_path, text):
    with pytest.raises(SettingsError) as refused:
        settings.load(written(tmp_path, text))
    assert "hush" not in str(refused.value)


def test_looking_by_meaning_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(values, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"by_meaning.*pip install .*\[words\]"):
        settings.load(written(tmp_path, "by_meaning = true"))
    assert not settings.load(written(tmp_path, "by_meaning = false")).by_meaning


def test_the_template_of_policy_cards_is_beside_the_settings(tmp_path):
    loaded = settings.load(written(tmp_path, '[policy_card]\ntemplate = "card.hwpx"'))
    assert loaded.policy_card.template == tmp_path / "card.hwpx"
    assert loaded.to_organization().policy_card.template == tmp_path / "card.hwpx"
