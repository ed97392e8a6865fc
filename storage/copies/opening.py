"""What copies the database that the settings name."""

from pathlib import Path

from sqlalchemy import make_url

from storage.copies.copy import Copier
from storage.copies.postgres import PostgresCopier
from storage.copies.sqlite import SqliteCopier
from storage.engine.opening import file_of


def copier(url: str, tools: Path | None = None) -> Copier:
    """`tools` is where PostgreSQL's programs are, if they aren't on the path."""
    file = file_of(url)
    return SqliteCopier(file) if file else PostgresCopier(make_url(url), tools)
