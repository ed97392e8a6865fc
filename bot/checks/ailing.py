"""What ails a database, and what an operator does about it."""

from storage import ailments
from storage.ailments import Ailment

SENTENCES = {
    Ailment.FULL: "데이터베이스가 있는 디스크가 가득 찼습니다. 자리를 비워 주세요",
    Ailment.READ_ONLY: "데이터베이스에 쓸 수 없습니다. 파일과 폴더의 권한, 디스크가 읽기 전용인지 확인해 주세요",
    Ailment.BUSY: "다른 프로그램이 데이터베이스를 붙잡고 있습니다. 그 프로그램을 끝내 주세요",
    Ailment.DISK: "데이터베이스를 디스크에 쓰거나 읽지 못했습니다. 디스크와 파일 크기 제한을 확인해 주세요",
    Ailment.DAMAGED: "데이터베이스 파일이 깨졌습니다. baeumtok restore로 백업에서 되돌려 주세요",
    Ailment.AWAY: "데이터베이스가 대답하지 않습니다. 데이터베이스가 돌고 있는지 확인해 주세요",
}


def sentence(error: BaseException) -> str:
    """ "" for what is a bug of ours."""
    ailment = ailments.of(error)
    return SENTENCES[ailment] if ailment else ""
