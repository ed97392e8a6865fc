"""Every reply that a test gets is written for all three channels, and must be shown whole in each."""

import html
import re
from collections import Counter
from functools import cache, lru_cache, partial
from typing import Any

from bot.channels.kakao import writing as kakao_writing
from bot.channels.kakao.cards import Writing
from bot.channels.telegram import writing as telegram_writing
from bot.channels.web.writing import ChatPages, Turn
from bot.settings import Settings
from handlers.dialogue import texts
from handlers.dialogue.reply import Reply
from tests.support.botapi.entities import formatted, units
from tests.support.botapi.keyboards import checked_markup, inline_rows
from tests.support.kakao.validator import findings

ORGANIZATION = Settings().to_organization()
FILE_URL = "https://learn.example.org/kakao/files/k/s"


@lru_cache(10_000)  # most screens come again in every other test
def check_everywhere(reply: Reply, language: str = "ko") -> None:
    """Nothing that a channel would refuse, cut or fold; no word and no button lost."""
    if language == "ko":
        check_telegram(reply)
    check_web(reply, language)
    check_kakao(reply, language)


def check_telegram(reply: Reply) -> None:
    shown = [formatted(text, "HTML", None).text for text in telegram_writing.texts(reply)]
    assert [text for text in shown if not 0 < units(text) <= 4096] == []
    keyboard = checked_markup(telegram_writing.keyboard(reply), private=True)
    pressed = [button.get("callback_data", "").removesuffix("+") for row in inline_rows(keyboard) for button in row]
    assert _lacking(words(reply), "\n".join(shown)) == []
    assert _paths(reply) - Counter(path for path in pressed if path) == Counter()


_NUMBERS = re.compile(r'<(a|span) (?:href="tel:[^"]*"|class="phone")>(.*?)</\1>')


def check_web(reply: Reply, language: str) -> None:
    page = _NUMBERS.sub(r"\2", _pages().turns(language, [Turn(1, "", "", reply)]))
    assert _lacking(words(reply), html.unescape(page)) == []


def check_kakao(reply: Reply, language: str = "ko") -> list[dict[str, Any]]:
    pages = kakao_writing.pages(
        reply, "key", FILE_URL, Writing("block", partial(texts.say, language, **ORGANIZATION.named_in(language)))
    )
    assert [found for page in pages for found in findings(page)] == []
    shown = "\n".join(said(pages))
    assert _lacking(words(reply), shown) == []
    assert set(_paths(reply)) - {extra["path"] for extra in extras(pages) if "path" in extra} == set()
    return pages


def words(reply: Reply) -> list[str]:
    """All that a reply says besides its buttons, word by word."""
    cards = [[card.title, *card.lines, *(part for fact in card.facts for part in fact)] for card in reply.cards]
    return " ".join([reply.text, *(part for card in cards for part in card)]).split()


def said(answer: Any) -> list[str]:
    """All texts in an answer of ours to KakaoTalk."""
    if isinstance(answer, dict):
        return [each for name, value in answer.items() if name != "extra" for each in said(value)]
    if isinstance(answer, list):
        return [each for value in answer for each in said(value)]
    return [answer] if isinstance(answer, str) else []


def extras(answer: Any) -> list[dict[str, Any]]:
    """What the buttons of an answer carry, from top to bottom."""
    if isinstance(answer, dict):
        own = [answer["extra"]] if "extra" in answer else []
        return own + [each for value in answer.values() for each in extras(value)]
    return [each for value in answer for each in extras(value)] if isinstance(answer, list) else []


def _paths(reply: Reply) -> Counter[str]:
    return Counter(button.path for button in reply.all_buttons if button.path)


def _lacking(wanted: list[str], shown: str) -> list[str]:
    there = re.sub(r"[\s\u2060]+", "", shown)
    return [word for word in wanted if re.sub(r"[\s\u2060]+", "", word) not in there]


@cache
def _pages() -> ChatPages:
    return ChatPages(ORGANIZATION)
