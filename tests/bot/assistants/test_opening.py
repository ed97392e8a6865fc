"""Whether assistants are served."""

import subprocess
import sys

import httpx
import pytest

from bot import app
from bot.app import App
from bot.assistants import opening
from bot.checks import reach
from bot.sections import Assistants
from bot.settings import Settings, SettingsError

pytestmark = pytest.mark.on_sqlite
ON = Settings(assistants=Assistants())


async def status(site):
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return (await client.post("/mcp", content=b"{}")).status_code


@pytest.mark.parametrize(("configured", "answered"), [(Settings(), 404), (ON, 400)])
async def test_assistants_are_served_where_settings_say_so(database, configured, answered):
    assert await status(App(configured, database)._site()) == answered


def test_a_service_without_assistants_does_not_load_their_library():
    loads = "import sys, bot.app; sys.exit('mcp' in sys.modules or 'bot.assistants.endpoint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0


async def test_without_the_extra_the_service_does_not_start_and_says_what_to_install(monkeypatch):
    monkeypatch.setattr(opening, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"assistants: .*pip install .*\[assistants\]"):
        await app.serve(ON, None)
    assert not reach.assistants(ON).is_good


def test_a_check_tells_the_address():
    assert reach.assistants(ON).finding == "연결 주소는 http://127.0.0.1:8080/mcp입니다"
