"""A daughter registers her mother in her own chat: each has what is theirs, and nobody is renamed."""

from datetime import time

import pytest
from sqlalchemy import func, select

from storage.tables import addresses, consents, residents
from tests.support.domain import PERSON
from tests.support.people.family import Daughter, daughter_at, holders

pytestmark = pytest.mark.on_sqlite

LATER = {"start_time": time(15), "end_time": time(17), "term_limit": 0}


@pytest.fixture
def daughter(visitor) -> Daughter:
    return daughter_at(visitor())


async def names(school):
    return [row.name for row in await school.rows(select(residents.c.name).order_by(residents.c.id))]


async def corrects_her_name(school, daughter, to="김순자"):
    """She has a seat already, and writes another name into the form of the next course; both courses."""
    pottery, flowers = await school.opens(title="도예"), await school.opens(title="꽃꽂이", **LATER)
    await daughter.registers(pottery)
    await daughter.goes_to(f"forms/enroll/{flowers}")
    await daughter.presses("이름 고치기")
    return pottery, flowers, await daughter.says(to)


async def test_correcting_ones_name_to_anothers_renames_nobody(school, daughter):
    pottery, flowers, shown = await corrects_her_name(school, daughter)
    assert "같은 분의 이름을 고치시는 건가요?" in shown
    await daughter.presses("아니요, 다른 분이에요")
    await daughter.presses("네, 동의하셨어요")
    for answer in ("청구동", "1955", "010-0000-0002"):
        await daughter.says(answer)
    await daughter.presses("이대로 신청하기")
    assert await holders(school, pottery) == ["홍길동"]
    assert await holders(school, flowers) == ["김순자"]


async def test_a_name_corrected_after_marriage_keeps_the_registrations(school, daughter):
    pottery, flowers, _ = await corrects_her_name(school, daughter, "마리아 홍")
    await daughter.presses("네, 이름만 고쳐요")
    await daughter.presses("이대로 신청하기")
    assert await holders(school, pottery) == await holders(school, flowers) == ["마리아 홍"]
    assert await names(school) == ["마리아 홍"]


async def test_that_it_is_another_person_may_be_typed(school, daughter):
    pottery, _, _ = await corrects_her_name(school, daughter)
    assert "그대로예요" in await daughter.says("아니요")
    assert "그분의 동의를 받으셨나요" in await daughter.presses("다른 분 것을 신청할게요")
    assert await holders(school, pottery) == ["홍길동"]


async def test_a_yes_to_one_name_is_none_to_another(school, daughter):
    pottery, _, _ = await corrects_her_name(school, daughter, "홍길순")
    await daughter.presses("네, 이름만 고쳐요")
    await daughter.presses("이름 고치기")
    assert "같은 분의 이름을 고치시는 건가요?" in await daughter.says("김순자")
    assert await holders(school, pottery) == ["홍길동"]


async def test_who_only_spaces_their_name_otherwise_is_asked_nothing(school, daughter):
    *_, shown = await corrects_her_name(school, daughter, "홍 길동")
    assert "적어 주신 내용이에요" in shown


async def test_a_form_that_stops_before_it_is_said_whose_it_is_renames_nobody(school, daughter):
    pottery, flowers, _ = await corrects_her_name(school, daughter)
    await school.changes(flowers, state="suspended")
    await daughter.says("네")
    assert await holders(school, pottery) == ["홍길동"]


