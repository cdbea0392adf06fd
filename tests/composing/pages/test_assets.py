"""Files that pages ask for: found wherever they are named, read once, and never from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.composing.pages.assets import Assets, file_name_in
from workshop.composing.pages.render_job import JobFile, Stylesheet
from workshop.keeping.memory import Memory
from workshop.limits import Limit
from workshop.user_files import read_file

NS = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with some files, beside one that may not be read."""
    made = tmp_path / "assets"
    (made / "deep").mkdir(parents=True)
    for name in ("a.png", "b c.png", "deep/d.png", "ü(1)'s.png"):
        (made / name).write_bytes(name.encode())
    (tmp_path / "outside.png").write_bytes(b"secret")
    return made


def found(root: Path, html: str = "", *css: str) -> dict[str, str]:
    """Return what is found: the content of each file, or why it is refused, by its name."""
    sheets = [Stylesheet(root / f"{number}.css", one) for number, one in enumerate(css)]
    files = Assets([root], Memory()).files_for(html.replace("ROOT", root.as_uri()), sheets)
    return {
        file.address.removeprefix(f"{root}/"): file.refused or file.content.decode()
        for file in files
    }


@pytest.mark.parametrize(
    "html",
    [
        '<img src="ROOT/a.png" alt="x">',
        "<img src=ROOT/a.png>",
        "<img src='ROOT/deep/../a.png?v=1#x'>",
        '<p style="background: url(ROOT/a.png)">',
        "<p style=\"background: url('ROOT/a.png')\">",
        '<p style="background: url(&quot;ROOT/a.png&quot;)">',
        "<style>p { background: url(ROOT/a.png) }</style>",
        "<style>@import 'ROOT/a.png';</style>",
        f'<svg {NS}><image href="ROOT/a.png"/><text>ROOT</text></svg>',
        '<object data="ROOT/a.png">',
        '<link rel="attachment" href="ROOT/a.png">',
        '<a href="FILE/a.png">',
    ],
)
def test_a_page_names_files_in_many_ways(root: Path, html: str) -> None:
    html = html.replace("FILE", root.as_uri().replace("file:", "FILE:"))
    assert found(root, html)["a.png"] == "a.png"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("b%20c.png", "b c.png"),
        ("b c.png", "b c.png"),
        ("%C3%BC%281%29%27s.png", "ü(1)'s.png"),
        ("ü(1)'s.png", "ü(1)'s.png"),
    ],
)
def test_a_name_may_be_written_with_percent_signs_or_without(
    root: Path, written: str, name: str
) -> None:
    assert found(root, f'<img src="ROOT/{written}">') == {name: name}
    assert found(root, "", f'p {{ background: url("{written}") }}') == {name: name}


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(a.png) }",
        "p { background: url('a.png') no-repeat, none }",
        "p { background: URL( 'a.png' ) }",
        "@media print { p { background: url(./a.png) } }",
        "@page { @top-left { content: url(deep/../a.png) } }",
        "@font-face { font-family: F; src: local(x), url(a.png) format('woff') }",
        "@import 'a.png';",
        "@import url(a.png) print;",
        "@IMPORT url('a.png');",
        "p { background: image-set('a.png' 1x, url(nothing) 2x) }",
        ".a { .b { background: url(a.png) } }",
        "p { background: url(a.p\\6eg) }",
        "p { background: \\75 rl('a.png') }",
        "p { background: u\\000072l('a.png') }",
        "p { background: \\IMAGE-set('a.png' 1x) }",
        "@\\69mport 'a.png';",
        "@im\\port 'a.png';",
    ],
)
def test_a_style_sheet_names_files_from_where_it_lies(root: Path, css: str) -> None:
    assert found(root, "", css)["a.png"] == "a.png"


def test_words_in_css_are_no_addresses(root: Path) -> None:
    assert found(root, "", "p::before { content: 'a.png' } /* url(a.png) */ q { color: red }") == {}
    assert found(root, "<p>Look into a.png, http://example.com/a.png, data:,x</p>") == {}


