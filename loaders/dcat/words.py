"""Words of a document as typed values: names by language, dates, frequencies, access rights, formats.

Every function answers None for what it does not know, so that the caller can say where it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from catalog.authority import FREQUENCY, UNKNOWN_FREQUENCY
from catalog.namespaces import EU
from catalog.statements import iri
from catalog.text import fold
from catalog.value import Format, Frequency, Period
from catalog.vocabulary import ClockUnit, FrequencyCode, Openness
from loaders.dcat.graph import Graph, Term, Text, is_blank
from loaders.table import values

LANGUAGES = ("zh-hans", "zh-cn", "zh", "zh-hant", "zh-*", None, "en")
"""The languages a name is taken in, the first that there is; any other comes after these."""
NAMES = ("dct:title", "foaf:name", "skos:prefLabel", "rdfs:label", "vcard:fn", "vcard:organization-name", "dc:title",
         "schema:name", "org:name", "vcard:hasFN")  # fmt: skip
"""The predicates by which a node is named, the first that it has."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|[T ]\d{2}:\d{2}.*)?")
_DURATION = re.compile(r"(?:R\d*/)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:\d+H)?(?:\d+M)?(?:[\d.]+S)?)?")
_SIZE = re.compile(r"(\d{1,15})(?:\.0*)?")
_UNITS = (ClockUnit.YEAR, ClockUnit.MONTH, ClockUnit.WEEK, ClockUnit.CALENDAR_DAY)
_CODES = {f"{EU}frequency/{name}": FrequencyCode(code) for code, name in FREQUENCY.items()}
_CODES |= {f"{EU}frequency/{name}": FrequencyCode.REAL_TIME for name in ("CONT", "UPDATE_CONT")}
_SPANS: dict[str, tuple[int, ClockUnit]] = {
    "BIENNIAL": (2, ClockUnit.YEAR), "TRIENNIAL": (3, ClockUnit.YEAR), "QUADRENNIAL": (4, ClockUnit.YEAR),
    "QUINQUENNIAL": (5, ClockUnit.YEAR), "DECENNIAL": (10, ClockUnit.YEAR), "BIDECENNIAL": (20, ClockUnit.YEAR),
    "TRIDECENNIAL": (30, ClockUnit.YEAR), "BIMONTHLY": (2, ClockUnit.MONTH), "BIWEEKLY": (2, ClockUnit.WEEK),
    "ANNUAL_3": (4, ClockUnit.MONTH),
}  # fmt: skip
_ENGLISH = {
    "continuous": FrequencyCode.REAL_TIME, "continual": FrequencyCode.REAL_TIME, "real-time": FrequencyCode.REAL_TIME,
    "daily": FrequencyCode.DAILY, "weekly": FrequencyCode.WEEKLY, "monthly": FrequencyCode.MONTHLY,
    "quarterly": FrequencyCode.QUARTERLY, "semiannual": FrequencyCode.SEMIANNUAL, "biannual": FrequencyCode.SEMIANNUAL,
    "annual": FrequencyCode.ANNUAL, "annually": FrequencyCode.ANNUAL, "yearly": FrequencyCode.ANNUAL,
    "irregular": FrequencyCode.IRREGULAR, "asneeded": FrequencyCode.IRREGULAR, "notplanned": FrequencyCode.IRREGULAR,
}  # fmt: skip
_DURATIONS = {
    (1, ClockUnit.YEAR): FrequencyCode.ANNUAL, (6, ClockUnit.MONTH): FrequencyCode.SEMIANNUAL,
    (3, ClockUnit.MONTH): FrequencyCode.QUARTERLY, (1, ClockUnit.MONTH): FrequencyCode.MONTHLY,
    (1, ClockUnit.WEEK): FrequencyCode.WEEKLY, (7, ClockUnit.CALENDAR_DAY): FrequencyCode.WEEKLY,
    (1, ClockUnit.CALENDAR_DAY): FrequencyCode.DAILY,
}  # fmt: skip
_RIGHTS = {
    "PUBLIC": Openness.OPEN, "RESTRICTED": Openness.CONDITIONAL, "NON_PUBLIC": Openness.CLOSED,
    "CONFIDENTIAL": Openness.CLOSED, "SENSITIVE": Openness.CLOSED,
}  # fmt: skip
UNKNOWN = f"{EU}frequency/{UNKNOWN_FREQUENCY}"
"""The frequency that says nothing."""


def best(found: Sequence[Term]) -> Text | None:
    """The literal in the language preferred, empty ones never."""
    texts = [each for each in found if isinstance(each, Text) and each.value.strip()]

    return min(texts, key=_rank) if texts else None


def _rank(text: Text) -> int:
    language = text.language
    if language not in LANGUAGES and language is not None and language.startswith("zh"):
        language = "zh-*"
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def label(graph: Graph, node: Term) -> str | None:
    """What a node is called, or the literal that stands in its place."""
    if isinstance(node, Text):
        return node.value.strip() or None
    for predicate in NAMES:
        if found := best(graph.objects(node, predicate)):
            return " ".join(found.value.split())
    return None


