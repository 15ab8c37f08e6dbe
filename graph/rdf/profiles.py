"""The profiles there are, by name."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.errors import BadInput
from graph.rdf.national import NATIONAL
from graph.rdf.profile import DCAT_AP, Profile

PROFILES: Mapping[str, Profile] = {each.name: each for each in (DCAT_AP, NATIONAL)}
"""The first is what harvesters get unless they ask for another. A new profile is a module with a table, named here."""


def profile(name: str, view: str = "harvest") -> Profile:
    """The profile of a name. Raises BadInput for none, and for the full view of any but the first."""
    if name not in PROFILES:
        raise BadInput(f"profile={name[:50]!r} is no profile", suggestion=f"give one of {', '.join(PROFILES)}")
    if view != "harvest" and PROFILES[name] is not DCAT_AP:
        raise BadInput(f"the {view} view has no profile {name}", suggestion="ask for the harvest view")
    return PROFILES[name]
