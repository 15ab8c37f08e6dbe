"""References: within a text, to another, across texts loaded together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.regulation import Provision, Regulation
from catalog.value import RegulationRelation
from catalog.vocabulary import RegulationRelationKind
from tests.loaders.regulation_cases import Read, every, expect, linked, read, real_texts, rule, span_of

__all__ = ["real_texts"]

FIRST = "登记机关应当登记数据。\n登记机关应当公布数据：\n（一）名称；\n（二）日期。"

WITHIN = [
    ("单位依照本办法第一条办理。", ["a1"]),
    ("单位依照第一条第二款办理。", ["a1p2"]),
    ("单位依照第一条第二款第（二）项办理。", ["a1p2i2"]),
    ("单位依照第一条和第二条办理。", ["a1", "a2"]),
    ("单位依照前条办理。", ["a1"]),
    ("单位应当登记。\n单位依照前款办理。", ["a2p1"]),
    ("违反本办法第一规定的，责令改正。", ["a1"]),
    ("单位依照《示例市登记数据共享办法》第一条办理。", ["a1"]),
]


@pytest.mark.parametrize(("text", "targets"), WITHIN)
def test_references_within_the_text(text, targets):
    found = rule(FIRST, text)
    references = [one for provision in found.provisions[1:] for one in provision.references]
    assert [one.target for one in references] == [f"{found.regulation.id}.{path}" for path in targets]
    assert all(one.resolved and one.regulation == found.regulation.id for one in references)


@pytest.mark.parametrize(
    "text",
    [
        "单位应当向《示例市数据目录》登记。",
        "单位应当填写《登记申请表》。",
        "第三方可以参加第二次会议。",
        "每季度第一个月登记。",
    ],
)
def test_names_that_are_no_legal_texts_are_no_references(text):
    assert not [one for provision in rule(text).provisions for one in provision.references]


def test_another_text_stays_unresolved_until_it_is_loaded():
    one = rule("单位依照《示例市档案办法》第一条办理。")
    (before,) = one.provision("a1").references
    assert (before.resolved, before.target, before.regulation) == (False, None, None)
    other = rule("单位应当归档。", title="示例市档案办法")
    after = next(record for record in linked(one, other) if isinstance(record, Provision) and record.references)
    (reference,) = after.references
    assert (reference.resolved, reference.target) == (True, f"{other.regulation.id}.a1")


def test_an_article_that_the_other_text_lacks_is_not_resolved():
    one, other = rule("依照《示例市档案办法》第九条办理。"), rule("单位应当归档。", title="示例市档案办法")
    after = next(record for record in linked(one, other) if isinstance(record, Provision) and record.references)
    assert (after.references[0].resolved, after.references[0].regulation) == (False, other.regulation.id)


def test_relations_between_texts_are_linked():
    other = rule("单位应当归档。", title="示例市档案办法")
    one = rule("单位应当登记。")
    relation = RegulationRelation(kind=RegulationRelationKind.IMPLEMENTS, title="示例市档案办法")
    one = replace(one, regulation=replace(one.regulation, relations=(relation,)))
    after = next(record for record in linked(one, other) if isinstance(record, Regulation) and record.relations)
    assert after.relations[0].regulation == other.regulation.id


def test_doubtful_references_are_reported():
    found = rule(FIRST, "违反本办法第一规定的，责令改正。", "依照第八条办理。")
    assert [issue.code for issue in found.doubts] == ["REFERENCE_INCOMPLETE", "REFERENCE_DANGLING"]
    assert [span_of(issue).line for issue in found.doubts] == [7, 8]


def holds(text: Read) -> None:
    """What is true of the references of any text."""
    known = {provision.id for provision in text.provisions}
    for provision in text.provisions:
        for one in provision.references:
            assert text.source[one.span.start : one.span.end] == one.text
            assert one.span.line == text.source.count("\n", 0, one.span.start) + 1
            assert provision.span.start <= one.span.start <= one.span.end <= provision.span.end
            assert one.target is None or one.target in known or one.regulation != text.regulation.id


LETTERS = st.sampled_from("第一二三条款项章节（）《》本办法前规定和至，。；\n 的")


@given(st.lists(st.sampled_from([text for text, _ in WITHIN]) | st.text(LETTERS, max_size=40), min_size=1, max_size=8))
def test_nothing_crashes_and_spans_hold(pieces):
    for text in read("示例市登记数据共享办法\n第一条 " + "\n第二条 ".join(pieces)):
        holds(text)


def test_the_real_texts(real_texts, pytestconfig):
    facts = {}
    for text in every(real_texts):
        holds(text)
        facts[text.regulation.title] = {
            "references": [
                f"{provision.id.partition('.')[2]} -> {(one.target or '').partition('.')[2] or '-'} {one.resolved}"
                for provision in text.provisions
                for one in provision.references
            ],
            "doubts": [f"{issue.code} line {span_of(issue).line}" for issue in text.doubts],
        }
    expect("references", facts, pytestconfig.getoption("--update-golden-files"))
