"""Whose a row is: the provider its cells name, else the one that a band, a line above or the sheet's name tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stdnum.cn import uscc

from catalog.agency import Agency
from catalog.identifiers import agency_id
from catalog.text import fold
from catalog.value import Jurisdiction
from catalog.vocabulary import AgencyKind, Kind, Severity
from loaders.places import jurisdiction
from loaders.table.above import agencies_in, agency_in, owner
from loaders.table.besides import signed
from loaders.table.reader import Reader
from loaders.table.sheet import Line

NAME, CODE = (Kind.AGENCY, "name"), (Kind.AGENCY, "credit_code")


@dataclass(slots=True)
class Agencies:
    """The providers of a load: by identifier, by name and place, and by the cells they were read from."""

    known: dict[str, Agency] = field(default_factory=dict)
    called: dict[tuple[str, Jurisdiction | None], dict[str, Agency]] = field(default_factory=dict)
    read: dict[tuple[str, ...], tuple[Agency, ...]] = field(default_factory=dict)


class Providers:
    """The providers of one sheet's rows. Only where no row names one does the sheet speak for all, and that is said."""

    def __init__(self, reader: Reader, agencies: Agencies) -> None:
        self.reader = reader
        self.agencies = agencies
        sheet = reader.sheet
        columns = [sheet.columns.get(NAME), *sheet.others.get(NAME, ())]
        named = any((cell := line.get(column)) and not signed(cell) for line in sheet.lines for column in columns)
        self._unnamed = not named
        self._said = ""
        if self._unnamed and sheet.lines and (found := owner(sheet)) is not None:
            where = "the name of the sheet" if found.line is None else f"row {found.line}"
            self._say(found.agency, where, found.line, found.column)

    def band(self, text: str, line: Line) -> bool:
        """Takes the text of a band between the rows; whether it names the provider of the rows below it."""
        agency = agency_in(text) if self._unnamed else None
        if agency is not None:
            self._say(agency, f"row {line.number}", line.number, None)
        return agency is not None

    def name(self, line: Line) -> str:
        """The provider's name as it stands for the row, empty where nothing says it."""
        several = agencies_in(self.reader.text(line, *NAME))
        return "、".join(several) if len(several) > 1 else self.reader.plain(line, *NAME) or self._said

    def of(self, line: Line) -> tuple[Agency, ...]:
        """The providers of a row, the first in charge; none, with an issue, where nothing names one."""
        name = self.name(line)
        cell, where = self.reader.text(line, *CODE), self.reader.text(line, Kind.RESOURCE, "jurisdiction")
        key = name, cell, where
        if (held := self.agencies.read.get(key)) is not None:
            return held
        if not name:
            self._missing(line)
            return ()
        place = jurisdiction(where) if where else None
        understood = place is not None or not where
        if not understood:
            self.reader.report.add(
                "BAD_VALUE",
                f"{where!r} is no place: neither a name nor a code of one; the provider's name tells instead",
                row=line.number,
                column=self.reader.sheet.columns[Kind.RESOURCE, "jurisdiction"],
                suggestion="the full name, such as 广州市, or its six digits",
            )
        code = self._code(line, cell) if cell else ""
        first, *others = agencies_in(name)
        found = [self._agency(first, code, place)]
        self._namesakes(line, found[0])
        if fold(found[0].name) != fold(first):
            self._other_name(line, first, found[0])
        found += [self._agency(other, "", place) for other in others]
        if (code or not cell) and understood:  # what is bad is said at each row that has it
            self.agencies.read[key] = tuple(found)
        return tuple(found)

    def _agency(self, name: str, code: str, place: Jurisdiction | None) -> Agency:
        place = place or jurisdiction(name)
        agency = Agency(
            id=agency_id(place, name, credit_code=code or None),
            name=name,
            agency_kind=AgencyKind.BODY,
            jurisdiction=place,
            credit_code=code or None,
        )
        return self.agencies.known.setdefault(agency.id, agency)

    def _code(self, line: Line, cell: str) -> str:
        code = uscc.compact(self.reader.plain(line, *CODE))
        if uscc.is_valid(code):
            return code
        self.reader.report.add(
            "BAD_CREDIT_CODE",
            f"{cell!r} is no unified social credit code: its check character does not fit",
            row=line.number,
            column=self.reader.sheet.columns[CODE],
            suggestion="18 characters as GB 32100 says; the provider is kept by its name",
        )
        return ""

    def _other_name(self, line: Line, name: str, held: Agency) -> None:
        self.reader.report.add(
            "CREDIT_CODE_AGAIN",
            f"{name!r} has the credit code under which {held.name!r} stands above; both are taken for one agency",
            row=line.number,
            column=self.reader.sheet.columns[CODE],
            suggestion="write one name for one agency; if they are two, correct the code of one",
        )

    def _namesakes(self, line: Line, agency: Agency) -> None:
        """Says once, where the second of them stands, that one name has a credit code here and none there."""
        called = self.agencies.called.setdefault((fold(agency.name), agency.jurisdiction), {})
        if agency.id in called:
            return
        called[agency.id] = agency
        coded = [one for one in called.values() if one.credit_code]
        if len(coded) != 1 or len(called) != 2:
            return
        self.reader.report.add(
            "NAMESAKES",
            f"{agency.name!r} stands once with the credit code {coded[0].credit_code} and once without: "
            "they are kept as two agencies",
            row=line.number,
            column=self.reader.sheet.columns.get(CODE, self.reader.sheet.columns.get(NAME)),
            suggestion="if they are one, write the code in each of its rows, also in the other files",
        )

    def _missing(self, line: Line) -> None:
        column = self.reader.sheet.columns.get(NAME)
        self.reader.report.add(
            "MISSING_PROVIDER",
            f"row {line.number} names no provider and is refused",
            row=line.number,
            column=column,
            severity=Severity.ERROR,
            suggestion="fill in 信息资源提供方"
            if column is not None
            else "add a column 信息资源提供方, or a line such as 填报单位：广州市民政局 above the headings",
        )

    def _say(self, agency: str, where: str, row: int | None, column: int | None) -> None:
        self._said = agency
        self.reader.report.add(
            "PROVIDER_ABOVE",
            f"no row names its provider; {where} does: {agency}",
            row=row,
            column=column,
            severity=Severity.INFO,
            suggestion="if that is not who provides them, add a column 信息资源提供方",
        )


def literals(name: str, agencies: Sequence[Agency]) -> tuple[str, ...]:
    """The words that name each of the agencies, as the cell has them."""
    parts = agencies_in(name)
    return parts if len(parts) == len(agencies) else tuple(agency.name for agency in agencies)
