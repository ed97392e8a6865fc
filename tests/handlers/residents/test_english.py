"""Who reads English reads no Korean where there is English for it, and finds courses by English words."""

import re
from collections import deque
from datetime import timedelta

import pytest

from bot import demo
from bot.settings import Settings
from handlers.dialogue import texts
from handlers.postings.reading.english import in_english
from storage.teaching import courses
from storage.teaching.course import SPOKEN
from tests.support.clock.scenes import at
from tests.support.domain import seen

HANGUL = re.compile(r"[ㄱ-ㅣ가-힣]+")
SAID = {"한국어", "한국어로"}  # what leads back to Korean
BARISTA = {
    "title_en": "Barista level 2", "certificate_en": "Barista level 2", "venue_en": "Workshop A",
    "directions_en": "3 minutes on foot", "audience_en": "Anybody who likes coffee", "supplies_en": "An apron",
    "payment_en": "In cash", "description_en": "From espresso to latte art.", "payment": "현금", "audience": "누구나",
    "instructor": "Kim", "contact": "평생학습팀 02-000-0000",
}  # fmt: skip
SCENES = [
    {}, {"capacity": 0}, {"apply_start": (3,)}, {"apply_end": (-1,)}, {"state": "suspended"}, {"state": "cancelled"},
    {"selection": "lottery"}, {"selection": "review", "open_to": "anyone"}, {"capacity": 0, "waitlist_capacity": 0},
    {"selection": "priority", "priority": ["취업 의지가 있는 청년", "경력단절여성", "중장년(45~60세)", "그 밖의 구민"]},
]  # fmt: skip
NO_ENGLISH = ("counseling", "surveys", "jobs/1")  # what counselors and feeds are called has none; surveys bring theirs


def korean(screen):
    """What is left of it on a screen, its buttons and its file."""
    said = " ".join([seen(screen), *(button.label for button in screen.all_buttons)])
    file = screen.file.content.decode() if screen.file else ""
    return set(HANGUL.findall(f"{said} {file}")) - SAID


async def walked(resident):
    """What is left of Korean on each screen that buttons lead to."""
    ahead, known, left = deque(["start", "reminders", "instructors", "jobs/fields"]), set(), {}
    while ahead:
        path = ahead.popleft()
        await resident.goes_to(path)
        if found := korean(resident.screen):
            left[path] = found
        steps = [button.path for button in resident.screen.all_buttons if button.path]
        new = [each for each in dict.fromkeys(steps) if each not in known and not each.startswith(NO_ENGLISH)]
        known.update(new)
        ahead.extend(each for each in new if not each.startswith("language"))
    assert len(known) > 60
    return left


async def agrees(resident, course):
    """Up to the first question of the form."""
    await resident.says("English")
    await resident.goes_to(f"forms/enroll/{course}")
    await resident.presses("Go on in Telegram")
    await resident.presses("I agree")


async def registers(resident, course):
    await agrees(resident, course)
    screens = [resident.screen]
    for answer in ("Cheonggu-dong", "Jane Doe", "1983", "010-0000-0001"):
        await resident.says(answer)
        screens.append(resident.screen)
    await resident.presses("Register now")
    return [*screens, resident.screen]


@pytest.mark.on_sqlite
async def test_no_button_leads_to_korean_where_there_is_english(school, resident):
    for scene in SCENES:
        await school.opens(**{**BARISTA, **school.dated(scene)})
    await school.promises_lotteries()
    await resident(1).says("English")
    assert await walked(resident(1)) == {}


@pytest.mark.on_sqlite
async def test_a_form_its_receipt_and_its_calendar_are_english(school, resident):
    course = await school.opens(**BARISTA)
    reader = resident(1)
    screens = await registers(reader, course)
    assert "4 classes" in await reader.goes_to("mine/1/calendar")
    assert b"Barista level 2 (1)" in reader.screen.file.content
    assert [korean(screen) for screen in [*screens, reader.screen] if korean(screen)] == []


@pytest.mark.on_sqlite
@pytest.mark.parametrize("typed", ["Myeong-dong", "myeongdong", "Myeong dong", "명동", "I live in Myeong-dong.", "3"])
async def test_a_dong_is_understood_in_english(school, resident, typed):
    await agrees(resident(1), await school.opens(**BARISTA))
    assert "What is your name?" in await resident(1).says(typed)


@pytest.mark.on_sqlite
async def test_a_dong_that_is_denied_is_asked_again(school, resident):
    await agrees(resident(1), await school.opens(**BARISTA))
    assert "Which dong do you live in?" in await resident(1).says("I do not live in Myeong-dong")


