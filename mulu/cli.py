"""The command line: each command parses, calls one function and prints. Rooms are imported when they are needed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mulu import __version__

app = typer.Typer(
    name="mulu",
    help="Mulu 目录: who provides what, under which condition, on which legal basis, on a given date.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


class Format(StrEnum):
    """The syntaxes of the export: RDF, and the table of the national guideline."""

    TTL = "ttl"
    RDF = "rdf"
    JSONLD = "jsonld"
    NT = "nt"
    XLSX = "xlsx"
    CSV = "csv"


class Axis(StrEnum):
    """The rows of the coverage matrix."""

    DUTY = "duty"
    DATA_ELEMENT = "data_element"
    RESOURCE = "resource"


class View(StrEnum):
    """The views of the export."""

    HARVEST = "harvest"
    FULL = "full"


Store = Annotated[
    str | None,
    typer.Option(help="A file, or neo4j://user:password@host:7687/database. [env MULU_STORE; default mulu.db]"),
]
BaseIri = Annotated[
    str | None, typer.Option(help="Where IRIs start. [env MULU_BASE_IRI; default https://data.example.cn/]")
]
Revision = Annotated[int | None, typer.Option(help="The catalogue as it stood at this revision. [default: the newest]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"mulu {__version__}")
        raise typer.Exit


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Files and directories; - is a regulation on standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what a load would change, and change nothing.")
    ] = False,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Load regulations, catalogues (sheets, DCAT), demand lists and mappings in one change set."""
    from mulu.loading import load as run

    raise typer.Exit(run(paths, dry_run=dry_run, as_json=as_json, store=store))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    store: Store = None,
    base_iri: BaseIri = None,
) -> None:
    """Serve GraphQL with GraphiQL, and RDF."""
    from mulu.serving import serve as run

    raise typer.Exit(run(host, port, store=store, base_iri=base_iri))


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    store: Annotated[str, typer.Option(help="The store of the sample.")] = "mulu-demo.db",
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve after loading.")] = True,
) -> None:
    """Load the sample catalogue of a made-up city and serve it."""
    from mulu.serving import demo as run

    raise typer.Exit(run(host, port, store=store, serve_it=serve_it))


