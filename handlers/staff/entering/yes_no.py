"""What people write on paper for yes and no, as the choice that says it: 아니오, 예, O, X, ✓."""

from collections.abc import Sequence

from handlers.language.letters.spelling import compact

_YES = {"네", "예", "응", "그래요", "그렇다", "그렇습니다", "있다", "있음", "있어요", "한다", "원한다", "희망", "동의"}
_NO = {
    *("아니요", "아니오", "아뇨", "아니", "아닙니다", "아니다", "그렇지않다", "없다", "없음", "없어요", "안한다"),
    *("원하지않는다", "희망하지않음", "동의하지않음"),
}
_SIGNS_OF_YES = {"o", "○", "◯", "〇", "●", "◎", "ㅇ", "✓", "✔", "☑", "√", "v", "y", "yes", "true"}
_SIGNS_OF_NO = {"x", "×", "✕", "✖", "✗", "✘", "n", "no", "false"}
_WORDS_OF_YES, _WORDS_OF_NO = {"네", "예", "응"}, {"아니요", "아니오", "아뇨", "아니", "아닙니다"}


def chosen(labels: Sequence[str], text: str) -> str | None:
    """The label that is meant, where one choice says yes and one says no, and the text is neither."""
    yes, no = (tuple(label for label in labels if compact(label) in words) for words in (_YES, _NO))
    said = "".join(text.lower().replace("\ufe0f", "").split())
    if len(yes) != 1 or len(no) != 1 or compact(text) in map(compact, labels):
        return None
    if said in _SIGNS_OF_YES or compact(text) in _WORDS_OF_YES:
        return yes[0]
    return no[0] if said in _SIGNS_OF_NO or compact(text) in _WORDS_OF_NO else None
