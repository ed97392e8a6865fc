"""The methods by which the bot gets its updates: long polling or a webhook, never both."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.support.botapi.errors import WEBHOOK_ACTIVE, ApiError, bad_request
from tests.support.botapi.parameters import Params
from tests.support.botapi.updates import Update
from tests.support.botapi.webhook import Webhook

if TYPE_CHECKING:
    from tests.support.botapi.server import BotApi

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LONGEST_POLL = 50


async def get_updates(api: "BotApi", params: Params) -> list[Update]:
    if api.webhook:
        raise ApiError(409, WEBHOOK_ACTIVE)
    api.updates.allow(params.get("allowed_updates"))
    limit = min(max(params.get("limit", 100), 1), 100)
    timeout = min(max(params.get("timeout", 0), 0), LONGEST_POLL)
    return await api.updates.poll(params.get("offset", 0), limit, timeout)


async def set_webhook(api: "BotApi", params: Params) -> bool:
    if not params.get("url"):
        return await delete_webhook(api, params)
    webhook = _checked_webhook(api, params)
    api.updates.allow(params.get("allowed_updates"))
    await delete_webhook(api, params)
    api.updates.interrupt("Conflict: terminated by setWebhook request")
    api.webhook = webhook
    await webhook.start()
    return True


async def delete_webhook(api: "BotApi", params: Params) -> bool:
    webhook, api.webhook = api.webhook, None
    if webhook:
        await webhook.stop()
    if params.get("drop_pending_updates"):
        api.updates.pending.clear()
    return True


def get_webhook_info(api: "BotApi", _params: Params) -> dict[str, Any]:
    shown = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(api.updates.pending),
        "allowed_updates": sorted(api.updates.allowed),
    }
    return shown | (api.webhook.as_json() if api.webhook else {})


def _checked_webhook(api: "BotApi", params: Params) -> Webhook:
    """As a local Bot API server: plain http and any port are taken."""
    address = urlsplit(params["url"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    secret = params.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    most = params.get("max_connections", 40)
    if not 1 <= most <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    return Webhook(api.updates, params["url"], secret, most, api.webhook_backoff)
