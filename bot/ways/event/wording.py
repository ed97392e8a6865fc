"""A notice as a push of KakaoTalk says it: in one bubble of words, and what its buttons say is to be typed."""

from collections.abc import Iterator, Sequence

from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply
from handlers.dialogue.texts import QUOTES
from handlers.language.letters.cutting import beginning
from handlers.language.letters.widths import units

LIMIT = 1000  # of a simpleText, which is what the block shows; a phone folds what is beyond its half
MOST_LABELS = 3  # ways on that are told: more are hard to choose from where nothing can be pressed
ELSEWHERE = ("menu", "news/stop")  # where everybody finds the way by themselves, and what news tells apart


def text(chat: Chat, reply: Reply, is_news: bool) -> str:
    """News is marked as advertising: who sends it stands at its beginning, and how to stop it at its end."""
    head = f"{chat.text('kakao.ad')}\n\n" if is_news else ""
    tail = "".join(f"\n\n{line}" for line in _tail(chat, reply, is_news))
    return f"{head}{beginning(_words(reply), LIMIT - units(head) - units(tail))}{tail}"


def _words(reply: Reply) -> str:
    return "\n\n".join([reply.text, *map(_card, reply.cards)])


def _card(card: Card) -> str:
    return "\n".join([card.title, *card.lines, *(f"{name}: {value}" for name, value in card.facts)])


def _tail(chat: Chat, reply: Reply, is_news: bool) -> Iterator[str]:
    opened = [f"{each.label}: {each.url}" for each in reply.all_buttons if each.url and not each.shared_text]
    if opened:
        yield "\n".join(opened)
    if said := _how_to_go_on(chat, reply):
        yield said
    if is_news:
        yield chat.text("kakao.stop_free")


def _how_to_go_on(chat: Chat, reply: Reply) -> str:
    shown = [card.button for card in reply.cards if card.button]
    if len(shown) > 1:
        return chat.text("kakao.say_title")
    labels = _labels([*shown, *reply.buttons, *reply.links])
    if len(labels) > 1:
        return chat.text("kakao.say_some", labels=", ".join(each.join(QUOTES[chat.language]) for each in labels))
    return chat.text("kakao.say_one", label=labels[0]) if labels else ""


def _labels(buttons: Sequence[Button]) -> list[str]:
    """What can be typed in this chat, as long as the notice is what it was told last."""
    leading = [button.label for button in buttons if button.path and button.path not in ELSEWHERE]
    return list(dict.fromkeys(leading))[:MOST_LABELS]
