from __future__ import annotations

from typing import cast

import pytest

from catalog.records import RECORDS
from catalog.relations import INVERSES, Inverse
from catalog.table import by_name, reference_paths, rows, value_rows
from catalog.value import RegulationRelation, Responsibility
from catalog.vocabulary import Kind

CASES = [pytest.param(kind, name, inverse, id=f"{kind}.{name}") for (kind, name), inverse in INVERSES.items()]


@pytest.mark.parametrize(("kind", "name", "inverse"), CASES)
def test_every_path_exists_and_leads_here(kind, name, inverse):
    for holder, paths in inverse.holders:
        found = {path.dotted: path.ref for path in reference_paths(holder)}
        assert set(paths) <= set(found)
        assert all(kind in found[path].kinds for path in paths)


@pytest.mark.parametrize(("kind", "name", "inverse"), CASES)
def test_the_order_is_of_properties_that_every_holder_has(kind, name, inverse):
    for holder, _ in inverse.holders:
        assert set(inverse.order) <= set(by_name(holder))


@pytest.mark.parametrize(("kind", "name", "inverse"), CASES)
def test_an_inverse_is_no_property_too(kind, name, inverse):
    assert name not in by_name(kind)


@pytest.mark.parametrize(("kind", "name", "inverse"), [case for case in CASES if cast("Inverse", case.values[2]).value])
def test_values_are_found_under_their_property_and_name_their_holder(kind, name, inverse):
    ((holder, (path,)),) = inverse.holders
    assert path.split(".")[0] == inverse.value
    assert by_name(holder)[inverse.value].value_class in (Responsibility, RegulationRelation)
    assert inverse.holder_key not in {row.name for row in value_rows(Responsibility)}


def test_whoever_cites_a_provision_is_found_from_it():
    """Gaps are derived and are not citing; a source's own structure (parent) is not a citation."""
    named = {(kind, path) for kind, paths in INVERSES[Kind.PROVISION, "cited_by"].holders for path in paths}
    every = {
        (kind, path.dotted)
        for kind in RECORDS
        if kind is not Kind.GAP
        for path in reference_paths(kind)
        if path.ref.kinds == (Kind.PROVISION,) and path.dotted != "parent"
    }
    assert named == every


def test_keys_are_kinds_with_rows():
    assert {kind for kind, _ in INVERSES} <= {kind for kind in RECORDS if rows(kind)}
