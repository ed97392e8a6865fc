"""The endpoint of assistants: one request, one answer, nothing is kept between them."""

import json
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    CallToolRequestParams,
    CallToolResult,
    JSONRPCNotification,
    JSONRPCRequest,
    ListToolsResult,
    TextContent,
)
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from bot import metrics
from bot.assistants.tools import TOOLS, CourseTool
from bot.http import requests
from bot.http.headers import retry_after
from bot.http.limits import Rates
from bot.http.requests import TooLarge, client
from handlers.dialogue import texts
from handlers.dialogue.chat import Chat, Refused
from handlers.dialogue.organization import Organization
from storage.database import Database, Transaction
from storage.people.residents import Resident

log = logging.getLogger(__name__)

NAME = "assistants"
LONGEST_BODY = 64 * 1024
MOST_FAULTS = 5  # of what was asked that are named

_INSTRUCTIONS = (
    "Vocational courses of {english} ({name}), Korea. Read-only. Nobody can be registered from here: hand over "
    "link_to_register, where residents register themselves. Tell seats and deadlines as they stand here; don't guess. "
    "{name}의 직업교육 강좌를 안내합니다. 신청은 link_to_register 주소에서 주민이 직접 합니다."
)
_MESSAGE: TypeAdapter[JSONRPCRequest | JSONRPCNotification] = TypeAdapter(JSONRPCRequest | JSONRPCNotification)


class Endpoint:
    """An ASGI application."""

    def __init__(
        self, database: Database, organization: Organization, now: Callable[[], datetime], by_client: Rates
    ) -> None:
        self._database = database
        self._organization = organization
        self._now = now
        self._by_client = by_client
        here = urlsplit(organization.public_url)
        self._origins = {None, f"{here.scheme}://{here.netloc}"}
        english = organization.called(organization.name, "en")
        told = _INSTRUCTIONS.format(name=organization.name, english=english)
        self._server = Server("baeumtok", instructions=told, on_list_tools=_list_tools, on_call_tool=self._call)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refused = self._refusal(request)
        if refused:
            return await refused(scope, receive, send)
        try:
            body = await requests.body(request, LONGEST_BODY)
        except TooLarge:
            return await _refused(413, "The body is too large")(scope, receive, send)
        if not _is_one_message(body):
            return await _refused(400, "The body must be one JSON-RPC message")(scope, receive, send)
        return await self._answer(scope, body, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        """Browsers tell where a page is from: pages of others may not ask through who reads them (DNS rebinding)."""
        if request.headers.get("origin") not in self._origins:
            return _refused(403, "Pages of other sites may not ask here")
        wait = self._by_client.take(client(request))
        return _refused(429, "Too many requests", **retry_after(wait)) if wait else None

    async def _answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        """By a manager of its own: without sessions it holds nothing, and its failure is that of one request."""
        manager = StreamableHTTPSessionManager(self._server, json_response=True, stateless=True)
        read: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def read_again() -> Message:
            return read.pop() if read else await receive()  # which waits until they hang up

        async with manager.run():
            await manager.handle_request(scope, read_again, send)

    async def _call(self, _context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, "There is no such tool")
        try:
            asked = tool.takes.model_validate(params.arguments or {})
        except ValidationError as error:
            return _failed(_faults(error))

        def read(tx: Transaction) -> CallToolResult:
            chat = Chat(tx, Resident(0, asked.language), self._now(), NAME, "", self._organization)
            try:
                return _told(tool, asked.tell(chat))
            except Refused as refused:
                return _failed(chat.text(refused.key, **refused.data))

        try:
            return await self._database.read(read)
        except Exception:
            reference = secrets.token_hex(4)
            metrics.BUGS.labels(NAME).inc()
            log.exception("bug reference=%s channel=%s", reference, NAME)
            names = self._organization.named_in(asked.language)
            return _failed(texts.say(asked.language, "help.bug", **names, reference=reference))


async def _list_tools(_context: Any, _params: Any) -> ListToolsResult:
    return ListToolsResult(tools=[tool.described() for tool in TOOLS.values()])


def _told(tool: CourseTool, told: object) -> CallToolResult:
    values = tool.tells.dump_python(told, mode="json")
    text = json.dumps(values, ensure_ascii=False)
    return CallToolResult(content=[TextContent(text=text)], structured_content=values)


def _failed(why: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=why)], is_error=True)


def _faults(error: ValidationError) -> str:
    """What is wrong with what was asked; only names are repeated, and not for long."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)[:MOST_FAULTS]
    return "\n".join(f"{'.'.join(map(str, fault['loc']))[:40]}: {fault['msg']}" for fault in faults)


def _is_one_message(body: bytes) -> bool:
    """A list of them, which older versions of the protocol had, would be as many as one likes for one request."""
    try:
        _MESSAGE.validate_json(body)
    except ValidationError:
        return False
    return True


def _refused(status: int, why: str, **headers: str) -> Response:
    error = {"code": INVALID_REQUEST, "message": why}
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status, headers)
