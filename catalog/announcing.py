"""When a dataset is announced though its record was not written: what its published description names has a new name.

A description (``dct:description``, and the nodes beside it) names the agencies that are responsible, the provisions
that it rests on, and the datasets it is related to as far as these are public. Pure; the stores note in the log which
datasets a change set makes say something else.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.record import Record
from catalog.vocabulary import Kind

ANNOUNCED = "ANNOUNCED"
"""The word of the log for such a dataset, beside those of :class:`catalog.vocabulary.ChangeKind`."""
SAID: Mapping[Kind, tuple[str, ...]] = {
    Kind.AGENCY: ("name", "credit_code"),
    Kind.REGULATION: ("title",),
    Kind.PROVISION: ("label", "provision_kind"),
    Kind.RESOURCE: ("cleared",),
}
"""What the harvest view says of the records that a dataset names; of other kinds it says nothing."""
NAMED_BY: Mapping[Kind, str] = {
    Kind.AGENCY: "responsibilities.agency",
    Kind.REGULATION: "basis.regulation",
    Kind.PROVISION: "basis.provision",
    Kind.RESOURCE: "related",
}
"""By which reference of the dataset it names them. It names a regulation through its provisions too."""


def said_otherwise(old: Record, new: Record) -> bool:
    """Whether datasets that name a record say something else than before."""
    return any(getattr(old, name) != getattr(new, name) for name in SAID.get(new.kind, ()))
