"""An AI assistant: the library's own client, in the same process or over real HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool
from starlette.applications import Starlette

from bot.assistants import opening
from bot.sections import Assistants
from tests.support.domain import SETTINGS, School

URL = "http://127.0.0.1:8080"  # what the settings of tests call theirs
HEADERS = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


class Assistant:
    """`mode` "legacy" shakes hands before it asks, as most do today; "auto" asks as the newest protocol has it."""

    def __init__(self, http: httpx2.AsyncClient, mode: Literal["auto", "legacy"] = "auto") -> None:
        self.http = http
        self.mode = mode
        self._url = str(http.base_url.join("/mcp"))

    async def tools(self) -> list[Tool]:
        async with self._connected() as client:
            return (await client.list_tools()).tools

    async def asks(self, tool: str, **arguments: Any) -> Any:
        """What it is told, in values."""
        answer = await self.tries(tool, **arguments)
        assert not answer.is_error, answer.content
        return answer.structured_content

    async def tries(self, tool: str, **arguments: Any) -> CallToolResult:
        async with self._connected() as client:
            return await client.call_tool(tool, arguments)

    async def posts(self, content: bytes, **headers: str) -> httpx2.Response:
        """Anything at all, without the library."""
        return await self.http.post(self._url, content=content, headers={**HEADERS, **headers})

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Client]:
        transport = streamable_http_client(self._url, http_client=self.http)
        async with Client(transport, mode=self.mode) as client:
            yield client


def site(school: School, per_minute: int = 6000) -> Starlette:
    settings = Assistants(per_minute=per_minute)
    organization = SETTINGS.to_organization()
    return Starlette(routes=opening.routes(settings, school.database, organization, lambda: school.now))


def within(app: Starlette, address: str = "192.0.2.1") -> Assistant:
    """One that asks from there, without any network."""
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app, client=(address, 4242)), base_url=URL)
    return Assistant(http)