def last(iri: str) -> str:
    """The last step of an IRI, readable."""
    step = unquote(iri.rstrip("/#"))
    return step[max(step.rfind("/"), step.rfind("#"), step.rfind(":")) + 1 :]


def date(term: Term) -> dt.date | None:
    """A day, of a date or of a time; a year alone is none."""
    if not isinstance(term, Text):
        return None
    plain = term.value.strip()
    if found := _DAY.fullmatch(plain):
        plain = found[1]
    elif plain.isdigit() and len(plain) != 8:
        return None
    return values.date(plain)


def frequency(graph: Graph, term: Term) -> Frequency | None:
    """How often: by the EU's or Dublin Core's code, as a duration of ISO 8601, in words; OTHER where no code fits."""
    text = label(graph, term)
    if isinstance(term, str):
        text = text or graph.text(term, "rdf:value") or last(term)
        if (code := _CODES.get(term)) is not None:
            return Frequency(code=code, text=code.zh if code is not FrequencyCode.OTHER else text)
        if (span := _SPANS.get(last(term).upper())) is not None:
            return Frequency(code=FrequencyCode.OTHER, text=text, amount=span[0], unit=span[1])
    if text is None:
        return None
    if text.startswith(("P", "R")) and (found := _DURATION.fullmatch(text)):
        given = [(int(number), unit) for number, unit in zip(found.groups(), _UNITS, strict=True) if number]
        if not given and "T" in text:
            return Frequency(code=FrequencyCode.REAL_TIME, text=text)
        if len(given) == 1:
            code = _DURATIONS.get(given[0], FrequencyCode.OTHER)
            amount, unit = given[0] if code is FrequencyCode.OTHER else (None, None)
            return Frequency(code=code, text=text, amount=amount, unit=unit)
    key = fold(last(text) if isinstance(term, str) else text).replace("_", "").removeprefix("freq")
    english = _ENGLISH.get(key)
    return Frequency(code=english, text=text) if english is not None else values.frequency(text)


def openness(graph: Graph, term: Term) -> Openness | None:
    """Access rights by the EU's code, or a word for it."""
    if isinstance(term, str) and term.startswith(f"{EU}access-right/"):
        return _RIGHTS.get(last(term))
    word = label(graph, term) or (last(term) if isinstance(term, str) else "")
    key = fold(word).replace("-", "_").replace("_", "")
    english = {"public": Openness.OPEN, "restrictedpublic": Openness.CONDITIONAL, "restricted": Openness.CONDITIONAL,
               "nonpublic": Openness.CLOSED, "open": Openness.OPEN, "closed": Openness.CLOSED}  # fmt: skip
    return english.get(key) or values.term(word, values.OPENNESS)


def format_(graph: Graph, said: Term | None, media: Term | None) -> Format | None:
    """A distribution's format: its code (the EU's file type, or its word in capitals), label and media type."""
    kind = None
    if media is not None:
        kind = media.value if isinstance(media, Text) else media.partition("/media-types/")[2] or label(graph, media)
        kind = kind.strip() if kind else None
    word = None
    if said is not None:
        word = label(graph, said) or (said if isinstance(said, str) else None)
        if isinstance(said, str):
            word = graph.text(said, "rdf:value") or (last(said) if said.startswith(EU) else word and last(word))
    word = word or (kind.rpartition("/")[2] if kind else None)
    if not word or not word.strip():
        return None
    if "/" in word and kind is None:
        kind, word = word, word.rpartition("/")[2]
    known = values.FORMATS.get(fold(word.lstrip(".")))
    if known is not None and known.code != "OCTET":
        return Format(code=known.code, label=known.label, media_type=kind or known.media_type)
    return Format(code=word.strip().lstrip(".").upper(), label=word.strip(), media_type=kind)


def format_of(graph: Graph, distribution: str) -> Format | None:
    """A distribution's format, with the address and the size of its file."""
    found = format_(
        graph,
        graph.value(distribution, "dct:format", "dc:format"),
        graph.value(distribution, "dcat:mediaType", "schema:encodingFormat"),
    )
    if found is None:
        return None
    url = next((iri(each) for each in graph.iris(distribution, "dcat:downloadURL") if not is_blank(each)), None)
    size = graph.text(distribution, "dcat:byteSize") or ""
    whole = _SIZE.fullmatch(size)
    return replace(found, download_url=url, byte_size=int(whole[1]) if whole else None)


def period(graph: Graph, term: Term | None) -> Period | None:
    """The days that the data is about; None where neither end is a day."""
    if term is None:
        return None
    ends = [
        date(found) if (found := graph.value(term, *names)) is not None else None
        for names in (("dcat:startDate", "schema:startDate"), ("dcat:endDate", "schema:endDate"))
    ]
    return Period(start=ends[0], end=ends[1]) if any(ends) else None


def licence(graph: Graph, node: str) -> str | None:
    """The terms of use: their address, or the words that stand in its place."""
    found = graph.value(node, "dct:license", "schema:license")
    if isinstance(found, str) and not is_blank(found):
        return iri(found)
    return label(graph, found) if found is not None else None
