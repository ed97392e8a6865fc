"""What the code has is named in the documents, and they name nothing that it hasn't: the names are the code's."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from types import UnionType
from typing import Any, get_args

import pytest
from prometheus_client.metrics import MetricWrapperBase
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot import commands, metrics
from bot.__main__ import _parser
from bot.app import App
from bot.checks.service import FAULTS
from bot.sections import Jobs
from bot.settings import Settings
from storage.people.forgetting.periods import Period
from tests.docs import documents
from tests.support.notices.districts import ALIMTALK, TELEGRAM, district

COMMANDS = {name for group in commands.GROUPS.values() for name in group}
METRICS = {
    f"{metric._name}{'_total' if metric._type == 'counter' else ''}"
    for metric in vars(metrics).values()
    if isinstance(metric, MetricWrapperBase)
}
NOWHERE = "http://127.0.0.1:9"
LONGEST = 60  # signs of a default that is told


def read(name: str) -> str:
    return (documents.DOCS / name).read_text(encoding="utf-8")


def options() -> Mapping[str, set[str]]:
    """What each command takes."""
    added = next(each for each in _parser()._actions if each.choices)
    for group in commands.GROUPS:
        commands.load(group).add_to(added)
    return {name: set(each._option_string_actions) for name, each in added.choices.items()}


def typed(text: str) -> Iterator[tuple[str, list[str]]]:
    """Commands as they are to be typed, with their options."""
    for code in documents.in_code(text):
        for name, rest in re.findall(r"(?:baeumtok|-m bot) ([a-z][a-z-]*)(?= |$)((?:(?!baeumtok ).)*)", code):
            yield name, re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest)


def settings(model: type[BaseModel] = Settings, before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key that can be written, as `section.key`."""
    for name, field in model.model_fields.items():
        if inner := section_of(field.annotation):
            yield from settings(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}", field


def section_of(kind: Any) -> type[BaseModel] | None:
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return next((each for each in kinds if isinstance(each, type) and issubclass(each, BaseModel)), None)


def shown(field: FieldInfo) -> str:
    """A default as the table has it."""
    if field.is_required():
        return "꼭 적습니다"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ("", (), {}):
        return "–"
    said = said_as(value)
    return f"`{said}`" if len(said) <= LONGEST and not isinstance(value, dict) else "…"


def said_as(value: Any) -> str:
    if isinstance(value, Period):
        return value.in_words("ko")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return f"{value}".lower()
    return ", ".join(value) if isinstance(value, tuple) else f"{value}"


def keys(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        yield from keys(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


def test_every_command_stands_in_the_table_of_commands():
    named = [cell.split() for cell, _ in documents.rows(read("commands.md"))]
    assert {words[1] for words in named if words[0] == "baeumtok" and words[1] in COMMANDS} == COMMANDS
    assert [words for words in named if words[1] not in COMMANDS and not words[1].startswith("--")] == []


def test_an_option_in_the_table_of_commands_is_one_of_its_command():
    taken = options()
    rows = [(cell.split()[1], f"{cell} {rest}") for cell, rest in documents.rows(read("commands.md"))]
    named = {(name, option) for name, row in rows for option in re.findall(r"`[^`]*?(--[a-z-]+)", row)}
    assert {(name, option) for name, option in named if option not in taken.get(name, {option})} == set()


@pytest.mark.parametrize("path", documents.texts(), ids=lambda path: path.name)
def test_what_is_to_be_typed_can_be_typed(path):
    taken = options()
    found = [(name, each) for name, named in typed(documents.texts()[path]) for each in ("", *named)]
    assert [(name, each) for name, each in found if name not in taken or (each and each not in taken[name])] == []


def test_every_setting_stands_in_the_table_of_settings_with_its_default():
    rows = {name: rest.split("|")[0].strip() for name, rest in documents.rows(read("settings.md"))}
    assert rows == {name: shown(field) for name, field in settings()}


@pytest.mark.parametrize("path", documents.texts(), ids=lambda path: path.name)
def test_a_setting_that_is_named_exists(path):
    known, text = {name for name, _ in settings()}, documents.texts()[path]
    sections = {name.partition(".")[0] for name in known if "." in name}
    dotted = {each for each in documents.spans(text) if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", each)}
    written = {key for block in documents.blocks(text, "toml") for key in keys(tomllib.loads(block))}
    named = {each for each in dotted if each.partition(".")[0] in sections} | written
    assert {each for each in named if not any(each == one or one.startswith(f"{each}.") for one in known)} == set()


def test_every_metric_is_explained():
    rows = documents.rows(documents.section(read("operations.md"), "/metrics의 숫자"))
    assert {name for name, _ in rows} == METRICS


@pytest.mark.parametrize("path", documents.texts(), ids=lambda path: path.name)
def test_a_metric_that_is_named_exists(path):
    named = set(re.findall(r"(?<![$<\w])baeumtok_[a-z_]+", documents.texts()[path]))
    assert {each for each in named if re.sub(r"_(bucket|sum|count)$", "", each) not in METRICS} == set()


@pytest.mark.on_sqlite
async def test_every_reason_of_healthz_is_explained(database, monkeypatch):
    """Those of a service of which everything is switched on, besides those that it tells in a sentence."""
    monkeypatch.setenv("WATCHDOG_USEC", "60000000")
    rows = {name for name, _ in documents.rows(documents.section(read("operations.md"), "/healthz가 말하는 것"))}
    app = App(everything(), database)
    async with app._services():
        assert rows == {*FAULTS, *app._heartbeats._allowed}


def everything() -> Settings:
    """Every channel, way and feed, each of which calls nobody."""
    kakao = district(event=True).kakao
    assert kakao
    assert kakao.event
    event = kakao.event.model_copy(update={"api_url": NOWHERE})
    on = {
        "telegram": TELEGRAM.model_copy(update={"api_url": NOWHERE}),
        "kakao": kakao.model_copy(update={"event": event}),
        "alimtalk": ALIMTALK.model_copy(update={"api_url": NOWHERE}),
        "jobs": Jobs.model_validate({name: {"key": "0" * 8, "url": NOWHERE} for name in ("work24", "seoul")}),
    }
    return Settings().model_copy(update=on)
