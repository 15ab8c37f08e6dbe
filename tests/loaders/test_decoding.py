import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.decoding import decode
from tests.loaders.texts import RULES

TRADITIONAL = "第一條 為規範資訊共享，根據有關法律、法規規定，制定本辦法。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_text(encoding: str):
    decoded = decode(RULES.encode(encoding), "rules.txt")
    assert decoded.text == RULES
    assert not decoded.issues


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_text(encoding: str):
    assert decode(TRADITIONAL.encode(encoding), "x").text == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY_SOURCE"),
        (b" \r\n\t", "EMPTY_SOURCE"),
        (b"\xef\xbb\xbf", "EMPTY_SOURCE"),
        (b"<html><body></body></html>", "EMPTY_SOURCE"),
        (b"%PDF\0\x01\x02\xff\xfe\xfd", "BINARY_SOURCE"),
        (bytes(range(1, 256)) * 10, "UNDECODABLE_SOURCE"),
    ],
)
def test_what_cannot_be_read_is_an_issue(data: bytes, code: str):
    decoded = decode(data, "bad.txt")
    assert decoded.text is None
    (issue,) = decoded.issues
    assert issue.place
    assert (issue.code, issue.place.source) == (code, "bad.txt")
    assert issue.suggestion


def test_the_limit_is_a_parameter():
    (issue,) = decode(RULES.encode(), "long.txt", limit=100).issues
    assert issue.code == "SOURCE_TOO_LARGE"
    assert "100" in issue.message


def test_a_file_cut_inside_a_character_is_read_with_a_warning():
    decoded = decode(RULES.encode()[:-3], "cut.txt")
    assert decoded.text
    assert decoded.text.endswith("\ufffd")
    assert [issue.code for issue in decoded.issues] == ["DAMAGED_ENCODING"]


def test_a_page_is_its_text():
    page = "<!DOCTYPE html><html><head><meta charset='gb2312'><script>var a='<p>第九条'</script></head><body><p>第一条&nbsp;为&lt;了</p>第二条<br>略</body></html>"
    decoded = decode(page.encode("gbk"), "page.html")
    assert decoded.html
    assert decoded.text
    assert decoded.text.split() == ["第一条", "为<了", "第二条", "略"]


@given(st.binary(max_size=400))
def test_no_bytes_crash(data: bytes):
    decoded = decode(data, "x")
    assert (decoded.text is None) <= bool(decoded.issues)