@app.command()
def who(
    what: Annotated[str, typer.Argument(help="A field, data element or resource: 婚姻状况.")],
    on: Annotated[str | None, typer.Option(help="The date of the law, YYYY-MM-DD. [default: today]")] = None,
    revision: Revision = None,
    jurisdiction: Annotated[str | None, typer.Option(help="A place: its GB/T 2260 code or its name.")] = None,
    first: Annotated[int, typer.Option(help="How many answers.", min=1, max=100)] = 20,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Say who provides it, under which condition, on which article, and whether that article is in force."""
    from mulu.asking import who as run

    raise typer.Exit(
        run(what, on=on, revision=revision, jurisdiction=jurisdiction, first=first, as_json=as_json, store=store)
    )


@app.command("map")
def map_(
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Write suggestions as a mapping file to be accepted and loaded.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .csv or .xlsx for suggestions. [default: standard output]")
    ] = None,
    by: Annotated[str, typer.Option(help="On whose word, written into each suggestion (对应依据).")] = "",
    date: Annotated[str | None, typer.Option(help="Since when, written into each suggestion (对应日期).")] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Show what corresponds to what and on whose word, or suggest what might."""
    from mulu.mapping import show
    from mulu.mapping import suggest as run

    if suggest:
        raise typer.Exit(run(output=output, by=by, date=date, store=store))
    raise typer.Exit(show(as_json=as_json, store=store))


@app.command()
def coverage(
    rows: Annotated[Axis, typer.Option(help="What the rows are.")] = Axis.DUTY,
    jurisdiction: Annotated[str | None, typer.Option(help="A place: its GB/T 2260 code or its name.")] = None,
    regime: Annotated[list[str] | None, typer.Option(help="SHARING, DISCLOSURE or REPORTING; may be repeated.")] = None,
    on: Annotated[str | None, typer.Option(help="The date of the law, YYYY-MM-DD. [default: today]")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the matrix as .xlsx or .csv.")] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Show what the law assigns, agency by agency, against what is registered."""
    from mulu.coverage import coverage as run

    raise typer.Exit(
        run(
            rows=rows.value.upper(),
            jurisdiction=jurisdiction,
            regime=[each.upper() for each in regime or ()],
            on=on,
            output=output,
            as_json=as_json,
            store=store,
        )
    )


@app.command()
def gaps(
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind: STALE, 逾期未更新; may be repeated.")] = None,
    agency: Annotated[str | None, typer.Option(help="Only of this agency: its id or whole name.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="A place: its GB/T 2260 code or its name.")] = None,
    on: Annotated[str | None, typer.Option(help="The date of the law, YYYY-MM-DD. [default: today]")] = None,
    first: Annotated[int, typer.Option(help="How many to print for a person.", min=1)] = 50,
    as_json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="Write a table with one row a gap.")] = False,
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="Write a workbook: one row a gap, and what was checked.")
    ] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file. [default: standard output]")] = None,
    store: Store = None,
) -> None:
    """Say where the catalogue falls short of the law: whose gap it is, by which article, and what to do."""
    from mulu.asking import date
    from mulu.gaps import form_of, kinds_of
    from mulu.gaps import gaps as run

    form = form_of(as_json=as_json, csv=csv, xlsx=xlsx, output=output)
    wanted = {"kinds": kinds_of(kind or []), "agency": agency, "jurisdiction": jurisdiction, "on": date(on)}
    raise typer.Exit(run(wanted, first=first, form=form, output=output, store=store))


@app.command()
def query(
    document: Annotated[str, typer.Argument(help="A file with a GraphQL document; - is standard input.")] = "-",
    variables: Annotated[str, typer.Option(help="The variables, as a JSON object.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="The operation to run, where there are several.")] = None,
    revision: Revision = None,
    store: Store = None,
    base_iri: BaseIri = None,
) -> None:
    """Run a GraphQL operation without a server."""
    from mulu.asking import query as run

    raise typer.Exit(
        run(document, variables=variables, operation=operation, revision=revision, store=store, base_iri=base_iri)
    )


@app.command()
def export(
    format_: Annotated[Format, typer.Option("--format", help="The syntax.")] = Format.TTL,
    view: Annotated[View, typer.Option(help="The view.")] = View.HARVEST,
    profile: Annotated[str, typer.Option(help="The profile of the harvest view: dcat-ap, national.")] = "dcat-ap",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file. [default: standard output]")] = None,
    revision: Revision = None,
    store: Store = None,
    base_iri: BaseIri = None,
) -> None:
    """Write the catalogue as RDF (DCAT-AP), or its registered resources as a table that loads again (xlsx, csv)."""
    if format_ in (Format.XLSX, Format.CSV):
        from mulu.tables import export as export_table

        raise typer.Exit(export_table(format_.value, output=output, store=store, revision=revision))
    from mulu.publishing import export as run

    raise typer.Exit(
        run(format_.value, view.value, profile, output=output, store=store, base_iri=base_iri, revision=revision)
    )


@app.command()
def check(
    shapes: Annotated[bool, typer.Option("--shapes", help="Check the export against shapes (SHACL) instead.")] = False,
    shapes_dir: Annotated[
        list[Path] | None,
        typer.Option(help="Shapes beside our own profile: a directory of Turtle files, such as DCAT-AP's; repeatable."),
    ] = None,
    view: Annotated[View, typer.Option(help="The view to check against shapes.")] = View.HARVEST,
    profile: Annotated[str, typer.Option(help="The profile to check against shapes: dcat-ap, national.")] = "dcat-ap",
    quality: Annotated[
        bool, typer.Option("--quality", help="Score the export's metadata as data.europa.eu does (MQA) instead.")
    ] = False,
    online: Annotated[bool, typer.Option("--online", help="With --quality: ask whether addresses answer.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="With --quality: a CSV file, one line a record.")
    ] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Check the store: integrity, references and invariants. Exit status 1 says that something is broken."""
    if quality:
        from mulu.quality import check_quality

        raise typer.Exit(check_quality(shapes_dir or [], online=online, output=output, as_json=as_json, store=store))
    if shapes or shapes_dir:
        from mulu.shaping import check_shapes

        raise typer.Exit(check_shapes(shapes_dir or [], view=view.value, profile=profile, as_json=as_json, store=store))
    from mulu.checking import check as run

    raise typer.Exit(run(as_json=as_json, store=store))


@app.command()
def generate(
    resources: Annotated[int, typer.Option(help="How many registered resources.", min=1)] = 1000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal catalogues.")] = 1,
    revisions: Annotated[
        int, typer.Option(help="How many change sets: each after the first writes some resources again.", min=1)
    ] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A workbook (.xlsx) or list (.csv) instead of the store.")
    ] = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Write a synthetic catalogue of any size into the store, in one change set or with a history, or as a workbook."""
    if output is not None:
        from mulu.tables import generate as generate_table

        raise typer.Exit(generate_table(resources, seed, output=output))
    from mulu.generating import generate as run

    raise typer.Exit(run(resources, seed, revisions=revisions, as_json=as_json, store=store))


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A text; - is standard input.")],
    html: Annotated[bool, typer.Option("--html", help="Write one page of HTML on standard output.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a text with what each stretch of it became, so that it can be checked by eye. Nothing is stored."""
    from mulu.explaining import run

    raise typer.Exit(run(file, html=html, as_json=as_json))


@app.command()
def template(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file. [default: standard output]")] = None,
) -> None:
    """Write an empty workbook for a catalogue: the guideline's headings, its code lists, checks on the cells."""
    from mulu.tables import template as run

    raise typer.Exit(run(output=output))


@app.command()
def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from schema.sdl import sdl

    print(sdl(), end="")


def main() -> None:
    """Runs a command; Mulu's own errors become one line on standard error and exit status 2 (wrong use)."""
    from catalog.errors import BadInput, MuluError, NotFound

    try:
        app()
    except MuluError as error:
        print(f"mulu: {error.message}", file=sys.stderr)
        if error.suggestion:
            print(f"      {error.suggestion}", file=sys.stderr)
        sys.exit(WRONG_USE if isinstance(error, BadInput | NotFound) else PROBLEMS)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
