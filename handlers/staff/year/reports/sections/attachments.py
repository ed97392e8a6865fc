"""Part 12, 붙임: what belongs to the report and where it is had."""

from handlers.staff.year.reports.report import Section
from handlers.staff.year.reports.sections.given import Given
from storage.year import became

TITLE = "붙임"


def section(given: Given) -> Section:
    if not given.courses:
        return Section(TITLE, missing="배움톡에서 운영한 과정이 없어 붙일 자료가 없습니다.")
    certified = sum(became.certified(given.tx, given.ids).values())
    return Section(
        TITLE,
        (
            f"출석부 {len(given.courses):,}부 (과정마다 한 부)",
            f"수료증 발급대장 (발급 {certified:,}건)",
            "설문 결과와 서술 응답",
            "교육 사진 (따로 보관)",
        ),
    )
