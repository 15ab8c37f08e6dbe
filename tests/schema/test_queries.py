"""Root fields and what nests under them, on the real store."""

from __future__ import annotations

import pytest

from tests.graph import samples


async def test_one_of_each_kind_by_node(data):
    ids = [samples.DUTY, "field/d-number", samples.POLICE, samples.NUMBER_KEY, samples.LAW, samples.ARTICLE,
           "policy/reply", "clock/reply", "demand/one", "gap/one"]  # fmt: skip
    found = (await data("query($ids: [ID!]!) { nodes(ids: $ids) { id iri __typename } }", {"ids": ids}))["nodes"]
    assert [one["id"] for one in found] == ids
    assert [one["__typename"] for one in found] == [
        "Resource", "Field", "Agency", "DataElement", "Regulation", "Provision", "Condition", "Clock", "Demand", "Gap"
    ]  # fmt: skip
    assert found[0]["iri"] == f"https://data.example.cn/id/{samples.DUTY}"
    one = await data(
        '{ node(id: "clock/reply") { ... on Clock { amount extension { amount } } ... on Field { name } } }'
    )
    assert one["node"] == {"amount": 10, "extension": {"amount": 5}}


async def test_nodes_are_null_where_there_is_none(data):
    found = await data('{ nodes(ids: ["clock/none", "clock/reply"]) { id } }')
    assert found["nodes"] == [None, {"id": "clock/reply"}]


async def test_a_resource_with_everything_below_it(data):
    found = await data(
        """{ resource(code: "GZ-001") {
            name code origin regime shareType mode formats { code mediaType } updateFrequency { code text }
            metadata { element value known } jurisdiction { code name } modified version
            source { id path loaded revision place { line } }
            fulfils { name fulfilledBy { name } }
            a: fields(first: 1) { totalCount nodes { name dataElement { name } } pageInfo { hasNextPage } }
            b: fields { edges { cursor node { position name resource { code } } } }
            identityKeys { name } gaps { kind }
            responsibilities { agency { name fills { name filledBy { name } } } resource { name } citation { text } }
        } }"""
    )
    resource = found["resource"]
    assert resource["fulfils"] == [{"name": "人口基本信息", "fulfilledBy": [{"name": "户籍人口信息"}]}]
    assert resource["a"] == {
        "totalCount": 2, "nodes": [{"name": "姓名", "dataElement": None}], "pageInfo": {"hasNextPage": True}
    }  # fmt: skip
    assert [edge["node"]["position"] for edge in resource["b"]["edges"]] == [1, 2]
    assert resource["identityKeys"] == [{"name": "身份证号"}]
    assert (resource["version"], resource["source"]["path"], resource["source"]["revision"]) == (1, "catalogue.csv", 1)
    assert resource["responsibilities"][0]["agency"]["fills"][0]["filledBy"] == [{"name": "广州市公安局"}]
    assert resource["responsibilities"][0]["resource"] == {"name": "户籍人口信息"}
    assert resource["formats"] == [{"code": "CSV", "mediaType": "text/csv"}]


