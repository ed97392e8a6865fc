"""What officers call the states of plans, promotion and problems."""

from collections.abc import Mapping

from storage.states import Progress

PROGRESS: Mapping[Progress, str] = {"planned": "예정", "running": "추진 중", "done": "완료", "dropped": "하지 않음"}
