import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.numerals import LIMIT, read_numeral, write_numeral


@given(st.integers(0, LIMIT - 1))
def test_what_is_written_is_read_again(number: int):
    assert read_numeral(write_numeral(number)) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str):
    assert (read_numeral(text) or 0) >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("廿一", 21),
        ("卅", 30),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百一十", 110),
        ("二○○四", 2004),
        ("二〇一六", 2016),
        ("１２", 12),
        ("两", 2),
        ("一万零一", 10001),
        ("贰拾", 20),
    ],
)
def test_printed_forms(text: str, number: int):
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", ["", "百条", "一十百", "万万", "甲", "三四十", "-1", "1.5"])
def test_no_numerals(text: str):
    assert read_numeral(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (19, "十九"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (100_010, "十万零一十"),
    ],
)
def test_laws_print(number: int, text: str):
    assert write_numeral(number) == text


def test_too_large_to_write():
    with pytest.raises(ValueError, match="outside"):
        write_numeral(LIMIT)
