"""A part's job: what its digest depends on, and what depends on the side it begins on."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from workshop.composing.pages.render_job import JobFile, RenderJob, Stylesheet

JOB = RenderJob(
    html="<p>x</p>",
    stylesheets=(Stylesheet(Path("/a.css"), "p {}"), Stylesheet(Path("/b.css"), "q {}")),
    files=(JobFile("/a.png", b"a"), JobFile("/b.png", b"", "there is no such file")),
    families=("Lato", "Noto Sans"),
    fonts=(JobFile("house.ttf", b"f"),),
    start="right",
    then="left",
)

OTHERS: dict[str, list[object]] = {
    "html": ["<p>y</p>"],
    "stylesheets": [
        JOB.stylesheets[:1],
        JOB.stylesheets[::-1],
        (Stylesheet(Path("/c.css"), "p {}"), JOB.stylesheets[1]),
        (Stylesheet(Path("/a.css"), "p { }"), JOB.stylesheets[1]),
    ],
    "files": [
        (),
        JOB.files[:1],
        (JobFile("/a.png", b"b"), JOB.files[1]),
        (JobFile("/c.png", b"a"), JOB.files[1]),
        (JOB.files[0], JobFile("/b.png", b"", "it is a folder")),
        (*JOB.files, *JOB.fonts),
    ],
    "families": [("Lato",), ("Noto Sans", "Lato"), ()],
    "fonts": [(), (JobFile("house.ttf", b"g"),)],
    "start": ["left"],
    "then": ["right", "back", None],
    "pages_before": [1],
}


def test_every_field_has_another_value_here() -> None:
    assert [*OTHERS, "seconds"] == [field.name for field in fields(RenderJob)]


def test_how_long_a_layout_may_take_does_not_change_what_comes_of_it() -> None:
    assert replace(JOB, seconds=1).digest == JOB.digest


def test_any_other_job_has_another_digest() -> None:
    jobs = [replace(JOB, **{name: value}) for name, each in OTHERS.items() for value in each]  # type: ignore[arg-type]
    # Nor can a file be taken for a font.
    jobs.append(replace(JOB, files=JOB.files[:1], fonts=(JOB.files[1], *JOB.fonts)))
    digests = {job.digest for job in (JOB, *jobs)}
    assert len(digests) == len(jobs) + 1


def test_an_equal_job_has_the_same_digest_in_every_process() -> None:
    copy = pickle.loads(pickle.dumps(JOB))
    assert copy == JOB
    assert copy.digest == JOB.digest
    # Also when it was worked out before.
    assert pickle.loads(pickle.dumps(JOB)).digest == JOB.digest
    script = (
        "from pathlib import Path\n"
        "from workshop.composing.pages.render_job import JobFile, RenderJob, Stylesheet\n"
        f"print({JOB!r}.digest)".replace("PosixPath", "Path")
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == JOB.digest


@pytest.mark.parametrize(
    "css",
    [
        "@page :left { margin: 0 }",
        "@page:right{margin:0}",
        "@page cover:blank { margin: 0 }",
        "h1 { break-before: recto }",
        "h1 { break-after: VERSO }",
        "h1 { break-before: right }",
        "h1 { break-after:left }",
        "h1 { page-break-before: left }",
        "@PAGE :LEFT { margin: 0 }",
    ],
)
def test_css_for_one_side_makes_a_layout_depend_on_it(css: str) -> None:
    assert replace(JOB, stylesheets=(Stylesheet(Path("/a.css"), css),)).depends_on_side
    assert replace(JOB, html=f"<style>{css}</style>").depends_on_side


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-left: 0; float: right; text-align: left }",
        "@page { margin-left: 9mm; @top-right { content: 'x' } }",
        "h1 { break-before: page } .left { color: red }",
        "@page { margin: 0 } a:left-over { color: red }",
    ],
)
def test_other_css_does_not(css: str) -> None:
    assert not replace(JOB, stylesheets=(Stylesheet(Path("/a.css"), css),)).depends_on_side
