"""Chinese numerals, both ways: 二十一, 〇○零, 廿卅, 百千万, digits one by one (二○○四), full-width digits.

One table for both directions, so that what is written can be read again.
"""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
LIMIT = 100_000_000
"""One more than the largest number that is written (九千九百九十九万九千九百九十九)."""

_VALUES = {letter: value for value, letter in enumerate(DIGITS)} | {
    "〇": 0, "○": 0, "◯": 0, "Ｏ": 0, "两": 2, "兩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_FORMAL = str.maketrans("拾佰仟萬", "十百千万")
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

LETTERS = "零〇○◯一二两三四五六七八九十百千万廿卅卌0-9０-９"
"""The inside of a character class that matches a numeral as laws number their parts."""


def read_numeral(text: str) -> int | None:
    """The number that a numeral means, or None where it is no numeral (or past what a law could mean)."""
    text = text.translate(_WIDTH).translate(_FORMAL)
    if not text or len(text) > 20:
        return None
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 9 else None
    head, many, tail = text.partition("万")
    if many:
        high, low = _below_ten_thousand(head), _below_ten_thousand(tail) if tail else 0
        return None if high is None or low is None or "万" in tail else high * 10_000 + low
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    if not any(letter in UNITS or letter in TENS for letter in text):
        return _digit_by_digit(text)
    total, digit, ceiling = 0, None, 10_000
    for letter in text:
        if letter in _VALUES:
            value = _VALUES[letter]
            if digit:
                return None
            digit = value
        elif letter in TENS:
            if ceiling <= 10 or digit:
                return None
            total, digit, ceiling = total + TENS[letter], None, 10
        elif letter in UNITS and UNITS[letter] < ceiling:
            ceiling = UNITS[letter]
            total, digit = total + (digit or 1) * ceiling, None
        else:
            return None
    return total + (digit or 0)


def _digit_by_digit(text: str) -> int | None:
    """二○○四 is 2004, as years are printed; also the single digit."""
    if not text:
        return None
    values = [_VALUES.get(letter, int(letter) if letter in "0123456789" else None) for letter in text]
    if len(values) > 9 or None in values:
        return None
    return int("".join(map(str, values)))


def write_numeral(number: int) -> str:
    """The numeral that laws print: 10 is 十, 21 二十一, 105 一百零五, 110 一百一十."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} is outside 0 … {LIMIT - 1}")
    if number < 10_000:
        return _write(number)
    high, low = divmod(number, 10_000)
    joint = "零" if 0 < low < 1000 else ""
    return f"{_write(high)}万{joint}{_write(low, inner=True) if low else ''}"


def _write(number: int, *, inner: bool = False) -> str:
    if number < 10:
        return DIGITS[number]
    out, gap = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif out:
            gap = True
    return out[1:] if out.startswith("一十") and not inner else out
