"""What each stretch of a source became: every character once, nothing outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.explain import Base, Explained, Layer, explain
from mulu.explaining import CSS, LABELS, STYLES, page
from tests.loaders import texts
from tests.loaders.regulation_cases import SHARED

PAGES = {"page": texts.PAGE, "rules": texts.RULES, "nothing": "  \n", "english": "Article 1. Agencies share data.\n"}


def holds(found: Explained) -> None:
    """What is true of every explanation."""
    at = 0
    for one in found.segments:
        assert at == one.start < one.end
        at = one.end
        if one.base is Base.SPACE:
            assert not found.source[one.start : one.end].strip()
        assert all(mark.start <= one.start and one.end <= mark.end for mark in one.marks)
        assert one.reason or one.base in (Base.TREE, Base.SPACE)
    assert at == len(found.source)
    assert sum(found.sums().values()) == len(found.source)


@pytest.mark.parametrize("source", PAGES.values(), ids=PAGES)
def test_every_character_has_one_base(source):
    holds(explain(source, "x.txt"))


@given(st.text("第一二条款（）：；，。\n“”应当不得可以由负责下列信息的采集局部 \u3000分享到", max_size=200))
def test_any_text_is_explained(source):
    found = explain(source, "x.txt")
    holds(found)
    assert page(found).endswith("</html>\n")


def test_marks_say_what_a_stretch_became():
    source = "示例市办法\n第一条 公安机关应当在五个工作日内答复。\n第二条 按照第一条执行，不得拖延。\n"
    found = explain(source, "x.txt")
    said = {(str(mark.layer), source[mark.start : mark.end]) for mark in found.marks}
    assert ("duty", "公安机关应当在五个工作日内答复") in said
    assert ("clock", "公安机关应当在五个工作日内答复") in said
    assert ("agency", "公安机关") in said
    assert ("label", "第二条") in said
    assert ("reference", "第一条") in said
    assert any(layer == "prohibition" for layer, _ in said)


def test_the_page_is_whole_and_escaped():
    html = page(explain("示例市<b>办法\n第一条 登记机关应当核对“数据”&。\n", "<x>.txt"))
    assert "<script" not in html
    assert "http" not in html
    assert "&lt;x&gt;.txt" in html
    assert "<b>办法" not in html
    assert "prefers-color-scheme: dark" in html


def test_every_layer_has_a_colour_and_a_name():
    assert set(STYLES) == set(LABELS) == set(Layer)
    assert all(f".{layer} " in CSS for layer in Layer)


@pytest.mark.skipif(not SHARED.is_dir(), reason="NOT TESTED: the real regulations are not there (MULU_SHARED)")
def test_nothing_of_the_real_texts_stays_grey():
    for path in sorted(SHARED.glob("*.txt")):
        found = explain(path.read_text(encoding="utf-8"), path.name)
        holds(found)
        grey = [found.source[one.start : one.end] for one in found.segments if one.base is Base.TREE and not one.marks]
        assert sum(len(text.strip()) > 8 for text in grey) == 0, path.name
