"""Several processes on one PostgreSQL behind one address, and the town before them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from storage.database import Database
from storage.engine.opening import open_database
from tests.support.botapi import BotApi
from tests.support.domain import SEAL
from tests.support.service import front
from tests.support.service.process import Mode, Service
from tests.support.service.town import Town

PROCESSES = 3


class Several(Town):
    """`url` leads to any of the processes."""

    def __init__(self, api: BotApi, services: Sequence[Service], database: Database, url: str) -> None:
        super().__init__(api, services[0], database)
        self.services = services
        self.url = url

    @property
    def logs(self) -> str:
        return "".join(service.logs for service in self.services)


@asynccontextmanager
async def several_processes(folder: Path, database_url: str, port: int, mode: Mode) -> AsyncIterator[Several]:
    """Nothing is started yet but what passes on to the processes; they believe that they are at its address."""
    database = await open_database(database_url, SEAL)
    async with BotApi() as api:
        services = []
        for number in range(PROCESSES):
            (folder / str(number)).mkdir()
            services.append(Service(folder / str(number), database_url, api, mode))
        async with front.before([service.url for service in services], port, folder):
            try:
                yield Several(api, services, database, f"http://127.0.0.1:{port}")
            finally:
                for service in services:
                    if service.is_running:
                        await service.kill()
                await database.close()
