"""From the table of a profile to the source of one function: a resource's row in, the UTF-8 of its nodes out.

What a row of the table makes depends on the resource's slug and on the few properties that the row declares. Rows that
declare none are plain text. Most properties (who, how shared, which law, which format) have few values in a catalogue:
the text made of them is kept by their values, with a gap wherever the slug stands (a *run*). Rows that read what
differs from resource to resource are asked each time, and their literals are set into a frame. The function is one
such step after the other, written out; nothing in it says anything that the table does not.

What is kept and what never changes is encoded when it is made, with a byte for the gap that UTF-8 never has. A
resource's pieces are joined once, as bytes, and all its gaps filled together: in a text, one Chinese character makes
every character two bytes wide, and each gap that is filled by itself costs as much as a piece.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from string import Formatter
from typing import TypeAlias

from catalog.table import Cardinality, Scalar, by_name
from catalog.vocabulary import Kind
from graph.rdf.context import Entry, Publication
from graph.rdf.profile import Profile
from graph.rdf.syntax import Frame, Writer
from graph.rdf.table import Given, Node, Row, Value, Whether, term
from graph.rdf.terms import Literal

PECULIAR = frozenset("name aliases code summary issued modified loaded fields metadata related".split())
"""The properties that hardly two resources share: what is made of them is not kept."""
GAP = "z0gap9slug7here3z"
"""Stands for the slug while a text is made. Text that holds these very letters is never kept."""
_NUMBERED = "z0gap9number7here3z"
"""Stands for the slug and the number of a distribution while a text of every distribution is made."""
SLUG, NUMBER = b"\xff", b"\xfe"
"""Stand for the slug, and for a distribution's number behind it, in UTF-8, which never has these bytes."""

