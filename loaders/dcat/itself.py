"""What a record of our own export says it fills, fulfils and relates to, as correspondences by identifier."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.agency import Agency
from catalog.correspondence import Correspondence
from catalog.record import Record
from catalog.resource import Resource
from catalog.source import Source
from catalog.value import Place
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Origin
from loaders.correspondence.build import build


def said_of_itself(record: Record, source: Source) -> Iterator[Correspondence]:
    """The correspondences of an agency or a registered resource: links follow from these alone."""
    said: tuple[tuple[CorrespondenceKind, tuple[str, ...]], ...]
    if isinstance(record, Agency):
        said = ((CorrespondenceKind.FILLS, record.fills),)
    elif isinstance(record, Resource) and record.origin is Origin.REGISTERED:
        said = ((CorrespondenceKind.FULFILS, record.fulfils), (CorrespondenceKind.RELATES, record.related))
    else:
        return
    for kind, targets in said:
        for target in targets:
            yield build(
                source.id,
                Place(source=source.path),
                kind,
                CorrespondenceMethod.COLUMN,
                subject_name=record.name,
                object_name=target,
                subject=record.id,
            )
