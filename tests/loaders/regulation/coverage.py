"""The guarantees of a parse, as one check that tests share."""

from __future__ import annotations

from catalog.regulation import Provision
from loaders.regulation.document import parse
from loaders.regulation.records import records
from loaders.regulation.tree import Document


def outline(document: Document) -> list[tuple]:
    """What a scrape must not change: everything but spans and verbatim text."""
    return [
        (
            act.title,
            [(node.kind, node.path, node.label, node.ordinal, node.heading, node.reading.text) for node in act.walk()],
        )
        for act in document.acts
    ]


def assert_lossless(source: str) -> Document:
    """Parse, make records, and check every promise that does not depend on what the source says."""
    document, issues = parse(source, "source.txt")
    made, _ = records(document, "source/test")
    covered = bytearray(len(source))

    def cover(start: int, end: int) -> None:
        assert 0 <= start < end <= len(source)
        covered[start:end] = b"\1" * (end - start)

    for act in document.acts:
        paths = [node.path for node in act.walk()]
        assert len(paths) == len(set(paths))
        for node in act.walk():
            assert node.reading.text
            offsets = node.reading.offsets
            assert (offsets[0], offsets[len(node.reading.text)]) == (node.start, node.end)
            if "\n" in source:
                assert node.line == source.count("\n", 0, node.start) + 1
            at = node.start
            for child in node.children:
                assert at <= child.start < child.end <= node.end
                at = child.end
        at = 0
        for node in act.provisions:
            assert at <= node.start
            at = node.end
            cover(node.start, node.end)
        for part in act.front:
            cover(part.start, part.end)
            assert part.reason
    for stretch in document.noise:
        cover(stretch.start, stretch.end)
        assert stretch.reason
    assert not [source[at] for at in range(len(source)) if not covered[at] and not source[at].isspace()]
    for record in made:
        if isinstance(record, Provision):
            assert record.text == source[record.span.start : record.span.end]
    for items in (made, issues):
        assert len({item.id for item in items}) == len(items)
    return document
