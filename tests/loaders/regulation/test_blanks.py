"""The listed blanks are those that the pattern matches."""

from __future__ import annotations

import re

from loaders.regulation.reading import BLANKS, WHITE


def test_the_listed_blanks_are_all_that_print_as_nothing():
    assert "".join(letter for letter in map(chr, range(0x10000)) if re.match(rf"[{WHITE}]", letter)) == BLANKS
