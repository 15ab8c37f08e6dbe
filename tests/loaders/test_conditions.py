"""Conditions: which sentences are rules, of what kind and about what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from catalog.vocabulary import ConditionKind, Topic
from loaders.regulation.conditions.counterparties import PATTERNS, counterparties
from loaders.regulation.conditions.cues import CUES, units
from loaders.regulation.conditions.lists import EXAMPLES, listing_of
from loaders.regulation.conditions.quantities import constraints
from loaders.regulation.conditions.topics import ROWS, topic_of
from tests.loaders.regulation_cases import Read, every, expect, provision_of, read, real_texts, rule, tally

__all__ = ["real_texts"]

DUTY, MUST_NOT, MAY, MEANS = (
    ConditionKind.DUTY,
    ConditionKind.PROHIBITION,
    ConditionKind.PERMISSION,
    ConditionKind.DEFINITION,
)

RULES = [
    ("登记机关应当核对数据。", [(DUTY, ("登记机关",), "核对")]),
    ("任何单位不得更改登记数据。", [(MUST_NOT, ("任何单位",), "更改")]),
    ("使用单位可以向登记机关提出申请。", [(MAY, ("使用单位",), "申请")]),
    ("本办法所称登记机关，是指受理登记的单位。", [(MEANS, (), "是指")]),
    (
        "登记机关应当说明理由，不得拒绝受理。",
        [(DUTY, ("登记机关",), "说明"), (MUST_NOT, ("登记机关",), "拒绝")],
    ),
    (
        "需要数据的单位可以提交申请，登记机关应当予以答复。",
        [(MAY, ("需要数据的单位",), "提交"), (DUTY, ("登记机关",), "答复")],
    ),
    ("可以通过平台取得的数据，使用单位不得重复采集。", [(MUST_NOT, ("使用单位",), "采集")]),
    ("运行经费列入本级财政预算。", [(DUTY, (), "列入")]),
    ("一处登记、一处更新的清单如下。", []),
    ("本规定适用于登记数据的采集和维护。", [(MEANS, (), "适用于")]),
    (
        "对登记数据有异议的，由登记机关核查；核查不成的，报市人民政府决定。",
        [(DUTY, ("登记机关",), "核查"), (DUTY, ("登记机关",), "报")],
    ),
    (
        "登记机关按季度通报，每年11月底前形成年度报告报县政府。",
        [(DUTY, ("登记机关",), "通报"), (DUTY, ("登记机关",), "报告")],
    ),
    ("机构职能调整的，应当在十日内更新。", [(DUTY, (), "更新")]),
    ("姓名、住址、登记日期、登记机关名称。", []),
]


@pytest.mark.parametrize(("text", "expected"), RULES)
def test_a_sentence_gives_its_rules(text, expected):
    found = rule(text).conditions
    assert [(one.condition_kind, one.actor, one.action) for one in found] == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.topic}:{row.example[:12]}")
def test_every_row_of_topics_reads_its_example(row):
    assert row.cue.search(row.example)
    assert topic_of(row.example) is row.topic


def test_every_topic_has_a_row():
    assert {row.topic for row in ROWS} == set(Topic) - {Topic.OTHER}


@pytest.mark.parametrize(("kind", "example"), [(kind, example) for kind, _, example in CUES])
def test_every_cue_reads_its_example(kind, example):
    assert units(example)[0].kind is kind


@pytest.mark.parametrize(("example", "parties"), [row[2:] for row in PATTERNS])
def test_every_way_to_name_a_counterparty_reads_its_example(example, parties):
    assert counterparties(example) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("登记机关应当向共享平台提供数据。", ()),
        ("登记机关应当对数据进行核查。", ()),
        ("登记机关应当为共享提供数据。", ()),
        ("各单位不得瞒报本单位数据。", ()),
        ("使用单位应当向区数据主管部门或者向市数据主管部门提出申请。", ("区数据主管部门", "市数据主管部门")),
        ("受理单位不得要求公民、法人和其他组织重复提交材料。", ("公民", "法人", "其他组织")),
        ("登记机关应当将申请转交给提供单位，并告知申请人。", ("提供单位", "申请人")),
        ("由所在单位对直接负责的主管人员依法给予处分。", ("直接负责的主管人员",)),
        ("登记机关应当主动向社会公开登记结果。", ("社会",)),
        ("登记机关应当形成年度报告报县政府。", ("县政府",)),
    ],
)
def test_a_counterparty_is_a_party_and_nothing_else(text, parties):
    (one,) = rule(text).conditions
    assert one.counterparty == parties


@pytest.mark.parametrize(("listing", "example"), EXAMPLES)
def test_every_introduction_reads_its_example(listing, example):
    assert listing_of(example) is listing


def test_each_exempt_class_is_a_prohibition_of_its_own():
    found = rule("下列登记信息免予公开：\n（一）涉及国家秘密的；\n（二）正在核对的，但法律另有规定的除外。").conditions
    assert [(one.condition_kind, one.topic) for one in found] == [
        (MUST_NOT, Topic.EXEMPTION)
    ] * 2  # the introduction is no class
    assert provision_of(found[1]).endswith("a1i2")
    assert found[1].exceptions == ("但法律另有规定的除外",)


def test_duties_in_a_list_take_the_actor_of_the_introduction():
    found = rule("登记机关履行下列职责：\n（一）编制登记目录；\n（二）受理投诉。").conditions[-2:]
    assert [(one.actor, one.condition_kind, one.topic) for one in found] == [
        (("登记机关",), DUTY, Topic.CATALOGUE),
        (("登记机关",), DUTY, Topic.COMPLAINT),
    ]


def test_a_review_on_what_others_say_is_a_rule_of_its_own():
    found = rule("登记机关对数据实行动态管理，实时更新，并根据使用单位反馈意见及时核查数据。").conditions
    assert [(one.topic, one.action, len(one.clocks)) for one in found] == [
        (Topic.UPDATE, "管理", 1),
        (Topic.CORRECTION, "核查", 1),
    ]


def test_a_catalogue_that_must_state_a_list_has_its_elements():
    found = rule("提供单位编制的目录应当载明下列事项：\n（一）名称；\n（二）更新周期。").conditions
    (told,) = [one for one in found if one.constraints]
    assert (told.topic, [one.left_operand for one in told.constraints]) == (
        Topic.CATALOGUE_ELEMENTS,
        ["catalogueElement"] * 2,
    )


def test_misdeeds_in_a_list_are_no_rules():
    found = rule(
        "有下列行为之一的，由数据主管部门责令改正：\n（一）应当登记而未登记的；\n（二）不得更改而更改的。"
    ).conditions
    assert [(one.topic, one.action) for one in found] == [(Topic.PENALTY, "责令改正")]


def test_an_exception_in_a_sentence_of_its_own_belongs_to_the_rule_before():
    (found,) = rule("登记数据不得重复采集。法律、法规另有规定的除外。").conditions
    assert found.exceptions == ("法律、法规另有规定的除外",)


def test_an_application_rule_names_its_clocks_and_governs_the_text():
    text = rule("需要数据的单位可以提交申请，登记机关应当在九个工作日内予以答复，对确认的数据在三个工作日内提供。")
    answer = text.conditions[1]
    assert (answer.topic, answer.actor, answer.action) == (Topic.APPLICATION, ("登记机关",), "答复")
    assert answer.clocks == tuple(clock.id for clock in text.clocks)
    assert answer.governs == (text.regulation.id,)
    assert answer.citation and answer.citation.text == "第一条"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处三万元以下罚款", [("payAmount", "lteq", "30000", "元")]),
        ("按每人300元处罚", [("payAmount", "eq", "300", "元/人")]),
        ("年用水6千吨以上不满2万吨的单位", [("年用水", "gteq", "6000", "吨"), ("年用水", "lt", "20000", "吨")]),
        ("加收水费的3%-8%", [("加收水费的", "gteq", "3", "%"), ("加收水费的", "lteq", "8", "%")]),
        ("第三条规定的十五个工作日", []),
    ],
)
def test_amounts_become_constraints(text, expected):
    found = constraints(text)
    assert [(one.left_operand, one.operator, one.right_operand, one.unit) for one in found] == expected


def holds(text: Read) -> None:
    """What is true of the conditions of any text."""
    known = {clock.id for clock in text.clocks}
    provisions = {provision.id: provision for provision in text.provisions}
    for one in text.conditions:
        assert text.source[one.span.start : one.span.end] == one.text
        assert one.span.line == text.source.count("\n", 0, one.span.start) + 1
        assert set(one.clocks) <= known
        around = provisions[provision_of(one)].span
        assert around.start <= one.span.start <= one.span.end <= around.end
    assert len({one.id for one in text.conditions}) == len(text.conditions)
    assert [one.position for one in text.conditions] == list(range(1, len(text.conditions) + 1))


PIECES = [text for text, _ in RULES] + [row.example for row in ROWS]
LETTERS = st.sampled_from("第一二条款（）：；，。\n“”应当不得可以由对的除外是指以下简称负责元吨以上不满机关部门及其、 ")


@given(st.lists(st.sampled_from(PIECES) | st.text(LETTERS, max_size=40), min_size=1, max_size=8))
def test_nothing_crashes_and_spans_hold(pieces):
    for text in read("示例市办法\n第一条 " + "\n第二条 ".join(pieces)):
        holds(text)


def test_the_real_texts(real_texts, pytestconfig):
    facts = {}
    for text in every(real_texts):
        holds(text)
        facts[text.regulation.title] = {
            "kinds": tally(one.condition_kind for one in text.conditions),
            "topics": tally(one.topic for one in text.conditions),
            "rules": [
                f"{provision_of(one).partition('.')[2]} {one.condition_kind} {one.topic} {one.action}"
                f" {'、'.join(one.actor) or '-'} → {'、'.join(one.counterparty) or '-'} case={int(bool(one.trigger))}"
                f" clocks={len(one.clocks)} exceptions={len(one.exceptions)} constraints={len(one.constraints)}"
                for one in text.conditions
            ],
        }
    expect("conditions", facts, pytestconfig.getoption("--update-golden-files"))


AMOUNTS = {
    "a25": [
        ("年综合能耗", "gteq", "10000", "吨标准煤"),
        ("年综合能耗", "gteq", "5000", "吨标准煤"),
        ("年综合能耗", "lt", "10000", "吨标准煤"),
        ("年综合能耗", "gteq", "2000", "吨标准煤"),
        ("年综合能耗", "lt", "5000", "吨标准煤"),
    ],
    "a35": [("payAmount", "lteq", "10000", "元")],
    "a36": [("拟定监测项目的年耗能", "gteq", "5", "%"), ("拟定监测项目的年耗能", "lteq", "10", "%")],
    "a37": [("payAmount", "eq", "200", "元/人")],
}


def test_the_amounts_of_the_real_texts(real_texts):
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in every(real_texts):
        for one in text.conditions:
            limits = [(c.left_operand, c.operator, c.right_operand, c.unit) for c in one.constraints if c.unit]
            if limits:
                assert "抚顺" in text.regulation.title  # the only text with amounts
                found.setdefault(provision_of(one).partition(".")[2], []).extend(limits)
    assert found == AMOUNTS


COUNTERPARTIES = [
    ("郑州", "a32", [("同级政府信息资源共享主管部门",), ()]),
    ("郑州", "a33", [(), ("该行政机关", "相关责任人"), ("直接责任人员",), ()]),
    ("长春", "a9p1", [("掌握政府信息的政府机关",), ()]),
    ("辽宁", "a19", [("省政务信息资源管理部门",), ("省政府",)]),
    ("细则", "a46", [("市监察部门", "市信息化主管部门"), ("投诉部门",)]),
    ("细则", "a37", [(), ("信息提供方所在区的共享平台管理机构", "市共享平台管理机构"), ("信息提供部门",)]),
]


@pytest.mark.parametrize(("name", "path", "expected"), COUNTERPARTIES)
def test_counterparties_in_the_real_texts(real_texts, name, path, expected):
    text = next(one for one in every(real_texts) if name in one.regulation.title)
    found = [one.counterparty for one in text.conditions if provision_of(one).endswith(f".{path}")]
    assert found == expected


def test_the_steps_of_a_dispute_in_the_real_texts(real_texts):
    text = next(one for one in every(real_texts) if "细则" in one.regulation.title)
    steps = [one for one in text.conditions if ".a35" in provision_of(one) and one.topic is Topic.DISPUTE]
    assert [(one.condition_kind, one.action, len(one.actor)) for one in steps] == [
        (DUTY, "协商", 1),
        (DUTY, "汇总", 1),
        (DUTY, "联合会审", 4),
        (MAY, "提请", 1),
    ]


def test_the_procedure_of_application_in_the_real_texts(real_texts):
    texts = {text.regulation.title: text for text in every(real_texts)}
    for name, path, amounts in (("实施细则", "a35p1", [10, 5]), ("辽宁", "a12p1", [5]), ("郑州", "a18", [])):
        text = next(text for title, text in texts.items() if name in title)
        found = [
            one
            for one in text.conditions
            if provision_of(one).endswith(f".{path}") and one.topic is Topic.APPLICATION and one.condition_kind is DUTY
        ]
        assert found, name
        periods = {clock.id: clock.amount for clock in text.clocks}
        assert [periods[clock] for clock in found[0].clocks] == amounts
        assert found[0].governs == (text.regulation.id,)


def test_scripts_make_no_difference(real_texts):
    for text in every(real_texts):
        ours = read(OpenCC("s2t").convert(text.source), "x.txt")
        twin = next(one for one in ours if one.regulation.id == text.regulation.id)
        assert [one.id for one in twin.conditions] == [one.id for one in text.conditions]
