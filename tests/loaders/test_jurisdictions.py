import pytest

from loaders.jurisdictions import place_at_start, places, short_place
from loaders.places import jurisdiction


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("广州市政府信息共享管理规定", "440100"),
        ("吉林省长春市人民政府", "220100"),
        ("抚顺市节约能源管理办法", "210400"),
        ("黑龙江省鹤岗市人民政府办公室", "230400"),
        ("辽宁省政务信息资源", "210000"),
        ("郑州市", "410100"),
        ("北京市朝阳区", "110105"),
        ("朝阳区", None),  # several places bear the name
        ("示例市", None),
        ("", None),
    ],
)
def test_the_place_a_text_begins_with(text: str, code: str | None):
    found = place_at_start(text)
    assert (found[0].code if found else None) == code


def test_levels_and_short_names():
    assert places()["辽宁省"][0].level == "province"
    assert places()["广州市"][0].level == "city"
    assert [short_place(name) for name in ("广州市", "辽宁省", "广西壮族自治区", "景县")] == [
        "广州",
        "辽宁",
        "广西",
        "景县",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("广州市公安局", ("440100", "广州市")),
        ("廣州市公安局", ("440100", "广州市")),
        ("４４０１００", ("440100", "广州市")),
        ("440104000000", ("440104", "越秀区")),
        ("999999", None),
        ("示例市", (None, "示例市")),
        ("示例市民政局", (None, "示例市")),
        ("範例縣醫療保障局", (None, "范例县")),
        ("示例自治州民政局", (None, "示例自治州")),
        ("国家市场监督管理总局", None),
        ("县级市场监管局", None),
        ("市民政局", None),
        ("城市管理局", None),
        ("智慧城市运营中心", None),
        ("阳光社区服务中心", None),
    ],
)
def test_the_place_of_an_agency(text: str, place: tuple[str | None, str] | None):
    found = jurisdiction(text)
    assert (found and (found.code, found.name)) == place
