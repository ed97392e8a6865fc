"""What a posting is found by, and what tells that it is the same job in another source."""

import re

from handlers.language.letters.spelling import compact, normalise
from storage.jobs.posting import Posting, SourcedPosting

LONGEST = 600  # letters that a posting is found by

_FORMS = re.compile(
    r"\((?:주|유|재|사|의|합|복)\)|주식회사|유한회사|유한책임회사|재단법인|사단법인|의료법인|사회복지법인"
)
_NOT_MEANT = re.compile(r"[\W_]|및")


def sourced(posting: Posting, payload: dict[str, str] | None = None) -> SourcedPosting:
    return SourcedPosting(posting, twin(posting), search(posting), payload)


def search(posting: Posting) -> str:
    """The title in the first line, as `storage.jobs.postings.search` looks for letters in it; all of it compact."""
    lines = [posting.title, posting.company, *posting.description.splitlines()]
    return "\n".join(compact(part) for part in lines)[:LONGEST]


def twin(posting: Posting) -> str:
    """The same for the same job under different keys; "" when too little is known to say so."""
    parts = (_core(_FORMS.sub("", normalise(posting.company))), _core(normalise(posting.title)), posting.region_code)
    return "|".join(parts) if all(parts) else ""


def _core(text: str) -> str:
    return _NOT_MEANT.sub("", text)
