"""The course that somebody wishes for, as far as a sentence says: weekday, time of day, price, place and so on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from handlers.language.letters.spelling import normalise
from handlers.understanding import english

DAYS = "월화수목금토일"
TimeOfDay = Literal["morning", "afternoon", "day", "evening"]
MAN = 10_000  # won

_WEEKDAYS = re.compile(rf"([{DAYS}])\s*(?:요\s*일|욜)")
_DAYS_LISTED = re.compile(
    rf"(?<![가-힣])([{DAYS}](?:[,·/\s]*[{DAYS}]){{1,4}})(?=\s*(?:요일|욜|반|중|에|저녁|오전|오후|수업|강좌|$))"
)
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONLY_DAYS = re.compile(rf"([{DAYS}])\s*(?:요일|욜)\s*밖에")
_ENGLISH_DAY = "(?:days?|s|sdays?|nesdays?|rsdays?|urdays?)?"
_NO_GOOD = re.compile(
    rf"(?:[{DAYS}]\s*(?:요일|욜)(?:하고|이랑|랑|,|\s|[{DAYS}]\s*(?:요일|욜))*|주말|평일)\s*(?:만|은|는|에는|엔|날은)?\s*"
    r"(?:[가-힣\s]{0,10}(?:일을|일해|출근|근무|일하|장사|투석)|아니|빼|말고|제외|안\s*(?:되|돼)|못|이미|싫|힘들|일이|바빠|곤란)"
    rf"|(?:[{DAYS}]\s*(?:요일|욜)[\s,이랑하고에은]*)+[가-힣\s]{{0,14}}(?:그날|그때)[은는]?\s*(?:못|안)"
    r"|(?:not|except|but not)(?: on)? (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
)
_NO_TIME = re.compile(
    r"(?:오\s*전|아침|오\s*후|저\s*녁|밤|낮)\s*(?:에는|에|엔|은|시간은)?\s*"
    r"(?:[가-힣\s]{0,8}(?:나가야|일을|일해|출근|근무|장사)|힘들|못|안\s*(?:되|돼)|바빠|말고|빼고|곤란|싫|자는|자야|잠을)|밤일"
)
_WEEKEND = re.compile(r"주\s*말|토일|토,\s*일|weekend")
_WORKDAYS = re.compile(r"평\s*일|weekdays?(?!\s*evening)|주\s*중")
_TIMES: dict[TimeOfDay, re.Pattern[str]] = {
    "evening": re.compile(
        r"저\s*[녁녘]|저넉|해\s*(?:떨어|지고|지면|진\s)|야\s*간|(?<![가-힣])밤|퇴근|일\s*(?:끝나|마치|마친)|직장\s*(?:끝|마치|다니면서)|회사\s*(?:끝|마치|다니면서|다니는)|(?:회사|직장|일)(?:이|가|은|는)?\s*[\d가-힣]{1,2}\s*시에?\s*(?:끝|마치)"
        r"|evening|evng|after\s*work|night|after (?:5|6|7|six|seven)(?:\s*pm)?\b"
        r"|after (?:my|the) (?:job|shift|office)|(?:work|busy) until (?:5|6|7|six)"
    ),
    "morning": re.compile(r"오\s*전|아침|새벽|등교|등원|(?:학교|어린이집|유치원)\s*(?:간|가\s*있는|보내|갔)|morning"),
    "afternoon": re.compile(r"오\s*후|점심\s*(?:먹고|이후|때|시간(?:에|대|이후)|지나)|aft?ernoo?n|after lunch"),
    "day": re.compile(r"(?<![가-힣])낮|주\s*간\s*반|대낮|daytime|하교\s*(?:전|하기)"),
}
_HOUR = re.compile(
    r"(?P<half>오전|오후|아침|저녁|밤|낮)?\s*(?P<hour>\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s*시\s*(?:반)?\s*"
    r"(?:라|이라|인데)?\s*(?:그\s*)?(?P<way>이후|넘|부터|지나|뒤|후|전후|쯤|경|전|이전|까지)"
)
_HOURS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_FREE = re.compile(
    r"무\s*료|무룐|공\s*짜|꽁짜|무상|한\s*푼\s*(?:도\s*)?안|돈[은을]?\s*못\s*(?:내|냅|낸)|돈\s*(?:이\s*)?드는\s*(?:건|거|것)[은는]?\s*(?:부담|싫|힘|곤란)|(?:돈|비용|재료비)\s*(?:을|이|은)?\s*(?:안|없이|하나도\s*안|한\s*푼도\s*안|0원|없는)"
    r"|(?<!feel )(?<!am )(?<!i'm )(?<!be )\bfree\b(?! time)|no (?:cost|fee|charge)|costs? nothing|(?<![\d,])0\s*원"
    r"|without (?:pay|cost|fee)"
)
_UP_TO = re.compile(
    r"(?P<amount>\d[\d,]*|[한두세네일이삼사오육칠팔구십]{1,2}|[가-힣]섯)\s*(?P<unit>만\s*원|천\s*원|원|won|(?<=\d)만)\s*"
    r"(?:짜리\s*)?(?:이하|이내|안\s*(?:쪽|으로|넘|되|에)|아래|밑|미만|까지|정도|선|넘지|보다\s*(?:싼|적|안)|이면|으로|대|안에)?"
)
_NUMBERS = {"한": 1, "두": 2, "세": 3, "네": 4, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8,
            "구": 9, "십": 10, "다섯": 5, "여섯": 6}  # fmt: skip
_CHEAP = re.compile(
    r"싼|저렴|비싸지|비용\s*(?:이\s*)?적|돈\s*(?:이\s*)?(?:적게|덜|조금)|cheap"
    r"|(?:not|n.t)(?: too| so| very)? (?:be )?expensive|low (?:cost|price)"
)
_CERTIFICATE = re.compile(
    r"자\s*격\s*증?|면허|종이\s*한\s*장|이력서에\s*(?:쓸|쓰|적|넣)|certificat|licen[cs]e"
    r"|diploma|qualification|ja\s?g[iy]e?o?k\s?j[e]?u?ng"
)
_THIS_MONTH = re.compile(r"이\s*번\s*달|이\s*달|this month")
_NEXT_MONTH = re.compile(r"다\s*음\s*달|담\s*달|내\s*달|next month")
_MONTH = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])\s*월(?!\s*\d{1,2}\s*일)")
_NAMED_MONTHS = ("일", "이", "삼", "사", "오", "유", "칠", "팔", "구", "시", "십일", "십이")
_MONTH_NAMES = re.compile(
    r"(?<![가-힣])(십일|십이|[일이삼사오유칠팔구시])월(?=달|에|부터|중|은|까지|쯤|초|말|개강|시작|\s)"
)
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                   "november", "december")  # fmt: skip
_OPEN = re.compile(
    r"(?:지\s*금|당장|현재|아직)[\s가-힣]{0,6}?(?:신청|접수|등록|모집|받|들어갈|자리)(?!\S*(?:나요|까요|인가요|어요)\s*$)|접수\s*(?:중|받)|모집\s*(?:중|하는)"
    r"|(?:신청|등록|접수)\s*(?:가능한(?!\s*가|가)|할\s*수\s*있는|받는)|마감\s*(?:안|되지)|안\s*(?:늦|끝난|닫)은?|자리\s*(?:있는|남은|가\s*있는|가\s*남은|비)"
    r"|still open|open now|(?:sign up|register|apply|join|enrol+|start)(?: for)?(?: right)? now|available now"
    r"|open (?:courses|classes)"
    r"|(?:can|could) (?:i )?still (?:sign|register|join|apply|enrol)"
)
_SOON = re.compile(
    r"접수\s*(?:예정|전)|아직\s*(?:접수|신청)\s*(?:안|전)|곧\s*(?:접수|열|모집|신청|시작|하는)|앞으로\s*(?:열|하|나)|예정"
    r"|다음\s*주[가-힣\s]{0,5}(?:접수|모집|신청\s*받)|조만간|열릴|open(?:s|ing)? soon"
    r"|will open|coming soon|upcoming|opens? (?:later|next)"
)
_ONE_DAY = re.compile(
    r"원\s*데\s*이|하루\s*(?:가서|만에|짜리|에\s*끝|만\s*(?:하|배|들|나|가|수))|일\s*일\s*(?:특강|체험)|당일|1일\s*(?:특강|과정|짜리)|하루면|one.?day"
    r"|(?:only|just) (?:one|1) (?:time|day)|single day"
)
_SHORT = re.compile(r"단\s*기|짧|금방\s*끝|빨리\s*(?:끝|따)|\bshort")

_PARTS = (
    _NO_GOOD, _NO_TIME, _WEEKDAYS, _DAYS_LISTED, _WEEKEND, _WORKDAYS, _HOUR, _FREE, _UP_TO, _CHEAP, _CERTIFICATE,
    _THIS_MONTH, _NEXT_MONTH, _MONTH_NAMES, _MONTH, _OPEN, _SOON, _ONE_DAY, _SHORT,
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What was said of the course; a field that is None (or "", or empty) was not spoken of.

    `days` are weekdays (0 is Monday) of which any fits, `most` is won for everything, `month` the first of the
    month in which it begins, `place` a name that stands in the venue.
    """

    days: tuple[int, ...] = ()
    time: TimeOfDay | None = None
    hours: tuple[int, int] | None = None  # begins from, and before
    most: int | None = None
    is_cheap: bool = False
    place: str = ""
    has_certificate: bool = False
    month: date | None = None
    is_open: bool = False
    is_soon: bool = False
    is_one_day: bool = False
    is_short: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the fields that were spoken of."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) != each.default)


