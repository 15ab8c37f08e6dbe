"""The concepts that closed vocabularies map to: EU authority tables where there is one, our own schemes elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.vocabulary import ClockUnit, FrequencyCode, Openness, ShareType
from graph.rdf.terms import EU

ACCESS_RIGHT: Mapping[str, str] = {
    Openness.OPEN: "PUBLIC",
    Openness.CONDITIONAL: "RESTRICTED",
    Openness.CLOSED: "NON_PUBLIC",
    Openness.UNDECLARED: "NON_PUBLIC",
}
"""Openness as the EU's access rights. What nobody declared open is not announced as open."""

FREQUENCY: Mapping[str, str] = {
    FrequencyCode.REAL_TIME: "UPDATE_CONT",
    FrequencyCode.DAILY: "DAILY",
    FrequencyCode.WEEKLY: "WEEKLY",
    FrequencyCode.MONTHLY: "MONTHLY",
    FrequencyCode.QUARTERLY: "QUARTERLY",
    FrequencyCode.SEMIANNUAL: "ANNUAL_2",
    FrequencyCode.ANNUAL: "ANNUAL",
    FrequencyCode.IRREGULAR: "IRREG",
    FrequencyCode.OTHER: "OTHER",
}
UNKNOWN_FREQUENCY = "UNKNOWN"

INTERVAL: Mapping[str, tuple[int, str]] = {
    ClockUnit.CALENDAR_DAY: (1, "D"),
    ClockUnit.WEEK: (7, "D"),
    ClockUnit.MONTH: (1, "M"),
    ClockUnit.QUARTER: (3, "M"),
    ClockUnit.YEAR: (1, "Y"),
}
"""The units that ``xsd:duration`` can say: working days it cannot."""

THEME: Mapping[str, str] = {"自然人": "SOCI", "法人和其他组织": "ECON"}
"""Categories that the EU's data themes have a word for; everything else is GOVE, government."""
OTHER_THEME = "GOVE"

SHARE_TYPE: Mapping[str, str] = {
    ShareType.UNCONDITIONAL: "unconditional",
    ShareType.CONDITIONAL: "conditional",
    ShareType.NOT_SHARED: "not-shared",
    ShareType.UNDECLARED: "undeclared",
}

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
