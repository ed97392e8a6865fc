"""Until when what is kept of people is kept, in days; None is as long as they are known."""

from collections.abc import Mapping

from storage.tables.rules import Kept

YEAR = 365
COMPLETIONS = 5  # years after the end of a course for which a certificate can be asked for again

DAYS: Mapping[Kept, int | None] = {
    Kept.WITH_PERSON: None,
    Kept.TALK: 90,
    Kept.DRAFTS: 30,
    Kept.NOTICES: 90,
    Kept.WISHES: YEAR,
    Kept.APPLICATIONS: 5 * YEAR,
    Kept.COUNSELING: 3 * YEAR,
    Kept.CONSENTS: 3 * YEAR,
    Kept.ANSWERS: YEAR,
    Kept.COMPLETIONS: COMPLETIONS * YEAR,
    Kept.ACCESS_LOG: 2 * YEAR,
}
