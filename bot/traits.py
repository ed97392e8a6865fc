"""What handlers have to know of each channel; settings say which of them are on."""

from collections.abc import Mapping

from handlers.dialogue.organization import ChannelTraits

TELEGRAM, KAKAO, WEB = "telegram", "kakao", "web"

UNREAD = 0.7  # seconds: nobody can have read a screen that was shown so short a time ago, let alone press on it
SECOND_TAP = 1.0  # seconds after a press: fingers that tap twice mean it once, as the script of the web chat has it

TRAITS: Mapping[str, ChannelTraits] = {
    TELEGRAM: ChannelTraits(
        "텔레그램",
        speaks_first=True,
        stores_abroad=True,
        shows_pictures=True,
        takes_files=True,
        has_own_numbers=True,
        has_accounts=True,
    ),
    KAKAO: ChannelTraits("카카오톡", advertises_news=True, has_accounts=True),
    WEB: ChannelTraits("웹 채팅", may_be_shared=True, sets_letters=True, takes_files=True),
}
