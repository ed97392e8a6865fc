"""What operators and officers type: one module a group of commands. `GROUPS` is the table of contents."""

from bot.commands import (
    accounting,
    applying,
    certifying,
    counseling,
    deciding,
    importing,
    keeping,
    messaging,
    missing,
    persons,
    posting,
    promoting,
    reviewing,
    serving,
    surveying,
    watching,
)

GROUPS = (
    serving,
    keeping,
    accounting,
    importing,
    posting,
    deciding,
    certifying,
    applying,
    missing,
    promoting,
    messaging,
    persons,
    reviewing,
    surveying,
    counseling,
    watching,
)
