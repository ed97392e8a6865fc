"""Questions that officers answer often: what they say, whence they know it, and as of which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, select

from storage.database import Transaction, insert, there_is
from storage.engine.prepared import Prepared, Same
from storage.tables import common_questions

GOOD_FOR = timedelta(days=365)  # after so long an answer is told with a doubt


@dataclass(frozen=True)
class CommonQuestion:
    """`wordings` are other ways to ask it; one that isn't shown is only kept."""

    id: int
    code: str
    question: str
    wordings: tuple[str, ...]
    answer: str
    source: str
    as_of: date
    shown: bool
    question_en: str
    wordings_en: tuple[str, ...]
    answer_en: str

    def is_old(self, today: date) -> bool:
        return today - self.as_of > GOOD_FOR

    def asked_in(self, language: str) -> str:
        """The question as it is read: in Korean, where nothing else was given."""
        return (self.question_en if language == "en" else "") or self.question

    def answered_in(self, language: str) -> str:
        return (self.answer_en if language == "en" else "") or self.answer


_ALL = select(common_questions).order_by(common_questions.c.id)
_SHOWN = _ALL.where(common_questions.c.shown)
_SHOWN_BY_ID = _SHOWN.where(common_questions.c.id == bindparam("at"))
_ALL_SHOWN = Prepared(
    _SHOWN.with_only_columns(*(common_questions.c[name] for name in CommonQuestion.__dataclass_fields__))
)


def exist(tx: Transaction) -> bool:
    """Whether any is shown."""
    return bool(tx.execute(select(there_is(common_questions, common_questions.c.shown))).scalar())


def all_of_them(tx: Transaction) -> list[CommonQuestion]:
    """Those too that aren't shown."""
    return [CommonQuestion(**row._mapping) for row in tx.execute(_ALL)]


def shown(tx: Transaction) -> Same[CommonQuestion]:
    return _ALL_SHOWN.same(tx, lambda rows: Same(CommonQuestion(*row) for row in rows))


def find_shown(tx: Transaction, question_id: int) -> CommonQuestion | None:
    row = tx.execute(_SHOWN_BY_ID, {"at": question_id}).one_or_none()
    return CommonQuestion(**row._mapping) if row else None


def save(tx: Transaction, questions: Sequence[CommonQuestion]) -> None:
    """Add or change each by its code; the ids are not looked at."""
    for each in questions:
        values = {name: value for name, value in vars(each).items() if name != "id"}
        written = insert(tx, common_questions).values(values)
        tx.execute(written.on_conflict_do_update(index_elements=["code"], set_=values))