def test_what_is_found_is_looked_into(root: Path) -> None:
    (root / "deep/one.css").write_text("@import 'two.css'; p { background: url(../a.png) }")
    (root / "deep/two.css").write_text("@import 'one.css'; p { background: url(d.png) }")
    files = found(root, "", "@import 'deep/one.css';")
    assert set(files) == {"deep/one.css", "deep/two.css", "a.png", "deep/d.png"}


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="a.png"/>',
        '<image xlink:href = "a.png"/>',
        "<image href='a.png'/>",
        '<style>@import "a.png";</style>',
        "<style>@font-face { src: url(a.png) }</style>",
        '<rect style="fill: url(a.png)"/>',
    ],
)
def test_a_drawing_asks_for_files_from_where_it_lies(root: Path, inside: str) -> None:
    (root / "logo.svg").write_text(f"<svg {NS}>{inside}</svg>")
    assert found(root, '<img src="ROOT/logo.svg">')["a.png"] == "a.png"


def test_drawings_in_drawings_are_looked_into_and_rings_end(root: Path) -> None:
    (root / "one.svg").write_text(f'<svg {NS}><image href="deep/two.svg"/></svg>')
    # By what it holds, whatever it is called.
    (root / "deep/two.svg").write_text(f'<svg {NS}><image href="three"/></svg>')
    (root / "deep/three").write_text(f'<svg {NS}><image href="../one.svg#x"/></svg>')
    assert set(found(root, "ROOT/one.svg")) == {"one.svg", "deep/two.svg", "deep/three"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../outside.png", "outside the folders"),
        ("%2e%2e/outside.png", "outside the folders"),
        ("nothing.png", "there is no such file"),
        ("deep", "it is a folder"),
        ("a.png%00", "null"),
        ("x" * 300, "name too long"),
    ],
)
def test_what_may_not_or_cannot_be_read_comes_with_the_reason(
    root: Path, name: str, why: str
) -> None:
    [(_, told)] = found(root, f'<img src="ROOT/{name}">').items()
    assert why in told.lower()
    assert "secret" not in told


def test_a_link_that_leads_out_is_refused_and_one_that_stays_inside_is_not(root: Path) -> None:
    (root / "out.png").symlink_to(root.parent / "outside.png")
    (root / "in.png").symlink_to(root / "a.png")
    files = found(root, '<img src="ROOT/out.png"><img src="ROOT/in.png">')
    assert "outside the folders" in files["out.png"]
    assert files["in.png"] == "a.png"


def test_nothing_is_read_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def noted(path: Path, limit: Limit) -> bytes:
        read.append(path)
        return read_file(path, limit)

    monkeypatch.setattr("workshop.composing.pages.assets.read_file", noted)
    (root / "one.svg").write_text(f'<svg {NS}><image href="a.png"/></svg>')
    assets = Assets([root], Memory())
    html = f'<img src="{root.as_uri()}/one.svg"><img src="{root.as_uri()}/a.png">'
    sheet = Stylesheet(root / "x.css", "p { background: url(a.png) }")
    first, again = assets.files_for(html, [sheet]), assets.files_for(html, [sheet])
    assert first == again
    assert sorted(path.name for path in read) == ["a.png", "one.svg"]


def test_files_come_in_one_order_however_they_are_asked_for(root: Path) -> None:
    tags = [f'<img src="{root.as_uri()}/{name}">' for name in ("a.png", "deep/d.png", "no.png")]
    files = Assets([root], Memory()).files_for("".join(tags), ())
    assert Assets([root], Memory()).files_for("".join(reversed(tags)), ()) == files
    assert files == tuple(sorted(files, key=lambda file: file.address))
    assert files[0] == JobFile(f"{root}/a.png", b"a.png")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("file:///a/b%20c.png?x#y", "/a/b c.png"),
        ("FILE:/a/../b", "/b"),
        ("file:////a//b", "/a/b"),
        ("file:a", "/a"),
        ("file://host/a", None),
        ("http://host/a", None),
        ("data:,x", None),
        ("/a", None),
        ("", None),
    ],
)
def test_only_an_address_of_this_machine_names_a_file(address: str, name: str | None) -> None:
    assert file_name_in(address) == name


@pytest.mark.parametrize("broken", ["http://[x", "file://[x/a"])
def test_an_address_that_is_none_is_passed_over(root: Path, broken: str) -> None:
    css = f"p {{ background: url('{broken}') }} q {{ background: url(a.png) }}"
    assert found(root, "", css) == {"a.png": "a.png"}
    (root / "x.svg").write_text(f'<svg {NS}><image href="{broken}"/><image href="a.png"/></svg>')
    assert found(root, f'<img src="ROOT/x.svg"><img src="{broken}">')["a.png"] == "a.png"
