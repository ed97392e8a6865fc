"""Stopping a message that is going out, and going on with whoever hasn't got it yet."""

from handlers.staff.desk import acts
from handlers.staff.desk.acts import Act
from handlers.staff.desk.declined import Declined
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Told
from handlers.staff.messages import whom as audiences
from handlers.staff.messages.sending import of_number
from storage.database import Transaction
from storage.notices import announcements


def pause(tx: Transaction, desk: Desk, number: int) -> Told:
    """Nobody gets it from now on but to whom it is just on its way."""
    if of_number(tx, number).paused_at:
        raise Declined(f"메시지 {number}: 이미 멈춘 메시지입니다.", go_on_step(number))
    count = announcements.pause(tx, number, desk.now)
    if not count:
        raise Declined(f"메시지 {number}: 이미 다 보내 멈출 것이 없습니다.")
    facts = (f"아직 받지 않은 {count}명께 보내지 않고 기다립니다.",)
    return Told(f"메시지 {number}: {desk.done('멈췄습니다', '멈춥니다')}.", facts, steps=(go_on_step(number),))


def go_on(tx: Transaction, desk: Desk, number: int) -> Told:
    """With whoever hasn't got it yet; not before the grace is over, nor at night."""
    found = of_number(tx, number)
    if not found.paused_at:
        raise Declined(f"메시지 {number}: 멈춘 메시지가 아닙니다.")
    soonest = max(desk.now, found.due_at)
    due_at = desk.organization.hours.after_quiet_hours(soonest, desk.organization.timezone)
    count = announcements.go_on(tx, number, due_at)
    title = f"메시지 {number}: 남은 {count}명께 이어서 {desk.done('보내기로 했습니다', '보냅니다')}."
    return Told(title, (audiences.when(desk, due_at, count),) if count else ())


def go_on_step(number: int) -> Step:
    return Step("이어서 보내려면", "messages", {"number": number, "go_on": True})


PAUSE = acts.add(Act("message-pause", "메시지 멈춤", pause, repeats=True))
GO_ON = acts.add(Act("message-go-on", "메시지 이어 보내기", go_on, repeats=True))
