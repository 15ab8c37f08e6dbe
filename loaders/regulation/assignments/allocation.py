"""How several agencies share several lists: as printed, and as far as it can be read.

One agency: SINGLE. Several for one list, or said to act together: JOINT. Paired by 分别: RESPECTIVE. Several agencies
before several lists without a word of pairing: UNDIVIDED, and every agency stays on every list.
"""

from __future__ import annotations

from itertools import combinations

from catalog.vocabulary import Allocation, Confidence

OWN_WORDS: dict[str, tuple[str, ...]] = {
    "公安": ("户籍", "派出所", "民警", "居住证", "身份证登记"),
    "卫生": ("医", "疫", "卫生"),
    "社会保障": ("社保", "参保", "社会保障"),
    "民政": ("婚姻", "收养", "低保", "最低生活保障"),
    "工商": ("营业执照", "工商"),
    "税务": ("纳税",),
    "教育": ("学籍", "学历"),
}
"""Words of a list that speak for an agency: a stem of its name → words of its own work."""


def speaks_for(agency: str, content: str) -> bool:
    """Whether the words of a list speak for an agency."""
    return any(stem in agency and any(word in content for word in own) for stem, own in OWN_WORDS.items())


def undivided(agencies: list[str], contents: list[str]) -> list[list[Confidence]]:
    """For each list, each agency's confidence: HIGH where order or content speaks for it, else MEDIUM.

    Order speaks where there are as many agencies as lists.
    """
    ordered = len(agencies) == len(contents)
    return [
        [
            Confidence.HIGH if (ordered and i == j) or speaks_for(agency, content) else Confidence.MEDIUM
            for j, agency in enumerate(agencies)
        ]
        for i, content in enumerate(contents)
    ]


def shared(agencies: int, lists: int, *, respective: bool, together: bool) -> Allocation:
    """How so many agencies stand to so many lists."""
    if agencies <= 1:
        return Allocation.SINGLE
    if respective and lists > 1:
        return Allocation.RESPECTIVE
    return Allocation.UNDIVIDED if lists > 1 and not together else Allocation.JOINT


def pairings(things: list[int], agencies: int) -> list[dict[int, Confidence]]:
    """Which agencies 分别 gives to each thing; ``things`` says how many each could be read as (社会信用和证照信息: 2).

    Equal numbers pair off, EXPLICIT. Else every reading that makes the numbers meet is kept: a pair that stands in all
    of them is HIGH, in some MEDIUM. Where none does, everybody stays on everything, LOW.
    """
    if len(things) == agencies:
        return [{at: Confidence.EXPLICIT} for at in range(agencies)]
    readings = _readings(things, agencies)
    if not readings:
        return [dict.fromkeys(range(agencies), Confidence.LOW) for _ in things]
    held: list[dict[int, Confidence]] = []
    for thing in range(len(things)):
        every = sorted({agency for reading in readings for agency in reading[thing]})
        sure = {agency for agency in every if all(agency in reading[thing] for reading in readings)}
        held.append({agency: Confidence.HIGH if agency in sure else Confidence.MEDIUM for agency in every})
    return held


def _readings(things: list[int], agencies: int) -> list[list[range]]:
    """The ways to read compound things as several so that there are as many as agencies; few things, so few ways."""
    compound = [at for at, size in enumerate(things) if size > 1]
    if len(compound) > 8:
        return []
    readings = []
    for size in range(1, len(compound) + 1):
        for chosen in combinations(compound, size):
            sizes = [things[at] if at in chosen else 1 for at in range(len(things))]
            if sum(sizes) == agencies:
                starts = [sum(sizes[:at]) for at in range(len(sizes))]
                readings.append([range(start, start + size) for start, size in zip(starts, sizes, strict=True)])
    return readings
