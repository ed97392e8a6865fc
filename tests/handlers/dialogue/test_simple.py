"""Simple mode: whatever is said, no screen has more than three things to choose from, and none of them is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.dialogue import simple, texts
from handlers.dialogue.chat import Chat
from handlers.dialogue.reply import Button, Card, Reply
from storage.people.residents import Resident
from storage.tables import residents
from tests.support.domain import MONDAY, SETTINGS

pytestmark = pytest.mark.on_sqlite

CHAT = Chat(None, Resident(1, "ko", is_simple=True), MONDAY, "web", "r1", SETTINGS.to_organization())
FLOWERS = [f"꽃꽂이 {number}반" for number in range(1, 8)]


def buttons(name):
    return st.integers(0, 8).map(lambda most: [Button(f"{name}{n}", f"{name}/{n}") for n in range(most)])


def cards(pressed):
    return tuple(Card(button.label, button=button) for button in pressed)


replies = st.builds(
    lambda shown, pressed, links, form: Reply("?", cards(shown), tuple(pressed), tuple(links), form=form),
    buttons("card"),
    buttons("button"),
    buttons("link"),
    st.sampled_from(["", "enroll/1"]),
)


def parts(whole):
    first = simple.part(CHAT, whole)
    turns = [link for link in first.links if link.path.startswith("more/")]
    return [first, *(simple.part(CHAT, whole, number) for number in range(1, 8 if turns else 1))]


@given(replies)
def test_a_part_has_at_most_three_choices_and_two_links_beside_them(whole):
    for shown in parts(whole):
        assert len(shown.choices) <= 3
        assert len(shown.all_buttons) <= 5


@given(replies)
def test_no_choice_and_no_link_is_lost_among_the_parts(whole):
    shown = {button for part in parts(whole) for button in part.all_buttons}
    assert {*whole.all_buttons} <= shown


@given(replies)
def test_a_choice_has_the_same_number_on_its_part_as_in_the_whole_reply(whole):
    for shown in parts(whole):
        for number, button in enumerate(shown.choices, shown.before):
            assert whole.choices[number] == button


def test_who_ticks_a_choice_stays_on_its_part():
    ticks = tuple(Button(f"{n}", f"forms/survey/1/tick/N5/{n}/{'off' if n == 4 else 'on'}") for n in range(6))
    asked = Reply("?", buttons=ticks, form="survey/1")
    assert simple.part_with(asked, "forms/survey/1/tick/N5/4/on") == 1
    assert simple.part_with(asked, "forms/survey/1/answer/N4/4") == 0


@given(replies)
def test_what_is_a_part_already_stays_as_it_is(whole):
    first = simple.part(CHAT, whole)
    assert simple.part(CHAT, first) == first


def test_no_consent_is_asked_for_in_fewer_words():
    assert [key for key in texts.catalogue("ko") if key.startswith("short.consent")] == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_short_text_says_what_a_longer_one_says_with_the_same_data(language):
    short = [key for key in texts.catalogue(language) if key.startswith("short.")]
    assert short
    for key in short:
        long = key.removeprefix("short.")
        known = {*texts.fields(language, long), *SETTINGS.to_organization().named_in(language)}
        assert texts.fields(language, key) <= known
        assert len(texts.catalogue(language)[key]) < len(texts.catalogue(language)[long])


def test_a_long_card_shows_its_beginning_and_the_way_to_the_rest():
    facts = tuple((f"이름 {number}", "값") for number in range(9))
    shown = simple.part(CHAT, Reply("?", (Card("강좌", ("긴 설명",), facts),), (Button("신청하기", "enroll"),)))
    assert shown.cards == (Card("강좌", (), facts[:7]),)
    assert [link.label for link in shown.links] == ["자세히"]


def test_what_is_for_the_records_stands_behind_what_is_asked_about():
    names = ("상태", "신청번호", "신청한 때", "다음 수업", "수업 시간", "장소", "준비물", "문의")
    shown = simple.part(CHAT, Reply("?", (Card("강좌", facts=tuple((name, "값") for name in names)),)))
    assert [name for name, _ in shown.cards[0].facts] == [
        "상태", "다음 수업", "수업 시간", "장소", "준비물", "문의", "신청번호",
    ]  # fmt: skip


@pytest.mark.parametrize("form", [{"form": "enroll/1"}, {"is_receipt": True}])
def test_what_is_checked_or_kept_is_shown_whole(form):
    facts = tuple((f"이름 {number}", "값") for number in range(9))
    whole = replace(Reply("?", (Card("강좌", ("긴 설명",), facts),)), **form)
    assert simple.part(CHAT, whole) == whole


@pytest.fixture
async def asker(school, visitor):
    """In simple mode, before seven courses."""
    for title in FLOWERS:
        await school.opens(title=title, keywords=(), certificate="", term_limit=0)
    asker = visitor()
    await asker.says("쉽게")
    return asker


@pytest.mark.parametrize(
    "said", ["크게", "글씨 크게", "글자가 작아요", "쉬운 말로", "간편 모드", "큰 글씨", "simple mode"]
)
async def test_it_is_switched_on_and_off_in_ones_own_words(school, visitor, said):
    resident = visitor()
    assert "세 가지씩" in await resident.says(said)
    assert len(resident.screen.choices) == 3
    assert "보통 화면" in await resident.says("보통으로")
    assert len(resident.screen.choices) > 3


async def test_more_is_turned_to_until_the_last_and_from_there_to_the_first(asker):
    await asker.says("강좌")
    assert [card.title for card in asker.screen.cards] == FLOWERS[:3]
    assert "2/" in await asker.presses("더 보기")
    assert [card.title for card in asker.screen.cards] == FLOWERS[3:6]
    while "더 보기" in [link.label for link in asker.screen.links]:
        await asker.presses("더 보기")
    await asker.presses("처음부터 보기")
    assert [card.title for card in asker.screen.cards] == FLOWERS[:3]


@pytest.mark.parametrize("said", ["4", "4번", FLOWERS[3]])
async def test_what_stands_on_another_part_can_be_said(asker, said):
    await asker.says("강좌")
    await asker.says(said)
    assert asker.screen.cards[0].title == FLOWERS[3]


async def test_a_number_means_the_same_on_each_part(asker):
    await asker.says("강좌")
    await asker.presses("더 보기")
    await asker.says("5")
    assert asker.screen.cards[0].title == FLOWERS[4]


async def test_who_asks_for_all_of_a_course_gets_it_and_is_offered_that_once(asker):
    await asker.says(FLOWERS[0])
    assert [button.label for button in asker.screen.all_buttons].count("자세히") == 1
    await asker.presses("자세히")
    assert len(asker.screen.cards[0].facts) > simple.FACTS
    assert "자세히" not in [button.label for button in asker.screen.all_buttons]


async def test_an_old_button_turns_the_reply_that_it_belongs_to(asker):
    await asker.says("강좌")
    more = next(link.path for link in asker.screen.links if link.label == "더 보기")
    await asker.says("도움말")
    await asker.goes_to(more)
    assert [card.title for card in asker.screen.cards] == FLOWERS[3:6]


async def test_nobody_turns_to_the_parts_of_somebody_elses_reply(asker, visitor):
    await asker.says("강좌")
    more = next(link.path for link in asker.screen.links if link.label == "더 보기")
    assert "이제 쓸 수 없어요" in await visitor("r2").goes_to(more)


async def test_a_question_is_asked_in_parts_and_its_answer_may_stand_on_any(asker):
    course = (await asker.says("강좌")) and asker.screen.cards[0].button.path.split("/")[1]
    await asker.goes_to(f"forms/enroll/{course}")
    await asker.presses("동의하고 계속")
    await asker.presses("더 보기")
    assert "어느 동에 사세요?" in asker.screen.text
    assert len(asker.screen.buttons) == 3
    assert "이름" in await asker.says("1")


async def test_an_old_part_of_a_question_leads_to_what_is_asked_now(asker):
    await asker.says(FLOWERS[0])
    await asker.presses("신청하기")
    await asker.presses("동의하고 계속")
    more = next(link.path for link in asker.screen.links if link.label == "더 보기")
    await asker.says("청구동")
    assert "이름" in await asker.goes_to(more)
    assert "태어난 해" in await asker.says("홍길동")


async def test_a_form_goes_on_when_the_mode_is_switched_in_it(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="name")
    assert "이름을 적어" in await resident.says("글씨 크게")
    assert "태어난 해" in await resident.says("홍길동")


async def stumbles(resident, *words):
    for word in words:
        await resident.says(word)
    return [link.label for link in resident.screen.links]


async def test_who_stumbles_twice_in_a_row_is_offered_it(school, visitor):
    resident = visitor()
    assert "쉽고 크게 보기" not in await stumbles(resident, "가나다라")
    assert "쉽고 크게 보기" not in await stumbles(resident, "도움말", "가나다라")
    assert "쉽고 크게 보기" in await stumbles(resident, "마바사아")
    assert "세 가지씩" in await resident.presses("쉽고 크게 보기")


async def test_wrong_answers_in_a_form_are_stumbles_and_it_goes_on_there(school, visitor):
    resident = visitor()
    await resident.fills_in(await school.opens(), until="birth_year")
    assert "쉽고 크게 보기" in await stumbles(resident, "글쎄요", "모르겠네")
    assert "태어난 해" in await resident.presses("쉽고 크게 보기")


async def test_who_declined_is_not_offered_it_for_a_month(school, visitor):
    resident = visitor()
    await stumbles(resident, "가나다라", "마바사아")
    assert "알겠습니다" in await resident.presses("지금 그대로 볼게요")
    assert "쉽고 크게 보기" not in await stumbles(resident, "가나다라", "마바사아")
    school.now += timedelta(days=31)
    assert "쉽고 크게 보기" in await stumbles(resident, "가나다라", "마바사아")


async def test_it_speaks_english_too(school, visitor):
    resident = visitor()
    await resident.says("English")
    assert "three things" in await resident.says("simple mode")
    assert [link.label for link in resident.screen.links] == ["Show more", "Ask a person"]
    assert "as usual" in await resident.says("normal mode")


async def test_it_is_a_setting_of_the_resident_and_of_nobody_else(school, visitor):
    await visitor().says("쉽게")
    await visitor("r2").says("도움말")
    await visitor("r2").says("English")
    assert [row.is_simple for row in await school.rows(select(residents.c.is_simple).order_by("id"))] == [True, False]
