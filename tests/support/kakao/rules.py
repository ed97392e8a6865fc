"""Rules on how the keys of one object go together; they pass over what isn't even of the right type."""

from typing import Any

from tests.support.kakao.finding import Place
from tests.support.kakao.shapes import Rule, length


def any_of(*keys: str) -> Rule:
    def rule(value: dict[str, Any], place: Place) -> None:
        if not any(key in value for key in keys):
            place.error(f"needs one of {', '.join(keys)}")

    return rule


def exactly_one(value: dict[str, Any], place: Place) -> None:
    if len(value) != 1:
        place.error(f"has {len(value)} keys where there must be one")


def never_both(one: str, other: str) -> Rule:
    def rule(value: dict[str, Any], place: Place) -> None:
        if one in value and other in value:
            place.error(f"has both {one} and {other}")

    return rule


def needs(one: str, other: str) -> Rule:
    """The one key can't do without the other."""

    def rule(value: dict[str, Any], place: Place) -> None:
        if one in value and other not in value:
            (place / other).error(f"is missing beside {one}")

    return rule


def together(*keys: str, most: int, lines: int | None = None) -> Rule:
    """These texts share so much room."""

    def rule(value: dict[str, Any], place: Place) -> None:
        said = [value[key] for key in keys if isinstance(value.get(key), str)]
        long = sum(map(length, said))
        if long > most:
            place.truncated(f"has {' and '.join(keys)} of {long} characters together, {most} are shown")
        if lines is not None and sum(text.count("\n") + 1 for text in said) > lines:
            place.truncated(f"has {' and '.join(keys)} of more than {lines} lines together")

    return rule


def distinct_labels(buttons: object, place: Place) -> None:
    """Two buttons that read alike can't be told apart, nor can what the resident is seen to say."""
    seen: set[str] = set()
    for number, button in enumerate(buttons if isinstance(buttons, list) else ()):
        label = button.get("label") if isinstance(button, dict) else None
        if not isinstance(label, str):
            continue
        if label.strip() in seen:
            (place / number / "label").error("is the label of another button too")
        seen.add(label.strip())
