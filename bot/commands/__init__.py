"""What operators and officers type: one module a group of commands. `GROUPS` is the table of contents."""

from bot.commands import counseling, deciding, importing, serving, watching

GROUPS = (serving, importing, deciding, counseling, watching)
