"""What operators and officers type: one module a group of commands. `GROUPS` is the table of contents."""

from bot.commands import (
    accounting,
    counseling,
    importing,
    keeping,
    messaging,
    persons,
    posting,
    promoting,
    pushing,
    reviewing,
    serving,
    surveying,
    watching,
)
from bot.commands.courses import applying, attending, certifying, deciding, missing, qualifications, unsure
from bot.commands.year import closing, entering, report

GROUPS = (
    serving,
    keeping,
    accounting,
    importing,
    posting,
    deciding,
    certifying,
    applying,
    attending,
    missing,
    promoting,
    pushing,
    messaging,
    persons,
    reviewing,
    surveying,
    counseling,
    qualifications,
    unsure,
    entering,
    closing,
    report,
    watching,
)
