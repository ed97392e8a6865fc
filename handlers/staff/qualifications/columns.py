"""The columns of a file of qualifications."""

from handlers.staff.files import cells
from handlers.staff.files.columns import CERTIFICATE, DAY, LINE, Column, Columns, Kind
from handlers.staff.files.headers import NAMES

NUMBER = Kind(cells.number, "신청번호를 숫자로 적어 주세요. 예: 12", shown_as="0")

COLUMNS = Columns(
    Column("신청번호", "enrollment_id", NUMBER, "수료한 신청의 번호. 수강생 명단에 있습니다.", 12, required=True),
    Column(
        "이름", "person", LINE, "알아보려고 적습니다. 신청번호와 맞지 않으면 등록하지 않습니다.", "홍길동", also=NAMES
    ),
    Column("과정", "course", LINE, "알아보려고 적습니다. 읽지 않습니다.", "바리스타 2급"),
    Column("취득 자격증", "name", CERTIFICATE, "급수까지 적습니다.", "바리스타 2급", required=True),
    Column("자격번호", "license_number", LINE, "자격증에 적힌 번호. 모르면 비워 둡니다.", "제2026-0001호"),
    Column("취득일", "acquired_on", DAY, "자격증에 적힌 날", "", required=True, also=("자격취득일", "합격일")),
)
