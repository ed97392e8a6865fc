"""The words: complete in both languages, with the particles that fit."""

import ast
import hashlib
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers.residents  # noqa: F401
from handlers.dialogue import texts
from handlers.dialogue.reply import Button, Card, File, Reply, from_json, to_json

FILES = (".json", ".html", ".css", ".js", ".svg", ".typ")
KEYS = sorted(texts.catalogue("ko"))
COMMANDS = Path("bot/commands/__init__.py")  # officers' own table of contents
SOURCES = [*Path("handlers").rglob("*.py"), *(path for path in Path("bot").rglob("*.py") if path != COMMANDS)]


def test_both_languages_have_the_same_keys():
    assert texts.catalogue("ko").keys() == texts.catalogue("en").keys()


def test_both_languages_need_the_same_data():
    assert [key for key in texts.catalogue("ko") if texts.fields("ko", key) != texts.fields("en", key)] == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_text_can_be_said(language):
    data = {key: dict.fromkeys(texts.fields("ko", key) | texts.fields("en", key), "강좌") for key in KEYS}
    assert [key for key in KEYS if not texts.say(language, key, **data[key])] == []


def test_a_quoted_word_gets_its_particle_after_the_quote():
    assert texts.say("ko", "refused.ended", title="꽃차").startswith("‘꽃차’는")
    assert texts.say("ko", "refused.ended", title="바리스타 2급").startswith("‘바리스타 2급’은")


def test_every_key_or_table_named_in_the_code_exists():
    keys = texts.catalogue("ko")
    known = {*keys, *(key.rpartition(".")[0] for key in keys)}
    said = {text for path in SOURCES for text in _strings(path) if not text.endswith(FILES)}
    named = {text for text in said if text.count(".") and text.split(".")[0] in _TABLES}
    assert {text for text in named if text not in known} == set()


# A text that changes needs a new version: who agreed to the old words hasn't agreed to the new ones.
CONSENTS = {
    ("enrollment", "2027-01"): "1854771225ba3fe2",
    ("abroad", "2026-11"): "b6db13e1a0f50de5",
    ("news", "2026-11"): "e60238f0b08cd4ac",
    ("jobs", "2026-11"): "27bb45ddda29163a",
    ("counseling", "2027-01"): "b3a258cd5ccf3f8a",
    ("alimtalk", "2026-12"): "fd91334c376848eb",
    ("kakao_news", "2026-12"): "4f128515e37f7f31",
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_consent_names_no_time_but_by_the_settings(language):
    said = {key: text for key, text in texts.catalogue(language).items() if re.match(r"consent\..*\.text", key)}
    told = re.compile(r"(?<!만 )[0-9]+ ?(년|개월|일|시간)|\b(year|month|week|day|hour)s?\b(?! of)")
    assert [key for key, text in said.items() if told.search(text)] == []


@pytest.mark.parametrize("purpose", [purpose for purpose, _ in CONSENTS])
def test_a_consent_whose_words_change_has_a_new_version(purpose):
    words = "".join(texts.catalogue(language)[f"consent.{purpose}.text"] for language in texts.LANGUAGES)
    version = texts.catalogue("ko")[f"consent.{purpose}.version"]
    assert texts.catalogue("en")[f"consent.{purpose}.version"] == version
    assert CONSENTS[purpose, version] == hashlib.sha256(words.encode()).hexdigest()[:16]


words = st.text(max_size=20)
buttons = st.builds(Button, words, words, words)
cards = st.builds(
    Card, words, st.lists(words).map(tuple), st.lists(st.tuples(words, words)).map(tuple), st.none() | buttons
)
files = st.builds(File, words, words, st.binary())


@given(
    st.builds(
        Reply,
        words,
        st.lists(cards).map(tuple),
        st.lists(buttons).map(tuple),
        st.lists(buttons).map(tuple),
        st.none() | files,
        words,
    )
)
def test_a_reply_that_was_kept_is_the_same_reply(reply):
    assert from_json(to_json(reply)) == reply


_TABLES = {key.split(".")[0] for key in texts.catalogue("ko")}


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keys = set(string.ascii_lowercase + "._")
    constants = (
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return [text for text in constants if set(text) <= keys and not text.endswith((".", *FILES))]


def test_a_quoted_word_has_the_quotes_of_its_language():
    assert texts.say("en", "mine.taken_back", title="Flower tea").startswith("Taken back. Your registration for “")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_one_can_ask_about_fits_on_a_button_of_any_chat(language):
    named = {key: text for key, text in texts.catalogue(language).items() if key.startswith("asked.topic.")}
    assert {key: text for key, text in named.items() if len(text) > 14} == {}
    assert {key: text for key, text in named.items() if text[0] != text[0].upper()} == {}


ONE_NAME = {
    "mine": "mine", "cancel": "cancel", "job": "jobs", "counseling": "counseling", "survey": "surveys",
    "person": "contact", "news": "news", "hello": "menu", "help": "help", "seek": "courses", "call_me": "callback",
    "bigger": "simple_on",
}  # fmt: skip


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_where_a_kind_leads_is_called_as_on_other_screens(language):
    said = texts.catalogue(language)
    others = {kind: said[f"asked.topic.{kind}"] for kind, label in ONE_NAME.items()}
    assert others == {kind: said[f"labels.{label}"] for kind, label in ONE_NAME.items()}


def test_no_korean_letter_touches_an_address_that_chats_make_a_link_of():
    said = texts.catalogue("ko")
    assert [key for key, text in said.items() if re.search(r"\{(?:public_)?url\}[가-힣]", text)] == []


def test_a_telephone_number_has_the_particle_that_fits_its_last_digit():
    said = texts.catalogue("ko")
    assert [key for key, text in said.items() if re.search(r"\{phone\}(?:으로|로)(?![가-힣])", text)] == []


def test_what_can_be_pressed_already_is_no_link_once_more():
    known = Reply("", buttons=(Button("강좌 찾기", "courses"),), links=(Button("처음 메뉴", "menu"),))
    more = known.with_links(Button("강좌", "courses"), Button("아니에요", "asked/no"), Button("아니에요", "asked/no"))
    assert [link.path for link in more.links] == ["menu", "asked/no"]