Properties: TypeAlias = tuple[str, ...]
"""What texts are kept by: properties by name, or with a question mark where only matters whether they are there."""
Group: TypeAlias = tuple[str, tuple[Row, ...]]
"""The rows of one node that share a predicate, with it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of a node that stand together and read the same: all that the node says, where it is ``alone``."""

    node: Node
    groups: tuple[Group, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept by the values of some properties: the texts of runs, and of runs that each distribution has."""

    of: Properties
    runs: list[Run] = field(default_factory=list)
    parts: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Program:
    """The source of ``resource(entry, row, slug, new)``, with the slug and the answer in UTF-8, and what it calls.

    ``values`` are asked and ``groups`` are walked each time, by number; not where they are made of a property that
    is not there.
    """

    kept: tuple[Kept, ...]
    source: str = ""
    values: list[Value] = field(default_factory=list)
    groups: list[tuple[Node, Group]] = field(default_factory=list)

    def number(self, of: Iterable[str]) -> int:
        """By what the texts made of some properties are kept: by these, or by more where more are kept together."""
        asked = frozenset(of)
        return next(number for number, kept in enumerate(self.kept) if asked <= set(kept.of))


def program(publication: Publication, syntax: Writer, profile: Profile) -> Program:
    """The program of a profile's table for one publication and syntax. Raises ValueError for a table out of order."""
    return _Source(publication, syntax, profile).program


class _Source:
    """One program in the making: lines, and texts between whose letters expressions of bytes stand, in braces."""

    def __init__(self, publication: Publication, syntax: Writer, profile: Profile) -> None:
        self._syntax, self._publication = syntax, publication
        self._lines: list[str] = []
        self._indent = "    "
        nodes = [(node, _grouped(node, rows)) for node, rows in groupby(profile.rows, key=lambda row: row.node)]
        wanted = [_of(group) for _, groups in nodes for group in groups]
        kept = [of for of in wanted if of and PECULIAR.isdisjoint(of)]
        self.program = Program(_chosen([*kept, *(frozenset(each.of) for each in profile.references)]))
        texts = "".join([self._node(node, groups) for node, groups in nodes])
        read = Counter(name for each in self.program.kept for name in each.of)
        shared = [name for name, times in read.items() if times > 1]
        head = ["def resource(entry, row, slug, new):", *(f"    of_{name} = {_part(name)}" for name in shared)]
        for number, each in enumerate(self.program.kept):
            head += [
                f"    key{number} = {_expression(each.of, shared)}",
                f"    texts{number} = kept{number}.get(key{number})",
                f"    if texts{number} is None:",
                f"        texts{number} = keep({number}, key{number}, entry, new)",
            ]
        self.program.source = "\n".join(
            (*head, *self._lines, f"    return {_joined(texts)}.replace({SLUG!r}, slug)", "")
        )

    def _node(self, node: Node, groups: tuple[Group, ...]) -> str:
        """Writes the lines that a node takes, and gives what stands for its text."""
        if node is not Node.DISTRIBUTION:
            return self._block(node, groups)
        self._line("parts = b''")
        self._line("for index in range(len(entry.forms)):")
        self._indent = "        "
        self._line("part = Entry(entry.publication, row, index) if index else entry")
        before = len(self._lines)
        text = self._block(node, groups)
        self._lines[before:before] = [
            line
            for number, kept in enumerate(self.program.kept)
            if kept.parts
            for line in (
                f"        of{number} = part{number}.get((index, key{number}))",
                f"        if of{number} is None:",
                f"            of{number} = keep_part({number}, (index, key{number}), part)",
            )
        ]
        self._line(f"parts += {_joined(text)}.replace({NUMBER!r}, b'-%d' % index)")
        self._indent = "    "
        return "{parts}"

    def _block(self, node: Node, groups: tuple[Group, ...]) -> str:
        """What stands for a node's text: its units, each with what leads it, inside what stands around them all."""
        opening = self._made(node, lambda entry: self._syntax.around(node.iri(entry))[0])
        closing = self._made(node, lambda entry: self._syntax.around(node.iri(entry))[1])
        leading = self._syntax.between
        steps = [(step, tuple(same)) for step, same in groupby(groups, key=self._step)]
        texts = [self._texts(node, step, same, alone=len(steps) == 1) for step, same in steps]
        text = "".join(texts)
        if steps[0][0] == _PLAIN:
            return f"{opening}{text.removeprefix(_braced(leading))}{closing}"
        if not (leading or opening or closing) or (len(steps) == 1 and isinstance(steps[0][0], int)):
            return text
        name = f"block_{node.name}"
        self._line(f"{name} = {_joined(text)}")
        self._line(f"if {name}:")
        lead = len(leading.encode())
        self._line(f"    {name} = {_joined(f'{opening}{{{name}[{lead}:]}}{closing}')}")
        return f"{{{name}}}"

    def _step(self, group: Group) -> int | str | Group:
        """Whether a group is plain text, kept by a number of the program, or by itself made each time."""
        of = _of(group)
        if not of:
            return _PLAIN
        return self.program.number(of) if PECULIAR.isdisjoint(of) else group

    def _texts(self, node: Node, step: int | str | Group, groups: tuple[Group, ...], *, alone: bool) -> str:
        if step == _PLAIN:
            return self._made(node, lambda entry: "".join([self._unit(node, each, entry) for each in groups]))
        if isinstance(step, int):
            kept, many = self.program.kept[step], node is Node.DISTRIBUTION
            runs = kept.parts if many else kept.runs
            runs.append(Run(node, groups, alone))
            return f"{{{'of' if many else 'texts'}{step}[{len(runs) - 1}]}}"
        return "".join(self._asked(node, group) for group in groups)

    def _asked(self, node: Node, group: Group) -> str:
        """A group that is made each time: one row's literals are set into a frame, the rest is walked."""
        predicate, rows = group
        like = term(rows[0].object, "", rows[0].datatype, rows[0].language)
        entry = "part" if node is Node.DISTRIBUTION else "entry"
        if isinstance(like, Literal) and len({(row.object, row.datatype) for row in rows}) == 1 < len(rows):
            return self._in_languages(node, group, entry)
        if len(rows) > 1 or not isinstance(like, Literal):
            self.program.groups.append((node, group))
            name = f"walked{len(self.program.groups) - 1}"
            walked = f"walk({len(self.program.groups) - 1}, {entry})"
            self._line(f"{name} = {walked}{_unless_given(rows)}")
            return f"{{{name}}}"

        def frame(entry: Entry) -> Frame:
            return self._syntax.frame(node.iri(entry), predicate, like)

        lead = _braced(self._syntax.between)
        opening = lead + self._made(node, lambda e: f"{frame(e).opening}{frame(e).before}")
        between = self._made(node, lambda e: f"{frame(e).after}{frame(e).between}{frame(e).before}")
        closing = self._made(node, lambda e: f"{frame(e).after}{frame(e).closing}")
        number = len(self.program.values)
        self.program.values.append(rows[0].value)
        name, several = f"said{number}", f"several(said, {_joined(opening)}, {_joined(between)}, {_joined(closing)})"
        self._line(f"said = value{number}({entry})")
        self._line("if type(said) is tuple and len(said) == 1:")
        single = f"{opening}{{(escaped(said[0]) if odd(said[0]) else said[0]).encode()}}{closing}"
        self._line(f"    {name} = {_joined(single)} if said[0] else b''")
        self._line("elif said:")
        self._line(f"    {name} = {several}")
        self._line("else:")
        self._line(f"    {name} = b''")
        return f"{{{name}}}"

    def _in_languages(self, node: Node, group: Group, entry: str) -> str:
        """A group whose rows differ in language: what stands around the literals of each is its own."""
        predicate, rows = group

        def made(row: Row, part: Callable[[Frame], str]) -> str:
            like = Literal("", row.datatype, row.language)
            return self._made(node, lambda e: part(self._syntax.frame(node.iri(e), predicate, like)))

        name = f"worded{len(self.program.values)}"
        self._line(f"{name} = []")
        for row in rows:
            before, after = made(row, lambda each: each.before), made(row, lambda each: each.after)
            self._line(f"for said in value{len(self.program.values)}({entry}){_unless_given([row], '()')}:")
            self._line("    if said:")
            word = f"{before}{{(escaped(said) if odd(said) else said).encode()}}{after}"
            self._line(f"        {name}.append({_joined(word)})")
            self.program.values.append(row.value)
        opening = _braced(self._syntax.between) + made(rows[0], lambda each: each.opening)
        between, closing = made(rows[0], lambda each: each.between), made(rows[0], lambda each: each.closing)
        words = f"{_joined(opening)} + {_joined(between)}.join({name}) + {_joined(closing)}"
        self._line(f"{name} = {words} if {name} else b''")
        return f"{{{name}}}"

    def _unit(self, node: Node, group: Group, entry: Entry) -> str:
        predicate, rows = group
        terms = [term for row in rows for _, term in row.statements(entry)]
        return f"{self._syntax.between}{self._syntax.unit(node.iri(entry), predicate, terms)}" if terms else ""

    def _made(self, node: Node, make: Callable[[Entry], str]) -> str:
        """Text with gaps where the slug, or the slug and number of a distribution, stand."""
        first, other = (_braced(make(Entry(self._publication, {"id": f"resource/{GAP}"}, index))) for index in (0, 1))
        if node is not Node.DISTRIBUTION:
            return first
        first, other = first.replace(f"{GAP}-0", _NUMBERED), other.replace(f"{GAP}-1", _NUMBERED)
        if first != other:
            raise ValueError(f"a row of {node.name} that says nothing of formats differs from one to the other")
        return first

    def _line(self, text: str) -> None:
        self._lines.append(f"{self._indent}{text}")


_PLAIN = "plain"


def _grouped(node: Node, rows: Iterable[Row]) -> tuple[Group, ...]:
    groups = tuple((predicate, tuple(same)) for predicate, same in groupby(rows, key=lambda row: row.predicate))
    if len({predicate for predicate, _ in groups}) < len(groups):
        raise ValueError(f"the rows of one predicate stand apart in {node.name}")
    return groups


def _unless_given(rows: Sequence[Row], nothing: str = "b''") -> str:
    """What follows an expression of rows that are all made of one property: nothing where that is not there."""
    of = {row.value.name if isinstance(row.value, Given) else None for row in rows}
    return f" if row[{of.pop()!r}] else {nothing}" if len(of) == 1 and None not in of else ""


def _of(group: Group) -> frozenset[str]:
    """The properties that a group reads; those of which it only asks whether they are there have a question mark."""
    found: set[str] = set()
    for row in group[1]:
        asked = row.value.name if isinstance(row.value, Whether) else None
        found |= {f"{name}?" if name == asked else name for name in row.of}
    return frozenset(found)


def _chosen(wanted: list[frozenset[str]]) -> tuple[Kept, ...]:
    """Texts are kept by few sets of properties: what reads some of those that others read is kept with these."""
    return tuple(Kept(tuple(sorted(of))) for of in dict.fromkeys(wanted) if not any(of < other for other in wanted))


def _expression(of: Properties, shared: Container[str] = ()) -> str:
    """The key of a row: the value itself where it is plain, else its bytes; those of ``shared`` are made already.

    Bytes as of marshal's second version: equal for equal values, without references, and cheaper than JSON.
    """
    found = [f"of_{name}" if name in shared else _part(name) for name in of]
    return found[0] if len(found) == 1 else f"({', '.join(found)})"


def _part(name: str) -> str:
    if name.endswith("?"):
        return f"not row[{name[:-1]!r}]"
    known = by_name(Kind.RESOURCE).get(name)
    single = known is not None and known.cardinality is not Cardinality.MANY
    plain = single and known is not None and (known.is_term or isinstance(known.type, Scalar))
    return f"row[{name!r}]" if plain else f"dumps(row[{name!r}], 2)"


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def gapped(text: str) -> bytes:
    """A text in UTF-8, with the bytes that stand for the slug where its letters stand."""
    return text.encode().replace(_NUMBERED.encode(), SLUG + NUMBER).replace(GAP.encode(), SLUG)


def _joined(text: str) -> str:
    """The expression of a text in UTF-8: its letters with their gaps, and the expressions in braces, joined."""
    pieces: list[str] = []
    letters = ""
    for before, expression, *_ in Formatter().parse(text):
        letters += before
        if expression is not None:
            pieces += [repr(gapped(letters)), expression] if letters else [expression]
            letters = ""
    if letters or not pieces:
        pieces.append(repr(gapped(letters)))
    return pieces[0] if len(pieces) == 1 else f"b''.join(({', '.join(pieces)}))"


__all__ = ["GAP", "PECULIAR", "Group", "Kept", "Program", "Run", "gapped", "program"]
