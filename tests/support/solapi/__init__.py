"""A strict double of the dealer SOLAPI: what its own documents say of requests, signatures, statuses and webhooks."""

from tests.support.solapi.account import ALIMTALK_PRICE, TEXT_PRICE, Account, Message, Template
from tests.support.solapi.server import CHANNEL, HOOK, KEY, SECRET, Dealer

__all__ = [
    "ALIMTALK_PRICE",
    "CHANNEL",
    "HOOK",
    "KEY",
    "SECRET",
    "TEXT_PRICE",
    "Account",
    "Dealer",
    "Message",
    "Template",
]
