"""What a sentence means speaks for kinds of request too, beside its letters: learnt beforehand, from the same examples.

Run as a module it learns them anew, which takes a minute; that is due whenever examples.toml changes.
"""

import hashlib
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from handlers.language import embedding

EXAMPLES = Path(__file__).with_name("examples.toml")
FILE = Path(__file__).with_name("senses.npz")
WEIGHT = 8.0  # against what the letters say: of 1, 2, 4, 8 and 16 the best on sentences that nothing was learnt from
_RIDGE = 1.0  # keeps the weights small


def scores(text: str) -> dict[str, float]:
    """How much the meaning of a sentence speaks for each kind."""
    learnt = _learnt()
    spoken = _centred(embedding.of_said(text), learnt["mean"]) @ learnt["weights"]
    return {str(kind): WEIGHT * float(score) for kind, score in zip(learnt["kinds"], spoken, strict=True)}


def is_current() -> bool:
    """Whether they were learnt from the examples as they are."""
    return str(_learnt()["examples"]) == digest()


def digest() -> str:
    return hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()


def learn() -> None:
    """Ridge regression of each kind against all others."""
    table = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))
    examples = [(kind, each) for kind, said in table.items() for told in said.values() for each in told]
    kinds = sorted({kind for kind, _ in examples})
    said = np.array([embedding.of_said(text) for _, text in examples])
    mean = said.mean(axis=0)
    count = Counter(kind for kind, _ in examples)
    rare = np.array([count[kind] ** -0.5 for kind, _ in examples])[:, None]  # frequent kinds don't drown the others
    wanted = np.array([[1.0 if kind == each else -1 / len(kinds) for each in kinds] for kind, _ in examples])
    spoken = _centred(said, mean)
    gram = (spoken * rare).T @ spoken + _RIDGE * np.eye(spoken.shape[1])
    weights = np.linalg.solve(gram, (spoken * rare).T @ wanted)
    np.savez(FILE, kinds=kinds, mean=mean, weights=weights.astype(np.float32), examples=digest())


def _centred(vectors: Any, mean: Any) -> Any:
    apart = vectors - mean
    return apart / np.linalg.norm(apart, axis=-1, keepdims=True)


@cache
def _learnt() -> dict[str, Any]:
    with np.load(FILE, allow_pickle=False) as file:
        return dict(file)


if __name__ == "__main__":
    learn()
