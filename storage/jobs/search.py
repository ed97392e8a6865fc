"""Finds postings by any part of a word: pairs of letters in the full-text index that each database has."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Select, String, bindparam, column, text

from storage.database import Transaction

_LETTER = 1  # how long a word is that only titles are searched for


def keep(tx: Transaction, searches: Mapping[int, str]) -> None:
    """Index what postings are found by, by their ids, in place of what was kept of them before."""
    if not searches:
        return
    rows = [{"id": posting_id, "grams": sorted(_grams(search))} for posting_id, search in searches.items()]
    if tx.dialect.name == "sqlite":
        tx.execute(text("DELETE FROM posting_grams WHERE rowid = :id"), rows)
        rows = [{**row, "grams": " ".join(row["grams"])} for row in rows]  # type: ignore[arg-type]
        tx.execute(text("INSERT INTO posting_grams (rowid, grams) VALUES (:id, :grams)"), rows)
    else:
        tx.execute(
            text(
                "INSERT INTO posting_grams (posting_id, grams) VALUES (:id, CAST(:grams AS TEXT[])) "
                "ON CONFLICT (posting_id) DO UPDATE SET grams = excluded.grams"
            ),
            rows,
        )


def holding(tx: Transaction, words: Sequence[str]) -> Select[tuple[int]] | None:
    """Selects the ids of what may hold all the words; None when nothing can. Pairs can stand apart: look again."""
    grams = sorted({gram for word in words for gram in _asked(word)})
    if not grams:
        return None
    if tx.dialect.name == "sqlite":
        asked = " AND ".join(f'"{gram}"' for gram in grams)
        query = text("SELECT rowid AS id FROM posting_grams WHERE posting_grams MATCH :grams")
        return query.bindparams(bindparam("grams", asked, String)).columns(column("id"))  # type: ignore[return-value]
    query = text("SELECT posting_id AS id FROM posting_grams WHERE grams @> CAST(:grams AS TEXT[])")
    return query.bindparams(bindparam("grams", grams)).columns(column("id"))  # type: ignore[return-value]


def _grams(search: str) -> set[str]:
    lines = search.split("\n")
    return {*_letters(lines[0]), *(pair for line in lines for pair in _pairs(line))}


def _asked(word: str) -> Iterable[str]:
    return _letters(word) if len(word) == _LETTER else _pairs(word)


def _letters(line: str) -> Iterable[str]:
    return (letter for letter in line if letter.isalnum())


def _pairs(line: str) -> Iterable[str]:
    return (first + second for first, second in pairwise(line) if (first + second).isalnum())
