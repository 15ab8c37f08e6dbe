"""The whole way from text to records: nothing crashes it, and its time grows with the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.issue import Issue
from catalog.numerals import write_numeral
from loaders.regulation.load import read_regulations
from tests.loaders import texts

PIECES = (
    "第一条 ", "第二条 ", "（一）", "1.", "第一章 总则\n", "\n", "登记机关", "公安机关、民政部门", "依照法定职责，", "负责下列",
    "登记信息", "的采集、核准与提供：", "姓名、住址", "应当", "不得", "可以", "由", "会同", "分别", "《示例办法》第三条",
    "前款", "五个工作日内", "每年三月一日前", "除外", "，", "。", "；", "：", "、", "等8类", "免予公开", "目录应当包括",
    "行为之一的", "1万元以下罚款", "\u3000", " ", "“", "”", "分享到", "\x00", "𠮷", "Article 1 ",
)  # fmt: skip
SHAPES = {
    "commas": "登记机关，",
    "by": "由登记机关会同",
    "enumerations": "姓名、",
    "catalogue": "目录应当包括名称、",
    "cases": "有下列行为之一的，",
    "classes": "职责、程序、、指南等8类",
    "exceptions": "除法律另有规定外，",
    "databases": "A数据库由甲部门建设、",
    "numbers": "1万吨以上不满",
}


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60))
def test_no_text_crashes_the_reading(pieces):
    found = read_regulations({"x.txt": "示例市办法\n第一条 " + "".join(pieces)})
    assert len({one.id for one in found.records if isinstance(one, Issue)}) == 0
    assert len({one.id for one in found.issues}) == len(found.issues)


def seconds(body: str) -> float:
    began = time.process_time()
    read_regulations({"x.txt": f"示例市办法\n第一条 {body}"})
    return time.process_time() - began


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_is_linear_in_hostile_sentences(shape):
    seconds(shape * 10)
    small, large = (seconds(shape * (size // len(shape))) for size in (10_000, 40_000))
    assert large < 4 * 4 * max(small, 0.05)


def test_time_is_linear_in_articles():
    def numbered(count: int) -> str:
        return "\n".join(f"第{write_numeral(at)}条 {texts.RULES[200:260].strip()}" for at in range(2, count))

    seconds(numbered(50))
    small, large = seconds(numbered(300)), seconds(numbered(1200))
    assert large < 4 * 4 * max(small, 0.05)
