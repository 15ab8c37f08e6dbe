"""The concepts that closed vocabularies map to (:mod:`catalog.authority`), with the types and labels of their nodes."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.authority import ACCESS_RIGHT, FREQUENCY, INTERVAL, OTHER_THEME, SHARE_TYPE, THEME, UNKNOWN_FREQUENCY
from graph.rdf.terms import EU

CLASSES: Mapping[str, tuple[str, ...]] = {
    f"{EU}access-right": ("dct:RightsStatement", "skos:Concept"),
    f"{EU}frequency": ("dct:Frequency", "skos:Concept"),
    f"{EU}data-theme": ("skos:Concept",),
    f"{EU}file-type": ("dct:MediaTypeOrExtent", "skos:Concept"),
    f"{EU}language": ("dct:LinguisticSystem", "skos:Concept"),
}
"""The types that nodes of each authority table carry, so that harvesters know them without fetching anything."""

LABELS: Mapping[str, str] = {
    "access-right/PUBLIC": "public",
    "access-right/RESTRICTED": "restricted",
    "access-right/NON_PUBLIC": "non-public",
    "frequency/UPDATE_CONT": "continuously updated",
    "frequency/DAILY": "daily",
    "frequency/WEEKLY": "weekly",
    "frequency/MONTHLY": "monthly",
    "frequency/QUARTERLY": "quarterly",
    "frequency/ANNUAL_2": "semiannual",
    "frequency/ANNUAL": "annual",
    "frequency/IRREG": "irregular",
    "frequency/OTHER": "other",
    "frequency/UNKNOWN": "unknown",
    "data-theme/SOCI": "Population and society",
    "data-theme/ECON": "Economy and finance",
    "data-theme/GOVE": "Government and public sector",
    "language/ZHO": "Chinese",
}

__all__ = [
    "ACCESS_RIGHT", "CLASSES", "FREQUENCY", "INTERVAL", "LABELS", "OTHER_THEME", "SHARE_TYPE", "THEME",
    "UNKNOWN_FREQUENCY",
]  # fmt: skip
