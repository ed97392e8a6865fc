"""Finding courses by what residents type."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handlers.language.letters import jamo
from handlers.search.index import Entry, Index

COURSES = {
    "바리스타 2급 자격증 + 심화과정(주간)": ("식음료", "바리스타", "커피", "카페", "라떼아트"),
    "바리스타 2급 자격증 과정(야간)": ("식음료", "바리스타", "커피", "직장인", "저녁반"),
    "꽃차소믈리에 2급": ("식음료", "꽃차", "차", "소믈리에"),
    "정리수납컨설턴트 2급": ("생활서비스", "정리", "수납", "정리정돈"),
    "플로리스트 & 화훼장식기능사 대비": ("화훼·공예", "꽃", "꽃집", "화훼"),
    "보드게임 지도사 2급": ("교육·지도", "보드게임", "놀이", "방과후"),
    "SNS 콘텐츠 제작 실무(야간)": ("디지털·사무", "인스타", "유튜브", "영상편집"),
    "스마트폰활용지도사 2급": ("교육·지도", "스마트폰", "디지털", "어르신"),
    "MBTI 심리상담사 2급(주간)": ("심리·상담", "성격유형"),
    "MBTI 심리상담사 2급(야간)": ("심리·상담", "성격유형", "직장인", "저녁반"),
    "에어컨 살균세정관리사 2급(토요일)": ("생활서비스", "청소", "분해", "세척"),
    "한방건강차전문가 2급": ("식음료", "약차"),
    "분노조절지도사": ("심리·상담", "분노", "감정", "코칭"),
    "실버인지활동지도사 2급": ("교육·지도", "치매예방", "인지"),
    "초급강사 역량강화교육 및 강의활동 연계": ("교육·지도", "강사", "강의", "시연"),
    "[설명회] 수료생 일자리 연계 설명회": ("취업역량", "채용", "취업"),
    "[원데이] 크리스마스 리스 만들기": ("화훼·공예", "꽃", "리스"),
}
TITLES = list(COURSES)
INDEX = Index(Entry(at, title, words) for at, (title, words) in enumerate(COURSES.items()))
USUAL_SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr")) == 2]
title_words = st.text(st.sampled_from(USUAL_SYLLABLES), min_size=2, max_size=6)
titles = st.lists(
    st.one_of(title_words, st.sampled_from(["2급", "MBTI", "과정", "(야간)", "&", "7"])), min_size=1, max_size=5
)


def found(query):
    return [TITLES[at] for at in INDEX.find(query).ids]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("꽃차소믈리에", "꽃차소믈리에 2급"),
        ("꽃차는", "꽃차소믈리에 2급"),
        ("정리 수납", "정리수납컨설턴트 2급"),
        ("스마트 폰 활용", "스마트폰활용지도사 2급"),
        ("보드게임지도사", "보드게임 지도사 2급"),
        ("분노 조절 지도사", "분노조절지도사"),
        ("sns", "SNS 콘텐츠 제작 실무(야간)"),
        ("ＳＮＳ", "SNS 콘텐츠 제작 실무(야간)"),
        ("에어컨 2 급", "에어컨 살균세정관리사 2급(토요일)"),
        ("유튜브 배우고 싶어요", "SNS 콘텐츠 제작 실무(야간)"),
        ("플로리스트수업있나요", "플로리스트 & 화훼장식기능사 대비"),
        ("플로리스트과정은언제시작하나요", "플로리스트 & 화훼장식기능사 대비"),
        ("꽃차 강좌 찾아줘", "꽃차소믈리에 2급"),
        ("저녁에 하는 커피 수업", "바리스타 2급 자격증 과정(야간)"),
        ("야간바리스타", "바리스타 2급 자격증 과정(야간)"),
    ],
)
def test_a_course_is_found_however_its_name_is_put(query, title):
    assert (found(query), INDEX.find(query).sure) == ([title], True)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("ㅈㄹㅅㄴ", "정리수납컨설턴트 2급"),
        ("ㅂㄹㅅㅌ ㅇㄱ", "바리스타 2급 자격증 과정(야간)"),
        ("플ㄹㄹㅅㅌ", "플로리스트 & 화훼장식기능사 대비"),
        ("ㅂㄽㅌ ㅇㄱ", "바리스타 2급 자격증 과정(야간)"),
        ("wjdfltnskq", "정리수납컨설턴트 2급"),
        ("WJDFLTNSKQ", "정리수납컨설턴트 2급"),
    ],
)
def test_first_consonants_and_the_wrong_keyboard_are_read(query, title):
    assert (found(query), INDEX.find(query).sure) == ([title], True)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("바리스터", "바리스타"),
        ("발리스타", "바리스타"),
        ("바리스터를", "바리스타"),
        ("프로리스트", "플로리스트"),
        ("소물리에", "소믈리에"),
        ("컨설던트", "정리수납컨설턴트"),
        ("정리수남", "정리수납컨설턴트"),
        ("보드개임", "보드게임"),
        ("에어콘", "에어컨"),
        ("컨텐츠", "콘텐츠"),
        ("한방차", "한방건강차전문가"),
        ("리이스", "리스"),
        ("거피", "커피"),
        ("mbit", "MBTI"),
        ("ㅡㅠ샤", "MBTI"),
        ("qkfltmxj", "바리스타"),
        ("바리스타 1급", "바리스타"),
        ("바리스터 야간", "바리스타"),
        ("Rhc", "꽃차소믈리에"),
    ],
)
def test_a_misspelt_word_is_asked_back(query, word):
    asked = INDEX.find(query)
    assert (bool(asked.ids), asked.sure, asked.word) == (True, False, word)


GREETINGS = (
    "안녕하세요",
    "안녕",
    "감사합니다",
    "감사",
    "홍길동",
    "김민수",
    "날씨",
    "오늘 날씨 어때",
    "사랑해요",
    "hello",
    "the",
    "go",
)
REQUESTS = (
    "신청",
    "수업은",
    "강좌 알려주세요",
    "언제 시작해요",
    "얼마예요",
    "도와주세요",
    "취소할래요",
    "비밀번호 잊어버렸어요",
)
SCRAPS = (
    "2",
    "7",
    "ㄱ",
    "ㅏ",
    "a",
    "ㅋㅋ",
    "ㅎㅎㅎ",
    "ㅠㅠ",
    "ㅇㅇ",
    "ㅇㅋ",
    "ㅂㅅ",
    "네",
    "예",
    "아니요",
    "🌸",
    "",
    "!?",
)
LOOKALIKES = ("생일", "영어", "나이", "work", "주차장", "담당자", "010-1234-5678")


@pytest.mark.parametrize("query", GREETINGS + REQUESTS + SCRAPS + LOOKALIKES)
def test_what_names_no_course_finds_nothing(query):
    assert found(query) == []


def test_all_words_of_a_query_must_fit():
    assert found("mbti 야간") == ["MBTI 심리상담사 2급(야간)"]


def test_the_title_that_begins_so_comes_before_the_one_that_holds_it_and_synonyms():
    assert found("꽃") == ["꽃차소믈리에 2급", "플로리스트 & 화훼장식기능사 대비", "[원데이] 크리스마스 리스 만들기"]
    index = Index(
        [Entry(1, "한식", ("커피",)), Entry(2, "홈커피", ()), Entry(3, "나의 커피", ()), Entry(4, "커피", ())]
    )
    assert index.find("커피").ids == (4, 3, 2, 1)


def test_a_course_named_by_a_common_word_is_found_by_its_whole_title_only():
    index = Index([Entry(1, "수업 과정", ()), Entry(2, "제과 과정", ())])
    assert (index.find("수업 과정").ids, index.find("과정").ids) == ((1,), ())


def test_no_more_than_the_limit_is_found():
    assert len(INDEX.find("2급", limit=3).ids) == 3


def test_an_empty_index_finds_nothing():
    assert Index([]).find("바리스타").ids == ()


def test_a_query_without_an_answer_asks_nothing_back():
    nothing = INDEX.find("피아노")
    assert (nothing.sure, nothing.word) == (False, "")


@given(st.lists(titles.map(" ".join), min_size=1, max_size=4))
@settings(max_examples=60)
def test_every_course_is_found_by_its_title_spaced_or_not_and_by_its_first_consonants(names):
    index = Index(Entry(at, name, ()) for at, name in enumerate(names))
    for at, name in enumerate(names):
        assume(sum(map(str.isalnum, name)) > 1)
        for query in (name, name.replace(" ", ""), jamo.initials(name)):
            assert at in index.find(query).ids


@given(st.text(max_size=120))
def test_any_text_may_be_searched_for(text):
    assert set(INDEX.find(text).ids) <= set(range(len(TITLES)))
