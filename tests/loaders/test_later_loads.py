"""A text that arrives later: what named it before is linked, and what it says differently is found."""

from __future__ import annotations

from collections.abc import Collection

from catalog.issue import Issue
from catalog.record import Record
from catalog.regulation import Provision, Regulation
from loaders.load import File, Loaded, load

HEAD = "甲县人民政府令\n\n第{number}号\n\n"
OLDER = """示例市数据共享管理规定

示例市人民政府

第一条 为规范数据共享，制定本规定。
第二条 数据共享目录应当包括名称、格式和更新时限等内容。
第三条 市数据主管部门应当编制数据共享目录。
第四条 可以共享取得的数据，各单位不得重复采集，法律、法规另有规定的除外。
第五条 本规定的实施，按照《示例市数据共享实施细则》第二条执行。
第六条 本规定自2020年1月1日起施行。
"""
NEWER = """示例市数据共享实施细则

示例市人民政府

第一条 根据《示例市数据共享管理规定》第二条，制定本细则。
第二条 数据共享目录应当包括名称、格式、提供单位和更新时限等内容。
第三条 市数据中心应当编制数据共享目录。
第四条 可以共享取得的数据，各单位不得重复采集，法律、法规另有规定的除外。
第五条 本细则自2022年1月1日起施行。
"""


def put(text: str, name: str, known: Collection[Record] = ()) -> Loaded:
    return load([File(name, text.encode())], known)


def held(*loads: Loaded) -> Collection[Record]:
    """What a store holds after these loads."""
    found: dict[str, Record] = {}
    for one in loads:
        new = {record.id: record for record in one.records}
        gone = {record.id for record in found.values() if record.source in one.sources} | set(one.deletes)
        found = {identifier: record for identifier, record in found.items() if identifier not in gone} | new
    return tuple(found.values())


def reference(records: Collection[Record], path: str):
    (provision,) = (one for one in records if isinstance(one, Provision) and one.id.endswith(path) and one.references)
    return provision.references[0]


def of(records: Collection[Record], title: str) -> Regulation:
    return next(one for one in records if isinstance(one, Regulation) and title in one.title)


def test_a_held_provision_is_linked_when_the_text_it_names_arrives():
    first = put(OLDER, "a.txt")
    before = reference(first.records, ".a5")
    assert (before.resolved, before.target) == (False, None)
    second = put(NEWER, "b.txt", first.records)
    after = reference(second.records, ".a5")
    newer = of(second.records, "细则")
    assert (after.resolved, after.regulation, after.target) == (True, newer.id, f"{newer.id}.a2")
    changed = [one for one in second.records if one.source == first.sources[0] and not isinstance(one, Issue)]
    assert [one.id.rpartition(".")[2] for one in changed] == ["a5"]


def test_the_arriving_text_is_linked_to_provisions_already_held():
    first = put(OLDER, "a.txt")
    second = put(NEWER, "b.txt", first.records)
    found = reference(second.records, ".a1")
    assert (found.resolved, found.target) == (True, f"{of(first.records, '规定').id}.a2")


def test_the_order_of_loads_changes_nothing():
    one = put(OLDER, "a.txt")
    other = put(NEWER, "b.txt")
    there = held(one, put(NEWER, "b.txt", one.records))
    back = held(other, put(OLDER, "a.txt", other.records))
    together = load([File("a.txt", OLDER.encode()), File("b.txt", NEWER.encode())]).records
    for records in (back, together):
        assert {record.id: record for record in records} == {record.id: record for record in there}


def test_loading_one_of_two_again_changes_nothing():
    both = load([File("a.txt", OLDER.encode()), File("b.txt", NEWER.encode())]).records
    by_id = {record.id: record for record in both}
    for text, name in ((OLDER, "a.txt"), (NEWER, "b.txt")):
        again = put(text, name, both)
        assert all(by_id[record.id] == record for record in again.records)


def test_what_two_texts_say_differently_is_a_finding():
    both = load([File("a.txt", OLDER.encode()), File("b.txt", NEWER.encode())])
    found = [one for one in both.problems if one.code == "TEXTS_DISAGREE"]
    assert len(found) == 2
    assert all("第二条" in one.message or "第三条" in one.message for one in found)
    assert "3 elements" in found[0].message
    assert "4 elements" in found[0].message


def test_texts_never_in_force_together_do_not_disagree():
    older = OLDER.replace("起施行", "起施行，有效期2年")
    both = load([File("a.txt", older.encode()), File("b.txt", NEWER.encode())])
    assert not [one for one in both.problems if one.code == "TEXTS_DISAGREE"]


AWAY = """示例市别的办法

示例市人民政府

第一条 登记机关应当核对数据。
"""


def disagreements(records: Collection[Record]) -> list[Issue]:
    return [one for one in records if isinstance(one, Issue) and one.code == "TEXTS_DISAGREE"]


def test_a_text_that_is_no_longer_printed_takes_its_links_and_findings_along():
    first = put(OLDER, "a.txt")
    second = put(NEWER, "b.txt", first.records)
    both = held(first, second)
    assert len(disagreements(both)) == 2
    for text, name, path in ((NEWER, "b.txt", ".a5"), (OLDER, "a.txt", ".a1")):
        third = put(AWAY, name, both)
        left = held(first, second, third)
        assert not disagreements(left)
        now = reference(left, path)
        assert (now.resolved, now.regulation, now.target) == (False, None, None)
        assert text.splitlines()[0] not in [one.title for one in left if isinstance(one, Regulation)]
        again = held(first, second, third, put(text, name, left))
        assert disagreements(again) == disagreements(both)
        assert reference(again, path) == reference(both, path)


def test_an_article_that_is_no_longer_printed_leaves_references_unresolved():
    both = load([File("a.txt", OLDER.encode()), File("b.txt", NEWER.encode())])
    shorter = put(NEWER.replace("第二条 数据", "第七条 数据"), "b.txt", both.records)
    now = reference(held(both, shorter), ".a5")
    assert (now.resolved, now.target) == (False, None)
    assert now.regulation == of(both.records, "细则").id


def test_a_finding_goes_when_the_older_text_no_longer_differs():
    first = put(OLDER, "a.txt")
    second = put(NEWER, "b.txt", first.records)
    both = held(first, second)
    same = OLDER.replace("名称、格式和更新时限", "名称、格式、提供单位和更新时限")
    left = held(first, second, put(same, "a.txt", both))
    assert len(disagreements(left)) == 1


def test_a_page_that_is_no_text_any_more_takes_nothing_away():
    both = load([File("a.txt", OLDER.encode()), File("b.txt", NEWER.encode())])
    broken = put("页面不存在", "b.txt", both.records)
    assert (broken.sources, broken.deletes) == ((), ())
    assert not [one for one in broken.records if isinstance(one, Provision)]
