"""Texts that officers keep to use them again, each by its name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Transaction, insert
from storage.tables import message_templates


@dataclass(frozen=True)
class Template:
    """`text_en` is "" where there is none."""

    name: str
    text: str
    text_en: str = ""


_ALL = select(message_templates.c.name, message_templates.c.text, message_templates.c.text_en)


def all_of_them(tx: Transaction) -> list[Template]:
    return [Template(*row) for row in tx.execute(_ALL.order_by(message_templates.c.name))]


def save(tx: Transaction, template: Template, now: datetime) -> None:
    """Add it, or change the one of its name."""
    values = {**vars(template), "changed_at": now}
    written = insert(tx, message_templates).values(values)
    tx.execute(written.on_conflict_do_update(index_elements=["name"], set_=values))


def drop(tx: Transaction, name: str) -> bool:
    """Whether there was one."""
    return bool(tx.execute(delete(message_templates).where(message_templates.c.name == name)).rowcount)