@pytest.mark.parametrize(
    ("filter", "ids"),
    [
        ({}, [samples.DUTY, samples.MARRIAGES, samples.PEOPLE]),
        ({"ids": [samples.PEOPLE]}, [samples.PEOPLE]),
        ({"name": "戶籍人口信息"}, [samples.PEOPLE]),
        ({"nameContains": "人口"}, [samples.DUTY, samples.PEOPLE]),
        ({"agency": samples.CIVIL}, [samples.DUTY, samples.MARRIAGES]),
        ({"agency": samples.CIVIL, "role": ["VERIFY"]}, [samples.DUTY]),
        ({"role": ["COLLECT"]}, [samples.DUTY, samples.MARRIAGES]),
        ({"regulation": samples.LAW}, [samples.DUTY]),
        ({"jurisdiction": "长春市"}, [samples.MARRIAGES]),
        ({"jurisdiction": "長春市 "}, [samples.MARRIAGES]),
        ({"jurisdiction": "４４０１００"}, [samples.DUTY, samples.PEOPLE]),
        ({"role": []}, []),
        ({"agency": samples.CIVIL, "role": []}, []),
        ({"without": []}, [samples.DUTY, samples.MARRIAGES, samples.PEOPLE]),
        ({"origin": "STATUTORY"}, [samples.DUTY]),
        ({"regime": ["DISCLOSURE", "REPORTING"]}, [samples.MARRIAGES]),
        ({"shareType": ["NOT_SHARED"]}, [samples.MARRIAGES]),
        ({"openToPublic": ["CLOSED"]}, [samples.PEOPLE]),
        ({"category": "自然人"}, [samples.DUTY]),
        ({"hasField": "姓名"}, [samples.PEOPLE]),
        ({"dataElement": samples.MARRIAGE_KEY}, [samples.DUTY, samples.MARRIAGES]),
        ({"modifiedSince": "2024-01-01"}, [samples.PEOPLE]),
        ({"without": ["BASIS"]}, [samples.MARRIAGES, samples.PEOPLE]),
        ({"without": ["CODE"]}, [samples.DUTY]),
        ({"without": ["CONDITION", "UPDATE_FREQUENCY"]}, [samples.MARRIAGES]),
        ({"without": ["SHARE_TYPE"]}, [samples.DUTY]),
        ({"without": ["PROVIDER"]}, []),
        ({"without": ["FIELDS"]}, []),
    ],
)
async def test_resource_filters(data, filter, ids):
    query = "query($filter: ResourceFilter) { resources(filter: $filter) { totalCount nodes { id } } }"
    found = (await data(query, {"filter": filter}))["resources"]
    assert (found["totalCount"], [node["id"] for node in found["nodes"]]) == (len(ids), ids)


@pytest.mark.parametrize(
    ("field", "filter", "ids"),
    [
        ("fields", {"identityKey": True}, ["field/d-number", "field/p-number"]),
        ("fields", {"resource": samples.MARRIAGES, "nameContains": "婚"}, ["field/m-state"]),
        ("agencies", {"kind": ["OFFICE"]}, [samples.OFFICE]),
        ("agencies", {"role": ["VERIFY"]}, [samples.CIVIL]),
        ("agencies", {"nameContains": "公安局"}, [samples.POLICE]),
        ("dataElements", {"nameContains": "身份证"}, [samples.NUMBER_KEY]),
        ("regulations", {"titleContains": "实施细则"}, [samples.LAW]),
        ("regulations", {"status": ["IN_FORCE"], "on": "2026-01-01"}, [samples.OLD_LAW, samples.PARENT_LAW]),
        ("regulations", {"status": ["EXPIRED"], "on": "2026-01-01"}, [samples.LAW]),
        ("regulations", {"status": ["NOT_YET_IN_FORCE"], "on": "2010-01-01"}, [samples.OLD_LAW, samples.LAW]),
        ("conditions", {"topic": ["APPLICATION"]}, ["policy/reply"]),
        ("conditions", {"agency": samples.POLICE}, ["policy/reply"]),
        ("conditions", {"resource": samples.DUTY}, ["policy/reply"]),
        ("conditions", {"textContains": "泄露"}, ["policy/secret"]),
        ("clocks", {"unit": ["WORKING_DAY"], "kind": ["DURATION"]}, ["clock/extension", "clock/reply"]),
        ("demands", {"status": ["REPLIED_NO"]}, ["demand/one"]),
        ("demands", {"provider": samples.POLICE}, ["demand/one"]),
        ("demands", {"jurisdiction": "440100"}, ["demand/one", "demand/two"]),
        ("demands", {"jurisdiction": "长春市"}, []),
    ],
)
async def test_other_filters(data, field, filter, ids):
    kind = {"agencies": "Agency"}.get(field, field[0].upper() + field[1:-1])
    query = f"query($f: {kind}Filter) {{ {field}(filter: $f) {{ totalCount nodes {{ id }} }} }}"
    found = (await data(query, {"f": filter}))[field]
    assert (sorted(node["id"] for node in found["nodes"]), found["totalCount"]) == (sorted(ids), len(ids))


