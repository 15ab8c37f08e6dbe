"""What closed vocabularies are called in RDF: the EU's authority tables where there is one, else our own schemes.

Written by the export and read back by the loader.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.vocabulary import ClockUnit, FrequencyCode, Openness, ShareType

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

OPENNESS: Mapping[Openness, str] = {
    Openness.OPEN: "向社会开放",
    Openness.CONDITIONAL: "有条件开放",
    Openness.CLOSED: "不向社会开放",
    Openness.UNDECLARED: "开放属性未声明",
}
"""Openness in the sentence of a distribution's rights."""

CATALOGUE_AGENT = "org/catalogue"
"""The agent that publishes what no agency is responsible for: the catalogue itself."""
