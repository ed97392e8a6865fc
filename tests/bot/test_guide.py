"""docs/officers.md shows pictures that there are, and names what stands on the screen as it is called there."""

import re
from functools import cache
from pathlib import Path

import pytest
from starlette.routing import Match

from bot.app import App
from bot.commands import GROUPS
from bot.console.writing import NAVIGATION
from bot.settings import Settings
from storage.database import Database

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "officers"
GUIDE = FOLDER.with_suffix(".md").read_text(encoding="utf-8")
MOST = 60 * 1024  # bytes of a picture; of all of them together a megabyte

PICTURES = dict(re.findall(r'<img src="officers/([^"]+)" width="\d+" alt="([^"]+)">', GUIDE))
ADDRESSES = sorted({each.partition("?")[0] for each in re.findall(r"`(?:https://주소)?(/[^`\s]+)`", GUIDE)})
QUOTED = sorted(set(re.findall(r"‘([^’]+)’", GUIDE)))


@cache
def said() -> str:
    """All that the console, the commands and the chats say."""
    kinds = {".py", ".html", ".toml", ".js", ".json"}
    files = [each for floor in ("bot", "handlers") for each in sorted((ROOT / floor).rglob("*")) if each.is_file()]
    return "\n".join(each.read_text(encoding="utf-8") for each in files if each.suffix in kinds)


def test_every_picture_that_is_shown_is_there_and_each_that_is_there_is_shown():
    assert sorted(PICTURES) == sorted(each.name for each in FOLDER.iterdir())


def test_every_picture_says_in_korean_what_is_to_be_seen():
    assert len(PICTURES) == GUIDE.count("<img")
    assert [name for name, alt in PICTURES.items() if len(re.findall("[가-힣]", alt)) < 30] == []


def test_pictures_are_small():
    sizes = {each.name: each.stat().st_size for each in FOLDER.iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST} == {}
    assert sum(sizes.values()) < 1024 * 1024


@pytest.mark.parametrize("name", [name for name, _, _ in NAVIGATION])
def test_every_place_of_the_menu_is_told_by_its_name(name: str):
    assert f"\n| {name} | " in GUIDE


def test_the_menu_is_told_in_its_order():
    listed = GUIDE.partition("| 메뉴 |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([^-|]+) \|", listed, re.MULTILINE) == [name for name, _, _ in NAVIGATION]


@pytest.mark.parametrize("words", QUOTED)
def test_what_is_quoted_stands_so_on_a_screen(words: str):
    assert words in said()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`baeumtok ([a-z-]+)", GUIDE))))
def test_every_command_that_is_named_is_one(name: str):
    assert any(name in group for group in GROUPS.values())


@pytest.mark.on_sqlite
def test_every_address_that_is_named_leads_to_a_page(database: Database):
    app = App(Settings.model_validate({"web": {"shows_demand": True}}), database)
    scope = {"type": "http", "method": "GET", "headers": []}
    routes = [*app._pages, *(route for channel in app._channels for route in channel.routes())]
    full = {each: [route.matches({**scope, "path": each})[0] for route in routes] for each in ADDRESSES}
    assert len(full) > 5
    assert [each for each, matches in full.items() if Match.FULL not in matches] == []


def test_every_link_inside_leads_to_a_heading():
    headings = {
        re.sub(r"[^\w\s-]", "", each).strip().replace(" ", "-")
        for each in re.findall(r"^#+ (.+)$", GUIDE.replace("·", ""), re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) - headings == set()