def read(text: str, today: date, places: Mapping[str, str]) -> Wish:
    """`places`: what names of places stand for in venues, the longest first, without spaces, in small letters."""
    said = normalise(text)
    hours, is_soon = _hours(said) or english.hours(said), bool(_SOON.search(said))
    return Wish(
        days=_days(said),
        time=None if hours else _time(said),
        hours=hours,
        most=_most(said),
        is_cheap=bool(_CHEAP.search(said)),
        place=next((places[name] for name in places if name in re.sub(r"[\s-]", "", said)), ""),
        has_certificate=bool(_CERTIFICATE.search(said)),
        month=_month(said, today),
        is_open=not is_soon and bool(_OPEN.search(said)),
        is_soon=is_soon,
        is_one_day=bool(_ONE_DAY.search(said)),
        is_short=bool(_SHORT.search(said)),
    )


def without(text: str, places: Iterable[str]) -> str:
    """What a sentence says besides the parts of a wish."""
    said = normalise(text)
    for words in (*_TIMES.values(), *_PARTS):
        said = words.sub(" ", said)
    for place in places:
        said = said.replace(place, " ")
    return said


def _time(said: str) -> TimeOfDay | None:
    """The time of day, but one that is named as no good."""
    good = _NO_TIME.sub(" ", said)
    return next((time for time, words in _TIMES.items() if words.search(good)), None)


