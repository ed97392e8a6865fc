"""What a push says: plain words within the limit, what can be typed below it, and, of news, what the law asks for."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.ways.event import wording
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply
from handlers.language.letters.widths import units
from storage.people import consents
from storage.people.residents import Resident
from tests.support.domain import MONDAY, SEOUL, SETTINGS
from tests.support.kakao.talker import user_key

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def pushed_to():
    organization = SETTINGS.to_organization()
    return Chat(None, Resident(1, "ko"), MONDAY, "kakao", "u1", organization)  # type: ignore[arg-type]


def test_what_the_buttons_say_is_told_as_what_can_be_typed(pushed_to):
    asked = Reply("자리가 났어요!", buttons=(Button("참여하기", "mine/1/accept"), Button("내 신청 보기", "mine/1")))
    shown = wording.text(pushed_to, asked, is_news=False)
    assert shown == "자리가 났어요!\n\n이어서 하시려면 ‘참여하기’, ‘내 신청 보기’ 가운데 하나를 적어 주세요."
    one = wording.text(pushed_to, replace(asked, buttons=asked.buttons[1:]), is_news=False)
    assert one.endswith("이어서 하시려면 ‘내 신청 보기’라고 적어 주세요.")
    assert "적어 주세요" not in wording.text(
        pushed_to, Reply("수료하셨어요", links=(Button("메뉴", "menu"),)), is_news=False
    )


def test_cards_are_read_whole_and_opened_by_their_titles(pushed_to):
    cards = [Card(f"강좌 {n}", ("곧 접수",), (("때", "화 10시"),), Button(f"강좌 {n}", f"courses/{n}")) for n in (1, 2)]
    shown = wording.text(pushed_to, Reply("소식이에요.", tuple(cards)), is_news=False)
    assert "강좌 1\n곧 접수\n때: 화 10시\n\n강좌 2\n곧 접수" in shown
    assert shown.endswith("자세히 보시려면 제목을 적어 주세요.")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_news_begin_with_who_sends_them_and_end_with_how_to_stop_them(pushed_to, language):
    pushed_to = replace(pushed_to, resident=Resident(1, language))
    news = Reply("강좌 소식이에요.\n\n" + "가나다라마바사 " * 300, links=(Button("그만 받기", "news/stop"),))
    shown = wording.text(pushed_to, news, is_news=True)
    assert shown.startswith("(광고) ")
    assert "02-000-0000" in shown.partition("\n")[0]
    assert shown.rpartition("\n")[2] == pushed_to.text("kakao.stop_free")
    assert ("그만 받기" in shown, 950 < units(shown) <= 1000) == (False, True)


@pytest.mark.parametrize("word", ["가", "한 문장이에요. ", "👩‍👩‍👧 ", "가\n\n"])
def test_a_text_that_is_too_long_is_cut_cleanly_and_keeps_what_stands_below_it(pushed_to, word):
    asked = Reply(word * 2000, buttons=(Button("참여하기", "mine/1/accept"),))
    shown = wording.text(pushed_to, asked, is_news=False)
    head, _, tail = shown.partition("\n…")
    assert tail == "\n\n이어서 하시려면 ‘참여하기’라고 적어 주세요."
    assert (units(shown) <= 1000, (word * 2000).startswith(head), units(head) > 800) == (True, True, True)


def test_a_page_is_told_by_its_address(pushed_to):
    said = Reply("증서가 나왔어요.", links=(Button("증서 보기", url="https://learn.example.org/c/1"),))
    assert wording.text(pushed_to, said, is_news=False).endswith("\n\n증서 보기: https://learn.example.org/c/1")


async def agrees_to_news_here(school, resident_id=1):
    given = (consents.KAKAO_NEWS, True, "1", "hash", "kakao", school.now)
    await school.database.write(lambda tx: consents.record(tx, resident_id, *given))


async def reads_news(friends, somebody):
    """Who asked for news, and for a course that opens on Thursday."""
    await somebody.says("소식 받기")
    await somebody.presses("새 강좌 소식")
    await somebody.presses("동의하고")
    thursday = datetime(2026, 11, 26, 9, tzinfo=SEOUL)
    school = friends.school
    await school.opens(title="꽃차", apply_start=thursday, apply_end=thursday + timedelta(days=7))
    friends.duties._planned_until = school.now = datetime(2026, 11, 26, 8, 29, tzinfo=SEOUL)
    school.waits(minutes=1)
    await friends.duties.plan_notices()


async def test_news_come_in_kakaotalk_only_to_those_who_agreed_to_them_there(friends, writes):
    await reads_news(friends, writes())
    await friends.delivers()
    assert friends.server.talks() == []
    assert [outcome for outcome, _ in await friends.outcomes()] in ([None], ["unreached"])


async def test_news_are_marked_as_advertising_and_one_word_stops_them(friends, writes):
    hana = writes()
    await reads_news(friends, hana)
    await agrees_to_news_here(friends.school)
    await friends.delivers()
    ((said,),) = friends.server.got.values()
    assert said.startswith("(광고) 평생학습팀 02-000-0000\n\n11월 26일(목) 강좌 소식이에요.")
    assert said.endswith("소식을 그만 받으시려면 ‘그만’이라고 적어 주세요. (무료)")
    friends.school.waits(minutes=1)
    assert "소식을 보내지 않아요" in await hana.says("그만")


async def test_news_rest_at_night_and_leave_in_the_morning(friends, writes):
    await reads_news(friends, writes())
    await agrees_to_news_here(friends.school)
    friends.school.now = datetime(2026, 11, 26, 20, 50, tzinfo=SEOUL)
    await friends.delivers_once()
    assert friends.server.calls == []
    assert friends.event.way.rests_until(True, friends.school.now) == datetime(2026, 11, 27, 8, tzinfo=SEOUL)
    before = datetime(2026, 11, 26, 20, 49, tzinfo=SEOUL)
    assert friends.event.way.rests_until(True, before) is None
    assert friends.event.way.rests_until(False, friends.school.now) is None


async def test_what_a_push_says_to_type_works_when_it_is_typed(friends, writes):
    hana, dul, school = writes("하나"), writes("둘"), friends.school
    course = await school.opens(capacity=1)
    await hana.registers(course, mobile="010-0000-0001")
    await dul.registers(course, mobile="010-0000-0002")
    friends.duties._planned_until = school.now
    school.waits(minutes=1)
    await hana.says("취소", {"path": f"mine/{(await school.live(course))[0]}/cancel/yes"})
    await friends.duties.plan_notices()
    await friends.delivers(minutes=11)
    (said,) = friends.server.got[user_key("둘")]
    assert "‘참여하기’" in said
    school.waits(minutes=1)
    assert "자리가 정해졌어요" in await dul.says("참여하기")
