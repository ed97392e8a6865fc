"""Whether policy cards can be filled into the template of the settings."""

from bot.checks.result import Result
from bot.documents.policy_card import template
from bot.settings import Settings
from handlers.dialogue.organization import PolicyCard
from handlers.staff.year.cards.card import Boxes, Card
from handlers.staff.year.counted.figures import BudgetFigures, IndicatorFigures
from storage.year.entries import Indicator, PolicyTask

NAME = "이행카드 양식"


def check(settings: Settings) -> list[Result]:
    """Nothing where there is no template."""
    form = settings.policy_card.template
    if form is None:
        return []
    try:
        left = template.gaps(form, blank(settings.to_organization().policy_card))
    except template.FormError as error:
        return [Result(NAME, False, f"{error} (policy_card.template)")]
    told = f"{form}, 칸이 없어 뒤에 붙일 내용: {', '.join(left)}" if left else f"{form}"
    return [Result(NAME, True, told)]


def blank(choices: PolicyCard) -> Card:
    """A card with nothing in it yet, for the labels of it that don't depend on years."""
    boxes = tuple(Boxes(name, options, "") for name, options in choices.boxes.items())
    task, stage = PolicyTask(0, "", "", 0, 0, 0, {}, "", ""), Boxes("이행단계", choices.stages, "")
    indicators = (IndicatorFigures(Indicator(0, "", "courses", ""), ()),)
    return Card(task, 0, 0, boxes, stage, indicators, BudgetFigures(()), (), (), (), ())
