"""A district's own template."""
from pathlib import Path
from handlers.staff.year.card import Card
def fill(form: Path, card: Card) -> bytes:
    raise NotImplementedError
