"""Why something was not delivered, or not yet: a reason, and beside it what a channel adds of its own."""

from enum import StrEnum


class Reason(StrEnum):
    """What stands in the rows of the outbox and the inbox; these values are never changed."""

    NO_ADDRESS = "no_address"  # the resident has none that can be written to
    UNREACHABLE = "unreachable"  # the address can be written to no more; detail: its channel
    CHAT_BUSY = "chat_busy"  # something else was just sent there
    TOLD_TO_WAIT = "told_to_wait"  # by the channel
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - the channel doesn't know our token
    NOT_SENT = "not_sent"  # it certainly never left
    NO_ANSWER = "no_answer"  # it may have arrived; detail: what broke
    INTERRUPTED = "interrupted"  # the process ended while sending
    REFUSED = "refused"  # by the channel, for good; detail: its words
    BUG = "bug"  # of ours; detail: its type
    TOO_OLD = "too_old"
    UNTRUE = "untrue"  # by now
    OPTED_OUT = "opted_out"  # of news
    BY_HAND = "by_hand"  # an officer has told it
    TOLD_ALREADY = "told_already"  # in another record of the same person
    SWITCHED_OFF = "switched_off"  # the reminders of one's own courses
    NO_RESULT = "no_result"  # a way took it, and never told what became of it
    UNRESOLVED = "unresolved"  # a way didn't know some of those it went to, and told only how many
    CEILING = "ceiling"  # there was no money left for news
    NO_TEMPLATE = "no_template"  # no approved text covers it
    NOT_ON_KAKAO = "not_on_kakao"  # nobody has KakaoTalk under this number, or takes no such messages there
    NO_BALANCE = "no_balance"  # the dealer's account is empty


_BEFORE = {
    "no address that can be written to": Reason.NO_ADDRESS,
    "the process ended while sending": Reason.INTERRUPTED,
    "the chat has to wait": Reason.CHAT_BUSY,
    "Telegram doesn't know our token": Reason.UNKNOWN_TOKEN,
    "RetryAfter": Reason.TOLD_TO_WAIT,
    "Unsent": Reason.NOT_SENT,
    "too old to be sent": Reason.TOO_OLD,
    "not true any more": Reason.UNTRUE,
    "opted out": Reason.OPTED_OUT,
    "switched off": Reason.SWITCHED_OFF,
}
_BY_VALUE = {reason.value: reason for reason in Reason}
_ERRORS_BEFORE = ("TimedOut", "NetworkError")
_UNREACHABLE_BEFORE = "unreachable in "


def write(reason: Reason, detail: str = "") -> str:
    """As it is stored: "refused: what the channel says"."""
    return f"{reason}: {detail}" if detail else reason.value


def read(written: str) -> tuple[Reason | None, str]:
    """The reason, and what is told beside it; None for what nobody has written who knew of reasons."""
    name, _, detail = written.partition(": ")
    return (_BY_VALUE[name], detail) if name in _BY_VALUE else _read_before(written)


def _read_before(written: str) -> tuple[Reason | None, str]:
    """Rows of before say it in sentences."""
    if written.startswith(_UNREACHABLE_BEFORE):
        return Reason.UNREACHABLE, written.removeprefix(_UNREACHABLE_BEFORE)
    if written.partition(": ")[0] in _ERRORS_BEFORE:
        return Reason.NO_ANSWER, written
    reason = _BEFORE.get(written)
    return reason, "" if reason else written
