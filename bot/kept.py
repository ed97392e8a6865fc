"""For how long each kind of record is kept: the section of the settings that says it."""

from dataclasses import fields
from datetime import time

from pydantic import BaseModel, ConfigDict

from bot.values import Kept, KeptAsToldOnce, KeptForReview
from storage.people.forgetting.periods import Periods


class Retention(BaseModel):
    """For how long each kind of record is kept, as consents promise it: "90일", "6개월" or "5년"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: time = time(4)  # when what is over goes each night, local
    talk: Kept = Periods.talk
    drafts: Kept = Periods.drafts
    notices: KeptAsToldOnce = Periods.notices
    wishes: Kept = Periods.wishes
    callbacks: Kept = Periods.callbacks
    applications: Kept = Periods.applications
    attended: Kept = Periods.attended
    counseling: Kept = Periods.counseling
    consents: Kept = Periods.consents
    answers: Kept = Periods.answers
    access_log: KeptForReview = Periods.access_log
    strangers: Kept = Periods.strangers
    missed: Kept = Periods.missed
    missed_kept: Kept = Periods.missed_kept
    payloads: Kept = Periods.payloads
    runs: Kept = Periods.runs

    def to_periods(self) -> Periods:
        return Periods(**{each.name: getattr(self, each.name) for each in fields(Periods)})
