"""Tests of questions, each as a row of a table: which samples pass."""

from __future__ import annotations

import pytest

from catalog.text import fold
from catalog.vocabulary import Kind
from graph.port import Store
from graph.shape import (
    AnyOf,
    AtLeast,
    CollectedBySeveral,
    Contains,
    Equals,
    Has,
    Holding,
    Linked,
    Missing,
    Named,
    NamedAny,
    Question,
    Shape,
    Test,
)
from tests.graph import samples
from tests.graph.samples import ARTICLE, CIVIL, DUTY, LAW, MARRIAGES, OFFICE, OLD_LAW, PARENT_LAW, PEOPLE, POLICE

R, F, A, E, G, P, C, K, D, GAP, I = (  # noqa: E741
    Kind.RESOURCE, Kind.FIELD, Kind.AGENCY, Kind.DATA_ELEMENT, Kind.REGULATION, Kind.PROVISION, Kind.CONDITION,
    Kind.CLOCK, Kind.DEMAND, Kind.GAP, Kind.ISSUE,
)  # fmt: skip

CASES: list[tuple[Kind, Test, list[str]]] = [
    (R, Equals("id", (PEOPLE, DUTY, LAW)), [DUTY, PEOPLE]),
    (R, Equals("name", ("婚姻登记信息",)), [MARRIAGES]),
    (R, Equals("origin", ("REGISTERED",)), [MARRIAGES, PEOPLE]),
    (R, Equals("share_type", ("CONDITIONAL", "UNDECLARED")), [DUTY, PEOPLE]),
    (R, Equals("cleared", (True,)), [PEOPLE]),
    (R, Equals("cleared", (False,)), [DUTY, MARRIAGES]),
    (R, Equals("jurisdiction", ("440100",)), [DUTY, PEOPLE]),
    (R, Equals("jurisdiction", ("长春市",)), [MARRIAGES]),
    (R, Equals("update_frequency", ("DAILY",)), [PEOPLE]),
    (R, Equals("mode", ("FILE_DOWNLOAD", "EMAIL")), [PEOPLE]),
    (R, Equals("subtypes", ("流动人口",)), [DUTY]),
    (R, Equals("summary", ("全市户籍人口的登记情况",)), [PEOPLE]),
    (R, Equals("regulation", (LAW,)), [DUTY]),
    (R, Equals("source", (samples.RULES,)), [DUTY]),
    (R, Equals("fulfils", (DUTY,)), [PEOPLE]),
    (R, Equals("name", ()), []),
    (R, Equals("code", ("",)), []),
    (R, Equals("category", ("", "自然人")), [DUTY]),
    (R, Equals("jurisdiction", ("",)), []),
    (A, Equals("credit_code", ("",)), []),
    (G, Equals("number", ("",)), []),
    (P, Equals("heading", ("",)), []),
    (F, Equals("identity_key", (True,)), ["field/d-number", "field/p-number"]),
    (F, Equals("resource", (DUTY, "resource/none")), ["field/d-marriage", "field/d-number"]),
    (F, Equals("data_element", (samples.MARRIAGE_KEY,)), ["field/d-marriage", "field/m-state"]),
    (A, Equals("agency_kind", ("OFFICE",)), [OFFICE]),
    (A, Equals("credit_code", ("11440100007482532K",)), [POLICE]),
    (G, Equals("number", ("穗府办规〔2016〕1号",)), [LAW]),
    (P, Equals("ordinal", (9,)), [ARTICLE]),
    (K, Equals("unit", ("WORKING_DAY",)), ["clock/extension", "clock/reply"]),
    (D, Equals("provider", (POLICE,)), ["demand/one"]),
    (GAP, Equals("subject", (MARRIAGES, samples.MARRIAGE_KEY)), ["gap/one", "gap/two"]),
    (GAP, Equals("owner", (CIVIL,)), ["gap/one"]),
    (GAP, AnyOf((Equals("owner", (CIVIL,)), Equals("severity", ("ERROR",)))), ["gap/one", "gap/two"]),
    (GAP, AnyOf(()), []),
    (GAP, Holding("2020-01-01"), ["gap/one", "gap/two"]),
    (I, Equals("severity", ("WARNING",)), ["issue/two"]),
    (R, Contains("name", "人口"), [DUTY, PEOPLE]),
    (R, Contains("name", "库"), [PEOPLE]),
    (R, Contains("name", fold("婚姻登記信息")), [MARRIAGES]),
    (R, Contains("name", "全市"), []),
    (A, Contains("name", "公安局"), [POLICE]),
    (E, Contains("name", "身份"), [samples.NUMBER_KEY]),
    (G, Contains("title", "细则"), [LAW]),
    (C, Contains("text", "工作日"), ["policy/reply"]),
    (C, Contains("text", "得"), ["policy/secret"]),
    (A, Named("广州市公安局"), [POLICE]),
    (A, Named("公安局"), []),
    (G, Named("政府信息公开条例"), [PARENT_LAW]),
    (R, NamedAny(("婚姻登记信息", "户籍人口信息", "人口库", "没有的")), [MARRIAGES, PEOPLE]),
    (F, NamedAny(("姓名", "婚姻状况")), ["field/d-marriage", "field/p-name"]),
    (G, NamedAny(("没有的",)), []),
    (E, CollectedBySeveral(), [samples.MARRIAGE_KEY]),
    (E, CollectedBySeveral(several=False), [samples.NUMBER_KEY]),
    (R, AtLeast("modified", "2023-03-01"), [MARRIAGES, PEOPLE]),
    (R, AtLeast("modified", "2023-03-02"), [PEOPLE]),
    (R, AtLeast("issued", "2000-01-01"), [PEOPLE]),
    (P, AtLeast("ordinal", 9), [f"{LAW}.a10", ARTICLE]),
    (R, Missing("code"), [DUTY]),
    (R, Missing("share_type"), [DUTY]),
    (R, Missing("basis"), [MARRIAGES, PEOPLE]),
    (R, Missing("update_frequency"), [DUTY, MARRIAGES]),
    (R, Missing("jurisdiction"), []),
    (R, Missing("regulation"), [MARRIAGES, PEOPLE]),
    (R, Missing("fulfils"), [DUTY, MARRIAGES]),
    (R, Missing("summary"), [DUTY, MARRIAGES]),
    (R, Missing("fields"), []),
    (R, Missing("conditions"), [MARRIAGES, PEOPLE]),
    (R, Missing("fulfilled_by"), [MARRIAGES, PEOPLE]),
    (A, Missing("responsibilities"), []),
    (A, Missing("filled_by"), [CIVIL, POLICE]),
    (P, Missing("cited_by"), [f"{LAW}.a9p1", f"{LAW}.a9p1i1"]),
    (F, Missing("data_element"), ["field/m-date", "field/p-name"]),
    (R, Linked("responsibilities.agency", (CIVIL,)), [DUTY, MARRIAGES]),
    (R, Linked("responsibilities.agency", (CIVIL,), ("PROVIDE", "REPORT")), [MARRIAGES]),
    (R, Linked("responsibilities.agency", (), ("COLLECT",)), [DUTY, MARRIAGES]),
    (R, Linked("responsibilities.citation.provision", (ARTICLE,)), [DUTY]),
    (R, Linked("basis.regulation", (OLD_LAW, LAW)), [DUTY]),
    (R, Linked("regulation", (LAW,)), [DUTY]),
    (C, Linked("governs", (DUTY,)), ["policy/reply"]),
    (C, Linked("governs", (LAW,)), ["policy/reply", "policy/secret"]),
    (C, Linked("agencies", (POLICE,)), ["policy/reply"]),
    (G, Linked("issuers", (CIVIL,)), [LAW]),
    (G, Linked("relations.citation.provision", (samples.OLD_ARTICLE,)), [LAW]),
    (D, Linked("elements", (samples.NUMBER_KEY,)), ["demand/one"]),
    (D, Linked("history.by", (POLICE,)), ["demand/one"]),
    (GAP, Linked("evidence", ("field/m-date",)), ["gap/one"]),
    (P, Linked("parent", (ARTICLE,)), [f"{LAW}.a9p1"]),
    (R, Has("fields", (Equals("data_element", (samples.NUMBER_KEY,)),)), [DUTY, PEOPLE]),
    (R, Has("fields", (Named("姓名"),)), [PEOPLE]),
    (R, Has("fields", (Contains("name", "婚姻"), Equals("share_type", ("CONDITIONAL",)))), [MARRIAGES]),
    (R, Has("gaps", ()), [MARRIAGES]),
    (A, Has("responsibilities", (Equals("roles", ("VERIFY", "REPORT")),)), [CIVIL]),
    (A, Has("responsibilities", (Equals("roles", ("PROVIDE",)), Equals("allocation", ("DECLARED",)))), [CIVIL, POLICE]),
    (A, Has("filled_by", ()), [OFFICE]),
    (E, Has("fields", (Linked("resource", (DUTY,)),)), [samples.MARRIAGE_KEY, samples.NUMBER_KEY]),
    (P, Has("cited_by", ()), [samples.OLD_ARTICLE, f"{LAW}.a10", ARTICLE]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "test", "expected"), CASES, ids=[f"{kind}-{test}"[:70] for kind, test, _ in CASES])
async def test_a_test_keeps_the_rows_that_pass(full: Store, kind: Kind, test: Test, expected: list[str]) -> None:
    page = await full.read(Question(kind, Shape(), (test,), first=50, count=True))
    assert [row["id"] for row in page.rows] == expected
    assert page.total == len(expected)


async def test_several_tests_must_all_pass(full: Store) -> None:
    tests: tuple[Test, ...] = (Equals("origin", ("REGISTERED",)), Contains("name", "信息"), Missing("basis"))
    page = await full.read(Question(Kind.RESOURCE, Shape(), (*tests, Equals("cleared", (True,))), count=True))
    assert [row["id"] for row in page.rows] == [PEOPLE]


HOSTILE = ["'", '"', "' OR 1=1 --", "*", "a*", "NEAR(", "AND", ")", "\\", "%", "_", "`}", "\x00", "^", ":", "-", "{"]


@pytest.mark.parametrize("needle", HOSTILE)
async def test_syntax_in_a_needle_is_only_text(full: Store, needle: str) -> None:
    for test in (Equals("name", (needle,)), Contains("name", needle), Named(needle)):
        assert (await full.read(Question(Kind.RESOURCE, Shape(), (test,)))).rows == ()
