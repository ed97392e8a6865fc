"""What officers see of postings: how many there are of each source, and how its last runs went."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Listing, Told
from storage.database import Transaction
from storage.jobs import feed_runs, postings
from storage.jobs.feed_runs import Run
from storage.jobs.postings import Count
from storage.states import RunOutcome

SHOWN = 5  # runs of each source
SOURCES = {"work24": "고용24", "seoul": "서울시 일자리포털", "file": "파일", "desk": "직접 입력"}
"""What officers call each source."""

OUTCOMES: Mapping[RunOutcome, str] = {"ok": "정상", "empty": "빈 답", "failed": "실패"}


def show(tx: Transaction, desk: Desk) -> Told:
    counts = tuple(_counted(count) for count in postings.count(tx, desk.today))
    runs = tuple(line for source in feed_runs.sources(tx) for line in _runs(tx, desk, source))
    latest = [Listing(runs, "최근에 받은 기록")] if runs else []
    return Told("채용공고", tables=(Listing(counts or ("아직 없습니다.",)), *latest))


def show_runs(runs: Sequence[Run]) -> Told:
    """How runs that just ended went."""
    return Told(facts=tuple(map(_outcome, runs)), is_good=all(run.outcome != "failed" for run in runs))


def _outcome(run: Run) -> str:
    name = f"{SOURCES.get(run.source, run.source)} {OUTCOMES[run.outcome]}"
    if run.outcome != "ok":
        return f"{name}: {run.reason}. 있던 공고는 그대로 두었습니다."
    which = f"({run.reason})" if run.reason else ""
    skipped = f", 읽지 못함 {run.skipped:,}{which}" if run.skipped else ""
    return f"{name}: 새로 {run.new:,}, 바뀜 {run.updated:,}, 그대로 {run.same:,}, 숨김 {run.hidden:,}{skipped}"


def _counted(of: Count) -> str:
    shown = f"보임 {of.open:,}, 다른 곳과 같아 접음 {of.folded:,}, 마감 {of.closed:,}, 숨김 {of.hidden:,}"
    return f"{SOURCES.get(of.source, of.source)}: {shown}"


def _runs(tx: Transaction, desk: Desk, source: str) -> Iterator[str]:
    for run in feed_runs.latest(tx, source, SHOWN):
        yield f"{desk.moment(run.started_at)} {_outcome(run)}"
