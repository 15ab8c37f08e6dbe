"""Substring search by pairs of characters in FTS5.

SQLite's own trigram index silently finds nothing for needles of one or two characters, and its tokenizers split at
punctuation. So each character becomes four letters and digits, each pair of neighbours one token, and the last
character a token with an end mark: every substring is a phrase of whole tokens, and one character a token's prefix.
"""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_END = "zzzz"  # beyond the last code point: no character is written so


class _Letters(dict[str, str]):
    """Characters as four base-36 digits, worked out once each."""

    def __missing__(self, letter: str) -> str:
        rest, digits = ord(letter), ""
        for _ in range(4):
            rest, digit = divmod(rest, 36)
            digits = _DIGITS[digit] + digits
        self[letter] = digits
        return digits


_LETTERS = _Letters()


def grams(folded: str) -> str:
    """The text of the full-text index for a folded text."""
    letters = [_LETTERS[letter] for letter in folded]
    return " ".join(map(str.__add__, letters, [*letters[1:], _END]))


def needle(folded: str) -> str:
    """The FTS5 query that finds every text which contains the folded text, which is not empty."""
    letters = [_LETTERS[letter] for letter in folded]
    if len(letters) == 1:
        return f"{letters[0]}*"
    return '"' + " ".join(map(str.__add__, letters, letters[1:])) + '"'
