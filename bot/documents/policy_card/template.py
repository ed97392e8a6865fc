"""A district's own template (.hwpx), filled in by the labels that stand in its tables."""

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.documents.papers import hangul
from bot.documents.papers.paper import Grid, Heading, head
from bot.documents.papers.paper import said as cell
from bot.documents.policy_card.said import Labels, Words, labels, plain, said
from handlers.staff.desk.declined import Declined
from handlers.staff.year.cards.card import Card

if TYPE_CHECKING:
    from hwpx import HwpxDocument

LEFT_OVER = "양식에 칸이 없는 내용"


class FormError(Declined):
    """The template can't be filled; the message says why, and what to do."""


def fill(form: Path, card: Card) -> bytes:
    """What has no place in it stands at its end, so that no figure is lost unseen."""
    document = _opened(form)
    placed = [*_placed(_read(document, card), said(card))]
    if all(found is None for _, found in placed):
        raise FormError(f"{form}: 표에서 아는 이름(관리번호, 목표, 확보 …)을 하나도 찾지 못했습니다")
    for words, found in placed:
        if found is not None:
            found.set_text(words.text, split_paragraphs="\n" in words.text)
    _append(document, [words for words, found in placed if found is None and words.text])
    return document.to_bytes()


def gaps(form: Path, card: Card) -> list[str]:
    """The names of what the template has no place for."""
    return [words.name for words, found in _placed(_read(_opened(form), card), said(card)) if found is None]


def _read(document: "HwpxDocument", card: Card) -> list["_Table"]:
    known = (labels(card) | {plain(each.indicator.name) for each in card.indicators}) - {""}
    return [_Table(each, known) for each in _with_inner(document.tables.all)]


def _with_inner(tables: Iterable[Any]) -> Iterator[Any]:
    for table in tables:
        yield table
        yield from _with_inner(inner for row in table.rows for one in row.cells for inner in one.tables)


def _opened(form: Path) -> "HwpxDocument":
    from hwpx import HwpxDocument

    try:
        return HwpxDocument.open(str(form))
    except OSError as error:
        raise FormError(f"{form}: 파일을 열 수 없습니다") from error
    except Exception as error:  # the library has many, and none that all of them are
        raise FormError(f"{form}: .hwpx 파일이 아니거나 손상되었습니다. 한글에서 .hwpx로 다시 저장해 주세요") from error


class _Table:
    """Its cells by row and column; one that reaches over several is at each of its places."""

    def __init__(self, table: Any, known: Set[str]) -> None:
        self.cells = {(entry.row, entry.column): entry.cell for entry in table.iter_grid()}
        self._labels: dict[str, list[Any]] = {}
        for place, one in self.cells.items():
            if one.address == place and plain(one.text) in known:
                self._labels.setdefault(plain(one.text), []).append(one)
        self._places = {one.address for labels in self._labels.values() for one in labels}

    def places(self, words: Words) -> Iterator[Any]:
        """The cells that the words may belong in, the best first."""
        yield from self._crossing(words)
        if words.is_beside or not words.crossing:
            yield from self._beside(words)

    def _named(self, labels: Labels) -> list[Any]:
        return [one for label in labels for one in self._labels.get(plain(label), [])]

    def _beside(self, words: Words) -> Iterator[Any]:
        """To the right of the label or below it: rather where nothing is written yet, and never on another label."""
        for label in self._of(words.of, self._named(words.label)):
            (row, column), (down, across) = label.address, label.span
            near = [self.cells.get(place) for place in ((row, column + across), (row + down, column))]
            free = [one for one in near if one is not None and not self._is_label(one)]
            yield from sorted(free, key=lambda one: bool(one.text.strip()))

    def _crossing(self, words: Words) -> Iterator[Any]:
        """The row of one label in the column of the other, which stands above it; or the other way round."""
        named = self._of(words.of, self._named(words.label))
        for beside, above in ((named, self._named(words.crossing)), (self._named(words.crossing), named)):
            for left in beside:
                for top in above:
                    (row, column), (upper, across) = left.address, top.address
                    if upper < row and column < across and not self._is_label(self.cells[row, across]):
                        yield self.cells[row, across]

    def _of(self, name: str, labels: list[Any]) -> list[Any]:
        """Those in rows of what they belong to."""
        if not name:
            return labels
        rows = {one.address[0] + down for one in self._named((name,)) for down in range(one.span[0])}
        return [each for each in labels if each.address[0] in rows]

    def _is_label(self, one: Any) -> bool:
        return one.address in self._places


def _placed(tables: Iterable[_Table], all_words: Iterable[Words]) -> Iterator[tuple[Words, Any | None]]:
    """With the cell of each; two never have the same one."""
    taken: set[tuple[int, tuple[int, int]]] = set()
    for words in all_words:
        places = ((number, one) for number, each in enumerate(tables) for one in each.places(words))
        number, found = next(((n, one) for n, one in places if (n, one.address) not in taken), (0, None))
        if found is not None:
            taken.add((number, found.address))
        yield words, found


def _append(document: "HwpxDocument", left: list[Words]) -> None:
    if left:
        sides = document.page.margins()
        pen = hangul.Pen(document, document.page.size().width - sides.left - sides.right, is_new=False)
        pen.add(Heading(LEFT_OVER))
        pen.add(Grid(tuple((head(words.name), cell(words.text)) for words in left), (7, 17)))
