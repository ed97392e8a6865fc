"""What ails the service: feeds of postings that fail, and what is handed in by who runs it."""

from collections.abc import Iterator, Sequence

from handlers.staff.desk.told import Step
from handlers.staff.postings.overview import SOURCES
from handlers.staff.today.item import Item, Trouble
from storage.database import Transaction
from storage.jobs import feed_runs


def items(tx: Transaction, troubles: Sequence[Trouble]) -> Iterator[Item]:
    for each in troubles:
        yield Item("trouble", each.title, 1, each.step)
    for source in feed_runs.sources(tx):
        for run in feed_runs.latest(tx, source, 1):
            if run.outcome == "failed":
                title = f"{SOURCES.get(source, source)} 채용공고를 받지 못했습니다: {run.reason}"
                yield Item("feed", title, 1, Step("보려면", "postings"))
