"""Whatever a reply holds, KakaoTalk shows all of it: on several pages where its limits ask for it."""

import sys
import unicodedata
from collections.abc import Callable
from random import Random
from typing import TypeVar

import pytest

from bot.channels.kakao.labels import LABEL
from handlers.dialogue import texts
from handlers.dialogue.reply import Button, Card, File, Reply
from handlers.language.letters.widths import units
from tests.support.everywhere import check_kakao, extras, said

T = TypeVar("T")

ASKED = ("name", "birth_year", "mobile", "dong", "tie", "target")
NO_LETTERS = {"Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Mn", "Me", "Mc"}
ALIKE = ["바리스타 2급 자격증과 심화과정(주간)", "바리스타 2급 자격증과 심화과정(야간)"]
REPLIES = 120


class Writer(Random):
    """Makes up replies of all shapes; drawn sign by sign by hypothesis they took a hundred times as long."""

    def some(self, most: int, make: Callable[[], T], least: int = 0) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.choice((least, least + 1, most, self.randint(least, most)))))

    def letter(self) -> str:
        """Of any writing, half of them of those that are written here."""
        ranges = ((33, 0x250), (0xAC00, 0xD7A4), (0x10000, sys.maxunicode + 1), (33, 0x10000))
        while unicodedata.category(sign := chr(self.randrange(*self.choice(ranges)))) in NO_LETTERS:
            pass
        return sign

    def phrase(self) -> str:
        return " ".join(self.some(12, lambda: "".join(self.some(30, self.letter, least=1)), least=1))

    def title(self) -> str:
        return self.choice((self.phrase(), *ALIKE)) if self.random() < 0.5 else self.phrase()

    def button(self) -> Button:
        return Button(self.title(), f"courses/{self.randint(1, 10**9)}")

    def any_button(self) -> Button:
        return Button(self.title(), url="https://learn.example.org/c") if self.random() < 1 / 3 else self.button()

    def card(self) -> Card:
        facts = self.some(14, lambda: (self.phrase(), self.phrase()))
        return Card(self.title(), self.some(4, self.phrase), facts, self.choice((None, self.button())))

    def reply(self) -> Reply:
        file = self.choice((None, File("달력.ics", "text/calendar", b"x")))
        shown = {"cards": self.some(12, self.card), "buttons": self.some(40, self.any_button)}
        return Reply("\n".join(self.some(60, self.phrase)), **shown, links=self.some(8, self.button), file=file)


def test_no_limit_is_broken_and_no_word_and_no_button_is_lost():
    for number in range(REPLIES):
        check_kakao(Writer(number).reply())


def test_a_text_is_cut_where_a_sentence_ends():
    first, *_ = check_kakao(Reply("수업에 오실 때 앞치마를 챙겨 주세요. " * 40))
    assert all(text.endswith("주세요.") for text in said(first["template"]["outputs"]))


def test_labels_that_begin_alike_stay_apart():
    courses = tuple(Button(f"정리수납컨설턴트 2급 자격증반({day})", f"courses/{day}") for day in "월화수목금")
    (page,) = check_kakao(Reply("골라 주세요.", buttons=courses, form="survey/1"))
    labels = [quick["label"] for quick in page["template"]["quickReplies"]]
    assert len(set(labels)) == 5
    assert [day in label for day, label in zip("월화수목금", labels, strict=True)] == [True] * 5


def test_a_label_that_turns_pages_of_ours_is_whole_where_kakaotalk_needs_no_page():
    (page,) = check_kakao(Reply("골라 주세요.", links=(Button("더 보기", "more/a/1"), Button("처음 메뉴", "menu"))))
    assert [quick["label"] for quick in page["template"]["quickReplies"]] == ["더 보기", "처음 메뉴"]


def test_a_part_of_a_list_goes_on_with_its_numbers():
    rows = tuple(Card(f"꽃꽂이 {n}반", ("수요일",), button=Button("보기", f"courses/{n}")) for n in range(3))
    (page,) = check_kakao(Reply("이어서 보여 드려요.", cards=rows, before=3))
    *_, shown = page["template"]["outputs"]
    assert [row["title"][:2] for row in shown["listCard"]["items"]] == ["4.", "5.", "6."]


def test_what_is_pressed_is_seen_to_say_its_whole_label():
    (page,) = check_kakao(Reply("골라 주세요.", buttons=(Button("정리수납컨설턴트 2급 자격증반", "courses/1"),)))
    (quick,) = page["template"]["quickReplies"]
    assert quick["messageText"] == "정리수납컨설턴트 2급 자격증반"


def test_more_than_ten_choices_are_turned_like_pages_and_back_to_the_first():
    first, second = check_kakao(
        Reply("어느 동에 사세요?", buttons=tuple(Button(f"{n}동", f"a/{n}") for n in range(15)))
    )
    assert first["template"]["quickReplies"][-1]["label"] == "더 보기"
    assert second["template"]["quickReplies"][-1]["label"] == "처음부터 보기"
    assert [extra for extra in extras([first, second]) if "more" in extra] == [
        {"more": "key", "page": 1},
        {"more": "key", "page": 0},
    ]


def test_several_courses_are_rows_with_the_numbers_that_can_be_typed():
    courses = tuple(Card(f"강좌 {n}", ("접수중",), button=Button(f"강좌 {n}", f"courses/{n}")) for n in range(4))
    (page,) = check_kakao(Reply("골라 보세요.", courses))
    rows = page["template"]["outputs"][1]["listCard"]["items"]
    assert [row["title"] for row in rows] == ["1. 강좌 0", "2. 강좌 1", "3. 강좌 2", "4. 강좌 3"]


def test_a_page_on_the_web_opens_from_a_card_as_quick_replies_can_not_be_links():
    (page,) = check_kakao(Reply("", buttons=(Button("지도 보기", url="https://map.example.org/"),)))
    assert page["template"]["outputs"][0]["textCard"]["buttons"][0]["webLinkUrl"] == "https://map.example.org/"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_label_of_ours_is_shortened(language):
    keys = [key for key in texts.catalogue(language) if key.startswith("labels.") and not texts.fields(language, key)]
    labels = [texts.say(language, key) for key in keys]
    asked = [texts.say(language, f"ask.{name}_label", district="중구") for name in ASKED]
    labels += [texts.say(language, "labels.correct", label=name) for name in asked]
    assert [label for label in labels if units(label) > LABEL] == []


def test_a_button_does_not_repeat_half_of_the_title_above_it():
    title = "정리수납컨설턴트 2급 자격증반"
    (page,) = check_kakao(Reply("신청하신 강좌예요.", (Card(title, button=Button(title, "mine/1")),)))
    (button,) = page["template"]["outputs"][1]["textCard"]["buttons"]
    assert (button["label"], button["extra"]) == ("자세히 보기", {"path": "mine/1"})


def test_a_question_that_a_button_would_cut_is_read_in_a_row_above_it():
    asked = "수료증을 다시 받을 수 있나요?", "낸 돈을 돌려받을 수 있나요?"
    buttons = (*(Button(each, f"questions/{number}") for number, each in enumerate(asked)), Button("문의", "contact"))
    (page,) = check_kakao(Reply("이것을 물어보셨나요?", buttons=buttons))
    assert [f"{number}. {each}" for number, each in enumerate(asked, 1) if f"{number}. {each}" not in said(page)] == []
    (one,) = check_kakao(Reply("이것을 물어보셨나요?", buttons=buttons[:1]))
    assert any(each.endswith(f"• {asked[0]}") for each in said(one))
