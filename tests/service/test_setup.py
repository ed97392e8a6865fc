"""From an empty folder to a service that is well: what setup wrote is what a service starts with."""

import aiohttp

from tests.support.commands import process
from tests.support.service.process import Service
from tests.support.service.town import Town


async def test_the_service_starts_with_what_setup_wrote_and_its_first_officer_begins(fresh_town: Town, tmp_path):
    service = Service(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new/our.db", fresh_town.api)
    service.is_forked = False
    for written in ("config.toml", "baeumtok.key"):
        (tmp_path / written).unlink()
    code, said, error = process(tmp_path / "config.toml", "setup", *words(service))
    assert code == 0, error
    await service.start()
    link = said.partition("시작하는 링크: ")[2].split()[0]
    async with aiohttp.ClientSession() as session, session.get(link) as page:
        assert (page.status, "비밀번호" in await page.text()) == (200, True)
    assert await service.stop() == 0


def words(service: Service) -> list[str]:
    flags = ["--phone", "02-1234-5678", "--officer", "kim", "--name", "김담당", "--yes"]
    return [*flags, "--listen", service.url.rpartition(":")[2], "--database", f"{service.database_file}"]
