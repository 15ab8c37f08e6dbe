"""The compiled table says what the table says, byte for byte, in every syntax."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import vocabulary as v
from catalog.codec import Row
from catalog.value import Format, Frequency, Jurisdiction
from graph.rdf import compiled
from graph.rdf.compiled import GAP, Compiled, References
from graph.rdf.context import Entry
from graph.rdf.nodes import REFERENCES, referenced, subjects
from graph.rdf.syntax import WRITERS
from graph.rdf.table import TABLE
from tests.graph import rdf_samples
from tests.graph.rdf_samples import PUBLICATION

WORDS = st.sampled_from(["", "名称", "a&b", '"', "换\n行", rdf_samples.NASTY, GAP, f"x{GAP}y", "自然人", "r-slug"])
RESOURCES = st.builds(
    replace,
    st.sampled_from([r for r in rdf_samples.ALL if r.id in {"resource/r-1conditional", "resource/r-3open"}]),
    id=st.sampled_from(["resource/r-1", "resource/r-22.x~_", f"resource/{GAP}", "resource/路"]),
    name=WORDS.map(lambda word: word or "名"),
    aliases=st.lists(WORDS, max_size=3).map(tuple),
    code=st.none() | WORDS,
    category=st.none() | WORDS,
    summary=st.none() | WORDS,
    contact=st.none() | WORDS,
    share_condition=st.none() | WORDS,
    share_type=st.sampled_from(v.ShareType),
    open_to_public=st.sampled_from(v.Openness),
    jurisdiction=st.none() | st.builds(Jurisdiction, code=st.none() | WORDS, name=WORDS),
    update_frequency=st.none()
    | st.builds(
        Frequency, code=st.sampled_from(v.FrequencyCode), text=st.just("每"), amount=st.none() | st.integers(1, 9),
        unit=st.none() | st.sampled_from(v.ClockUnit),
    ),
    formats=st.lists(st.builds(Format, code=WORDS, label=WORDS, media_type=st.none() | WORDS), max_size=3).map(tuple),
)  # fmt: skip


def rows_of(*resources) -> list[Row]:
    others = [record for record in rdf_samples.ALL if not record.id.startswith("resource/")]
    return rdf_samples.harvested((*others, *resources))


def both(extension: str, rows: list[Row]) -> tuple[str, str]:
    """The text of the rows by the compiled table, and by a walk through the table."""
    writer, other = WRITERS[extension](), WRITERS[extension]()
    made = Compiled(PUBLICATION, writer)
    fast = "".join(made.text(row, made.keys(row), writer) for row in rows)
    return fast, "".join(other.subject(node) for row in rows for node in subjects(Entry(PUBLICATION, row)))


@pytest.mark.parametrize("extension", WRITERS)
@settings(max_examples=60, deadline=None)
@given(resources=st.lists(RESOURCES, min_size=1, max_size=4))
def test_the_compiled_table_says_what_the_table_says(extension, resources):
    fast, slow = both(extension, rows_of(*resources))
    assert fast == slow


@pytest.mark.parametrize("extension", WRITERS)
def test_what_is_kept_is_bounded_and_says_the_same(extension, monkeypatch):
    monkeypatch.setattr(compiled, "KEPT", 2)
    many = [replace(rdf_samples.OPEN, id=f"resource/r-{n}", category=f"类{n % 5}") for n in range(20)]
    fast, slow = both(extension, rows_of(*many))
    assert fast == slow
    made = Compiled(PUBLICATION, WRITERS[extension]())
    for row in rows_of(*many):
        made.text(row, made.keys(row), WRITERS[extension]())
    held = [len(step.kept) for plan in made._plans for step in plan.steps if isinstance(step, compiled._Run)]
    assert held and max(held) == 2


def test_references_are_given_once_and_none_is_lost():
    rows = rows_of(*(r for r in rdf_samples.ALL if r.id.startswith("resource/")))
    given_once, made = References(), Compiled(PUBLICATION, WRITERS["nt"]())
    new = [node for row in rows for node in given_once.new(Entry(PUBLICATION, row), made.keys(row))]
    every = [node for row in rows for node in referenced(Entry(PUBLICATION, row))]
    assert {node.iri for node in new} == {node.iri for node in every}
    assert list(dict.fromkeys(new)) == list(dict.fromkeys(every))
    assert len(new) < len(every)


class Told(dict):
    """A row that tells which properties were asked of it."""

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> object:
        self.asked.add(name)
        return super().__getitem__(name)


@pytest.mark.parametrize(
    "row", rows_of(*(r for r in rdf_samples.ALL if r.id.startswith("resource/"))), ids=lambda r: r["id"]
)
def test_rows_and_references_read_what_they_declare(row):
    for line in TABLE:
        for index in range(len(row["formats"]) or 1):
            told = Told(row)
            list(line.statements(Entry(PUBLICATION, told, index)))
            assert told.asked <= {"id", *line.of}, line
    for reference in REFERENCES:
        told = Told(row)
        list(reference.nodes(Entry(PUBLICATION, told)))
        assert told.asked <= {"id", *reference.of}
