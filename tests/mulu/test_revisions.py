"""``--revision``: who, query and export as the catalogue stood, the law being that of another date."""

from __future__ import annotations

import pytest

from tests.mulu.conftest import ROOT, Mulu

SAMPLE = ROOT / "mulu" / "sample"
COUNTS = "{ catalogue { revision counts { kind count } } resources(first: 50) { nodes { id version } } }"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Mulu:
    """A directory whose mulu.db holds the sample in revision 1, and more in revision 2."""
    run = Mulu(tmp_path_factory.mktemp("grown"))
    assert run("load", str(SAMPLE)).status == 0
    run.answers = {name: run(*words).out for name, words in ASKED.items()}  # type: ignore[attr-defined]
    assert run("generate", "--resources", "30").status == 0
    return run


ASKED = {
    "who": ("who", "婚姻状况", "--on", "2018-01-01", "--json"),
    "ttl": ("export", "--format", "ttl"),
    "full": ("export", "--format", "nt", "--view", "full"),
    "csv": ("export", "--format", "csv"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_command_answers_as_it_did_at_the_revision(grown: Mulu, name: str):
    words = ASKED[name]
    told = grown.answers[name]  # type: ignore[attr-defined]
    assert grown(*words, "--revision", "1").out == told


def test_the_newest_is_another(grown: Mulu):
    assert grown(*ASKED["csv"]).out != grown.answers["csv"]  # type: ignore[attr-defined]


def test_a_query_is_run_at_the_revision(grown: Mulu):
    first = grown("query", "-", "--revision", "1", stdin=COUNTS).json["data"]
    now = grown("query", "-", stdin=COUNTS).json["data"]
    assert (first["catalogue"]["revision"], now["catalogue"]["revision"]) == (1, 2)
    assert len(first["resources"]["nodes"]) < len(now["resources"]["nodes"])


@pytest.mark.parametrize("revision", ["0", "3", "-1"])
def test_a_revision_that_never_was_is_wrong_use(grown: Mulu, revision: str):
    done = grown("export", "--revision", revision)
    assert (done.status, done.out) == (2, "")
    assert "the revisions 1 to 2" in done.err
