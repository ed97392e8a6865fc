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

FILES = (".json", ".html", ".css", ".js", ".svg")
SOURCES = [*Path("handlers").rglob("*.py"), *Path("bot").rglob("*.py")]


def test_both_languages_have_the_same_keys():
    assert texts.catalogue("ko").keys() == texts.catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(texts.catalogue("ko")))
def test_both_languages_need_the_same_data(key):
    assert texts.fields("ko", key) == texts.fields("en", key)


@pytest.mark.parametrize("key", sorted(texts.catalogue("ko")))
def test_every_text_can_be_said(key):
    data = dict.fromkeys(texts.fields("ko", key) | texts.fields("en", key), "강좌")
    for language in texts.LANGUAGES:
        assert texts.say(language, key, **data)


def test_a_quoted_word_gets_its_particle_after_the_quote():
    assert texts.say("ko", "refused.ended", title="꽃차").startswith("‘꽃차’는")
    assert texts.say("ko", "refused.ended", title="바리스타 2급").startswith("‘바리스타 2급’은")


def test_every_key_named_in_the_code_exists():
    known = texts.catalogue("ko")
    said = {text for path in SOURCES for text in _strings(path) if not text.endswith(FILES)}
    named = {text for text in said if text.count(".") and text.split(".")[0] in _TABLES}
    assert {text for text in named if text not in known} == set()


# A text that changes needs a new version: who agreed to the old words hasn't agreed to the new ones.
CONSENTS = {
    ("enrollment", "2026-12"): "0e85ba9d1010273f",
    ("abroad", "2026-11"): "b6db13e1a0f50de5",
    ("news", "2026-11"): "e60238f0b08cd4ac",
    ("jobs", "2026-11"): "27bb45ddda29163a",
    ("counseling", "2026-12"): "91043610f6e9aeba",
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_consent_promises_a_time_after_which_something_is_erased(language):
    said = {key: text for key, text in texts.catalogue(language).items() if key.startswith("consent.")}
    promised = re.compile(r"[0-9]+ ?(년|개월|일|years?|months?|days?)\b")
    assert [key for key, text in said.items() if promised.search(text)] == []


@pytest.mark.parametrize("purpose", ["enrollment", "abroad", "news", "jobs", "counseling"])
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