@pytest.mark.on_sqlite
async def test_a_refusal_names_the_other_course_in_english(school, resident):
    await registers(resident(1), await school.opens(**BARISTA))
    other = await school.opens(**BARISTA | {"title_en": "Flower tea"}, start_date=school.day(2026, 12, 9))
    assert "you have a seat in “Barista level 2”" in await resident(1).goes_to(f"forms/enroll/{other}")


@pytest.mark.on_sqlite
async def test_reminders_and_changes_are_told_in_english(school, resident, clock):
    await registers(resident(1), await school.opens(**BARISTA))
    letters = await clock.until(at("12-08 12:00"), timedelta(hours=2))
    assert len(letters) == 3
    assert [korean(letter.reply) for letter in letters if korean(letter.reply)] == []


@pytest.mark.on_sqlite
async def test_korean_stands_where_nobody_gave_english(school, resident):
    course = await school.opens(title_en="Barista level 2")
    await resident(1).says("English")
    shown = await resident(1).goes_to(f"courses/{course}")
    assert "Barista level 2" in shown
    assert "Place: 실습실 A" in shown


@pytest.mark.on_sqlite
async def test_english_of_a_course_is_not_shown_to_who_reads_korean(school, resident):
    reader, course = resident(1), await school.opens(**BARISTA)
    shown = await reader.goes_to(f"courses/{course}") + await reader.presses("자세히")
    assert [words for name, words in BARISTA.items() if name.removesuffix("_en") in SPOKEN and words in shown] == [
        "현금", "누구나"
    ]  # fmt: skip


def test_english_texts_have_no_korean():
    left = {key: set(HANGUL.findall(text)) - SAID for key, text in texts.catalogue("en").items()}
    typed = {"paper.receipt"}  # staff type it from the sheet
    by_law = {"kakao.ad", "consent.kakao_news.text"}  # (광고), in these letters
    assert {key for key, found in left.items() if found} == typed | by_law


WORDS = [
    "barista", "coffee", "flower", "flowers", "computer", "I want to learn coffee", "tidying", "Excel class", "tea",
    "air conditioner cleaning course", "job interview", "florist classes", "smartphone", "certificate",
]  # fmt: skip


@pytest.mark.on_sqlite
@pytest.mark.parametrize("without_english", [False, True])
async def test_english_words_find_what_the_district_has(school, resident, without_english):
    await school.database.write(lambda tx: demo.fill(tx, school.now, Settings().to_organization()))
    for course in (await school.rows(courses.courses.select())) if without_english else ():
        await school.changes(course.id, title_en="", certificate_en="")
    await resident(1).says("English")
    missed = [word for word in [*WORDS, *suggested()] if "found no" in await resident(1).says(word)]
    assert missed == []


def suggested():
    """What English texts suggest to type."""
    told = [texts.catalogue("en")[key] for key in ("welcome.greeting", "welcome.help", "courses.not_found")]
    lists = [found for text in told for found in re.findall(r"For example: ([a-z, ]+)", text)]
    assert len(lists) == 3
    return [word.strip() for found in lists for word in found.split(",")]


@pytest.mark.on_sqlite
async def test_what_postings_say_in_fixed_words_is_english(market, resident):
    await market.offers({"company": "Cafe A", "title": "Barista", "description": "", "salary": "월 250만원"})
    reader = resident(1)
    await reader.says("English")
    assert "Seoul Jung-gu" in await reader.goes_to("jobs/1")
    assert korean(reader.screen) == set()


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("월 250만원", "monthly KRW 2,500,000"),
        ("월급 2,100,000원~2,200,000원", "monthly KRW 2,100,000–KRW 2,200,000"),
        ("월~금 08:00~14:00, 주 5일", "Mon–Fri 08:00–14:00, 5 days a week"),
        ("대졸(4년) 이상", "university (4 years) or more"),
        ("기간제(시간제)", "fixed-term (part-time)"), ("학교 방문, 회당 2시간", "학교 방문, 회당 2시간"), ("", ""),
        ("월 3일 근무", "월 3일 근무"),
    ],
)  # fmt: skip
def test_a_posting_is_said_in_one_language(said, english):
    assert in_english(said) == english


@pytest.mark.on_sqlite
async def test_jobs_are_found_by_english_words(market, resident):
    await market.offers({"title": "카페 바리스타 모집"}, {"title": "건물 청소원", "occupation": "561101"})
    await resident(1).says("English")
    assert "바리스타" in await resident(1).says("Barista jobs")
    assert "청소원" in await resident(1).says("cleaning job")