def _days(said: str) -> tuple[int, ...]:
    """The days that are wished for; where only others are named as no good, all but those."""
    if only := _ONLY_DAYS.findall(said):
        return tuple(sorted({DAYS.index(day) for day in only}))
    spoken, refused = _named_days(_NO_GOOD.sub(" ", said)), _named_days(" ".join(_NO_GOOD.findall(said)))
    return tuple(sorted(spoken or (set(range(7)) - refused if refused else ())))


def _named_days(said: str) -> set[int]:
    found = {DAYS.index(day) for day in _WEEKDAYS.findall(said)}
    for listed in _DAYS_LISTED.findall(said):
        found |= {DAYS.index(day) for day in listed if day in DAYS}
    found |= {at for at, day in enumerate(_ENGLISH_DAYS) if re.search(rf"\b{day}{_ENGLISH_DAY}\b", said)}
    if _WEEKEND.search(said):
        found |= {5, 6}
    if _WORKDAYS.search(said):
        found |= {0, 1, 2, 3, 4}
    return found


def _hours(said: str) -> tuple[int, int] | None:
    """19시 이후, 두 시부터 여섯 시 전까지, 열 시쯤: the hours from which and before which it begins."""
    since, before = 0, 24
    for found in _HOUR.finditer(said):
        hour = _hour(found)
        if found["way"] in ("전후", "쯤", "경"):
            since, before = hour - 1, hour + 2
        elif found["way"] in ("전", "이전", "까지"):
            before = hour
        else:
            since = hour
    return (since, before) if (since, before) != (0, 24) else None


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"]) if found["hour"].isdigit() else _HOURS.index(found["hour"]) + 1
    is_late = found["half"] in ("오후", "저녁", "밤") or (not found["half"] and hour < 9)
    return hour + 12 if hour < 12 and (is_late or (found["half"] == "낮" and hour < 6)) else hour


def _most(said: str) -> int | None:
    if _FREE.search(said):
        return 0
    found = _UP_TO.search(said)
    if found is None:
        return english.most(said)
    amount = _number(found["amount"])
    unit = MAN if found["unit"].startswith("만") else 1000 if found["unit"].startswith("천") else 1
    return amount * unit if amount and amount * unit >= 1000 else english.most(said)


def _number(said: str) -> int:
    digits = said.replace(",", "")
    if digits.isdigit():
        return int(digits)
    if said in _NUMBERS:
        return _NUMBERS[said]
    tens, _, ones = said.partition("십")
    return _NUMBERS.get(tens, 1) * 10 + _NUMBERS.get(ones, 0) if "십" in said else 0


def _month(said: str, today: date) -> date | None:
    if _THIS_MONTH.search(said):
        return today.replace(day=1)
    if _NEXT_MONTH.search(said):
        return _first_of(today, today.month % 12 + 1)
    found = _MONTH.search(_MONTH_NAMES.sub(lambda name: f"{_NAMED_MONTHS.index(name[1]) + 1}월", said))
    month = int(found["month"]) if found else _english_month(said)
    return _first_of(today, month) if month else None


def _english_month(said: str) -> int:
    named: Sequence[int] = [
        at for at, name in enumerate(_ENGLISH_MONTHS, 1) if re.search(rf"\b(?:in|from|of)? ?{name}\b", said)
    ]
    return next((month for month in named if month != 5 or re.search(r"\b(?:in|from|of|next) may\b", said)), 0)


def _first_of(today: date, month: int) -> date:
    """The month that comes next by this number; the one that is, too."""
    return date(today.year + (month < today.month), month, 1)
