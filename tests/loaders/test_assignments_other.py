"""Disclosure to the public, reporting upward, and catalogues that are shared out."""

from __future__ import annotations

import pytest

from catalog.vocabulary import AgencyKind, Regime, Role
from tests.loaders.assignment_texts import REGULATION, rule


def test_disclosure_by_group_and_item():
    read = rule(
        "港务机关应当主动向社会公开下列港口信息：\n\n（一）航线方面\n\n1.航班时刻表；\n\n2.停航公告。\n\n（二）收费的依据和标准；"
        "\n\n（三）法律、法规规定应当公开的其他港口信息。没有网站的，在公告栏公开。"
    )
    timetable, notice, fees, rest = read.resources
    assert {resource.regime for resource in read.resources} == {Regime.DISCLOSURE}
    assert [resource.category for resource in read.resources] == ["航线方面", "航线方面", None, None]
    assert (timetable.name, timetable.basis[0].text) == ("航班时刻表", "1.")
    assert (notice.basis[0].provision, fees.name) == (f"{REGULATION.id}.a2i1u2", "收费的依据和标准")
    assert (rest.name, rest.open_list, fees.open_list) == ("法律、法规规定应当公开的其他港口信息", True, False)
    assert [(duty.roles, duty.literal) for duty in rest.responsibilities] == [((Role.DISCLOSE,), "港务机关")]


def test_disclosure_by_agencies_and_private_parties():
    read = rule(
        "港务机关、公用企事业单位在各自职责范围内确定具体内容，并重点公开下列信息：\n\n（一）航班；\n\n（二）票价。"
    )
    kinds = {agency.name: agency.agency_kind for agency in read.agencies.values()}
    assert kinds == {"港务机关": AgencyKind.OFFICE, "公用企事业单位": AgencyKind.PARTY}
    assert [party[1] for party in read.parties()] == ["JOINT", "JOINT"]


@pytest.mark.parametrize("opening", ["下列政府信息免予公开：", "行政机关不得公开下列信息：", "下列信息不予公开："])
def test_what_is_exempt_is_no_resource(opening):
    assert rule(f"{opening}\n\n（一）国家秘密；\n\n（二）商业秘密。").extract.records == ()


def test_a_lost_item_is_reported():
    read = rule("港务机关应当公开下列信息：\n\n（一）航班；\n\n（二）；\n\n（三）票价。")
    assert [resource.name for resource in read.resources] == ["航班", "票价"]
    assert read.codes == ["EMPTY_ITEM"]


def test_reporting():
    read = rule("用水单位应当做好用水记录，并按规定向水利部门和统计部门报送用水统计报表。")
    (report,) = read.resources
    assert (report.name, report.regime) == ("用水统计报表", Regime.REPORTING)
    assert [(name, how) for name, how, _ in read.parties()] == [("用水单位", "SINGLE")]
    assert report.responsibilities[0].roles == (Role.REPORT,)


def test_results_sent_upward_are_no_statistics():
    assert rule("平台管理机构应当进行核查，并向市水利部门报送核查结果。").extract.records == ()


def test_catalogues_paired_by_respectively():
    read = rule("基础信息目录包括渔船信息、渔港信息等，分别由渔业、海洋等牵头部门会同水利部门编制并维护。")
    ships, harbours = read.resources
    assert read.parties(ships) == [("渔业部门", "RESPECTIVE", "EXPLICIT"), ("水利部门", "JOINT", "EXPLICIT")]
    assert read.parties(harbours)[0] == ("海洋部门", "RESPECTIVE", "EXPLICIT")
    assert [duty.roles for duty in ships.responsibilities] == [(Role.LEAD, Role.MAINTAIN), (Role.MAINTAIN,)]
    assert (ships.category, read.codes) == ("基础信息目录", [])


def test_catalogues_that_do_not_pair_keep_every_reading():
    read = rule("基础信息目录包括渔船信息、航道和灯塔信息等，分别由渔业、海洋、水利等牵头部门会同统计部门维护。")
    assert [read.parties(resource)[:-1] for resource in read.resources] == [
        [("渔业部门", "RESPECTIVE", "HIGH")],
        [("海洋部门", "RESPECTIVE", "HIGH"), ("水利部门", "RESPECTIVE", "HIGH")],
    ]
    assert read.codes == ["UNPAIRED_AGENCIES"]


def test_catalogues_by_example():
    read = rule("主题信息目录，如航运信息、潮汐信息等，由主题信息牵头部门会同水利部门组织相关部门共同编制和维护。")
    assert [resource.name for resource in read.resources] == ["航运信息", "潮汐信息"]
    assert [party[1] for party in read.parties()] == ["JOINT", "JOINT"]
