"""The graph of a noisy mirror is that of the clean text, apart from spans; and damage changes nothing it did not hit."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from catalog.codec import to_row
from catalog.issue import Issue
from catalog.regulation import Provision
from catalog.text import fold
from loaders.explain import explain
from loaders.regulation.load import read_regulations
from tests.loaders import other_places, texts
from tests.loaders.regulation.coverage import assert_lossless

PINYIN = re.compile("[(（]?(?:gòng|shùjù)[)）]?")
WHERE = {"span", "place", "line", "start", "end"}


def plain(value: Any) -> Any:
    """A row without places; words folded, for a mirror prints them in its own script, width and lines."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key not in WHERE or isinstance(one, str)}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return fold(PINYIN.sub("", "".join(value.split()))) if isinstance(value, str) else value


def graph(source: str) -> list[Any]:
    found = read_regulations({"x.txt": source})
    rows = [(type(one).__name__, to_row(one)) for one in found.records if not isinstance(one, Issue)]
    for name, row in rows:
        if name == Provision.__name__:
            del row["text"]  # what a mirror prints inside it is in the text, never in the reading
    told = [(one.code, one.regulation) for one in found.issues if one.code != "LOST_CHARACTERS"]
    return [*((name, plain(row)) for name, row in rows), *sorted(told)]


def furnished(text: str) -> str:
    """A mirror's page around the text and between its articles."""
    first, _, rest = text.partition("\n第二条")
    return (
        "首页 | 设为首页 | 收藏本站\n\n【字体：大 中 小】\n"
        f"{first}\n分享到：微信\n第二条{rest}\n\n分享到：微信\n版权声明：本站资料来自网络\n咨询热线：400-000-0000\n京ICP备00000000号"
    )


def with_pinyin(text: str) -> str:
    """Readings printed between the characters."""
    return text.replace("共享条件", "共gòng享条件").replace("数据的", "数据（shù jù）的")


SCRAPES: dict[str, Callable[[str], str]] = {
    "furniture": furnished,
    "pinyin": with_pinyin,
    "half-width punctuation": texts.half_width,
    "indented": texts.indented,
    "wrapped at 30": texts.wrapped,
    "no space after 第九条": texts.without_spaces,
    "traditional": OpenCC("s2t").convert,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "all at once": lambda text: furnished(texts.half_width(OpenCC("s2t").convert(texts.indented(with_pinyin(text))))),
}


@pytest.mark.parametrize("scrape", SCRAPES.values(), ids=SCRAPES)
@pytest.mark.parametrize("text", other_places.TEXTS.values(), ids=other_places.TEXTS)
def test_the_whole_graph_does_not_depend_on_the_mirror(text: str, scrape: Callable[[str], str]):
    clean, noisy = graph(text), graph(scrape(text))
    assert noisy == clean


@pytest.mark.parametrize("scrape", SCRAPES.values(), ids=SCRAPES)
def test_every_character_of_a_mirror_is_in_the_tree_or_noise_with_a_reason(scrape: Callable[[str], str]):
    for text in other_places.TEXTS.values():
        source = scrape(text)
        assert_lossless(source)
        bases = explain(source, "x.txt").segments
        said = sum(len(source[one.start : one.end]) for one in bases)
        blank = len(source) - said
        assert blank <= sum(letter.isspace() for letter in source)
        assert all(one.reason for one in bases if one.base.name == "NOISE")


WHOLE = "\n".join(other_places.TEXTS.values())
PIECES = [piece for piece in WHOLE.replace("，", "，\0").replace("。", "。\0").split("\0") if piece]


def mutated(seed: int, size: int) -> str:
    """Pieces of real-like texts cut, repeated, shuffled, without some characters, with others' punctuation."""
    chance = random.Random(seed)
    parts = [chance.choice(PIECES) for _ in range(size)]
    for at in range(0, size, 3):
        piece = parts[at]
        cut = chance.randrange(len(piece))
        parts[at] = chance.choice((piece[:cut], piece[cut:], piece * 2, piece[::-1], piece.translate(SHUFFLED), ""))
    return "示例市办法\n第一条 " + "".join(parts)


SHUFFLED = str.maketrans("，。；：、（）", "。，：；）、（")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_crashes_the_reading(seed: int):
    source = mutated(seed, 60)
    found = read_regulations({"x.txt": source})
    own = [one.id for one in found.records if one.source]
    assert len(set(own)) == len(own)
    assert_lossless(source)


def seconds(source: str) -> float:
    began = time.process_time()
    read_regulations({"x.txt": source})
    return time.process_time() - began


@pytest.mark.parametrize("shape", [str, lambda text: text.replace("\n", " "), lambda text: text.replace("。", "，")])
def test_time_is_linear_in_damaged_texts(shape: Callable[[str], str]):
    small, large = shape(mutated(1, 400)), shape(mutated(1, 1600))
    seconds(small)
    assert seconds(large) < 4 * 4 * max(seconds(small), 0.05)
