"""The twelve rules, in the order of the contract, and the version under which stores remember to have run them."""

from __future__ import annotations

from graph.gaps import (
    duplicate_collection,
    duty_unregistered,
    fields_missing,
    incomplete_metadata,
    lapsed_basis,
    no_basis,
    no_identity_key,
    no_provider,
    no_responsible_person,
    refused_demand,
    reply_overdue,
    stale,
)
from graph.gaps.rule import Rule

RULES: tuple[Rule, ...] = (
    duty_unregistered.RULE,
    fields_missing.RULE,
    no_provider.RULE,
    refused_demand.RULE,
    duplicate_collection.RULE,
    no_basis.RULE,
    lapsed_basis.RULE,
    no_identity_key.RULE,
    stale.RULE,
    incomplete_metadata.RULE,
    no_responsible_person.RULE,
    reply_overdue.RULE,
)
VERSION = "3"
"""To be raised whenever a rule changes: a store whose gaps are of another version works them all out anew."""
