"""Cards in KakaoTalk's own forms: lists to choose from, item cards, text cards; none cuts what it shows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.channels.kakao.labels import shortened
from handlers.dialogue.reply import Button, Card
from handlers.language.letters.widths import fitting, units, width

T = TypeVar("T")
Output = dict[str, Any]
Fact = tuple[str, str]

ROWS, ROWS_OF_SEVERAL, LISTS = 5, 4, 5
ROW_TITLE, ROW_LINES = 40, 120  # no limit is told; of longer ones a phone may hide the end
ITEMS, ITEM_NAME = 10, 6
VALUE_COLUMNS, VALUE_LINES = 20, 2
HEADLINE_COLUMNS = 40  # two lines
TITLE, TEXT_CARD = 50, 400
CARD_BUTTONS = 3
SAID = 100


@dataclass(frozen=True)
class Writing:
    """What a reply is written with besides its own words; all buttons lead to the block with our skill."""

    block_id: str
    say: Callable[..., str]


def plain(card: Card, number: str = "") -> str:
    return f"{number}{card.title}\n{below_title(card)}"


def below_title(card: Card) -> str:
    return "\n".join([*card.lines, *(f"{name}: {value}" for name, value in card.facts)])


def are_rows(cards: Sequence[Card]) -> bool:
    """Whether these are several things to choose from, each short enough for the row of a list."""
    return len(cards) > 1 and all(_is_row(card) for card in cards)


def lists(cards: Sequence[Card], first: int, writing: Writing) -> Iterator[Output]:
    """A list card, or carousels of them; rows have the numbers that can be typed."""
    rows = [_row(f"{number}. ", card, writing) for number, card in enumerate(cards, first)]
    if len(rows) <= ROWS:
        yield _list(writing.say("kakao.choose"), rows)
        return
    for some in evenly(list(enumerate(rows, first)), ROWS_OF_SEVERAL * LISTS):
        parts = [_part(part, writing) for part in evenly(some, ROWS_OF_SEVERAL)]
        yield {"carousel": {"type": "listCard", "items": [part["listCard"] for part in parts]}}


def items(card: Card) -> Sequence[Fact]:
    """The facts that an item card would show whole; none when too few would be for the card to be worth it."""
    if not card.title or width(card.title) > HEADLINE_COLUMNS:
        return ()
    fitting = [fact for fact in card.facts if _is_item(*fact)][:ITEMS]
    return fitting if 2 * len(fitting) >= len(card.facts) else ()


def item_card(title: str, facts: Sequence[Fact], buttons: Sequence[Button], writing: Writing) -> Output:
    shown = [{"title": name, "description": value} for name, value in facts]
    look = {"imageTitle": {"title": title}, "itemList": shown, "itemListAlignment": "left"}
    return {"itemCard": look | _below(buttons, writing)}


def fits_text_card(title: str, description: str) -> bool:
    return bool(title or description) and units(title) <= TITLE and units(title) + units(description) <= TEXT_CARD


def text_card(title: str, description: str, buttons: Sequence[Button], writing: Writing) -> Output:
    said = {"title": title, "description": description}
    return {"textCard": {name: words for name, words in said.items() if words} | _below(buttons, writing)}


def pressed(label: str, button: Button, writing: Writing) -> dict[str, Any]:
    """A button that comes back to us with its path, and is seen to say its whole label."""
    said = button.label[: fitting(button.label, SAID)]
    goes = {"action": "block", "blockId": writing.block_id, "messageText": said}
    return {"label": label, **goes, "extra": {"path": button.path}}


def evenly(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """As few parts as can be, of nearly the same size."""
    parts = -(-len(things) // most)
    for part in range(parts):
        yield things[part * len(things) // parts : (part + 1) * len(things) // parts]


def _is_row(card: Card) -> bool:
    is_short = units(card.title) <= ROW_TITLE and units(below_title(card)) <= ROW_LINES
    return bool(card.title and card.button and card.button.path) and is_short


def _row(number: str, card: Card, writing: Writing) -> Output:
    assert card.button
    row = {
        "title": number + card.title,
        "description": below_title(card),
        "action": "block",
        "blockId": writing.block_id,
    }
    return {name: value for name, value in row.items() if value} | {"extra": {"path": card.button.path}}


def _list(header: str, rows: Sequence[Output]) -> Output:
    return {"listCard": {"header": {"title": header}, "items": list(rows)}}


def _part(numbered: Sequence[tuple[int, Output]], writing: Writing) -> Output:
    header = writing.say("kakao.choose_some", first=numbered[0][0], last=numbered[-1][0])
    return _list(header, [row for _, row in numbered])


def _is_item(name: str, value: str) -> bool:
    lines = [-(-width(line) // VALUE_COLUMNS) or 1 for line in value.split("\n")]
    return bool(name and value) and units(name) <= ITEM_NAME and sum(lines) <= VALUE_LINES


def _below(buttons: Sequence[Button], writing: Writing) -> Output:
    if not buttons:
        return {}
    labels = shortened([button.label for button in buttons])
    shown = [_button(label, button, writing) for label, button in zip(labels, buttons, strict=True)]
    return {"buttons": shown, "buttonLayout": "vertical"}


def _button(label: str, button: Button, writing: Writing) -> Output:
    if button.shared_text:
        return {"label": label, "action": "share"}
    if button.url:
        return {"label": label, "action": "webLink", "webLinkUrl": button.url}
    return pressed(label, button, writing)
