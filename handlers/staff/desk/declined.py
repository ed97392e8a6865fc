"""What an officer asked for can't be done."""

from handlers.staff.desk.told import Step


class Declined(Exception):
    """The message says in Korean what, why and what to do; `steps` are what helps on."""

    def __init__(self, message: str, *steps: Step) -> None:
        super().__init__(message)
        self.message = message
        self.steps = steps
