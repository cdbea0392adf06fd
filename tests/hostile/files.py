"""Make hostile files, by a seed: of each kind that users write, and each wrong in one way."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

# What stands in the tiny workspace, and what may be added to it.
YAML = [
    "clients/tiny/client.yaml",
    "clients/other/client.yaml",
    "modules/programme.yaml",
    "workshop.yaml",
    "templates/badge/document.yaml",
    "profiles/own.yaml",
]
TEXTS = ["modules/asking.md", "modules/new.md", "clients/tiny/cases/case.md"]
ROSTER = "clients/tiny/roster.csv"
LAYOUT = [
    "templates/badge/document.html.j2",
    "templates/badge/document.css",
    "clients/tiny/templates/client.css",
]
BINARY = ["clients/tiny/assets/logo.svg", "clients/tiny/assets/fonts/Own.ttf"]
ALL = [*YAML, *TEXTS, ROSTER, *LAYOUT, *BINARY]
FOLDERS = [
    "modules",
    "profiles",
    "clients",
    "clients/tiny",
    "clients/tiny/assets",
    "templates/badge",
]
NAMES = [
    "\a\x1b[2J.md",
    "\u202egpj.md",
    "a\nb: error: c.md",
    "caf\udce9.md",
    "\udcff\udcfe",
    "x" * 250,
    "._x.md",
    "~$x.md",
    ".DS_Store",
    "x.md~",
    "#x#",
    "x (conflicted copy 2027-01-01 101010).yaml",
    "-rf.md",
    "{{x}}.md",
    "con.md",
    " .md",
    ".md",
    "…",
    "\u200d.md",
    "%s%n.yaml",
]
CELLS = [
    "#N/A",
    "#BEZUG!",
    "=VLOOKUP(A1)",
    "NULL",
    "-",
    "\u200d",
    "\u202e",
    "\0",
    "\x1b[2J",
    "a@",
    "é@é",
    '"',
    '""',
    "x" * 300,
    "'",
    "\u2028",
    "<b>",
    "{{ x }}",
    "💥",
    "1e999",
    "a\tb",
    "ﷺ" * 50,
    "",
]
SCALARS = [
    "",
    "~",
    "[]",
    "{}",
    "[[]]",
    "1e999",
    ".inf",
    "-.nan",
    "0x" + "f" * 15,
    "9" * 400,
    '"\\u202e"',
    '"\\x1b[2J"',
    '"\\u200d"',
    "&a 1",
    "*a",
    "!!python/object:os.system x",
    "| ",
    "> ",
    "'",
    '"',
    "{a: {b: {c: 1}}}",
    "2026-02-31",
    "../../../../etc/passwd",
    "/dev/zero",
    "%",
    "@x",
    "`x",
    "\t",
    "- - - -",
    "<<: *x",
    "? [a]",
    '"\\ud800"',
    "0777",
    "12:30:45",
    "x" * 3_000,
]

Spoil = Callable[[Path], None]


def spoilers(seed: int, number: int) -> Iterator[tuple[str, Spoil]]:
    """Yield so many ways to spoil a workspace, each with its name."""
    rng = random.Random(seed)
    kinds = [_special, _large, _bytes, _yaml_shape, _yaml_value, _roster, _mutated, _name, _long]
    for index in range(number):
        yield kinds[index % len(kinds)](rng)


def _special(rng: random.Random) -> tuple[str, Spoil]:
    path, kind = (
        rng.choice(ALL),
        rng.choice(["pipe", "socket", "zero", "loop", "none", "folder", "out"]),
    )

    def spoil(root: Path) -> None:
        target = _cleared(root / path)
        if kind == "pipe":
            os.mkfifo(target)
        elif kind == "socket":
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(os.path.relpath(target))
        elif kind == "folder":
            target.mkdir()
        else:
            ends = {
                "zero": "/dev/zero",
                "loop": target.name,
                "none": "nowhere",
                "out": "/etc/passwd",
            }
            target.symlink_to(ends[kind])

    return f"{path} is {kind}", spoil


def _large(rng: random.Random) -> tuple[str, Spoil]:
    beside = [f"{folder}/film.mp4" for folder in FOLDERS]
    path, size = rng.choice([*ALL, *beside]), rng.choice([3_000_000, 60_000_000, 6_000_000_000])

    def spoil(root: Path) -> None:
        with _cleared(root / path).open("wb") as file:
            file.truncate(size)

    return f"{path} has {size} bytes", spoil


def _bytes(rng: random.Random) -> tuple[str, Spoil]:
    contents = [
        rng.randbytes(2_000),
        b"",
        b"\0" * 1_000,
        b"\xff\xfe" + b"a\0" * 500,
        b"\xef\xbb\xbf",
        b"\xe9",
        b" " * 900_000,
        b"\n" * 100_000,
        b"\r" * 5_000,
        b"---\n" * 9_000,
        b"\xed\xa0\x80",
        b"PK\x03\x04",
        b"\x1b[2J\x07\n" * 50,
        "\u202e\n".encode() * 50,
        b"<svg" * 9_000,
        b"%PDF-1.7",
        b"\xc2\x9b" * 99,
    ]
    return _written(rng.choice(ALL), rng.choice(contents))


def _yaml_shape(rng: random.Random) -> tuple[str, Spoil]:
    shapes = [
        "".join(f"k{n}: v\n" for n in range(2_000)),
        "name: x\n" + "".join(f"k{n}: v\n" for n in range(400)),
        "a: " + "[" * 300,
        "".join(" " * n + "a:\n" for n in range(100)),
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: [" + "1," * 400_000,
        "a: !" + "x" * 40_000,
        "!" + "a" * 900_000,
        "name: x\nname: y\n" * 400,
        "cohorts:\n" + "".join(f"  c{n}: {{date: x}}\n" for n in range(200)),
        "name: x\ncohorts:\n" + "".join(f"  c{n}: {{}}\n" for n in range(12)),
        "- a\n" * 2_000,
        '"' + "\n" * 40_000,
        "# x\n" * 40_000,
        "terms: {" + ", ".join(f"t{n}: x" for n in range(500)) + "}\n",
    ]
    return _written(rng.choice(YAML), rng.choice(shapes).encode())


def _yaml_value(rng: random.Random) -> tuple[str, Spoil]:
    path, value, at = rng.choice(YAML[:5]), rng.choice(SCALARS), rng.random()

    def spoil(root: Path) -> None:
        lines = _text(root / path).split("\n")
        keys = [n for n, line in enumerate(lines) if ": " in line and not line.startswith("#")]
        if keys:
            line = keys[int(at * len(keys))]
            lines[line] = f"{lines[line].partition(': ')[0]}: {value}"
        _cleared(root / path).write_text("\n".join(lines), encoding="utf-8")

    return f"{path} has the value {value[:40]!r}", spoil


def _roster(rng: random.Random) -> tuple[str, Spoil]:
    header = "name,email,team,role,segment,manager,manager_email\n"
    shapes = [
        header + "".join(f"P,{n}@,x,y,z,m\n" for n in range(3_000)),
        header + "x@,,,,,,\n" * 9_000,
        ",".join(f"c{n}" for n in range(100_000)),
        header + '"' + "x\n" * 150_000,
        header + "," * 500_000,
        header,
        "name\n" + "".join(f"Anna {chr(97 + n % 26)}\n" for n in range(300)),
        header.replace(",", ";") + "a;b\n" * 900,
        "name\n" + "\n" * 200_000,
    ]
    rows = [",".join(rng.choice(CELLS) for _ in range(7)) for _ in range(rng.randrange(1, 30))]
    content = rng.choice([*shapes, *[header + "\n".join(rows)] * len(shapes)])
    return _written(ROSTER, content.encode("utf-8", "surrogatepass"))


def _mutated(rng: random.Random) -> tuple[str, Spoil]:
    path, times, own = rng.choice(ALL), rng.randrange(1, 12), random.Random(rng.random())

    def spoil(root: Path) -> None:
        text = list(_text(root / path) or "x: 1\n")
        for _ in range(times):
            at = own.randrange(len(text) + 1)
            if own.random() < 0.4:
                del text[at : at + own.randrange(1, 20)]
            else:
                text.insert(
                    at,
                    own.choice(
                        [
                            "\0",
                            "\x1b",
                            "{{",
                            "}}",
                            "{%",
                            ":::",
                            "'",
                            '"',
                            "\t",
                            "\u202e",
                            ": ",
                            "- ",
                            "#",
                            "&",
                            "*",
                            "\n",
                            "[",
                            "}",
                            "---\n",
                            "💥",
                        ]
                    ),
                )
            text = text or ["x"]
        _cleared(root / path).write_text("".join(text), encoding="utf-8")

    return f"{path} is changed in {times} places", spoil


def _name(rng: random.Random) -> tuple[str, Spoil]:
    folder, name = rng.choice(FOLDERS), rng.choice(NAMES)
    like = rng.choice(
        ["modules/asking.md", "templates/badge/document.yaml", "clients/tiny/client.yaml"]
    )

    def spoil(root: Path) -> None:
        content = (root / like).read_bytes()
        if folder == "clients":
            target = root / folder / name / "client.yaml"
        else:
            target = root / folder / name
        _cleared(target).write_bytes(content)

    return f"{folder} has a file {name!r} like {like}", spoil


def _long(rng: random.Random) -> tuple[str, Spoil]:
    path = rng.choice(TEXTS)
    pieces = [
        "::: exercise\n",
        ":::\n",
        "::::::\n",
        "> ",
        "- x\n",
        "x",
        "x " * 40 + "\n",
        "1. {5 min} x\n",
        "::: facilitator\nx\n:::\n",
        "#",
        "| a | b |\n",
        "<div>\n",
        "{{ x }}\n",
        "[x](y) ",
    ]
    piece = rng.choice(pieces)
    many = rng.choice([200, 3_000])

    def spoil(root: Path) -> None:
        head = _text(root / "modules/asking.md").split("\n---\n")[0] + "\n---\n"
        _cleared(root / path).write_text((head + piece * many)[:900_000], encoding="utf-8")

    return f"{path} has {many} times {piece!r}", spoil


def _written(path: str, content: bytes) -> tuple[str, Spoil]:
    def spoil(root: Path) -> None:
        _cleared(root / path).write_bytes(content)

    return f"{path} begins with {content[:30]!r}, {len(content)} bytes", spoil


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _cleared(path: Path) -> Path:
    """Make a file's folder, and remove the file itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path
