"""What can be pressed: buttons of cards, quick replies, rows of lists."""

from collections.abc import Mapping

from tests.support.kakao.finding import Place
from tests.support.kakao.rules import any_of, distinct_labels
from tests.support.kakao.shapes import Check, all_of, anything, listed, mapping, matching, one_of, shape, text, url

Fields = Mapping[str, Check]

link = shape({"web?": url, "pc?": url, "mobile?": url}, any_of("web", "pc", "mobile"))

_SAYS: Fields = {"messageText": text(), "extra?": mapping}
_CALLS_BLOCK: Fields = {"blockId": text(), "extra?": mapping}
_BUTTON_ACTIONS: Mapping[str, Fields] = {
    "webLink": {"webLinkUrl": url},
    "message": _SAYS,
    "phone": {"phoneNumber": matching(r"\+?\d[\d-]*", "a telephone number")},
    "block": {**_CALLS_BLOCK, "messageText?": text()},
    "share": {},
    "operator": {},
}


def pressed(fields: Fields, actions: Mapping[str, Fields]) -> Check:
    """An object whose action decides which other keys it has."""
    shapes = {action: shape({**fields, "action": one_of(action), **target}) for action, target in actions.items()}
    targets = {f"{key.removesuffix('?')}?": anything for target in actions.values() for key in target}
    unclear = shape({**fields, "action": one_of(*actions), **targets})

    def check(value: object, place: Place) -> None:
        action = value.get("action") if isinstance(value, dict) else None
        shapes.get(action if isinstance(action, str) else "", unclear)(value, place)

    return check


_button = pressed({"label": text(14)}, _BUTTON_ACTIONS)
buttons = all_of(listed(_button, 0, 3), distinct_labels)

_quick_reply = pressed({"label": text(14)}, {key: _BUTTON_ACTIONS[key] for key in ("message", "block")})
quick_replies = all_of(listed(_quick_reply, 0, 10), distinct_labels)

# A row that calls a block says its own title, so it takes no messageText.
_ROW: Fields = {"title": text(), "description?": text(), "imageUrl?": url}
_pressed_row = pressed(_ROW, {"message": _SAYS, "block": _CALLS_BLOCK})
_ACTING = {"action", "blockId", "messageText", "extra"}
_linked_row = shape({**_ROW, "link?": link})


def row(value: object, place: Place) -> None:
    """A ListItem: it leads to a link, or does an action, or neither."""
    acts = isinstance(value, dict) and not _ACTING.isdisjoint(value)
    (_pressed_row if acts else _linked_row)(value, place)
