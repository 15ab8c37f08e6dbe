import datetime as dt

import pytest

from catalog.agency import Agency
from catalog.regulation import Regulation
from catalog.vocabulary import AgencyKind, RegulationKind, RegulationRelationKind
from loaders.regulation.commencement import read_commencement
from loaders.regulation.document import parse
from loaders.regulation.records import records
from tests.loaders import texts

ISSUED = dt.date(2020, 2, 28)


def regulation(source: str) -> Regulation:
    (found,) = (record for record in records(parse(source, "x")[0], "source/x")[0] if isinstance(record, Regulation))
    return found


@pytest.mark.parametrize(
    ("text", "effective", "expires"),
    [
        ("本办法自2016年7月1日起施行，有效期5年。", dt.date(2016, 7, 1), dt.date(2021, 7, 1)),
        ("本规定自二○一六年七月一日起施行。", dt.date(2016, 7, 1), None),
        ("本办法自发布之日起施行。", ISSUED, None),
        ("本办法自即日起施行，有效期为两年。", ISSUED, dt.date(2022, 2, 28)),
        ("本条例自公布之日起30日后施行。", dt.date(2020, 3, 29), None),
        ("本办法自年月日之日起施行。", None, None),
        ("本办法自2020年1月1日起施行，有效期至2021年12月31日。", dt.date(2020, 1, 1), dt.date(2022, 1, 1)),
        ("本办法自印发之日起施行，试行两年。", ISSUED, dt.date(2022, 2, 28)),
        ("本办法自2016年7月1日起施行，有效期自施行之日起3年。", dt.date(2016, 7, 1), dt.date(2019, 7, 1)),
        (
            "本办法自2020年1月1日起施行，有效期自2020年1月1日至2021年12月31日。",
            dt.date(2020, 1, 1),
            dt.date(2022, 1, 1),
        ),
        ("本办法自2020年1月1日起施行，试行2016年数据标准。", dt.date(2020, 1, 1), None),
        ("本办法由市政府解释。", None, None),
        ("本办法自2020年2月30日起施行。", None, None),
    ],
)
def test_entry_into_force(text: str, effective: dt.date | None, expires: dt.date | None):
    commencement = read_commencement(text)
    assert commencement.effective(ISSUED) == effective
    assert commencement.expires(effective) == expires


def test_the_made_up_rules():
    found = regulation(texts.PAGE)
    assert (found.title, found.short_title) == ("示例市数据共享管理办法（试行）", "示例办法")
    assert (found.regulation_kind, found.number) == (RegulationKind.NORMATIVE_DOCUMENT, "示府发〔2020〕8号")
    assert (found.promulgated, found.effective) == (dt.date(2020, 3, 2), dt.date(2020, 4, 1))
    assert (found.expires, found.trial, found.draft) == (dt.date(2023, 4, 1), True, False)
    assert [citation.text for citation in found.basis] == ["《样本省数据条例》", "《样本省电子政务办法》"]
    (relation,) = found.relations
    assert (relation.kind, relation.title) == (RegulationRelationKind.REPEALS, "示例市数据交换办法")
    assert relation.citation
    assert relation.citation.provision == f"{found.id}.a6"


def test_an_issuer_is_an_agency():
    (agency,) = (one for one in records(parse(texts.PAGE, "x")[0], "source/x")[0] if isinstance(one, Agency))
    assert (agency.name, agency.agency_kind, agency.source) == ("示例市人民政府", AgencyKind.GOVERNMENT, None)
    assert regulation(texts.PAGE).issuers == (agency.id,)


def test_a_decree():
    decree = "示例市人民政府令\n\n第12号\n\n《示例市水务规定》已经2019年1月8日市政府第3次常务会议通过，现予公布。\n\n市长 张三\n2019年2月1日\n\n"
    source = decree + "示例市水务规定\n\n第一条 为了节水，制定本规定。\n\n第二条 本规定自公布之日起施行。\n"
    found = regulation(source)
    assert (found.regulation_kind, found.number) == (RegulationKind.RULE, "示例市人民政府令第12号")
    assert (found.adopted, found.promulgated, found.effective) == (
        dt.date(2019, 1, 8),
        dt.date(2019, 2, 1),
        dt.date(2019, 2, 1),
    )


def test_a_note_under_the_title_names_the_decree_that_made_the_text():
    note = (
        "（2019年1月8日市政府第3次常务会议通过　2019年2月1日示例市人民政府令第12号公布　"
        "根据2021年5月6日示例市人民政府令第40号修正）"
    )
    found = regulation(f"示例市水务规定\n\n{note}\n\n第一条 为了节水。\n\n第二条 本规定自公布之日起施行。\n")
    assert (found.regulation_kind, found.number) == (RegulationKind.RULE, "示例市人民政府令第12号")
    assert (found.adopted, found.promulgated, found.effective) == (
        dt.date(2019, 1, 8),
        dt.date(2019, 2, 1),
        dt.date(2019, 2, 1),
    )
    assert len(found.issuers) == 1


def test_a_draft_is_never_in_force():
    source = "市司法局将《示例市水务规定（草案）》公开征求意见，请于2021年3月4日前反馈。\n\n示例市水务规定（草案）\n\n第一条 为了节水。\n\n第二条 本规定自2021年9月1日起施行。\n"
    found = regulation(source)
    assert found.draft
    assert (found.regulation_kind, found.effective) == (RegulationKind.DRAFT, None)
    assert found.comment_deadline == dt.date(2021, 3, 4)


@pytest.mark.parametrize(
    ("title", "implemented"),
    [
        ("示例市水务规定实施细则", "示例市水务规定"),
        ("《示例省水务条例》实施细则", "示例省水务条例"),
        ("示例市实施《示例省水务条例》办法", "示例省水务条例"),
        ("示例市水务管理细则", None),
    ],
)
def test_what_a_title_implements(title: str, implemented: str | None):
    found = regulation(f"{title}\n\n第一条 为了节水。\n\n第二条 自发布之日起施行。\n")
    assert [relation.title for relation in found.relations] == ([implemented] if implemented else [])


def test_a_name_that_is_only_mentioned_is_no_basis():
    source = (
        "示例市水务规定\n第一条 为了办好《示例日报》，根据有关法律和《示例条例》精神，制定本规定。\n第二条 施行。\n"
    )
    assert regulation(source).basis == ()
