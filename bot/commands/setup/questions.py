"""The questions in their order, each with what stands where nobody answers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.commands.setup import answers
from bot.commands.setup.answers import Taken
from bot.commands.setup.draft import Draft
from bot.values import BlockId, BotId
from handlers.staff.officers import accounts


@dataclass(frozen=True)
class Question:
    """`stands` gives what holds without an answer, "" for nothing, None where an answer is needed.

    `shown` is how that is shown; `called` and `help` are what is said of its flag, and `needs` where it doesn't apply.
    """

    flag: str
    asks: str
    take: Callable[[Draft, str], Taken]  # raises Declined and SettingsError
    stands: Callable[[Draft], str | None]
    shown: Callable[[str], str] = str
    applies: Callable[[Draft], bool] = lambda _: True
    is_secret: bool = False
    is_yes_or_no: bool = False
    called: str = "값"
    help: str = ""
    needs: str = ""


QUESTIONS: Sequence[Question] = (
    Question(
        "organization",
        "기관 이름",
        answers.names,
        lambda draft: draft.found("organization", "name") or answers.ASKED.name,
    ),
    Question(
        "team",
        "팀 이름",
        lambda draft, text: (answers.written(draft, text, "organization", "team"), ""),
        lambda draft: draft.found("organization", "team") or answers.ASKED.team,
    ),
    Question("phone", "주민에게 알려 줄 전화번호", answers.phone, lambda draft: draft.found("organization", "phone")),
    Question(
        "telegram-token-file",
        "텔레그램 토큰 (적어도 보이지 않습니다. 쓰지 않으면 ‘없음’)",
        answers.token,
        lambda draft: str(draft.found("telegram", "token") or answers.NONE),
        shown=lambda token: token if token == answers.NONE else "지금 토큰",
        is_secret=True,
        called="파일",
        help="텔레그램 토큰을 적은 파일. -면 표준 입력에서, 없으면 환경 변수 BAEUMTOK_TELEGRAM__TOKEN에서 읽습니다",
    ),
    Question(
        "kakao",
        "카카오톡도 쓸까요? (예/아니요)",
        answers.kakao,
        lambda draft: answers.YES if answers.has_kakao(draft) else answers.NO,
        is_yes_or_no=True,
        help="카카오톡도 씁니다",
    ),
    Question(
        "kakao-bot",
        "카카오톡 봇 ID",
        lambda draft, text: (draft.answered("kakao", "bot_id", value=answers.valid(BotId, text)), ""),
        lambda draft: draft.found("kakao", "bot_id"),
        applies=answers.has_kakao,
        needs="--kakao를 함께 적어 주세요.",
    ),
    Question(
        "kakao-block",
        "카카오톡 폴백 블록의 ID",
        lambda draft, text: (draft.answered("kakao", "block_id", value=answers.valid(BlockId, text)), ""),
        lambda draft: draft.found("kakao", "block_id"),
        applies=answers.has_kakao,
        needs="--kakao를 함께 적어 주세요.",
    ),
    Question(
        "database", "데이터베이스 (파일이나 postgresql://…)", answers.database, answers.own_file, shown=answers.hidden
    ),
    Question("listen", "서비스가 기다릴 주소와 포트", answers.listen, answers.listening),
    Question(
        "public-url",
        "주민이 여는 https 주소 (아직 없으면 ‘없음’)",
        answers.public,
        lambda draft: str(draft.found("web", "public_url") or answers.NONE),
    ),
    Question(
        "check-address",
        "그 주소가 지금 이 컴퓨터로 오는지 볼까요? (예/아니요)",
        answers.opens,
        lambda _: answers.NO,
        applies=answers.is_https,
        is_yes_or_no=True,
        help="그 주소가 지금 이 컴퓨터로 오는지 봅니다",
        needs="https 주소가 있어야 볼 수 있습니다. --public-url을 함께 적어 주세요.",
    ),
    Question(
        "mode",
        "텔레그램에서 받는 방법 (polling/webhook)",
        answers.mode,
        lambda draft: str(draft.found("telegram", "mode") or "polling"),
        applies=lambda draft: answers.is_https(draft) and bool(draft.found("telegram", "token")),
        needs="텔레그램 토큰과 https 주소가 있어야 정할 수 있습니다.",
    ),
    Question(
        "officer",
        "첫 담당자(팀장)의 아이디 (예: kim)",
        lambda draft, text: (replace(draft, login=accounts.read_login(text)), ""),
        lambda _: None,
        applies=answers.needs_officer,
        help="첫 담당자(팀장)의 아이디",
    ),
    Question(
        "name",
        "그분의 이름",
        lambda draft, text: (replace(draft, name=accounts.read_name(text)), ""),
        lambda draft: draft.login,
        applies=lambda draft: bool(draft.login),
    ),
)
