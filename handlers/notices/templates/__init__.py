"""Texts that a sender approves before anything leaves with them: what they say, what they are filled with, and whether
what was approved will do."""

from handlers.notices.templates.facts import values
from handlers.notices.templates.filling import fill, variables
from handlers.notices.templates.judging import found_at_sender, judge
from handlers.notices.templates.texts import NAMED, TEXTS, known_in, why_not

__all__ = ["NAMED", "TEXTS", "fill", "found_at_sender", "judge", "known_in", "values", "variables", "why_not"]
