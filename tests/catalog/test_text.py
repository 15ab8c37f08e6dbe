from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.records import Agency, DataElement, Provision, Regulation, Resource
from catalog.text import bigrams, fold, names, searchable, simplify
from catalog.value import Span
from catalog.vocabulary import AgencyKind, MatchKind, Origin, ProvisionKind, RegulationKind
from tests.catalog.strategies import LETTERS, any_record, texts

wild = st.one_of(texts, st.text(st.characters(), max_size=8))  # with halves of surrogate pairs


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("執行", "执行"),  # and never the mainland's 运行
        ("軟件程序", "软件程序"),
        ("資訊", "资讯"),  # not 信息: words stay as they are
        ("網路", "网路"),
        ("乾坤", "乾坤"),
        ("乾燥", "干燥"),
        ("廣州市資訊", "广州市资讯"),
        ("广州市", "广州市"),
        ("abc 1", "abc 1"),
        ("", ""),
        ("\0執\ud800行", "\0执\ud800行"),
    ],
)
def test_simplify_converts_characters_and_keeps_words(text, simple):
    assert simplify(text) == simple


@given(wild)
@example("執行乾坤" * 30 + "\r\n\0")
def test_simplify_keeps_every_position(text):
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("婚姻登記信息", "婚姻登记信息"),
        ("ＰＤＦ格式", "pdf格式"),
        ("公民 身份\n号码", "公民身份号码"),
        ("公民\u3000身份\u00a0号码", "公民身份号码"),
        ("\ufeff公民\u200b身份\u00ad号码", "公民身份号码"),
        ("乾 坤", "乾坤"),
        ("⾧春", "长春"),  # a radical that stands for the character
        ("（一）", "(一)"),
    ],
)
def test_fold_unites_script_width_case_and_space(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("居住证", "居住地"), ("一、", "一"), ("A-1", "A1"), ("里程", "裡程碑"), ("0", "〇")]
)
def test_fold_keeps_apart_what_differs(one, other):
    assert fold(one) != fold(other)


@given(wild)
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


def test_fold_is_idempotent_for_every_character():
    every = (chr(code) for code in range(sys.maxunicode + 1))
    assigned = (letter for letter in every if unicodedata.category(letter) not in ("Cn", "Co", "Cs"))
    assert [letter for letter in assigned if fold(fold(letter)) != fold(letter)] == []


@given(st.text(LETTERS, max_size=12))
def test_fold_is_the_same_with_a_break_anywhere(text):
    plain = fold(text)
    assert {fold(f"{plain[:i]}\n{plain[i:]}") for i in range(len(plain) + 1)} == {plain}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [("", []), ("婚", ["婚"]), ("婚姻", ["婚姻"]), ("婚姻状况", ["婚姻", "姻状", "状况"]), ("aaa", ["aa", "aa"])],
)
def test_bigrams(text, pairs):
    assert bigrams(text) == pairs


@given(texts.filter(lambda text: len(text) > 1))
def test_bigrams_hold_the_whole_text(text):
    pairs = bigrams(text)
    assert pairs[0][0] + "".join(pair[1] for pair in pairs) == text


SPAN = Span(start=0, end=2, line=1)


def provision(kind: ProvisionKind) -> Provision:
    return Provision(
        id="law/x1.a1", regulation="law/x1", provision_kind=kind, label="第一条", position=1, text="正文", reading="读文",
        heading="标题", span=SPAN,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (
            Resource(id="resource/x", name="a", origin=Origin.STATUTORY, aliases=("b",), subtypes=("c",)),
            [("a", MatchKind.EXACT), ("b", MatchKind.ALIAS), ("c", MatchKind.ALIAS)],
        ),
        (
            Agency(id="org/x", name="a", agency_kind=AgencyKind.BODY, aliases=("b",)),
            [("a", MatchKind.EXACT), ("b", MatchKind.ALIAS)],
        ),
        (DataElement(id="element/x", name="a", aliases=("b",)), [("a", MatchKind.EXACT), ("b", MatchKind.ALIAS)]),
        (
            Regulation(id="law/x", title="a", short_title="b", regulation_kind=RegulationKind.RULE, aliases=("b", "a")),
            [("a", MatchKind.EXACT), ("b", MatchKind.ALIAS)],
        ),
        (provision(ProvisionKind.ARTICLE), []),
    ],
)
def test_names(record, found):
    assert list(names(record)) == found


@pytest.mark.parametrize(
    ("kind", "found"),
    [(ProvisionKind.ARTICLE, ("读文", "标题")), (ProvisionKind.CHAPTER, ("标题",)), (ProvisionKind.ITEM, ("标题",))],
)
def test_a_text_is_searched_article_by_article(kind, found):
    assert searchable(provision(kind)) == found


@settings(max_examples=60)
@given(any_record())
def test_searchable_texts_are_there_once_and_hold_the_name(record):
    found = searchable(record)
    assert all(found)
    assert len(set(found)) == len(found)
    assert {name for name, _ in names(record) if name} <= set(found)
