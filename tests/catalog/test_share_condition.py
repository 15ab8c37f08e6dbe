"""What printed conditions of sharing say, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.numerals import write_numeral
from catalog.share_condition import ShareCondition, read

NOTHING = ShareCondition()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, NOTHING),
        ("", NOTHING),
        ("经同意", NOTHING),
        ("按需申请", NOTHING),
        ("限履行法定职责使用，按需申请", ShareCondition(performing_duties=True)),
        ("仅供行政机关履行职责使用", ShareCondition(performing_duties=True)),
        ("仅限各部门履职需要", ShareCondition(performing_duties=True)),
        ("部门未履行职责的，停止共享", NOTHING),
        ("未经提供方同意不得转给第三方", ShareCondition(onward_by_consent=True)),
        ("未经数据提供部门书面同意，不得向其他单位或者个人提供", ShareCondition(onward_by_consent=True)),
        ("未经市大数据局同意不得转给第三方", NOTHING),  # whose consent that is, the text of a sheet does not tell
        ("经提供方同意可以转给第三方", NOTHING),
        ("提供方10个工作日内答复", ShareCondition(reply_within=10)),
        ("收到申请后在十五个有效工作日之内予以答复", ShareCondition(reply_within=15)),
        ("１０个工作日内反馈", ShareCondition(reply_within=10)),
        ("10日内答复", NOTHING),  # calendar days are another measure
        ("十个工作日内更新", NOTHING),
        (
            "限履行职责使用；未经提供方同意, 不得转给第三方；10个工作日内答复；免费",
            ShareCondition(performing_duties=True, onward_by_consent=True, reply_within=10),
        ),
    ],
)  # fmt: skip
def test_a_condition_says_what_it_says_outright_and_nothing_else(text: str | None, said: ShareCondition) -> None:
    assert read(text) == said


@given(st.integers(1, 99))
def test_the_days_of_a_reply_are_read_however_they_are_written(days: int) -> None:
    for written in (str(days), write_numeral(days)):
        assert read(f"{written}个工作日内答复").reply_within == days


@given(st.text())
def test_any_text_may_be_a_condition(text: str) -> None:
    assert isinstance(read(text), ShareCondition)
