"""``mulu coverage``: what the law assigns against what is registered, as a matrix for a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.errors import BadInput
from catalog.gaps.law import place_in
from catalog.vocabulary import CoverageState
from loaders.table.plain import plain_csv, plain_workbook
from mulu.asking import asked, date, refused
from mulu.clock import today
from mulu.output import print_json, say
from mulu.settings import Settings
from mulu.tables import write

QUERY = """
query Coverage($jurisdiction: String, $rows: CoverageAxis, $regime: [Regime!], $on: Date) {
  coverage(jurisdiction: $jurisdiction, rows: $rows, regime: $regime, on: $on) {
    rows {
      label
      subject { id }
      cells {
        state agency { id name } resource { id name code }
        citation { text provision { id label } regulation { title } }
      }
    }
    columns { id name }
    totals { covered partial missing duplicate lapsed share }
    checked
  }
}
"""
COLOURS = {
    CoverageState.COVERED.zh: "C6E0B4",
    CoverageState.PARTIAL.zh: "FFE699",
    CoverageState.MISSING.zh: "F8CBAD",
    CoverageState.DUPLICATE.zh: "BDD7EE",
    CoverageState.LAPSED.zh: "D9D9D9",
}
MARKS = {"COVERED": "green", "PARTIAL": "yellow", "MISSING": "red", "DUPLICATE": "cyan", "LAPSED": "dim"}


def coverage(
    *,
    rows: str,
    jurisdiction: str | None,
    regime: list[str] | None,
    on: str | None,
    output: Path | None,
    as_json: bool,
    store: str | None,
) -> int:
    """Prints the matrix for a person, or as JSON; with ``output`` writes it as a table (.csv, .xlsx)."""
    if output is not None and output.suffix.lower() not in (".csv", ".xlsx"):
        raise BadInput(f"{output} ends neither in .xlsx nor in .csv", suggestion="name a file such as coverage.xlsx")
    variables = {"jurisdiction": jurisdiction, "rows": rows, "regime": regime or None, "on": date(on)}
    answer = asked(QUERY, variables, "Coverage", Settings.read(store=store))
    if answer.get("errors"):
        return refused(answer)
    found = answer["data"]["coverage"]
    if output is not None:
        write(table(found, output.suffix.lower()), output)
        say(f"· {len(found['rows'])} rows written")
    if as_json:
        print_json(found)
    elif output is None:
        _print(found, date(on) or today().isoformat())
    return 0


def table(found: Mapping[str, Any], ending: str) -> bytes:
    """The matrix as a sheet: a row for each subject, a column for each agency, the state in words."""
    columns = found["columns"]
    headings = ["对象", *(column["name"] for column in columns), "依据", "登记资源"]
    rows = []
    for row in found["rows"]:
        states = {cell["agency"]["id"]: CoverageState(cell["state"]).zh for cell in row["cells"]}
        basis = dict.fromkeys(_cited(cell["citation"]) for cell in row["cells"] if cell["citation"])
        resources = dict.fromkeys(cell["resource"]["name"] for cell in row["cells"] if cell["resource"])
        rows.append(
            [
                row["label"],
                *(states.get(column["id"], "") for column in columns),
                "；".join(basis),
                "；".join(resources),
            ]
        )
    totals = found["totals"]
    counted = [
        [f"{state.zh} {totals[state.value.lower()]}"] for state in CoverageState if state.value.lower() in totals
    ]
    notes = [*counted, [f"覆盖率 {totals['share']:.1%}"], *([line] for line in found["checked"])]
    if ending == ".xlsx":
        return plain_workbook("覆盖矩阵", headings, rows, colours=COLOURS, notes=notes)
    return plain_csv(headings, rows)


def _cited(citation: Mapping[str, Any]) -> str:
    regulation, provision = citation.get("regulation"), citation.get("provision")
    if regulation is None or provision is None:
        return str(citation["text"])
    return f"《{regulation['title']}》{place_in(provision['label'], provision['id'])}"


def _print(found: Mapping[str, Any], on: str) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    for row in found["rows"]:
        console.print(f"[bold]{escape(row['label'])}[/]")
        for cell in row["cells"]:
            state = CoverageState(cell["state"])
            basis = f"  {escape(_cited(cell['citation']))}" if cell["citation"] else ""
            by = f"  ← {escape(cell['resource']['name'])}" if cell["resource"] else ""
            console.print(f"  [{MARKS.get(state, 'dim')}]{state.zh}[/]  {escape(cell['agency']['name'])}{by}{basis}")
    totals = found["totals"]
    counted = "  ".join(
        f"{state.zh} {totals[state.value.lower()]}" for state in CoverageState if state.value.lower() in totals
    )
    console.print(f"on {on}: {counted}  覆盖率 {totals['share']:.1%}")
    for line in found["checked"]:
        console.print(f"  {escape(line)}", style="dim")