async def test_mother_and_daughter_have_a_seat_each_in_one_course(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    assert "자리가 정해졌어요" in await daughter.registers_mother(course)
    assert daughter.screen.text.startswith("김순자 님 것이에요.")
    assert await holders(school, course) == ["홍길동", "김순자"]


async def test_what_one_has_is_not_changed_by_registering_another(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course, mobile=PERSON["mobile"])
    known = select(residents.c.name, residents.c.birth_year, residents.c.mobile).order_by(residents.c.id)
    assert [tuple(row) for row in await school.rows(known)] == [
        ("홍길동", 1983, "+821000000001"),
        ("김순자", 1955, "+821000000001"),
    ]


async def test_a_form_says_whose_it_is_as_soon_as_it_is_told(school, daughter):
    course = await school.opens()
    assert (await daughter.begins_for_another(course)).startswith("다른 분 것이에요.")
    await daughter.says("청구동")
    assert (await daughter.says("김순자")).startswith("김순자 님 것이에요.")


async def test_who_only_registers_themselves_is_asked_nothing_more(school, daughter):
    await daughter.registers(await school.opens())
    later = await school.opens(**LATER)
    await daughter.goes_to(f"courses/{later}")
    await daughter.presses("신청하기")
    assert "자리가 정해졌어요" in await daughter.presses("이대로 신청하기")


async def test_who_has_spoken_for_another_is_asked_whose_it_is(school, daughter):
    await daughter.registers(await school.opens())
    await daughter.registers_mother(await school.opens())
    later = await school.opens(**LATER)
    await daughter.goes_to(f"courses/{later}")
    assert "누구 것을 신청하시나요?" in await daughter.presses("신청하기")
    assert [each.label for each in daughter.screen.buttons] == ["홍길동 님(본인)", "김순자 님", "다른 분"]
    await daughter.presses("김순자 님")
    await daughter.presses("이대로 신청하기")
    assert await holders(school, later) == ["김순자"]


async def test_consent_is_asked_for_the_other_and_kept_as_theirs(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    shown = await daughter.goes_to(f"who/enroll/{course}/other")
    assert "그분의 동의를 받으셨나요?" in shown
    assert "개인정보를 모읍니다" in shown
    await daughter.presses("네, 동의하셨어요")
    kept = await school.rows(select(consents.c.resident_id, consents.c.text_hash).order_by(consents.c.id))
    assert [row.resident_id for row in kept] == [1, 2]
    assert kept[0].text_hash != kept[1].text_hash


async def test_consent_for_one_whose_name_was_never_told_counts_for_nobody(school, daughter):
    course = await school.opens()
    await daughter.begins_for_another(course)
    await daughter.presses("그만두기")
    await daughter.presses("그만두기")
    assert "그분의 동의를 받으셨나요?" in await daughter.goes_to(f"who/enroll/{course}/other")


async def test_a_second_tap_makes_nobody_a_second_time(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    for _ in range(3):
        await daughter.goes_to(f"who/enroll/{course}/other")
    assert await names(school) == ["홍길동", None]


async def test_a_course_that_takes_nobody_makes_nobody(school, daughter):
    course = await school.opens(state="suspended")
    await daughter.says("강좌")
    await daughter.goes_to(f"who/enroll/{course}/other")
    assert len(await names(school)) <= 1


async def test_drafts_of_one_course_are_kept_apart(school, daughter):
    course = await school.opens()
    await daughter.fills_in(course, until="birth_year")
    await daughter.begins_for_another(course)
    assert "그분의 이름" in await daughter.says("청구동")
    await daughter.goes_to(f"forms/enroll/{course}")
    assert "태어난 해" in daughter.screen.text


async def test_what_is_typed_goes_to_whose_form_asked_last(school, daughter):
    course = await school.opens()
    await daughter.fills_in(course, until="mobile")
    await daughter.begins_for_another(course)
    await daughter.says("청구동")
    await daughter.says("김순자")
    await daughter.goes_to(f"forms/enroll/{course}")
    await daughter.says("010-0000-0001")
    await daughter.presses("이대로 신청하기")
    assert await holders(school, course) == ["홍길동"]


async def test_a_chat_speaks_for_a_family_and_no_crowd(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    for number in range(4):
        await daughter.registers_mother(course, name=f"김순{'자영희옥'[number]}", mobile=f"010-0000-001{number}")
    assert "4분까지" in await daughter.goes_to(f"who/enroll/{course}/other")
    there = select(func.count()).select_from(addresses).where(addresses.c.address == daughter.address)
    assert (await school.rows(there))[0][0] == 5


@pytest.mark.parametrize("whose", ["for/2/", "", "for/99/", "for/0/", "for/x/", "for//", "for/2/for/2/", "for/-2/"])
@pytest.mark.parametrize("path", ["mine/{seat}", "mine/{seat}/cancel/yes", "forms/enroll/{course}", ""])
async def test_a_chat_that_does_not_speak_for_somebody_is_told_nothing(school, daughter, visitor, whose, path):
    course = await school.opens(title="비밀 강좌")
    await daughter.registers_mother(course)
    stranger = visitor("r2")
    await stranger.registers(await school.opens(**LATER), name="임꺽정", mobile="010-0000-0009")
    seat = (await school.live(course))[0]
    shown = await stranger.goes_to(f"{whose}{path.format(seat=seat, course=course)}")
    assert "김순자" not in shown
    assert "님 것이에요" not in shown
    assert await holders(school, course) == ["김순자"]


async def test_one_for_whom_a_chat_speaks_does_not_get_at_what_another_has(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    mine, hers = await school.live(course)
    assert "찾을 수 없어요" in await daughter.goes_to(f"for/2/mine/{mine}/cancel/yes")
    assert "찾을 수 없어요" in await daughter.goes_to(f"mine/{hers}/cancel/yes")
    assert await holders(school, course) == ["홍길동", "김순자"]


async def test_cancelling_one_leaves_the_other(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    await daughter.says("내 신청")
    titles = ["홍길동 님(본인) · 바리스타 2급", "김순자 님 · 바리스타 2급"]
    assert [card.title for card in daughter.screen.cards] == titles
    await daughter.presses("김순자 님")
    await daughter.presses("신청 취소하기")
    assert daughter.screen.text.startswith("김순자 님 것이에요.")
    await daughter.presses("네, 취소할게요")
    assert await holders(school, course) == ["홍길동"]


async def test_what_was_given_back_for_another_is_taken_back_for_them(school, daughter):
    course = await school.opens()
    await daughter.registers_mother(course)
    await daughter.says("취소")
    await daughter.presses("김순자 님")
    await daughter.presses("네, 취소할게요")
    await daughter.presses("되돌리기")
    assert await holders(school, course) == ["김순자"]


async def test_leaving_a_shared_computer_leaves_everybody(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    await daughter.leaves(school)
    assert "아직 신청하신 강좌가 없어요" in await daughter.says("내 신청")
    assert "김순자" not in await daughter.goes_to(f"who/enroll/{course}")


async def test_a_number_for_another_may_be_ones_own(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.begins_for_another(course)
    for answer in ("청구동", "김순자", "1955"):
        await daughter.says(answer)
    await daughter.presses("제 번호와 같아요")
    await daughter.presses("이대로 신청하기")
    told = await school.rows(select(residents.c.mobile).order_by(residents.c.id))
    assert [row.mobile for row in told] == ["+821000000001"] * 2


async def test_ones_own_contact_proves_nothing_of_another(school, visitor):
    daughter = daughter_at(visitor(channel="telegram"))
    course = await school.opens()
    await daughter.begins_for_another(course)
    for answer in ("청구동", "김순자", "1955"):
        await daughter.says(answer)
    await daughter.shares(PERSON["mobile"])
    proven = await school.rows(select(residents.c.proven_mobile).order_by(residents.c.id))
    assert [row.proven_mobile for row in proven] == [None, None]


async def test_a_third_on_one_number_waits_for_an_officer_as_from_any_chat(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course, mobile=PERSON["mobile"])
    shown = await daughter.registers_mother(course, name="김순옥", mobile=PERSON["mobile"])
    assert "담당자가 확인" in shown


async def test_a_sentence_leads_to_whose_it_is(school, daughter):
    course = await school.opens()
    await daughter.goes_to(f"courses/{course}")
    assert "누구 것을 신청하시나요?" in await daughter.says("엄마 것 신청하고 싶어요")


async def test_without_a_course_a_sentence_is_told_how(school, daughter):
    assert "다른 분 것도 여기서 신청하실 수 있어요" in await daughter.says("어머니 대신 신청하고 싶어요")


async def test_a_class_that_is_asked_about_is_told_of_whose_it_is(school, daughter):
    course = await school.opens()
    await daughter.registers_mother(course)
    assert "김순자 님 것이에요." in await daughter.says("다음 수업 어디서 해요?")


async def test_in_english_it_says_whose_it_is_too(school, daughter):
    course = await school.opens()
    await daughter.registers(course)
    await daughter.registers_mother(course)
    await daughter.says("english")
    await daughter.says("my courses")
    await daughter.presses("김순자")
    assert daughter.screen.text.startswith("This is for 김순자.")
