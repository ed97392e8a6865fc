"""Money for messages that is nearly gone, or gone."""

from collections.abc import Iterator

from handlers.staff.desk.costs import won
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step
from handlers.staff.today.item import Item
from handlers.staff.ways import money
from storage.database import Transaction


def items(tx: Transaction, desk: Desk) -> Iterator[Item]:
    if not desk.organization.pushes.monthly_ceiling:
        return
    now = money.budget(tx, desk.organization, desk.now)
    if now.level:
        said = "한도에 닿아 소식을 멈췄습니다" if now.level == "full" else f"한도의 {now.percent}%를 썼습니다"
        title = f"이번 달 알림 비용 {won(now.spent)}: {said} (한도 {won(now.ceiling)})"
        yield Item("trouble", title, 1, Step("보려면", "costs"))
