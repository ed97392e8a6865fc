"""Officers read a word for every state, and never its name in a row."""

from typing import get_args

import pytest

from handlers.staff.counseling import appointments
from handlers.staff.desk import lookup
from handlers.staff.postings import overview
from storage import states


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (lookup.SELECTIONS, states.Selection),
        (lookup.STATES, states.EnrollmentState),
        (appointments.STATES, states.AppointmentState),
        (appointments.OUTCOMES, states.AppointmentFlag),
        (overview.OUTCOMES, states.RunOutcome),
    ],
)
def test_every_state_has_a_word(words, kind):
    assert set(words) == set(get_args(kind))
