"""``mulu explain``: a text with what each stretch became, coloured in a terminal or as one page of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from catalog.errors import BadInput
from loaders.decoding import decode
from loaders.explain import Base, Explained, Layer, Segment, explain
from loaders.files import read_files
from mulu.output import print_json

STYLES = {
    Layer.HEADING: "bold",
    Layer.LISTED: "italic",
    Layer.EXCEPTION: "italic yellow",
    Layer.RESOURCE: "bright_green",
    Layer.DEFINITION: "bright_cyan",
    Layer.PERMISSION: "green",
    Layer.PROHIBITION: "red",
    Layer.DUTY: "blue",
    Layer.FIELD: "green underline",
    Layer.AGENCY: "bold magenta",
    Layer.CLOCK: "underline",
    Layer.REFERENCE: "cyan underline",
    Layer.LABEL: "bold",
    Layer.ISSUE: "reverse yellow",
}
LABELS = {
    Layer.HEADING: "标题 heading",
    Layer.LISTED: "列举 listed, no rule of its own",
    Layer.EXCEPTION: "例外 exception",
    Layer.RESOURCE: "信息资源 resource",
    Layer.DEFINITION: "定义 definition",
    Layer.PERMISSION: "许可 permission",
    Layer.PROHIBITION: "禁止 prohibition",
    Layer.DUTY: "义务 duty",
    Layer.FIELD: "信息项 field",
    Layer.AGENCY: "部门 agency",
    Layer.CLOCK: "期限 clock",
    Layer.REFERENCE: "引用 reference",
    Layer.LABEL: "条款号 label",
    Layer.ISSUE: "问题 issue",
}


def run(path: Path, *, html: bool, as_json: bool) -> int:
    """Prints what a file's text became; 1 if it holds no legal text."""
    files, _ = read_files([path])
    if len(files) != 1:
        raise BadInput(f"{path} is not one file", suggestion="name one text file; - is standard input")
    decoded = decode(files[0].data, files[0].path)
    if decoded.text is None:
        raise BadInput(f"{path} holds no text that can be read", suggestion="save it as UTF-8 text")
    found = explain(decoded.text, files[0].path)
    if as_json:
        print_json(
            {
                "path": found.path,
                "titles": list(found.titles),
                "characters": len(found.source),
                "accountedFor": found.sums(),
                "counts": found.counts(),
                "marks": [
                    {"start": one.start, "end": one.end, "layer": str(one.layer), "note": one.note}
                    for one in found.marks
                ],
            }
        )
    elif html:
        print(page(found), end="")
    else:
        _print(found)
    return 0 if found.titles else 1


def _print(found: Explained) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text()
    for segment in found.segments:
        style = "dim" if segment.base in (Base.NOISE, Base.SPACE) else "" if segment.base is Base.TREE else "yellow"
        text.append(found.source[segment.start : segment.end], " ".join([style, *_terminal(segment)]).strip())
    console = Console(soft_wrap=True, highlight=False)
    console.print(text)
    console.print()
    legend = Text()
    for layer, count in found.counts().items():
        legend.append(f" {LABELS[Layer(layer)]} {count} ", STYLES[Layer(layer)])
    console.print(legend)
    for name, count in found.sums().items():
        console.print(f"{count:>8} characters: {name}")


def _terminal(segment: Segment) -> list[str]:
    """The styles of a segment: the topmost colour, every attribute."""
    attributes = {word for mark in segment.marks for word in STYLES[mark.layer].split() if word in _ATTRIBUTES}
    colours = [word for mark in segment.marks for word in STYLES[mark.layer].split() if word not in _ATTRIBUTES]
    return [*sorted(attributes), *colours[-1:]]


_ATTRIBUTES = frozenset({"bold", "italic", "underline", "reverse"})

CSS = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d1d1f; --soft: #77736b; --line: #e4e0d6; --card: #fff;
  --duty: #dbe8fb; --permission: #dcf3e1; --prohibition: #fbdfdc; --definition: #efe4fa; --resource: #17805a;
  --agency: #9a2f86; --clock: #b35c00; --reference: #0b63a5; --issue: #ffe08a; --front: #8a6d1f; }
