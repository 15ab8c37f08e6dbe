"""Resources of earlier sheets: where they stand and what they said, kept as digests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.value import Place
from loaders.table.earlier import Earlier

PLACES = st.builds(
    Place,
    source=st.sampled_from(["a.csv", "b.xlsx"]),
    sheet=st.sampled_from([None, "一", "二"]),
    row=st.integers(1, 2**31),
)
CELLS = st.lists(st.text(max_size=3), max_size=3).map(tuple)


@given(st.dictionaries(st.text(min_size=1), st.tuples(PLACES, CELLS)), st.text(), CELLS)
def test_each_resource_keeps_its_place_and_knows_its_cells(resources, other, cells):
    earlier = Earlier()
    for identifier, (place, own) in resources.items():
        earlier.add(identifier, place, own)
    for identifier, (place, own) in resources.items():
        before = earlier.get(identifier)
        assert before is not None
        assert before.place == place
        assert before.says(own)
        assert before.says(cells) == (cells == own)
    assert (earlier.get(other) is None) == (other not in resources)
