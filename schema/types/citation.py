"""Citations, references, and how texts relate: everything that leads to a provision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog import value
from catalog.codec import Row
from catalog.vocabulary import LegalStatus, RegulationRelationKind
from schema import law
from schema.arguments import On
from schema.context import Info
from schema.plans import Reach, Viewed, Wish, fill
from schema.selection import Selected
from schema.types.base import Value, derived, planned, record, with_plan
from schema.types.lazy import ProvisionType, RegulationType
from schema.types.value import Span

if TYPE_CHECKING:
    from schema.compiled.body import Body


def _want_status(wish: Wish, selected: Selected) -> None:
    law.want_text(wish)


def _status(citation: Value, info: Info) -> LegalStatus:
    return law.status(citation.row, citation.on)


@record(value.Citation)
class Citation(Value):
    """What something rests on: a provision, where it is loaded, and the citing text (依据)."""

    provision: ProvisionType | None
    regulation: RegulationType | None
    text: str
    status: LegalStatus = derived(_status, "The standing of the text on the date asked (效力状态).", wants=_want_status)


@record(value.Reference)
class Reference(Value):
    """A place in a provision that names another provision or text (引用)."""

    text: str
    span: Span
    target: ProvisionType | None
    regulation: RegulationType | None
    resolved: bool


@record(value.RegulationRelation)
class RegulationRelation(Value):
    """How one text relates to another, which is linked once it is loaded (法规关系)."""

    kind: RegulationRelationKind
    regulation: RegulationType | None
    title: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation that is always there: where the record has none, its own text, which leads to no provision."""

    def want(self, wish: Wish, field: Selected) -> None:
        wish.need("text")
        fill(wish.reach("citation", value=True), field.select())

    def resolve(self, parent: Viewed, info: Info) -> Any:
        return Citation(row=self.held(parent.row), on=parent.on)

    def write(self, body: Body, field: Selected) -> str:
        return body.value(f"{body.constant(self)}.held(r)", field)

    def held(self, row: Row) -> Row:
        """The citation's row."""
        return row["citation"] or {"text": row["text"], "provision": None, "regulation": None}


def cited() -> Any:
    """The field ``citation`` of rules and clocks."""
    return planned(_Cited(), "The provision it rests on (依据).")


def basis(self: Any, info: Info, on: On = None) -> Any:
    """Resolves ``basis(on:)``."""
    return _BASIS.resolve(self, info)


_BASIS = Reach("basis", value=True)


def basis_field() -> Any:
    """The field ``basis(on:)``: the citations, each with its standing on that date."""
    return with_plan(_BASIS, basis, "The provisions it rests on, with their standing on a date (依据).")


__all__ = ["Citation", "Reference", "RegulationRelation", "basis_field"]
