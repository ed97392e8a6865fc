"""Values that officers are told, as lines of a terminal."""

from handlers.staff.desk.declined import Declined
from handlers.staff.desk.told import Listing, Reach, Step, Table, Told
from handlers.staff.reports.lines import of_declined, of_told

CLOSE = Step("폐강하려면", "close-course", {"course": "T"})


def typed(step: Step) -> str:
    return f"! {step.action}"


def test_a_value_is_read_from_the_top_down():
    told = Told(
        "했습니다.",
        facts=("사실",),
        tables=(Table((("1", "가"), ("2", "나")), ("번호", "이름")),),
        notes=("참고",),
        reach=Reach(3, {"텔레그램": 2}, 1),
        steps=(CLOSE,),
    )
    assert of_told(told, typed) == [
        *("했습니다.", "사실", "번호  이름", "1     가", "2     나", "", "참고"),
        "알릴 분 3명 가운데 2명에게 저절로 알립니다 (텔레그램 2명).",
        "나머지 1명은 알림을 보낼 수 없어 따로 연락해야 합니다.",
        "폐강하려면: ! close-course",
    ]


def test_nobody_is_told_by_itself_where_nobody_can_be_reached():
    assert Reach(9, {}, 9, minutes=10).lines() == [
        "알릴 분 9명 모두 알림을 보낼 수 없어 따로 연락해야 합니다.",
        "10분 안에 되돌리면 아무에게도 알리지 않습니다.",
    ]


def test_a_table_with_a_title_is_a_section_and_what_is_below_a_row_stands_aligned():
    below = (("대화", "http://a"), ("키오스크", "http://b"))
    table = Table((("과정", "받는 중"), ("다른 과정",)), title="설문", steps=(CLOSE,), details=(below,), left_out=2)
    assert of_told(Told("제목", tables=(table,)), typed) == [
        *("제목", "", "설문"),
        "  과정  받는 중 폐강하려면: ! close-course",
        "    대화      http://a",
        "    키오스크  http://b",
        "  다른 과정",
        "  외 2건",
    ]


def test_a_section_that_comes_first_begins_with_its_title():
    assert of_told(Told(tables=(Table((("가",),), title="설문"),)), typed) == ["설문", "  가"]


def test_a_listing_stands_right_below_what_it_belongs_to():
    assert of_told(Told("공고", tables=(Listing(("가",)), Listing(("나",), "기록"))), typed) == [
        *("공고", "- 가", "기록", "- 나")
    ]


def test_a_refusal_tells_each_problem_and_what_helps_on():
    declined = Declined("고칠 곳이 있습니다.", CLOSE, items=("신청 1: 두 번 적으셨습니다.",))
    assert of_declined(declined, typed) == [
        *("고칠 곳이 있습니다.", "- 신청 1: 두 번 적으셨습니다.", "폐강하려면: ! close-course")
    ]
    assert str(declined) == "고칠 곳이 있습니다."