@media (prefers-color-scheme: dark) { :root { --paper: #16171a; --ink: #e6e4df; --soft: #8c8a84; --line: #303238;
  --card: #1d1f23; --duty: #1f3252; --permission: #1c3f2b; --prohibition: #52241f; --definition: #38264d;
  --resource: #63d3a6; --agency: #f09be0; --clock: #ffb366; --reference: #7cc0f5; --issue: #6b5200;
  --front: #d3b45e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.95 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, Georgia, serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
h1 { font-size: 1.45rem; line-height: 1.4; margin: 0 0 .35rem; }
header p, footer { color: var(--soft); font: 14px/1.6 system-ui, sans-serif; margin: 0; }
nav { position: sticky; top: 0; background: var(--paper); border-block: 1px solid var(--line); }
nav ul { max-width: 46rem; margin: 0 auto; padding: .55rem 1.25rem; display: flex; flex-wrap: wrap; gap: .3rem .9rem;
  list-style: none; font: 13px/1.7 system-ui, sans-serif; }
nav b { font-weight: 600; font-variant-numeric: tabular-nums; }
main { white-space: pre-wrap; overflow-wrap: anywhere; }
.noise { color: var(--soft); opacity: .65; text-decoration: line-through; text-decoration-thickness: 1px; }
.front { color: var(--front); }
.heading { font-weight: 700; }
.label { font-weight: 700; }
.listed { font-style: italic; opacity: .85; }
.exception { font-style: italic; border-bottom: 1px dotted var(--clock); }
.duty { background: var(--duty); } .permission { background: var(--permission); }
.prohibition { background: var(--prohibition); } .definition { background: var(--definition); }
.resource { text-decoration: underline dotted var(--resource); text-underline-offset: .3em; }
.field { border-bottom: 1px solid var(--resource); }
.agency { color: var(--agency); } .clock { color: var(--clock); border-bottom: 2px solid var(--clock); }
.reference { color: var(--reference); text-decoration: underline; }
.issue { background: var(--issue); outline: 1px dashed var(--clock); }
footer table { border-collapse: collapse; } footer td { padding: .1rem .8rem .1rem 0; }
footer td:first-child { text-align: right; font-variant-numeric: tabular-nums; }
footer h2 { font-size: 1rem; color: var(--ink); margin: 1rem 0 .3rem; }
@media print { nav { position: static; } body { background: #fff; } }
""".strip()


def page(found: Explained) -> str:
    """The text as a self-contained page: no script, nothing fetched."""
    title = escape("、".join(found.titles) or found.path)
    return "".join(
        (
            '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>\n{CSS}\n</style>\n</head>\n<body>\n",
            f"<header><h1>{title}</h1><p>{escape(found.path)} · {len(found.source)} characters · rest the pointer on ",
            "a stretch to see what it became; what is not highlighted gave no record</p></header>\n",
            f'<nav aria-label="legend"><ul>{"".join(_legend(found))}</ul></nav>\n<main>',
            *_spans(found),
            f"</main>\n<footer>{''.join(_tables(found))}</footer>\n</body>\n</html>\n",
        )
    )


def _legend(found: Explained) -> Iterator[str]:
    for layer, count in found.counts().items():
        yield f'<li><span class="{layer}">{escape(LABELS[Layer(layer)])}</span> <b>{count}</b></li>'


def _spans(found: Explained) -> Iterator[str]:
    for segment in found.segments:
        text = escape(found.source[segment.start : segment.end])
        classes = [str(mark.layer) for mark in segment.marks]
        notes = [mark.note for mark in segment.marks]
        if segment.base in (Base.NOISE, Base.FRONT):
            classes.insert(0, str(segment.base))
            notes.insert(0, f"{segment.base}: {segment.reason}")
        if not classes:
            yield text
        else:
            yield f'<span class="{" ".join(classes)}" title="{escape(chr(10).join(notes))}">{text}</span>'


def _tables(found: Explained) -> Iterator[str]:
    yield "<h2>Every character</h2><table>"
    for name, count in found.sums().items():
        yield f"<tr><td>{count}</td><td>{escape(name)}</td></tr>"
    yield "</table>"
    if found.issues:
        yield "<h2>Issues</h2><table>"
        for issue in found.issues:
            line = issue.place.line if issue.place else None
            said = f"{issue.code}: {issue.message} {issue.suggestion or ''}"
            yield f"<tr><td>{line or ''}</td><td>{escape(said)}</td></tr>"
        yield "</table>"
