"""Correspondences: on whose word something registered stands for what the law names."""

from __future__ import annotations

import datetime as dt

from catalog.vocabulary import CorrespondenceKind, CorrespondenceMethod, Kind
from schema.types.base import Node, derived, record
from schema.types.origin import Origination, source_field
from schema.types.value import Jurisdiction


@record(Kind.CORRESPONDENCE)
class Correspondence(Node):
    """That something registered corresponds to what the law or another catalogue names, and who says so (对应关系)."""

    correspondence_kind: CorrespondenceKind
    method: CorrespondenceMethod
    subject_name: str
    subject_code: str | None
    provider: str | None
    resource_name: str | None
    object_name: str
    jurisdiction: Jurisdiction | None
    regulation_title: str | None
    score: int | None
    authority: str | None
    date: dt.date | None
    note: str | None
    resolved: bool = derived(
        lambda found, info: bool(found.row["subject"] and found.row["objects"]),
        "Whether both sides are loaded, so that it counts (已解析).",
        "subject",
        "objects",
    )
    subject: Node | None
    objects: list[Node]
    source: Origination | None = source_field()
