"""Settings: what is wrong is named, what is secret is never shown."""

from pathlib import Path

import pytest

from bot import settings
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
    with pytest.raises(SettingsError, match=r"config\.example\.toml"):
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


def test_a_wrong_secret_is_not_repeated_in_the_error(tmp_path):
    with pytest.raises(SettingsError) as refused:
        settings.load(written(tmp_path, '[telegram]\ntoken = "hush hush"'))
    assert "hush" not in str(refused.value)


def test_looking_by_meaning_without_its_extra_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"by_meaning.*pip install .*\[words\]"):
        settings.load(written(tmp_path, "by_meaning = true"))
    assert not settings.load(written(tmp_path, "by_meaning = false")).by_meaning
