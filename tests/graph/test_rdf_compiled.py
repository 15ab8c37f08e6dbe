"""The compiled table says what the table says, byte for byte, in every syntax."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import vocabulary as v
from catalog.codec import Row as Held
from catalog.table import ObjectKind
from catalog.value import Format, Frequency, Jurisdiction
from graph.rdf import compiled
from graph.rdf.compiled import Compiled
from graph.rdf.context import Entry
from graph.rdf.nodes import REFERENCES, referenced, subjects
from graph.rdf.profile import DCAT_AP, Profile, adapted
from graph.rdf.program import GAP, program
from graph.rdf.syntax import WRITERS
from graph.rdf.table import TABLE, Node, Row
from tests.graph import rdf_samples
from tests.graph.rdf_samples import PUBLICATION

WORDS = st.sampled_from(
    ["", "名称", "a&b", '"', "换\n行", rdf_samples.NASTY, GAP, f"x{GAP}y", "自然人", "r-slug"]
) | st.text(max_size=6)
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


def rows_of(*resources) -> list[Held]:
    others = [record for record in rdf_samples.ALL if not record.id.startswith("resource/")]
    return rdf_samples.harvested((*others, *resources))


def both(extension: str, rows: list[Held], profile: Profile = DCAT_AP) -> tuple[str, str]:
    """The text of the rows by the compiled table, and by a walk through the table."""
    writer, other = WRITERS[extension](), WRITERS[extension]()
    made = Compiled(PUBLICATION, writer, profile)
    fast = b"".join(made.resource(Entry(PUBLICATION, row), writer)[0] for row in rows).decode()
    return fast, "".join(
        other.subject(node) for row in rows for node in subjects(Entry(PUBLICATION, row), profile.rows)
    )


@pytest.mark.parametrize("extension", WRITERS)
@settings(max_examples=60, deadline=None)
@given(resources=st.lists(RESOURCES, min_size=1, max_size=4))
def test_the_compiled_table_says_what_the_table_says(extension, resources):
    fast, slow = both(extension, rows_of(*resources))
    assert fast == slow


@pytest.mark.parametrize("extension", WRITERS)
def test_what_is_kept_is_bounded_and_says_the_same(extension, monkeypatch):
    monkeypatch.setattr(compiled, "KEPT", 2)
    many = [
        replace(rdf_samples.OPEN, id=f"resource/r-{n}", category=f"类{n % 5}", licence=f"词{n % 5}") for n in range(20)
    ]
    fast, slow = both(extension, rows_of(*many))
    assert fast == slow
    made = Compiled(PUBLICATION, WRITERS[extension]())
    for row in rows_of(*many):
        made.resource(Entry(PUBLICATION, row), WRITERS[extension]())
    assert max(map(len, made.kept)) == max(map(len, made.parts)) == 2


def test_references_are_given_once_and_none_is_lost():
    rows = rows_of(*(r for r in rdf_samples.ALL if r.id.startswith("resource/")))
    made, writer = Compiled(PUBLICATION, WRITERS["nt"]()), WRITERS["nt"]()
    new = []
    for row in rows:
        entry = Entry(PUBLICATION, row)
        new += [node for reference in made.resource(entry, writer)[1] for node in reference.nodes(entry)]
    every = [node for row in rows for node in referenced(Entry(PUBLICATION, row))]
    assert {node.iri for node in new} == {node.iri for node in every}
    assert list(dict.fromkeys(new)) == list(dict.fromkeys(every))
    assert len(new) < len(every)


def adding(*rows: Row) -> Profile:
    return adapted("x", "urn:x", "x", adds=rows)


def test_a_row_that_reads_what_it_does_not_declare_is_an_error_and_never_a_wrong_text():
    undeclared = Row(Node.DATASET, "dct:source", ObjectKind.LITERAL, lambda e: (e.row["contact"],), of=("category",))
    made = Compiled(PUBLICATION, WRITERS["nt"](), adding(undeclared))
    with pytest.raises(KeyError, match="contact"):
        made.resource(Entry(PUBLICATION, rows_of(rdf_samples.OPEN)[0]), WRITERS["nt"]())


@pytest.mark.parametrize("extension", WRITERS)
def test_text_of_a_table_is_text_whatever_letters_it_has(extension):
    odd = "{slug}' + \"\\{{quoted(1)}}\n"
    always = Row(Node.DATASET, "dct:source", ObjectKind.LITERAL, lambda _: (odd,))
    told = Row(Node.DISTRIBUTION, "dct:source", ObjectKind.LANGUAGE, lambda e: (odd, e.row["name"], odd), of=("name",))
    fast, slow = both(extension, rows_of(rdf_samples.OPEN), adding(always, told))
    assert fast == slow


def test_a_row_of_formats_that_does_not_say_so_is_refused():
    numbered = Row(Node.DISTRIBUTION, "dct:source", ObjectKind.LITERAL, lambda e: (str(e.index),))
    with pytest.raises(ValueError, match="differs"):
        program(PUBLICATION, WRITERS["nt"](), adding(numbered))


class Told(dict):
    """A row that tells which properties were asked of it."""

    def __init__(self, row: Held) -> None:
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
