"""What the names of a correspondence denote in the catalogue as it is: one registered thing, and what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.agency import Agency
from catalog.correspondence import Correspondence
from catalog.resource import Resource
from catalog.text import fold
from catalog.vocabulary import AgencyKind, CorrespondenceKind, CorrespondenceMethod
from loaders.correspondence.wanted import parts
from loaders.correspondence.world import World, same_place
from loaders.table.items import meaning_of

_LATER = "it is linked as soon as a file that has it is loaded; check the name"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was found, and where something was not: what, and what to do."""

    subject: str | None = None
    objects: tuple[str, ...] = ()
    problem: tuple[str, str] | None = None


def resolve(world: World, one: Correspondence) -> Resolved:
    """The subject and the objects of a correspondence, by exact folded names and codes; several answers are none.

    On the other side an identifier names its record too: our own exports say by it what a catalogue says of itself.
    """
    subjects, what = _subjects(world, one)
    if len(subjects) != 1:
        if not subjects:
            return Resolved(problem=(f"nothing registered is {what}", _LATER))
        told = (
            "give 登记代码 or 登记部门" if one.correspondence_kind is not CorrespondenceKind.FILLS else "give 登记代码"
        )
        return Resolved(problem=(f"{len(subjects)} answer to {what}: {', '.join(subjects)}", told))
    subject = subjects[0]
    objects, problem = _OBJECTS[one.correspondence_kind](world, one, subject)
    return Resolved(subject, tuple(objects), problem)


def _subjects(world: World, one: Correspondence) -> tuple[list[str], str]:
    what = f"{one.subject_code or one.subject_name!r}"
    if one.correspondence_kind is CorrespondenceKind.FILLS:
        if one.method is CorrespondenceMethod.COLUMN and one.subject is not None:
            return [one.subject] if one.subject in world.agencies else [], f"called {what}"
        return [each.id for each in world.bodies(one.subject_name, one.subject_code)], f"called {what}"
    if one.method is CorrespondenceMethod.COLUMN and one.subject is not None:
        return [one.subject] if one.subject in world.resources else [], f"called {what}"
    provider = f" of {one.provider}" if one.provider else ""
    if one.correspondence_kind is CorrespondenceKind.MEANS:
        resources = world.registered(one.subject_code or one.resource_name or "", one.provider)
        found = [item.id for each in resources for item in world.items(each.id, one.subject_name)]
        return found, f"a field {one.subject_name!r} in {one.resource_name!r}{provider}"
    return [
        each.id for each in world.registered(one.subject_code or one.subject_name, one.provider)
    ], f"{what}{provider}"


def _offices(world: World, one: Correspondence, subject: str) -> tuple[Sequence[str], tuple[str, str] | None]:
    if one.object_name in world.agencies:
        return [one.object_name], None
    body = world.agencies[subject]
    named = list(world.called(one.object_name))
    found: list[Agency] = [each for each in named if each.agency_kind is not AgencyKind.BODY] or named
    place = one.jurisdiction or body.jurisdiction
    there = [each for each in found if same_place(each.jurisdiction, place)]
    if place is not None and (there or one.jurisdiction):
        found = there
    if len(found) == 1:
        return [found[0].id], None
    if not found:
        return (), (f"no loaded text or catalogue names {one.object_name!r} there", _LATER)
    return (), (f"{one.object_name!r} names {len(found)} offices", "give 对应行政区划")


def _duties(world: World, one: Correspondence, subject: str) -> tuple[Sequence[str], tuple[str, str] | None]:
    place = one.jurisdiction or world.resources[subject].jurisdiction
    title = fold(one.regulation_title or "").strip("《》")
    found: list[Resource] = [
        each
        for part in parts(one)
        for each in world.laid_down(part)
        if part == each.id
        or (
            (place is None or each.jurisdiction is None or same_place(each.jurisdiction, place))
            and (not title or world.titles.get(each.regulation or "") == title)
        )
    ]
    if found:
        return sorted({each.id for each in found}), None
    what = f"no loaded regulation assigns a resource called {one.object_name!r} there"
    return (), (what, "load the regulation that assigns it; it is linked then")


def _elements(world: World, one: Correspondence, subject: str) -> tuple[Sequence[str], tuple[str, str] | None]:
    means = meaning_of(one.object_name, "")
    assert means is not None  # it has a name
    return [means.id], None


def _related(world: World, one: Correspondence, subject: str) -> tuple[Sequence[str], tuple[str, str] | None]:
    found: list[Resource] = []
    for part in parts(one):
        named = [each for each in world.registered(part) if each.id != subject]
        providers = {held.agency for held in world.resources[subject].responsibilities}
        own = [each for each in named if any(held.agency in providers for held in each.responsibilities)]
        named = own if len(named) > 1 else named
        if len(named) == 1:
            found += named
    if found:
        return sorted({each.id for each in found}), None
    return (), (f"no one registered resource has the code or name {one.object_name!r}", _LATER)


_OBJECTS = {
    CorrespondenceKind.FILLS: _offices,
    CorrespondenceKind.FULFILS: _duties,
    CorrespondenceKind.MEANS: _elements,
    CorrespondenceKind.RELATES: _related,
}
