"""The rows of boxes of a policy card, each of which is a choice in its form."""

from collections.abc import Iterator, Sequence

from bot.console.ask import Ask
from bot.console.fields import Field
from handlers.staff.year.entries.cells.kinds import CHOSEN

FIELD = "chosen"  # the column that holds what was chosen of each
SIGN = "box-"  # before the number of a row in the names of its field


def typed(ask: Ask) -> str:
    """What was chosen, as the column has it."""
    chosen = ((name, ask.text(f"{SIGN}{at}")) for at, name in enumerate(ask.organization.policy_card.boxes))
    return ", ".join(f"{name}: {option}" for name, option in chosen if option)


def in_place(ask: Ask, shown: Sequence[Field]) -> list[Field]:
    """A choice for each row of boxes where the column would stand."""
    return [one for each in shown for one in (_choices(ask, each) if each.name == FIELD else (each,))]


def _choices(ask: Ask, column: Field) -> Iterator[Field]:
    known = _known(column.value)
    for at, (name, options) in enumerate(ask.organization.policy_card.boxes.items()):
        value = known.get(name, "")
        yield Field(f"{SIGN}{at}", name, "", value if value in options else "", options, False, False)


def _known(text: str) -> dict[str, str]:
    try:
        return dict(CHOSEN.parse(text)) if text else {}  # type: ignore[call-overload]
    except ValueError:
        return {}
