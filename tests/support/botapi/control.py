"""The double driven from another process: JSON over HTTP under /_control/."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.support.botapi import contents
from tests.support.botapi.chats import Message
from tests.support.botapi.ledger import Entry
from tests.support.botapi.people import Person
from tests.support.botapi.server import BotApi

Order = dict[str, Any]


class Control:
    """Every public coroutine is an endpoint; its order is the JSON body, or the query of a GET."""

    def __init__(self, api: BotApi) -> None:
        self.api = api

    async def handle(self, request: web.BaseRequest) -> web.Response:
        order = dict(request.query) | (json.loads(await request.read() or b"{}") if request.can_read_body else {})
        try:
            answer = await self._endpoint(request.path.removeprefix("/_control/"))(order)
        except (LookupError, TypeError, ValueError, AssertionError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        return web.json_response(answer, status=400 if "error" in answer else 200)

    async def says(self, order: Order) -> Order:
        return {"update_id": await self._person(order).says(order["text"])}

    async def sends(self, order: Order) -> Order:
        content = contents.KINDS[order["kind"]](*order.get("arguments", ()))
        return {"update_id": await self._person(order).sends(**content)}

    async def presses(self, order: Order) -> Order:
        return {"update_id": await self._person(order).presses(order["label"])}

    async def answer(self, order: Order) -> Order:
        """Wait for what the bot shows this person after the last thing said."""
        person = self._person(order)
        shown = await person.answer(float(order.get("patience", 5)), float(order.get("quiet", 0.1)))
        return {"messages": list(map(_shown, shown)), "toast": person.toast}

    async def messages(self, order: Order) -> Order:
        return {"messages": list(map(_shown, self._person(order).messages))}

    async def blocks(self, order: Order) -> Order:
        self._person(order).blocks(silently=bool(order.get("silently")))
        return {}

    async def unblocks(self, order: Order) -> Order:
        self._person(order).unblocks(silently=bool(order.get("silently")))
        return {}

    async def deactivates(self, order: Order) -> Order:
        self._person(order).deactivates()
        return {}

    async def push(self, order: Order) -> Order:
        return {"update_id": self.api.push_raw(order["update"])}

    async def redeliver(self, order: Order) -> Order:
        self.api.redeliver(int(order["update_id"]))
        return {}

    async def batch(self, order: Order) -> Order:
        """Many orders in one call: {"orders": [{"do": "says", ...}, ...]}."""
        return {"results": [await self._endpoint(each["do"])(each) for each in order["orders"]]}

    async def forget(self, _order: Order) -> Order:
        """Let go of all that was said and done, but not of what still waits; for runs of many messages."""
        waiting = self.api.updates.pending
        self.api.ledger.forget(waiting)
        self.api.updates.known = dict(waiting)
        self.api.updates.handed_at.clear()
        return {}

    async def fail(self, order: Order) -> Order:
        self.api.fail(**order)
        return {}

    async def chaos(self, order: Order) -> Order:
        for name in ("kinds", "methods"):
            order[name] = tuple(order[name]) if name in order else None
        self.api.chaos(**{name: value for name, value in order.items() if value is not None})
        return {}

    async def latency(self, order: Order) -> Order:
        self.api.latency(**order)
        return {}

    async def heal(self, _order: Order) -> Order:
        self.api.heal()
        return {}

    async def limits(self, order: Order) -> Order:
        for name, value in order.items():
            assert hasattr(self.api.limits, name), name
            setattr(self.api.limits, name, value)
        return {"enabled": self.api.limits.enabled, "refused": self.api.limits.refused}

    async def calls(self, order: Order) -> Order:
        """Recorded calls, the newest last; `method` and `last` narrow them."""
        found = self.api.calls(order.get("method"))[-int(order.get("last", 1000)) :]
        return {"calls": [vars(call) | {"params": repr(call.params)} for call in found]}

    async def summary(self, _order: Order) -> Order:
        """Counts of calls by outcome, pending and unanswered updates, updates answered twice."""
        return {
            "counts": self.api.ledger.counts,
            "pending": len(self.api.updates.pending),
            "unanswered": [_owed(entry) for entry in self.api.unanswered()],
            "answered_twice": [_owed(entry) for entry in self.api.answered_twice()],
            "updates": len(self.api.ledger.entries),
            "faults": self.api.faults.struck,
        }

    async def latencies(self, _order: Order) -> Order:
        """Seconds from saying to the first reply, of every answered update."""
        entries = self.api.ledger.entries.values()
        return {"seconds": [entry.answered_at - entry.said_at for entry in entries if entry.answered_at]}

    async def settled(self, order: Order) -> Order:
        """Wait until every update is answered and confirmed, or patience ends; the summary tells which."""
        for _ in range(int(float(order.get("patience", 30)) * 20)):
            if not self.api.updates.pending and not self.api.unanswered():
                break
            await asyncio.sleep(0.05)
        return await self.summary({})

    def _endpoint(self, name: str) -> Callable[[Order], Awaitable[Order]]:
        if name.startswith("_") or name in ("api", "handle") or not hasattr(self, name):
            raise LookupError(f"no order {name}")
        endpoint: Callable[[Order], Awaitable[Order]] = getattr(self, name)
        return endpoint

    def _person(self, order: Order) -> Person:
        known = {name: order[name] for name in ("name", "language") if name in order}
        return self.api.person(int(order["user_id"]), **known)


def _shown(message: Message) -> Order:
    return {
        "message_id": message.message_id,
        "text": message.text,
        "buttons": message.buttons,
        "document": message.document and message.document.name,
        "edits": message.edits,
    }


def _owed(entry: Entry) -> Order:
    return {
        "update_id": entry.update_id,
        "chat_id": entry.chat.id,
        "replies": entry.replies,
        "lacks": entry.lacks,
    }
