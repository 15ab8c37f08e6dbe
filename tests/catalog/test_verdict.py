"""The judgement: each verdict, on each side of each date, with its cited steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from catalog.verdict import Case, Duty, Ground, Law, Period, Rule, judge, regime_of
from catalog.vocabulary import Allocation, Regime, Role, ShareType, Topic, Verdict

D = dt.date
LAW = Law(
    id="law/a", name="广州细则", effective=D(2016, 7, 1), expires=D(2021, 7, 1), validity="第五十条"
)  # fmt: skip
DRAFT = Law(id="law/d", name="辽宁草案", draft=True)
ROLES = (Role.COLLECT, Role.VERIFY, Role.PROVIDE)
NAME = "婚姻登记和收养登记信息"


def duty(agency: str, law: Law | None = LAW, article: str | None = "第十一条", **more) -> Duty:
    return Duty(
        agency=agency,
        roles=ROLES,
        allocation=more.pop("allocation", Allocation.JOINT),
        ground=Ground(law=law, article=article),
    )


def case(share_type=ShareType.UNDECLARED, **more) -> Case:
    more.setdefault("duties", (duty("民政部门"), duty("镇人民政府")))
    return Case(name=NAME, share_type=share_type, **more)


REPLY = Period(id="clock/1", text="10个工作日内", ground=Ground(law=LAW, article="第三十条"))
APPLY = Rule(
    id="policy/1",
    topic=Topic.APPLICATION,
    text="应当提出 申请。",
    ground=Ground(law=LAW, article="第二十九条"),
    periods=(REPLY,),
)


def test_the_issue_s_example_word_for_word():
    found = judge(case(), D(2018, 1, 1))
    assert found.because == (
        "广州细则第十一条规定民政部门、镇人民政府采集、核准、提供婚姻登记和收养登记信息。",
        "广州细则第五十条：自2016-07-01起施行，有效期5年，2021-07-01起不再有效；在2018-01-01有效。",
    )
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (D(2016, 6, 30), Verdict.LAPSED),
        (D(2016, 7, 1), Verdict.ON_APPLICATION),
        (D(2018, 1, 1), Verdict.ON_APPLICATION),
        (D(2021, 6, 30), Verdict.ON_APPLICATION),
        (D(2021, 7, 1), Verdict.LAPSED),
        (D(2026, 11, 22), Verdict.LAPSED),
    ],
)
def test_the_answer_follows_the_law_of_the_day(on, verdict):
    found = judge(case(rules=(APPLY,)), on)
    assert found.verdict is verdict
    applies = verdict is Verdict.ON_APPLICATION
    assert found.rules == (("policy/1",) if applies else ())
    assert found.clocks == (("clock/1",) if applies else ())


def test_an_application_says_where_and_how_long():
    found = judge(case(rules=(APPLY,)), D(2018, 1, 1))
    assert found.because[2:] == (
        "广州细则第二十九条规定了申请程序：「应当提出申请。」",
        "广州细则第三十条规定了期限：「10个工作日内」",
    )


@pytest.mark.parametrize(
    ("share_type", "verdict"),
    [
        (ShareType.UNCONDITIONAL, Verdict.AVAILABLE),
        (ShareType.CONDITIONAL, Verdict.ON_APPLICATION),
        (ShareType.NOT_SHARED, Verdict.REFUSED),
        (ShareType.UNDECLARED, Verdict.UNKNOWN),
    ],
)
def test_without_a_basis_the_share_type_decides_and_nothing_is_cited(share_type, verdict):
    declared = replace(duty("市民政局", None, None), allocation=Allocation.DECLARED)
    for duties in ((), (declared,)):
        found = judge(case(share_type, duties=duties), D(2026, 1, 1))
        assert (found.verdict, found.because) == (verdict, ())


def test_a_registered_resource_cites_its_own_basis():
    registered = case(
        ShareType.NOT_SHARED, duties=(), basis=(Ground(law=LAW, article="第九条"),), share_condition="经批准。"
    )
    found = judge(registered, D(2018, 1, 1))
    assert found.verdict is Verdict.REFUSED
    assert found.because[-1] == f"依据广州细则第九条，{NAME}登记为不予共享，条件：经批准。"
    assert judge(registered, D(2022, 1, 1)).verdict is Verdict.LAPSED


def test_one_text_in_force_or_not_loaded_keeps_it_from_lapsing():
    in_force = Ground(law=Law(id="law/b", name="甲办法", effective=D(2020, 1, 1)), article="第一条")
    assert judge(case(basis=(in_force,)), D(2026, 1, 1)).verdict is Verdict.UNKNOWN
    assert judge(case(basis=(Ground(),)), D(2026, 1, 1)).verdict is Verdict.UNKNOWN
    undated = Ground(law=Law(id="law/c", name="乙办法"), article="第一条")
    assert judge(case(duties=(), basis=(undated,)), D(2026, 1, 1)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (DRAFT, "辽宁草案第十一条：所在文本为草案，在2018-01-01不具有效力。"),
        (replace(LAW, repealed=D(2017, 1, 1)), "2017-01-01起废止；在2018-01-01已废止。"),
        (replace(LAW, effective=D(2019, 1, 1)), "在2018-01-01尚未施行。"),
    ],
)
def test_drafts_repeals_and_texts_to_come_lapse(law, said):
    found = judge(case(duties=(duty("民政部门", law),)), D(2018, 1, 1))
    assert found.verdict is Verdict.LAPSED
    assert found.because[-1].endswith(said)


def test_an_end_that_is_no_whole_number_of_years_is_not_called_one():
    odd = replace(LAW, expires=D(2021, 6, 30))
    assert "有效期" not in judge(case(duties=(duty("民政部门", odd),)), D(2018, 1, 1)).because[-1]


def test_rules_of_lapsed_texts_do_not_hold():
    old = replace(APPLY, ground=Ground(law=replace(LAW, id="law/o", expires=D(2017, 7, 1)), article="第二条"))
    assert judge(case(rules=(old,)), D(2018, 1, 1)).verdict is Verdict.UNKNOWN


def test_an_undivided_heading_is_said_to_be_one():
    found = judge(case(duties=(duty("甲", allocation=Allocation.UNDIVIDED), duty("乙"))), D(2018, 1, 1))
    assert "没有逐一对应" in found.because[0]


def test_a_rule_about_the_asking_agency_is_a_step_of_its_own():
    rule = Rule(
        id="policy/2",
        topic=Topic.APPROVAL,
        text="须经同意。",
        ground=Ground(law=LAW, article="第四条"),
        agencies=("org/a",),
    )
    assert len(judge(case(rules=(rule,)), D(2018, 1, 1)).because) == 2
    found = judge(case(rules=(rule,)), D(2018, 1, 1), asking="org/a")
    assert found.because[-1] == "广州细则第四条对提出申请的部门另有规定：「须经同意。」"


def test_no_step_is_without_a_provision():
    bare = Rule(id="policy/3", topic=Topic.APPLICATION, text="申请。", ground=Ground(law=LAW))
    found = judge(case(ShareType.CONDITIONAL, duties=(duty("甲", LAW, None),), rules=(bare,)), D(2018, 1, 1))
    assert found.verdict is Verdict.ON_APPLICATION
    assert all("第" in step and "条" in step for step in found.because)


def test_a_procedure_of_disclosure_does_not_govern_sharing():
    disclosure = Law(id="d", name="甲规定", effective=dt.date(2020, 1, 1), regime=regime_of("甲市政府信息公开规定"))
    rule = Rule(id="r", topic=Topic.APPLICATION, text="可以申请", ground=Ground(law=disclosure, article="第九条"))
    on = dt.date(2024, 1, 1)
    for regime, verdict in (
        (Regime.SHARING, Verdict.UNKNOWN),
        (Regime.DISCLOSURE, Verdict.ON_APPLICATION),
        (None, Verdict.ON_APPLICATION),
    ):
        case = Case(name="甲信息", share_type=ShareType.UNDECLARED, regime=regime, rules=(rule,))
        assert judge(case, on).verdict is verdict


def test_a_title_tells_the_regime_where_one_word_does():
    assert regime_of("甲市政府信息共享管理规定") is Regime.SHARING
    assert regime_of("甲市政府信息公开规定") is Regime.DISCLOSURE
    assert regime_of("甲市政府信息共享和公开办法") is None
    assert regime_of("甲市节约能源管理办法") is None


@pytest.mark.parametrize(
    ("text", "share_type", "verdict"),
    [
        ("申请有条件共享信息的，提供部门应当在5个工作日内答复", ShareType.CONDITIONAL, Verdict.ON_APPLICATION),
        ("申请有条件共享信息的，提供部门应当在5个工作日内答复", ShareType.UNDECLARED, Verdict.UNKNOWN),
        ("對於有條件共享類的資源，使用部門提出申請", ShareType.UNDECLARED, Verdict.UNKNOWN),
        ("附条件共享类资源按照规定程序共享", ShareType.UNDECLARED, Verdict.UNKNOWN),
        ("申请无条件共享或者有条件共享信息的，应当登录平台", ShareType.UNDECLARED, Verdict.ON_APPLICATION),
        ("申请共享信息的，应当登录平台", ShareType.UNDECLARED, Verdict.ON_APPLICATION),
    ],
)
def test_a_procedure_for_conditional_sharing_reaches_what_is_shared_conditionally(text, share_type, verdict):
    rule = replace(APPLY, text=text)
    assert judge(case(share_type, rules=(rule,)), D(2018, 1, 1)).verdict is verdict


@pytest.mark.parametrize("share_type", [ShareType.UNCONDITIONAL, ShareType.NOT_SHARED])
def test_what_need_not_or_cannot_be_applied_for_has_no_clock_of_an_application(share_type):
    assert judge(case(share_type, rules=(APPLY,)), D(2018, 1, 1)).clocks == ()