@pytest.mark.parametrize("by", ["ID", "NAME", "CODE", "MODIFIED"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_forwards_and_backwards_meet_every_resource_once(data, by, direction):
    query = """query($o: ResourceOrder, $first: Int, $after: String, $last: Int, $before: String) {
        resources(orderBy: $o, first: $first, after: $after, last: $last, before: $before) {
            nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    order = {"by": by, "direction": direction}
    whole = [n["id"] for n in (await data(query, {"o": order, "first": 100}))["resources"]["nodes"]]
    seen, after = [], None
    for _ in whole:
        page = (await data(query, {"o": order, "first": 1, "after": after}))["resources"]
        seen += [n["id"] for n in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert (seen, page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]) == (whole, False, True)
    backward = "query($o: ResourceOrder, $last: Int, $before: String) { resources(orderBy: $o, last: $last, before: $before) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor } } }"
    page = (await data(backward, {"o": order, "last": 2}))["resources"]
    assert [n["id"] for n in page["nodes"]] == whole[-2:]
    assert (page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"]) == (True, False)
    page = (await data(backward, {"o": order, "last": 2, "before": page["pageInfo"]["startCursor"]}))["resources"]
    assert [n["id"] for n in page["nodes"]] == whole[:-2]
    assert (page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"]) == (False, True)


EITHER_WAY = """query($first: Int, $after: String, $last: Int, $before: String) {
    resources(first: $first, after: $after, last: $last, before: $before) { nodes { id } } }"""


@pytest.mark.parametrize(
    "variables", [{"last": 2}, {"last": 2, "first": None}, {"last": 2, "first": None, "after": None, "before": None}]
)
async def test_one_document_pages_either_way(data, code, variables):
    """As clients write it that page both ways: the arguments of the other way are variables without a value."""
    whole = [one["id"] for one in (await data(EITHER_WAY))["resources"]["nodes"]]
    assert [one["id"] for one in (await data(EITHER_WAY, variables))["resources"]["nodes"]] == whole[-2:]
    assert [one["id"] for one in (await data(EITHER_WAY, {"first": 2, "last": None}))["resources"]["nodes"]] == whole[
        :2
    ]
    assert await data("{ resources(first: null, last: 1) { nodes { id } } }")
    assert await code(EITHER_WAY, {"first": 2, "last": 2}) == "BAD_INPUT"


@pytest.mark.parametrize(
    "asked",
    [
        'whoProvides(what: "婚姻", regime: [])',
        'search(text: "婚", kinds: [])',
        'search(text: "婚", kinds: [CLOCK, GAP])',
        "changes(kinds: [])",
        "gaps(kind: [])",
        "issues(severity: [])",
        "resources(filter: {role: []})",
        "agencies(filter: {role: []})",
        "regulations(filter: {status: []})",
    ],
)
async def test_an_empty_list_passes_nothing(data, asked):
    found = await data(f"{{ page: {asked} {{ totalCount nodes {{ __typename }} pageInfo {{ hasNextPage }} }} }}")
    assert found["page"] == {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}}


async def test_what_was_not_asked_was_not_checked(data):
    found = await data('{ gaps(kind: []) { checked } whoProvides(what: "婚姻", regime: []) { checked } }')
    assert not any("NO_PROVIDER" in line for line in found["gaps"]["checked"])
    assert "regime none" in found["whoProvides"]["checked"][0]


@pytest.mark.parametrize(
    "asked",
    ['whoProvides(what: "婚姻", jurisdiction: "%s")', 'search(text: "信息", jurisdiction: "%s")',
     'gaps(jurisdiction: "%s")', 'demands(filter: {jurisdiction: "%s"})', 'agencies(filter: {jurisdiction: "%s"})',
     'regulations(filter: {jurisdiction: "%s"})'],
)  # fmt: skip
async def test_a_place_in_whatever_script_or_width(data, asked):
    pages = [await data(f"{{ page: {asked % place} {{ totalCount nodes {{ __typename }} }} }}")
             for place in ("广州市", "廣州市", " 广州市", "440100", "４４０１００")]  # fmt: skip
    assert pages[0]["page"]["totalCount"] > 0
    assert all(page == pages[0] for page in pages)


async def test_nested_pages_go_on(data):
    query = 'query($after: String) { agency(id: "%s") { responsibilities(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { resource { id } roles } } } }'
    query %= samples.CIVIL
    first = (await data(query))["agency"]["responsibilities"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (2, True)
    second = (await data(query, {"after": first["pageInfo"]["endCursor"]}))["agency"]["responsibilities"]
    assert [n["resource"]["id"] for n in first["nodes"] + second["nodes"]] == [samples.DUTY, samples.MARRIAGES]
    assert second["pageInfo"]["hasNextPage"] is False


async def test_an_agency_by_name_and_code(data):
    for argument in ('name: "廣州市公安局"', 'creditCode: "11440100007482532K"'):
        found = await data(f"{{ agency({argument}) {{ id demands {{ nodes {{ what }} }} }} }}")
        assert found["agency"] == {"id": samples.POLICE, "demands": {"nodes": [{"what": "婚姻登记"}]}}
    assert (await data('{ agency(name: "没有") { id } }'))["agency"] is None


@pytest.mark.parametrize(
    "number",
    [
        "穗府办规〔2016〕1号",
        "穗府辦規〔2016〕1號",
        "穗府办规[2016]1号",
        "穗府办规［２０１６］1号",
        " 穗府办规（2016）1 号",
    ],
)
async def test_a_regulation_by_its_number_however_it_is_printed(data, number):
    query = "query($n: String) { regulation(number: $n) { id } }"
    assert (await data(query, {"n": number}))["regulation"] == {"id": samples.LAW}
    assert (await data(query, {"n": number.replace("1", "7")}))["regulation"] is None


async def test_a_regulation_and_its_law(data):
    found = await data(
        """{ regulation(number: "穗府办规〔2016〕1号") {
            title kind now: status later: status(on: "2022-01-01") issuers { name } articleCount
            articles: provisions(kind: [ARTICLE]) { totalCount nodes { label children { label kind } } }
            all: provisions { nodes { id references { text resolved target { label regulation { title } } } } }
            basis { text status provision { label } } relations { kind title regulation { id } citation { text } }
            resources(regime: [SHARING]) { nodes { id } } conditions { nodes { id citation { status } } }
            clocks { id dueDate(from: "2024-09-20") { date certain } } issues { code place { line row } }
            impact(repealedOn: "2018-01-01") { resources { totalCount } conditions { totalCount } responsibilities stillSupported }
        } }"""
    )
    law = found["regulation"]
    assert (law["now"], law["later"], law["kind"]) == ("IN_FORCE", "EXPIRED", "NORMATIVE_DOCUMENT")
    assert [one["name"] for one in law["issuers"]] == ["广州市公安局", "广州市民政局"]
    assert law["articles"]["totalCount"] == 2
    assert law["articles"]["nodes"][0]["children"] == [{"label": "", "kind": "PARAGRAPH"}]
    assert law["all"]["nodes"][1]["references"][0]["target"]["regulation"]["title"] == "广州市政府信息共享管理规定"
    assert law["relations"][1] == {"kind": "CITES", "title": "未收录的办法", "regulation": None, "citation": None}
    assert [one["id"] for one in law["clocks"]] == ["clock/reply", "clock/extension"]
    assert law["clocks"][0]["dueDate"] == {"date": "2024-10-10", "certain": True}
    assert law["issues"] == [{"code": "ODD", "place": {"line": 3, "row": None}}]
    assert law["impact"]["stillSupported"] == 1


@pytest.mark.parametrize(
    ("arguments", "id"),
    [
        (f'id: "{samples.ARTICLE}"', samples.ARTICLE),
        (f'regulation: "{samples.LAW}", article: 9', samples.ARTICLE),
        (f'regulation: "{samples.LAW}", article: 9, paragraph: 1', samples.PARAGRAPH),
        (f'regulation: "{samples.LAW}", article: 9, item: "一"', samples.ITEM),
        (f'regulation: "{samples.LAW}", article: 9, paragraph: 1, item: "（一）"', samples.ITEM),
        (f'regulation: "{samples.LAW}", article: 10, paragraph: 1', f"{samples.LAW}.a10"),
    ],
)
async def test_provisions_by_their_numbers(data, arguments, id):
    assert (await data(f"{{ provision({arguments}) {{ id }} }}"))["provision"]["id"] == id


async def test_what_cites_a_provision(data):
    query = f'{{ provision(id: "{samples.ARTICLE}") {{ citedBy(first: 3) {{ totalCount edges {{ cursor node {{ id ... on Clock {{ amount }} }} }} pageInfo {{ hasNextPage }} }} }} }}'
    cited = (await data(query))["provision"]["citedBy"]
    assert cited["pageInfo"]["hasNextPage"] and cited["totalCount"] > 3
    assert all(edge["cursor"] and edge["node"]["id"] for edge in cited["edges"])


async def test_collectors_of_a_data_element(data):
    found = await data(
        f'{{ dataElement(id: "{samples.MARRIAGE_KEY}") {{ collectors {{ name }} fields {{ nodes {{ id }} }} }} }}'
    )
    assert {one["name"] for one in found["dataElement"]["collectors"]} == {"公安机关", "广州市民政局"}


async def test_search_shows_the_words_around(data):
    found = (await data('{ search(text: "姻") { totalCount nodes { kind matched snippet score node { id } } } }'))[
        "search"
    ]
    assert found["totalCount"] == len(found["nodes"]) > 3
    assert all(hit["matched"] == "姻" and "姻" in hit["snippet"] for hit in found["nodes"])
    scores = [hit["score"] for hit in found["nodes"]]
    assert scores == sorted(scores, reverse=True)
    only = (await data('{ search(text: "婚姻", kinds: [FIELD]) { nodes { kind } } }'))["search"]
    assert {hit["kind"] for hit in only["nodes"]} == {"FIELD"}


async def test_the_catalogue_and_its_log(data):
    found = await data(
        """{ catalogue { title revision updated counts { kind count } jurisdictions { code } }
            changes(first: 5) { totalCount pageInfo { hasNextPage endCursor } nodes { revision kind id change actor node { id } source { path } } }
            issues(severity: [WARNING]) { totalCount nodes { code place { sheet row column } suggestion } } }"""
    )
    counts = {one["kind"]: one["count"] for one in found["catalogue"]["counts"]}
    assert (found["catalogue"]["revision"], counts["FIELD"], counts["GAP"]) == (1, 6, 2)
    assert found["changes"]["totalCount"] == len(samples.catalogue())
    assert found["changes"]["nodes"][0]["node"] is None  # a source
    assert found["issues"]["nodes"] == [
        {"code": "BAD_ROW", "place": {"sheet": "一", "row": 4, "column": "C"}, "suggestion": None}
    ]
    cursor = found["changes"]["pageInfo"]["endCursor"]
    more = await data("query($c: String) { changes(first: 100, after: $c) { nodes { id } } }", {"c": cursor})
    assert len(more["changes"]["nodes"]) == len(samples.catalogue()) - 5


async def test_gaps_say_what_was_checked(data):
    found = (
        await data(
            "{ gaps { totalCount checked counts { kind count } nodes { kind subject { id ... on DataElement { name } } evidence { id } owner { name } since } } }"
        )
    )["gaps"]
    assert found["totalCount"] == 2
    assert "no gap rule has run" in found["checked"][0]
    assert {one["kind"]: one["count"] for one in found["counts"]} == {"NO_BASIS": 1, "NO_PROVIDER": 1}
    for arguments, count in ((f'agency: "{samples.CIVIL}"', 1), (f'regulation: "{samples.LAW}"', 1), ("kind: [STALE]", 0),
                             ('jurisdiction: "440100"', 1), (f'resource: "{samples.MARRIAGES}"', 1)):  # fmt: skip
        assert (await data(f"{{ gaps({arguments}) {{ totalCount }} }}"))["gaps"]["totalCount"] == count


async def test_due_dates(data):
    found = (
        await data('{ dueDate(clock: "clock/reply", from: "2024-09-20") { date earliest latest certain because } }')
    )["dueDate"]
    assert (found["date"], found["certain"]) == ("2024-10-10", True)
    unknown = (await data('{ dueDate(clock: "clock/reply", from: "2040-01-01") { date because } }'))["dueDate"]
    assert unknown["date"] is None and "2040" in unknown["because"][-1]


async def test_fragments_aliases_and_directives(data):
    query = """query($yes: Boolean!) {
        a: resource(id: "resource/r-people") { ...Names code @skip(if: $yes) }
        b: resource(id: "resource/r-people") { ... @include(if: $yes) { summary } ... on Node { id } }
    } fragment Names on Resource { title: name name } """
    found = await data(query, {"yes": True})
    assert found == {
        "a": {"title": "户籍人口信息", "name": "户籍人口信息"},
        "b": {"summary": "全市户籍人口的登记情况", "id": "resource/r-people"},
    }
    assert "code" in (await data(query, {"yes": False}))["a"]
