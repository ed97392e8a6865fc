"""How each kind of notice stands with the ways that ask for approved texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.dialogue.organization import FILE, Organization
from handlers.notices.kinds import KINDS
from handlers.notices.templates import TEXTS, judge, why_not
from handlers.staff.desk.desk import Desk
from handlers.staff.desk.told import Step, Table, Told
from storage.database import Transaction
from storage.ways import templates
from storage.ways.templates import Approved, Status

STATUSES: Mapping[Status, str] = {
    "approved": "승인",
    "pending": "검수 중",
    "rejected": "반려",
    "stopped": "중지",
    "missing": "없음",
}
DIFFERS = "승인된 글이 배움톡의 글과 다릅니다. 승인된 글로 보냅니다"
COLUMNS = ("안내", "템플릿 이름", "상태", "코드", "까닭")
LISTED = Step("템플릿을 보려면", "kakao-templates", {"compare": True})


@dataclass(frozen=True)
class Standing:
    """Of a kind and a way; `why` is "" where all is well."""

    kind: str
    status: Status
    is_usable: bool
    code: str = ""
    why: str = ""

    @property
    def word(self) -> str:
        return STATUSES[self.status]


def asking(organization: Organization) -> tuple[str, ...]:
    """The ways in use that carry nothing but approved texts."""
    by_file = (FILE,) if organization.pushes.has_file else ()
    return (*organization.pushes.by_number, *by_file)


def of_way(tx: Transaction, way: str) -> list[Standing]:
    """Of each kind that has a text."""
    found = templates.of_way(tx, way)
    return [_standing(kind, found.get(kind)) for kind in TEXTS]


def _standing(kind: str, found: Approved | None) -> Standing:
    """As it is kept: what a sender refused meanwhile is not made good by looking at its words again."""
    if found is None:
        return Standing(kind, "missing", False, why=judge(kind, "", "missing").reason or "")
    differs = found.is_usable and judge(kind, found.text, found.status).differs
    why = found.reason or (DIFFERS if differs else "")
    return Standing(kind, found.status, found.is_usable, found.code, why)


def gaps(tx: Transaction, organization: Organization) -> dict[str, list[str]]:
    """By way in use, the kinds that could be told by it and aren't, as nothing that is approved covers them."""
    found = {way: [each.kind for each in of_way(tx, way) if not each.is_usable] for way in asking(organization)}
    return {way: kinds for way, kinds in found.items() if kinds}


def named(kinds: Sequence[str], most: int = 3) -> str:
    """As officers call them: ‘자리 제안’, ‘수료’ 외 4가지."""
    shown = ", ".join(f"‘{KINDS[kind].title}’" for kind in kinds[:most])
    return shown + (f" 외 {len(kinds) - most}가지" if len(kinds) > most else "")


def show(tx: Transaction, desk: Desk) -> Told:
    """What is approved, compared with what the kinds need."""
    ways = asking(desk.organization)
    standing = {way: of_way(tx, way) for way in ways}
    facts = tuple(_counted(desk, way, found) for way, found in standing.items())
    tables = tuple(_table(desk, way, found) for way, found in standing.items())
    off = () if ways else ("알림톡과 발송 파일이 모두 꺼져 있어 지금은 템플릿이 없어도 됩니다.",)
    return Told("승인받은 템플릿", facts=facts, tables=(*tables, uncovered()), notes=off)


def _counted(desk: Desk, way: str, found: Sequence[Standing]) -> str:
    left = [each.kind for each in found if not each.is_usable]
    counted = f"{desk.organization.way_called(way)}: {len(found)}가지 가운데 {len(found) - len(left)}가지를 보냅니다."
    return f"{counted} 보내지 못하는 것: {named(left)}" if left else counted


def _table(desk: Desk, way: str, found: Sequence[Standing]) -> Table:
    rows = (
        (KINDS[each.kind].title, TEXTS[each.kind].name, each.word, each.code or "-", each.why or "-") for each in found
    )
    return Table(tuple(rows), COLUMNS, title=desk.organization.way_called(way))


def uncovered() -> Table:
    """Kinds that never leave by these ways, and why."""
    return Table(tuple(_reasons()), ("안내", "까닭"), title="템플릿으로 알리지 않는 안내")


def _reasons() -> Iterator[tuple[str, str]]:
    return ((kind.title, why) for kind in KINDS.values() if (why := why_not(kind.name)))
