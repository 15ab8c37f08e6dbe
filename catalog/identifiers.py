"""Identifiers: minted once from what a thing *is*, never from where it was found.

An identifier is ``kind/slug``, the path after ``/id/`` in its IRI. Slugs are lower-case ASCII and stay different when
white space, punctuation and marks are dropped (NFKD, ``\\W`` removed, lower case), which real harvesters do. The same
source loaded again, or a mirror of it in another script, width or layout, mints the same identifiers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from catalog.errors import BadInput
from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import Kind

SEGMENTS: dict[Kind, str] = {
    Kind.RESOURCE: "resource",
    Kind.FIELD: "field",
    Kind.AGENCY: "org",
    Kind.DATA_ELEMENT: "element",
    Kind.REGULATION: "law",
    Kind.PROVISION: "law",
    Kind.CONDITION: "policy",
    Kind.CLOCK: "clock",
    Kind.DEMAND: "demand",
    Kind.GAP: "gap",
    Kind.SOURCE: "source",
    Kind.ISSUE: "issue",
    Kind.CORRESPONDENCE: "correspondence",
}
"""The first segment of each kind's identifiers. A provision's slug has a full stop, a regulation's has none."""

LEVELS = {"t": "编", "c": "章", "s": "节", "a": "条", "p": "款", "i": "项", "u": "目"}
"""What the letters in a provision's path stand for (:func:`provision_id`)."""

_SLUG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._~-]*")
_WORD = re.compile(r"[0-9a-z]+")
_KINDS = {segment: kind for kind, segment in SEGMENTS.items() if kind is not Kind.PROVISION}


@lru_cache(maxsize=1 << 12)  # agencies and provisions are named again and again
def token(*parts: str | int | None) -> str:
    """Sixteen lower-case letters and digits that stand for the folded parts (80 bits of BLAKE2b, base32hex)."""
    return _digits("\x1f".join("" if part is None else _folded(str(part)) for part in parts))


def _digits(joined: str) -> str:
    number = int.from_bytes(hashlib.blake2b(joined.encode(), digest_size=10).digest(), "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(70, -1, -10)])


_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_PAIRS = [high + low for high in _DIGITS for low in _DIGITS]
"""base32hex two digits at a time: three times as fast as the standard library's, which is written in Python too."""


def _folded(part: str) -> str:
    return _short(part) if len(part) < 64 else fold(part)


@lru_cache(maxsize=20_000)
def _short(part: str) -> str:
    """Names come again and again in a catalogue; long texts do not, and are not kept."""
    return fold(part)


def slug(identifier: str) -> str:
    """The part after the first slash."""
    return identifier.partition("/")[2]


def kind_of(identifier: str) -> Kind:
    """The kind an identifier is of, told by its form alone. Raises BadInput where it has none."""
    segment, slash, rest = identifier.partition("/")
    kind = _KINDS.get(segment)
    if kind is None or not slash or not _SLUG.fullmatch(rest):
        raise BadInput(
            f"{identifier!r} is not an identifier",
            suggestion="an identifier is kind/slug, as answers give it: resource/…, law/…, org/…",
        )
    return Kind.PROVISION if kind is Kind.REGULATION and "." in rest else kind


def folded(slug_: str) -> str:
    """A slug as harvesters fold it: NFKD, without anything but word characters, lower case."""
    return "".join(c for c in unicodedata.normalize("NFKD", slug_) if c.isalnum() or c == "_").lower()


def _place(place: str | None) -> str:
    """A place as slugs begin with it: its code, or cn where it has none that is a plain word."""
    word = fold(place or "")
    return word if _WORD.fullmatch(word) else "cn"


def regulation_id(jurisdiction_code: str | None, title: str, commencement: str | None, *, draft: bool = False) -> str:
    """``law/440100-2016-…``.

    ``commencement`` is the date printed in the text's own closing article (ISO), or None where it names none: what a
    mirror always carries, unlike cover notices and numbers. Drafts are texts of their own.
    """
    when = "draft" if draft else fold(commencement or "undated")
    return f"law/{_place(jurisdiction_code)}-{when.partition('-')[0]}-{token(jurisdiction_code, title, when)}"


def provision_id(regulation: str, path: str) -> str:
    """``law/440100-2016-….a9p1i2``: ``path`` is made of a letter per level and its ordinal.

    Letters: t part, c chapter, s section (after its chapter), a article (numbered through the text, so without its
    chapter), p paragraph, i item, u sub-item; x before a number that tells twins apart.
    """
    return f"{regulation}.{path}"


def agency_id(jurisdiction: Jurisdiction | None, name: str, *, credit_code: str | None = None) -> str:
    """``org/<credit code>`` for a registered body, else ``org/<place>-…`` by place and name.

    The place counts by its code (GB/T 2260), or by its name where it has none, whoever names the agency: the same
    office in two places is two agencies, the same body in a text and in a table is one. What stands for a credit code
    but is not made of letters and digits is none.
    """
    code = fold(credit_code or "")
    if _WORD.fullmatch(code) and any(letter.isdigit() for letter in code):
        return f"org/{code}"
    place = (jurisdiction.code or jurisdiction.name) if jurisdiction else None
    return f"org/{_place(place)}-{token(place, name)}"


def statutory_resource_id(provision: str, name: str, regime: str) -> str:
    """By the provision that assigns it, its name and regime."""
    code = slug(provision).split("-", 1)[0]
    return f"resource/{code}-{token(provision, name, regime)}"


def registered_resource_id(provider: str, code: str) -> str:
    """By its provider's credit code (or name) and its code (or name) in that provider's catalogue."""
    return f"resource/r-{token(provider, code)}"


def field_id(resource: str, name: str, occurrence: int = 1) -> str:
    """By its resource and name; ``occurrence`` tells fields of one name in one list apart."""
    return f"field/{slug(resource)}-{token(resource, name, occurrence)}"


def data_element_id(name: str, identifier: str | None = None) -> str:
    """By the identifier of the defining standard, or the name."""
    return f"element/{token(identifier or name)}"


def condition_id(provision: str, text: str, occurrence: int = 1) -> str:
    """By the provision it stands in and its folded text."""
    return f"policy/{token(provision, text, occurrence)}"


def clock_id(provision: str, text: str, occurrence: int = 1) -> str:
    """By the provision it stands in and its folded text."""
    return f"clock/{token(provision, text, occurrence)}"


def demand_id(agency: str, what: str, requested: str | None, occurrence: int = 1) -> str:
    """By who asks for what and when."""
    return f"demand/{token(agency, what, requested, occurrence)}"


def gap_id(kind: str, subject: str, key: str, provision: str) -> str:
    """By its kind, its subject, what tells it from others of that subject, and the provision that makes it one."""
    # a token that is not remembered: no gap is named twice, and they are many
    return "gap/" + _digits("\x1f".join((_folded(str(kind)), fold(subject), _folded(key), _folded(provision))))


def source_id(path: str) -> str:
    """By the path below what was named in the load."""
    return f"source/{token(path)}"


def issue_id(source: str, code: str, where: str, occurrence: int = 1) -> str:
    """By its source, code and place."""
    return f"issue/{token(source, code, where, occurrence)}"


def correspondence_id(source: str | None, kind: str, *names: str | None) -> str:
    """By who says so (a source, or nobody where equal names do), its kind, and the names on both sides."""
    return f"correspondence/{token(source, kind, *names)}"
