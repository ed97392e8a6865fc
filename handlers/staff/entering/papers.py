"""What a sheet of answers is known by when it comes again: each counts once, and a corrected one for the first."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.staff.entering.sheets import Filled
from storage.asking import answers
from storage.asking.rounds import Round
from storage.database import Transaction
from storage.keys import sealing
from storage.keys.sealing import Seal

HALF = 32  # signs of a digest: the first tell the paper, the others what is on it
LARGEST = 2**60


@dataclass
class Sorted:
    """Sheets by their digests: those that are new, and corrected ones of papers that are known; `lost` can't be."""

    new: dict[str, Filled] = field(default_factory=dict)
    corrected: dict[str, Filled] = field(default_factory=dict)
    lost: list[Filled] = field(default_factory=list)


def sort(tx: Transaction, asked: Round, filled: Sequence[Filled]) -> Sorted:
    """What is known as it is, is in none of these."""
    known = answers.entered(tx, asked.id)
    papers = {digest[:HALF] for digest in known}
    found = Sorted()
    for digest, old, each in _digests(sealing.of(tx), asked, filled):
        if digest in known or old in known:
            continue
        if not each.number or digest[:HALF] not in papers:
            found.new[digest] = each
        elif answers.is_here(tx, mark(sealing.of(tx), asked, each)):
            found.corrected[digest] = each
        else:
            found.lost.append(each)
    return found


def _digests(seal: Seal, asked: Round, filled: Sequence[Filled]) -> Iterator[tuple[str, str, Filled]]:
    """Two of each: the second is by what papers were known before their numbers counted.

    Without a number it is the answers, the mark, and which it is among equal ones; of papers with the same number the
    last one holds.
    """
    seen: Counter[tuple[str, str]] = Counter()
    last = {each.number: each for each in filled if each.number}
    for each in filled:
        if each.number and last[each.number] is not each:
            continue
        content = _content(each.answers)
        seen[content, each.mark] += 1
        old = seal.digest("entry", str(asked.id), content, each.mark, str(seen[content, each.mark]))
        yield (
            of_number(seal, asked, each.number) + seal.digest("on paper", str(asked.id), content)[:HALF]
            if each.number
            else old,
            old,
            each,
        )


def of_number(seal: Seal, asked: Round, number: str) -> str:
    """How the digest of a paper with this number begins."""
    return seal.digest("paper", str(asked.id), number)[:HALF]


def _content(given: Mapping[str, object]) -> str:
    return json.dumps(given, ensure_ascii=False, sort_keys=True)


def mark(seal: Seal, asked: Round, paper: Filled) -> int:
    """The same for the same paper; who hasn't the key can't find a paper by its number."""
    if not paper.number:
        return answers.random_id()
    return int(seal.digest("mark", str(asked.id), paper.number), 16) % LARGEST


def of_papers(known: Collection[str], digests: Collection[str]) -> list[str]:
    """What these papers were known by until now."""
    papers = {digest[:HALF] for digest in digests}
    return [digest for digest in known if digest[:HALF] in papers]
