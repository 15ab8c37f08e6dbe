"""The question that everything is for, on the real store."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from catalog.field import Field
from catalog.resource import Resource
from catalog.vocabulary import Origin, ShareType
from tests.graph import samples

WHO = """
query Who($what: String!, $on: Date, $place: String, $regime: [Regime!], $to: ID, $first: Int, $after: String) {
  whoProvides(what: $what, on: $on, jurisdiction: $place, regime: $regime, to: $to, first: $first, after: $after) {
    totalCount checked
    pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes {
      verdict because shareType openToPublic mode platform
      field { name } resource { id name }
      matched { how text }
      responsibilities { roles agency { name } resource { id } }
      conditions { id topic governs { id ... on Resource { name } ... on Regulation { title } } }
      clocks { id amount }
      basis { text status provision { label } }
    }
  }
}
"""


async def who(data, what: str, **more):
    return (await data(WHO, {"what": what, **more}))["whoProvides"]


@pytest.mark.parametrize(
    ("on", "verdict", "status", "rules"),
    [("2018-01-01", "ON_APPLICATION", "IN_FORCE", ["policy/reply"]), ("2015-12-31", "UNKNOWN", "NOT_YET_IN_FORCE", [])],
)
async def test_the_answer_follows_the_law_of_the_day(data, on, verdict, status, rules):
    answer = (await who(data, "婚姻状况", on=on))["nodes"][0]
    assert (answer["verdict"], answer["basis"][0]["status"]) == (verdict, status)
    assert [rule["id"] for rule in answer["conditions"]] == rules


async def test_what_an_answer_says(data):
    answer = (await who(data, "婚姻状况"))["nodes"][0]
    assert answer["field"] == {"name": "婚姻状况"}
    assert answer["resource"] == {"id": samples.DUTY, "name": "人口基本信息"}
    assert answer["matched"] == {"how": "EXACT", "text": "婚姻状况"}
    assert answer["because"] == [
        "广州细则第九条规定公安机关采集、提供人口基本信息。",
        "广州细则第九条：自2016-01-01起施行，有效期5年，2021-01-01起不再有效；在2018-01-01有效。",
        "广州细则第九条规定了申请程序：「应当在十个工作日内答复申请」",
        "广州细则第九条规定了期限：「延长五个工作日」",
    ]
    assert answer["responsibilities"][0] == {
        "roles": ["COLLECT", "PROVIDE"], "agency": {"name": "公安机关"}, "resource": {"id": samples.DUTY}
    }  # fmt: skip
    assert [clock["amount"] for clock in answer["clocks"]] == [10, 5]
    assert answer["conditions"][0]["governs"] == [
        {"id": samples.DUTY, "name": "人口基本信息"},
        {"id": samples.LAW, "title": "广州市政府信息共享管理规定实施细则"},
    ]


async def test_without_on_the_day_of_the_request_counts(data):
    later = await data(WHO, {"what": "姓名"}, today=dt.date(2026, 11, 22))
    assert later["whoProvides"]["nodes"][0]["verdict"] == "ON_APPLICATION"
    one = await data('{ whoProvides(what: "婚姻状况") { nodes { basis { status } } } }', today=dt.date(2026, 11, 22))
    assert one["whoProvides"]["nodes"][0]["basis"][0]["status"] == "EXPIRED"


async def test_a_resource_that_rests_on_a_lapsed_text_alone_lapses(data, store):
    lone = Resource(
        id="resource/440100-lone",
        name="独项",
        origin=Origin.STATUTORY,
        regulation=samples.LAW,
        basis=(samples.CITED,),
    )
    await store.apply(samples.change_set(lone))
    for on, verdict in (("2018-01-01", "ON_APPLICATION"), ("2026-11-22", "LAPSED")):
        assert (await who(data, "独项", on=on))["nodes"][0]["verdict"] == verdict


async def test_registered_resources_go_by_their_share_type(data):
    nodes = (await who(data, "婚姻登记信息"))["nodes"]
    assert [(n["verdict"], n["field"], n["because"]) for n in nodes] == [("REFUSED", None, [])]
    nodes = (await who(data, "户籍人口信息"))["nodes"]
    assert (nodes[0]["verdict"], nodes[0]["mode"]) == ("ON_APPLICATION", ["SERVICE_INTERFACE", "FILE_DOWNLOAD"])


async def test_a_field_s_own_share_type_goes_first(data):
    answer = (await who(data, "婚姻", regime=["DISCLOSURE"]))["nodes"][0]
    assert (answer["field"], answer["shareType"], answer["openToPublic"]) == ({"name": "婚姻"}, "CONDITIONAL", "OPEN")


async def test_what_a_field_declares_for_itself_is_said_of_it_alone(data, store):
    people = next(one for one in samples.resources() if isinstance(one, Resource) and one.id == samples.PEOPLE)
    home = Field(
        id="field/p-home", source=samples.SHEET, resource=samples.PEOPLE, position=3, name="家庭住址", text="家庭住址",
        share_type=ShareType.NOT_SHARED,
    )  # fmt: skip
    await store.apply(samples.change_set(replace(people, basis=(samples.CITED,)), home))
    said = {what: (await who(data, what))["nodes"][0] for what in ("家庭住址", "姓名")}
    assert (said["家庭住址"]["verdict"], said["姓名"]["verdict"]) == ("REFUSED", "ON_APPLICATION")
    assert "依据广州细则第九条，户籍人口信息的「家庭住址」登记为不予共享。" in said["家庭住址"]["because"]
    assert "依据广州细则第九条，户籍人口信息登记为有条件共享，条件：经同意。" in said["姓名"]["because"]


@pytest.mark.parametrize("what", ["婚姻狀況", " 婚 姻 状况 "])
async def test_script_and_space_do_not_matter(data, what):
    assert (await who(data, what))["nodes"][0]["matched"]["how"] == "EXACT"


async def test_jurisdiction_by_code_and_name(data):
    for place in ("220100", "长春市"):
        assert {n["resource"]["id"] for n in (await who(data, "婚姻", place=place))["nodes"]} == {samples.MARRIAGES}


async def test_an_unknown_term_is_answered_with_what_was_searched(data):
    found = await who(data, "不存在的信息")
    assert (found["nodes"], found["totalCount"]) == ([], 0)
    said = " ".join(found["checked"])
    for word in ("不存在的信息", "2018-01-01", "3 regulations", "5 provisions", "6 fields", "3 resources", "1 loaded"):
        assert word in said


async def test_paging_meets_every_answer_once(data):
    whole = [n["because"] for n in (await who(data, "婚姻"))["nodes"]]
    seen, after = [], None
    for _ in range(10):
        page = await who(data, "婚姻", first=1, after=after)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        seen += [n["because"] for n in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == whole and len(whole) > 2


async def test_the_asking_agency_must_exist(code, data):
    assert await code(WHO, {"what": "婚姻状况", "to": "org/nobody"}) == "NOT_FOUND"
    assert (await who(data, "婚姻状况", to=samples.CIVIL))["nodes"]


async def test_every_step_names_a_provision(data):
    for what in ("婚姻", "人口", "登记", "姓名"):
        for answer in (await who(data, what))["nodes"]:
            assert all("第" in step and "条" in step for step in answer["because"])


@pytest.mark.parametrize(
    ("what", "count"),
    [(samples.PEOPLE, 1), ("field/d-marriage", 1), (samples.MARRIAGE_KEY, 2), ("resource/none", 0), ("field/none", 0)],
)
async def test_what_may_be_an_identifier(data, what, count):
    found = await who(data, what)
    assert (len(found["nodes"]), found["totalCount"]) == (count, count)


async def test_an_identifier_elsewhere_is_no_answer(data):
    assert (await who(data, samples.PEOPLE, place="长春市"))["nodes"] == []
    assert (await who(data, samples.PEOPLE, place="440100", regime=["DISCLOSURE"]))["nodes"] == []


@pytest.mark.parametrize(
    "selection",
    [
        "basis { text }",
        "basis { provision { label } }",
        "basis { regulation { title } }",
        "conditions { citation { provision { id } } }",
        "clocks { citation { regulation { id } } extension { id } }",
        "responsibilities { citation { provision { regulation { title } } } }",
        "resource { basis { provision { id } } conditions { agencies { name } } }",
        "field { basis { regulation { id } } }",
    ],
)
async def test_the_reasons_do_not_depend_on_what_else_is_selected(data, selection):
    bare = await data('{ whoProvides(what: "公民身份号码") { nodes { verdict because } } }')
    more = await data(f'{{ whoProvides(what: "公民身份号码") {{ nodes {{ verdict because {selection} }} }} }}')
    keep = [{"verdict": one["verdict"], "because": one["because"]} for one in more["whoProvides"]["nodes"]]
    assert keep == bare["whoProvides"]["nodes"] != []
