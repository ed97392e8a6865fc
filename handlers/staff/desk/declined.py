"""What an officer asked for can't be done."""

from collections.abc import Iterable

from handlers.staff.desk.told import Step


class Declined(Exception):
    """The message says in Korean what, why and what to do, of each of `items` where they are many.

    `steps` are what helps on.
    """

    def __init__(self, message: str, *steps: Step, items: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.steps = steps
        self.items = tuple(items)
