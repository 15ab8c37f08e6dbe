"""Names count once, whether they are in memory or on disk."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from graph.rdf.once import Once


@given(st.lists(st.text(max_size=2)), st.integers(1, 5))
def test_a_name_is_new_the_first_time_and_never_again(names, held):
    once, seen = Once(held), set()
    for name in names:
        assert once.new(name) is (name not in seen)
        seen.add(name)


def test_memory_does_not_grow_with_the_names():
    def most(count: int) -> int:
        tracemalloc.start()
        try:
            once = Once(100)
            assert all(once.new(f"https://data.example.cn/{number}") for number in range(count))
            assert not any(once.new(f"https://data.example.cn/{number}") for number in range(count))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most(3000) < most(300) * 1.2
