"""The console of the demo."""

import httpx
import pytest

from bot.app import App
from bot.console.signing.shown import PATH
from bot.settings import Settings

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize(("is_demo", "status"), [(True, 303), (False, 404)])
async def test_a_made_up_officer_is_signed_in_by_a_link_in_the_demo_alone(database, is_demo, status):
    site = App(Settings(), database, is_demo)._site()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://127.0.0.1:8080") as client:
        assert (await client.get(PATH)).status_code == status
        shown = await client.get("/desk/")
        assert ("박담당" in shown.text) == is_demo
