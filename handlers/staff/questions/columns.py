"""The columns of a file of questions that officers answer often."""

from collections.abc import Iterator
from typing import Any

from handlers.language.phones import contains_mobile
from handlers.staff.files import cells
from handlers.staff.files.columns import DAY, LINE, PASSAGE, TITLE, Column, Columns, Kind, yes_or_no

CODE = Kind(cells.line, "질문을 구별하는 번호를 적어 주세요. 예: 주차-01")
SHOWN = yes_or_no("공개", "비공개")
WORDINGS = Kind(cells.listed, "낱말이나 문장을 쉼표로 나누어 적어 주세요. 예: 주차장, 차 가져가도 되나요")


def _personal(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields in which a person's number stands: what is answered here is told to everybody."""
    for field, value in values.items():
        said = ", ".join(value) if isinstance(value, tuple) else value
        if isinstance(said, str) and contains_mobile(said):
            yield field, "휴대전화 번호는 적을 수 없습니다. 대표번호나 부서 번호를 적어 주세요."


COLUMNS = Columns(
    Column("질문번호", "code", CODE, "다시 등록할 때 같은 번호의 질문을 고칩니다.", "주차-01", required=True),
    Column("질문", "question", TITLE, "주민에게 보이는 질문", "주차할 수 있나요?", required=True),
    Column(
        "다른 표현",
        "wordings",
        WORDINGS,
        "주민이 쓸 만한 낱말과 문장. 많을수록 잘 알아듣습니다. ‘결과’처럼 아무 데나 쓰는 낱말만 적지 마세요.",
        "주차, 주차장, 차를 가져가도 되나요",
        (),
    ),
    Column(
        "답변",
        "answer",
        PASSAGE,
        "주민에게 그대로 보이는 답",
        "주차장이 좁으니 대중교통을 이용해 주세요.",
        required=True,
    ),
    Column("출처", "source", LINE, "무엇을 보고 적었는지", "평생학습관 이용 안내", required=True),
    Column(
        "기준일", "as_of", DAY, "이 답이 맞는 것을 확인한 날. 1년이 지나면 그렇다고 함께 보입니다.", "", required=True
    ),
    Column("공개", "shown", SHOWN, "아니오라고 적으면 보이지 않고 답하지 않습니다.", "예", True),
    Column("질문(영어)", "question_en", TITLE, "질문을 영어로", "Can I park there?"),
    Column("다른 표현(영어)", "wordings_en", WORDINGS, "다른 표현을 영어로", "parking, car park, parking lot", ()),
    Column("답변(영어)", "answer_en", PASSAGE, "답을 영어로", "There is little room for cars. Please come by bus."),
    conflicts=_personal,
    also={
        "question": "문의 문의내용 물음",
        "answer": "답변내용",
        "wordings": "유사질문 비슷한질문 유사표현",
        "source": "근거",
        "as_of": "확인일 기준일자",
    },
)
