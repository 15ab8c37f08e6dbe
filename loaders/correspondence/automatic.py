"""The links that equal names make by themselves. Everything less is only suggested.

- A registered body fills a statutory office of its own place where the two names are the same, or the same once the
  place and the level are left out (示例市公安局 and 市公安局). 民政局 and 民政部门 are not the same name: a mapping
  file has to say that.
- A registered resource fulfils a statutory one of its own place where the names are the same and its provider is, or
  fills, an agency that the law makes responsible for it. Equal names of a stranger are only suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.agency import Agency
from catalog.correspondence import Correspondence
from catalog.resource import Resource
from catalog.text import fold
from catalog.vocabulary import AgencyKind, CorrespondenceKind, CorrespondenceMethod, Origin
from loaders.correspondence.build import build
from loaders.correspondence.names import bare
from loaders.correspondence.world import World, same_place

OFFICES = frozenset({AgencyKind.OFFICE, AgencyKind.GOVERNMENT})


def offices(world: World) -> Iterator[Correspondence]:
    """The offices that bodies fill by their names alone."""
    by_name: dict[str, list[Agency]] = {}
    for office in world.agencies.values():
        if office.agency_kind in OFFICES and office.jurisdiction is not None:
            by_name.setdefault(bare(office.name, office.jurisdiction), []).append(office)
    for body in world.agencies.values():
        if body.agency_kind is not AgencyKind.BODY or body.jurisdiction is None:
            continue
        for office in by_name.get(bare(body.name, body.jurisdiction), ()):
            if same_place(body.jurisdiction, office.jurisdiction):
                same = fold(body.name) == fold(office.name)
                yield _made(CorrespondenceKind.FILLS, body, office, exact=same)


def duties(world: World, resource: Resource, fills: Mapping[str, set[str]]) -> Iterator[Correspondence]:
    """The statutory resources that a registered one fulfils by its name, since its provider is who must provide it."""
    if resource.origin is not Origin.REGISTERED:
        return
    standing = {each for held in resource.responsibilities for each in (held.agency, *fills.get(held.agency, ()))}
    found = [
        duty
        for duty in world.laid_down(resource.name)
        if fold(duty.name) == fold(resource.name)
        and same_place(duty.jurisdiction, resource.jurisdiction)
        and any(held.agency in standing for held in duty.responsibilities)
    ]
    if found:
        yield _made(CorrespondenceKind.FULFILS, resource, *found, exact=True)


def _made(kind: CorrespondenceKind, one: Agency | Resource, *others: Agency | Resource, exact: bool) -> Correspondence:
    return build(
        None,
        None,
        kind,
        CorrespondenceMethod.EXACT if exact else CorrespondenceMethod.NORMALISED,
        subject_name=one.name,
        object_name=others[0].name,
        subject=one.id,
        score=100 if exact else 90,
        jurisdiction=others[0].jurisdiction,
        objects=tuple(sorted(other.id for other in others)),
    )
