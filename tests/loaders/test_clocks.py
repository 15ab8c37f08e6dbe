"""Clocks: which words set a period, and which do not."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from catalog.vocabulary import ClockKind, ClockUnit
from loaders.regulation.clocks import PATTERNS
from tests.loaders.regulation_cases import Read, every, expect, provision_of, read, real_texts, rule, span_of

__all__ = ["real_texts"]

W, D, M, Y, Q = (ClockUnit.WORKING_DAY, ClockUnit.CALENDAR_DAY, ClockUnit.MONTH, ClockUnit.YEAR, ClockUnit.QUARTER)
DURATION, PERIODIC = ClockKind.DURATION, ClockKind.PERIODIC

PERIODS = [
    ("登记机关应当在十二个工作日内予以答复。", DURATION, 12, W, "答复"),
    ("登记机关应当自受理之日起15日内作出书面答复。", DURATION, 15, D, "答复"),
    ("运行单位应当在24小时内报告。", DURATION, 24, ClockUnit.HOUR, "报告"),
    ("登记机关应当于收到材料后8个有效工作日内将材料转交给审核部门。", DURATION, 8, W, "转交"),
    ("审核部门应当在两个月内完成审核。", DURATION, 2, M, "完成"),
    ("审核部门对材料进行核查，最长不得超过6个工作日。", DURATION, 6, W, "核查"),
    ("登记目录每季度核对一次，每次核对后更新。", PERIODIC, 1, Q, "核对"),
    ("数据主管部门每年至少开展两次检查。", PERIODIC, 2, Y, "开展"),
    ("各单位每年应当向数据主管部门提交使用情况。", PERIODIC, 1, Y, "提交"),
    ("各单位应当于次月5日前报送数据。", PERIODIC, 1, M, "报送"),
    ("核查期限为十日。", DURATION, 10, D, "核查"),
    ("方案应当公示，公示期为5个工作日。", DURATION, 5, W, "公示"),
    ("状态数据应当实时更新。", ClockKind.REAL_TIME, None, None, "更新"),
    ("窗口单位应当当场予以登记。", ClockKind.IMMEDIATE, None, None, "登记"),
    ("登记机关应当及时告知申请单位。", ClockKind.VAGUE, None, None, "告知"),
    ("运行单位应当定期备份数据。", ClockKind.VAGUE, None, None, "备份"),
    ("登记指南应当适时修订。", ClockKind.VAGUE, None, None, "修订"),
]

NO_PERIODS = [
    "违反规定的，处三万元以下罚款。",
    "本办法自2031年5月1日起施行，有效期5年。",
    "登记机关应当保证数据真实、准确、及时、完整。",
    "数据共享应当遵循及时、便民的原则。",
    "未及时更新数据的，不予登记。",
    "除可以当场答复的外，应当书面说明理由。",
    "不能实时更新的，应当说明理由。",
    "登记机关5个工作日内不能答复的，应当说明理由。",
    "登记机关不能在5个工作日内提供的，应当说明理由。",
    "登记数据的使用期限为三年。",
    "登记数据的披露期限为三年。",
    "无法及时答复的，应当说明理由。",
    "每人可以领取二百元补贴。",
    "登记数据分为3类20项。",
    "登记数据的及时性由登记机关负责。",
]


@pytest.mark.parametrize(("text", "kind", "amount", "unit", "action"), PERIODS)
def test_a_period_has_its_kind_number_and_action(text, kind, amount, unit, action):
    (clock,) = rule(text).clocks
    assert (clock.clock_kind, clock.amount, clock.unit, clock.action) == (kind, amount, unit, action)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_only_looks_like_a_period_is_none(text):
    assert not rule(text).clocks


@pytest.mark.parametrize(("kind", "example"), [(kind, example) for kind, _, example in PATTERNS])
def test_every_pattern_reads_its_example(kind, example):
    assert kind in {clock.clock_kind for clock in rule(f"{example}办理登记。").clocks}


@pytest.mark.parametrize(
    ("text", "start", "implied"),
    [
        ("登记机关应当自受理之日起三日内告知。", "自受理之日起", False),
        ("登记机关应当在变更后五日内公布。", "变更后", False),
        ("审核部门接到转交材料后，在四个工作日内核查。", "接到转交材料后", False),
        ("登记机关应当在收到申请之日起，五个工作日内答复。", "收到申请之日起", False),
        ("收到材料的单位应当在五个工作日内答复。", "收到材料", False),
        ("单位可以提交申请，登记机关应当在五个工作日内答复。", "提交申请", True),
        ("登记机关应当在五个工作日内公布。", None, True),
    ],
)
def test_the_start_is_named_or_implied(text, start, implied):
    (clock,) = rule(text).clocks
    assert (clock.start, clock.from_implied) == (start, implied)


def test_an_extension_is_a_clock_of_its_own_and_linked():
    first, second = rule("登记机关应当自受理之日起九日内答复。需要延长的，延长期限不得超过四个工作日。").clocks
    assert first.extension == second.id
    assert (second.amount, second.unit, second.extension) == (4, W, None)


def test_a_deadline_may_name_several_days_of_the_year():
    found = rule("使用单位应当在每年1月31日、4月底和7月31日前，向登记机关报送使用情况。").clocks
    assert [(one.clock_kind, one.month, one.day, one.action, one.actor) for one in found] == [
        (ClockKind.YEARLY, month, day, "报送", ("使用单位",)) for month, day in ((1, 31), (4, 30), (7, 31))
    ]


@pytest.mark.parametrize(
    ("text", "actor", "action"),
    [
        ("共享申请经审核同意后三个工作日内，由登记机关开通权限。", ("登记机关",), "开通"),
        ("使用单位提出申请的，收到申请后三个工作日内，由登记机关答复。", ("登记机关",), "答复"),
        (
            "登记机关应当自收到申请之日起七个工作日内，对符合条件的，予以开通；对其他的，说明理由。",
            ("登记机关",),
            "开通",
        ),
    ],
)
def test_who_and_what_may_stand_after_the_period(text, actor, action):
    (clock,) = rule(text).clocks
    assert (clock.actor, clock.action) == (actor, action)


def test_days_of_the_year_and_dates():
    found = rule("各单位每年四月三十日前提交总结，次年2月15日前公布。", "意见应当于2031年3月9日前提出。").clocks
    assert [(one.clock_kind, one.month, one.day) for one in found[:2]] == [
        (ClockKind.YEARLY, 4, 30),
        (ClockKind.YEARLY, 2, 15),
    ]
    assert (found[2].clock_kind, found[2].date) == (ClockKind.DATE, dt.date(2031, 3, 9))


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("登记机关应当于每年第一季度结束前公布报告。", 3, 31),
        ("登记机关应当在每年二季度末前公布报告。", 6, 30),
        ("登记机关应当在每年第三季度内公布报告。", 9, 30),
        ("登记机关应当在每年上半年结束前公布报告。", 6, 30),
        ("登记机关应当在每年年底前公布报告。", 12, 31),
        ("登记机关应当在每年底前公布报告。", 12, 31),
    ],
)
def test_the_end_of_a_quarter_or_year_is_a_day_of_the_year(text, month, day):
    (clock,) = rule(text).clocks
    assert (clock.clock_kind, clock.month, clock.day, clock.action) == (ClockKind.YEARLY, month, day, "公布")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("各单位应当于2031年底前完成清理。", dt.date(2031, 12, 31)),
        ("各单位应当于2031年年底前完成清理。", dt.date(2031, 12, 31)),
        ("各单位应当在二〇三二年二月底前完成清理。", dt.date(2032, 2, 29)),
    ],
)
def test_the_end_of_a_named_year_or_month_is_a_date(text, date):
    (clock,) = rule(text).clocks
    assert (clock.clock_kind, clock.date, clock.action) == (ClockKind.DATE, date, "完成")


def test_a_date_of_the_notice_rests_on_no_provision():
    (text,) = read(
        "示例市数据办法（草案）公开征求意见\n请于2031年3月9日前提出意见。\n示例市数据办法（草案）\n第一条 单位应当登记数据。\n"
    )
    dates = [clock for clock in text.clocks if clock.clock_kind is ClockKind.DATE]
    assert [(clock.date, provision_of(clock)) for clock in dates] == [(dt.date(2031, 3, 9), "")]


def test_several_periods_of_a_sentence_keep_their_order_and_actors():
    first, second = rule("登记机关应在七个工作日内答复，由运行单位在三个工作日内提供。").clocks
    assert [first.actor, second.actor] == [("登记机关",), ("运行单位",)]
    assert first.position == 1 and second.position == 2 and first.id != second.id


def holds(text: Read) -> None:
    """What is true of the clocks of any text."""
    for clock in text.clocks:
        span = span_of(clock)
        assert text.source[span.start : span.end] == clock.text
        assert span.line == text.source.count("\n", 0, span.start) + 1
        assert clock.extension is None or clock.extension in {one.id for one in text.clocks}
        if clock.clock_kind in (ClockKind.VAGUE, ClockKind.IMMEDIATE, ClockKind.REAL_TIME):
            assert clock.amount is None and clock.unit is None
    assert len({clock.id for clock in text.clocks}) == len(text.clocks)
    assert [clock.position for clock in text.clocks] == list(range(1, len(text.clocks) + 1))
    assert all(span_of(a).start <= span_of(b).start for a, b in pairwise(text.clocks))


PIECES = [text for text, *_ in PERIODS] + NO_PERIODS
LETTERS = st.sampled_from("第一二十五0129条款项年月日内前后每次个工作，。；：（）、“”\n应当自起不得由对的及时延长超过 ")


@given(st.lists(st.sampled_from(PIECES) | st.text(LETTERS, max_size=30), min_size=1, max_size=8))
def test_nothing_crashes_and_spans_hold(pieces):
    for text in read("示例市办法\n第一条 " + "\n第二条 ".join(pieces)):
        holds(text)


def test_the_real_texts(real_texts, pytestconfig):
    facts = {}
    for text in every(real_texts):
        holds(text)
        facts[text.regulation.title] = [
            " ".join(
                str(part)
                for part in (
                    provision_of(clock).partition(".")[2] or "-",
                    clock.clock_kind,
                    clock.amount or "-",
                    clock.unit or "-",
                    f"{clock.month}-{clock.day}" if clock.month else clock.date or "-",
                    clock.action,
                    "implied" if clock.from_implied else "-",
                    "extended" if clock.extension else "-",
                )
            )
            for clock in text.clocks
        ]
    expect("clocks", facts, pytestconfig.getoption("--update-golden-files"))


def test_scripts_make_no_difference(real_texts):
    for text in every(real_texts):
        ours = read(OpenCC("s2t").convert(text.source), "x.txt")
        twin = next(one for one in ours if one.regulation.id == text.regulation.id)
        assert [clock.id for clock in twin.clocks] == [clock.id for clock in text.clocks]


def test_time_grows_with_the_text():
    def cost(articles: int) -> float:
        source = "示例市办法\n" + "\n".join(f"第{at}条 {PERIODS[at % len(PERIODS)][0]}" for at in range(1, articles))
        began = time.process_time()
        read(source)
        return time.process_time() - began

    cost(200)
    assert cost(3200) < 30 * max(cost(400), 0.02)
