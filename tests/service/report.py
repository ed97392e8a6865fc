"""Figures of a run, for who asks for them with `pytest -s`."""

from collections.abc import Iterable
from statistics import quantiles

from tests.botapi.ledger import Entry


def report(run: str, entries: Iterable[Entry]) -> None:
    """How many messages were answered, and how soon."""
    answered = [entry for entry in entries if entry.answered_at]
    seconds = [entry.answered_at - entry.said_at for entry in answered if entry.answered_at]
    cuts = quantiles(seconds, n=100)
    took = max(entry.answered_at or 0.0 for entry in answered) - min(entry.said_at for entry in answered)
    again = sum(entry.replies > 1 for entry in answered)
    print(
        f"\n{run}: {len(answered)} messages answered in {took:.1f} s ({len(answered) / took:.0f}/s), "
        f"p50 {cuts[49]:.2f} s, p99 {cuts[98]:.2f} s, answered more than once {again}"
    )
