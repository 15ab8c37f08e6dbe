"""Parsing time grows with the text, not with its square; hostile shapes included."""

import time

import pytest

from loaders.regulation.document import parse
from loaders.regulation.records import records
from tests.loaders import texts

BODY = texts.RULES.partition("第一章")[2]
SHAPES = {
    "repeated rules": "第一章" + BODY,
    "pages": texts.PAGE,
    "one long line": "第一章" + texts.on_one_line(BODY) + " ",
    "white space": " \u3000",
    "empty lines": "\n",
    "mentions": "第三十条规定的、第三十一条和",
    "parentheses": "（(（",
    "names": "根据《甲法》、",
    "letter-spaced": "第 一 条 数 据 办 法 ",
    "items": "\n（一）甲；",
}


def seconds(source: str) -> float:
    began = time.perf_counter()
    records(parse(source, "x")[0], "source/x")
    return time.perf_counter() - began


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_is_linear(shape: str):
    small = "第一条 为了。\n第二条 甲" + shape * (60_000 // len(shape))
    large = "第一条 为了。\n第二条 甲" + shape * (480_000 // len(shape))
    seconds(small)
    assert seconds(large) < 8 * 4 * max(seconds(small), 0.02)
