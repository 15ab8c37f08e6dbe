"""How alike names are: a table of pairs, each with the step that makes them so."""

from __future__ import annotations

import pytest
from hypothesis import given

from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import CorrespondenceMethod as Method
from loaders.correspondence.names import agencies, bare, resources
from tests.catalog.strategies import texts

GUANGZHOU = Jurisdiction(code="440100", name="广州市", level="city")
AGENCIES = [
    ("民政局", "民政局", Method.EXACT),
    ("廣州市民政局", "广州市民政局", Method.EXACT),
    ("广州市 民政局", "广州市民政局", Method.EXACT),
    ("广州市民政局", "市民政局", Method.NORMALISED),
    ("广州市民政局", "民政局", Method.NORMALISED),
    ("广州民政局", "民政局", Method.NORMALISED),
    ("广州市市场监督管理局", "市场监督管理局", Method.NORMALISED),
    ("广州市市场监督管理局", "市市场监督管理局", Method.NORMALISED),
    ("广州市民政局", "民政部门", Method.STEM),
    ("广州市民政局", "民政行政主管部门", Method.STEM),
    ("广州市公安局", "公安机关", Method.STEM),
    ("广州市卫生健康委员会", "卫生健康部门", Method.STEM),
    ("广州市卫生健康委员会", "卫生和计划生育行政部门", None),
    ("广州市规划和自然资源局", "自然资源部门", Method.CONTAINED),
    ("广州市民政局", "市人民政府", None),
    ("广州市民政局", "公安机关", None),
]
RESOURCES = [
    ("婚姻登记信息", "婚姻登记信息", Method.EXACT),
    ("婚姻登記資訊", "婚姻登记资讯", Method.EXACT),
    ("《婚姻登记信息》", "婚姻登记信息", Method.NORMALISED),
    ("广州市婚姻登记信息", "婚姻登记信息", Method.NORMALISED),
    ("婚姻登记", "婚姻登记信息", Method.STEM),
    ("婚姻登记数据", "婚姻登记信息", Method.STEM),
    ("涉外婚姻登记信息", "婚姻登记信息", Method.CONTAINED),
    ("殡葬服务机构名录", "婚姻登记信息", None),
]


@pytest.mark.parametrize(("registered", "office", "method"), AGENCIES)
def test_agencies(registered, office, method):
    found = agencies(registered, office, GUANGZHOU)
    assert (found.method if found else None) is method
    assert found is None or found.why


@pytest.mark.parametrize(("registered", "statutory", "method"), RESOURCES)
def test_resources(registered, statutory, method):
    found = resources(registered, statutory, GUANGZHOU)
    assert (found.method if found else None) is method


def test_an_alias_is_better_than_a_change_and_worse_than_the_name():
    alias = resources("结婚登记", "婚姻登记信息", GUANGZHOU, ("结婚登记",))
    assert alias is not None
    assert alias.method is Method.ALIAS
    scores = [100, alias.score, 90, 75]
    assert scores == sorted(scores, reverse=True)


@given(texts, texts)
def test_likeness_is_symmetric_without_aliases_and_never_fails(one, other):
    there, back = resources(one, other, GUANGZHOU), resources(other, one, GUANGZHOU)
    assert (there.method if there else None) is (back.method if back else None)
    assert there is None or 0 <= there.score <= 100


@given(texts)
def test_what_is_bare_is_no_longer_than_the_folded_name(name):
    assert len(bare(name, GUANGZHOU)) <= len(fold(name))
