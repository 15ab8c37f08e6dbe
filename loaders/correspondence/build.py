"""Making a correspondence: its keys and its identifier from what it names."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from catalog.correspondence import Correspondence
from catalog.identifiers import correspondence_id
from catalog.text import fold
from catalog.value import Jurisdiction, Place
from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod


class More(TypedDict, total=False):
    """What a correspondence may say beside the two names."""

    subject_code: str | None
    provider: str | None
    resource_name: str | None
    jurisdiction: Jurisdiction | None
    regulation_title: str | None
    score: int | None
    authority: str | None
    date: dt.date | None
    note: str | None
    objects: tuple[str, ...]


def build(
    source: str | None,
    place: Place | None,
    kind: CorrespondenceKind,
    method: CorrespondenceMethod,
    *,
    subject_name: str,
    object_name: str,
    subject: str | None = None,
    **more: Unpack[More],
) -> Correspondence:
    """A correspondence with its keys and its identifier."""
    names = (subject_name, more.get("subject_code"), more.get("provider"), more.get("resource_name"), subject)
    area = more.get("jurisdiction")
    where = (area.name if area else None, more.get("regulation_title"))
    given = [None if one is None else str(one) for one in (*names, object_name, *where)]
    return Correspondence(
        id=correspondence_id(source, kind.value, *given),
        source=source,
        place=place,
        correspondence_kind=kind,
        method=method,
        subject_name=subject_name,
        object_name=object_name,
        subject_key=fold(subject_name),
        object_key=fold(object_name),
        subject=subject,
        **more,
    )
