"""Revisions: the catalogue's own time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.vocabulary import ChangeKind, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One atomic change of the catalogue (修订): its number (from 1), when, by whom, and its change set's own id."""

    number: int
    at: dt.datetime
    actor: str
    change_set: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a change set does to the records of one kind."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The answer to applying a change set.

    ``revision`` is the store's revision afterwards: unchanged where nothing changed or the run was dry. ``repeated``
    says that this change set's id had been applied before.
    """

    revision: int
    counts: Mapping[Kind, Tally] = field(default_factory=dict)
    repeated: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was, or in a dry run would be, created, updated or deleted."""
        return any(tally.created or tally.updated or tally.deleted for tally in self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a record's earlier versions: in which revision the last of them ended, and when.

    Where any was cleared for publication, which ``cleared`` says, the last of those counts: since then nobody sees it.
    """

    revision: int
    at: dt.datetime
    cleared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record's change in one revision, as the log keeps it.

    ``announced`` says that a dataset's record was not written, and that what it names is called otherwise now.
    """

    revision: int
    at: dt.datetime
    actor: str
    kind: Kind
    id: str
    change: ChangeKind
    source: str | None = None
    announced: bool = False
