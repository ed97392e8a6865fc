"""A service that pushes by ways that cost money, at any hour, to the doubles of both senders."""

from tests.support.eventapi import EventServer
from tests.support.solapi import CHANNEL, HOOK, KEY, SECRET, Dealer

AWAKE = {"BAEUMTOK_NOTICES__QUIET_FROM": "23:59:59", "BAEUMTOK_NOTICES__QUIET_UNTIL": "00:00:00"}
_CONFIG = """
[kakao.event]
rest_api_key = "{event.key}"
name = "{event.event}"
api_url = "{event.url}"
[alimtalk]
api_key = "{key}"
api_secret = "{secret}"
channel = "{channel}"
webhook_secret = "{hook}"
api_url = "{dealer.url}"
"""


def settings(event: EventServer, dealer: Dealer) -> str:
    """More for its file of settings."""
    return _CONFIG.format(event=event, dealer=dealer, key=KEY, secret=SECRET, channel=CHANNEL, hook=HOOK)
