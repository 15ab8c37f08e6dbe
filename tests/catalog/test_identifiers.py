from __future__ import annotations

import contextlib
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import identifiers as ids
from catalog.errors import BadInput
from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import Kind
from tests.catalog.strategies import texts

GUANGZHOU = Jurisdiction(code="440100", name="广州市")
PLACES = (None, GUANGZHOU, Jurisdiction(code="440103", name="荔湾区"), Jurisdiction(code=None, name="示例市"))
LAW = "law/440100-2016-0123456789abcdef"
MINTED: dict[Kind, Callable[[str, str], str]] = {
    Kind.RESOURCE: lambda a, b: ids.statutory_resource_id(f"{LAW}.a9", a, b),
    Kind.FIELD: lambda a, b: ids.field_id(f"resource/440100-{ids.token(b)}", a),
    Kind.AGENCY: lambda a, b: ids.agency_id(Jurisdiction(code=None, name=a), b),
    Kind.DATA_ELEMENT: lambda a, _: ids.data_element_id(a),
    Kind.REGULATION: lambda a, b: ids.regulation_id(a, b, "2016-12-01"),
    Kind.PROVISION: lambda a, b: ids.provision_id(ids.regulation_id(a, b, None), "a9p1i2"),
    Kind.CONDITION: ids.condition_id,
    Kind.CLOCK: ids.clock_id,
    Kind.DEMAND: lambda a, b: ids.demand_id(a, b, "2024-01-01"),
    Kind.SOURCE: lambda a, _: ids.source_id(a),
    Kind.ISSUE: lambda a, b: ids.issue_id("source/x", a, b),
    Kind.CORRESPONDENCE: lambda a, b: ids.correspondence_id("source/x", "FILLS", a, b),
}


@pytest.mark.parametrize("kind", MINTED, ids=str)
@given(a=texts, b=texts)
def test_identifiers_are_ascii_and_tell_their_kind(kind, a, b):
    minted = MINTED[kind](a, b)
    assert minted.isascii()
    assert minted == minted.lower()
    assert ids.kind_of(minted) is kind
    assert ids.slug(minted) == minted.split("/", 1)[1]


@pytest.mark.parametrize("kind", MINTED, ids=str)
@given(a=texts, b=texts)
def test_a_mirror_in_another_script_width_or_layout_mints_the_same(kind, a, b):
    assert MINTED[kind](a, b) == MINTED[kind](fold(a), fold(b))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((GUANGZHOU, "廣州市 公安局"), (Jurisdiction(code="４４０１００", name="广州"), "广州市公安局")),
        (
            (Jurisdiction(code=None, name="範例市"), "範例市公安局"),
            (Jurisdiction(code=None, name=" 范例市"), "范例市公安局"),
        ),
    ],
)
def test_agencies_of_mirrors_are_one(one, other):
    assert ids.agency_id(*one) == ids.agency_id(*other)


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("11440100MB2C9185XA", "org/11440100mb2c9185xa"),
        ("１１４４０１００ＭＢ２Ｃ９１８５ＸＡ", "org/11440100mb2c9185xa"),
        (" 11440100 mb2c9185xa\n", "org/11440100mb2c9185xa"),
        ("无", None),
        ("catalogue", None),  # the publisher of the export
        ("1144/0100", None),
        ("", None),
    ],
)
def test_a_credit_code_is_an_identifier_only_if_it_is_a_code(code, identifier):
    by_name = ids.agency_id(GUANGZHOU, "广州市公安局")
    assert ids.agency_id(GUANGZHOU, "广州市公安局", credit_code=code) == (identifier or by_name)


@pytest.mark.parametrize(
    ("commencement", "draft", "year"),
    [("2016-12-01", False, "2016"), (None, False, "undated"), ("2016-12-01", True, "draft"), (None, True, "draft")],
)
def test_regulations_show_their_place_and_year(commencement, draft, year):
    minted = ids.regulation_id("440100", "广州市政务信息共享管理规定实施细则", commencement, draft=draft)
    assert minted.startswith(f"law/440100-{year}-")


def test_what_differs_gets_its_own_identifier_even_as_harvesters_fold_it():
    words = [
        f"{a}{b}{c}" for a, b, c in product("甲乙丙丁戊己庚辛壬癸", "市县区", [*"0123456789", "-1", ".1", "a", "A-"])
    ]
    minted = {ids.regulation_id("440100", word, "2016-12-01") for word in words}
    minted |= {ids.provision_id(LAW, f"a{a}p{p}i{i}") for a, p, i in product(range(1, 40), range(1, 12), range(1, 12))}
    minted |= {ids.provision_id(LAW, f"a{a}p{p}") for a, p in product(range(1, 200), range(1, 30))}
    minted |= {ids.statutory_resource_id(f"{LAW}.a{a}", word, "SHARING") for a, word in product(range(9), words)}
    minted |= {ids.registered_resource_id(word, code) for word in words for code in ("307001/000001", "307001/00001")}
    minted |= {ids.field_id("resource/r-x", word, occurrence) for word in words for occurrence in (1, 2, 12)}
    minted |= {ids.agency_id(place, word) for place in PLACES for word in words}
    folded = {(ids.SEGMENTS[ids.kind_of(one)], ids.folded(ids.slug(one))) for one in minted}
    assert len(folded) == len(minted) > 10_000


@given(st.lists(st.tuples(texts, texts), unique_by=lambda pair: (fold(pair[0]), fold(pair[1])), max_size=6))
def test_parts_never_run_into_each_other(pairs):
    assert len({ids.token(*pair) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize(("slug_", "found"), [("r-Ab.1~é", "rab1é"), ("目录", "目录"), ("-._~", "_")])
def test_folded_is_what_harvesters_do(slug_, found):
    assert ids.folded(slug_) == ids.folded(found)


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        ("law/440100-2016-x", Kind.REGULATION),
        ("law/440100-2016-x.a9", Kind.PROVISION),
        ("org/11440100mb2c9185xa", Kind.AGENCY),
        ("policy/x", Kind.CONDITION),
        ("gap/x", Kind.GAP),
    ],
)
def test_kind_of(identifier, kind):
    assert ids.kind_of(identifier) is kind


JUNK = [
    "",
    "/",
    "law",
    "law/",
    "/law",
    "LAW/x",
    " law/x",
    "law/ x",
    "law/x\n",
    "resource/婚姻",
    "resource/a/b",
    "law/.a1",
]


@pytest.mark.parametrize("junk", [*JUNK, "nothing/x", "id/resource/x", "resource/x?y", "resource/%41", "\ud800/x"])
def test_junk_is_no_identifier(junk):
    with pytest.raises(BadInput, match="is not an identifier") as caught:
        ids.kind_of(junk)
    assert caught.value.suggestion


@given(st.text(max_size=12))
def test_kind_of_answers_or_refuses_anything(junk):
    with contextlib.suppress(BadInput):
        assert junk.startswith(ids.SEGMENTS[ids.kind_of(junk)] + "/")
