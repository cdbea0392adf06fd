"""Measure what each thing kept on disk saves of a command that people wait for, as a table.

Run it with `.venv/bin/python benchmarks/keepings.py`, or with a keeping’s name for it alone; it
takes half an hour on a quiet machine. For each there are two workspaces, which are changed and
built alike, by turns: in one the program is as it is, in the other it neither writes nor finds that
one thing. A pair’s saving is the second time less the first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from benchmarks.common import (
    CLIENT,
    COHORT,
    print_machine,
    print_table,
    say,
    taken,
    workspace,
    write_roster,
)
from benchmarks.processes import PEOPLE, edit_module, rename_somebody

PAIRS = 7
PLAN = ("plan", "--client", CLIENT)
BUILD = ("build", "--client", CLIENT)
BUILD_ONE = (*BUILD, "--cohort", COHORT)
PRINT = ("print", "--client", CLIENT, "--cohort", COHORT)


@dataclass(frozen=True)
class Case:
    """Names a thing that is kept, the command that finds it, and what is changed before."""

    keeping: str
    change: Callable[[Path], None]
    command: tuple[str, ...]
    first: tuple[str, ...] = ()
    pairs: int = PAIRS


def leave(_folder: Path) -> None:
    """Change nothing."""


CASES = (
    Case("laid-out parts", edit_module, BUILD_ONE, pairs=3),
    Case("linked documents", rename_somebody, BUILD_ONE),
    Case("template runs", rename_somebody, BUILD_ONE),
    Case("views of modules", edit_module, BUILD),
    Case("sound parts", rename_somebody, BUILD_ONE),
    Case("what was read of texts", leave, PLAN),
    Case("report of a build", leave, BUILD),
    Case("notes of files", edit_module, BUILD),
    Case("made_from of files", edit_module, BUILD),
    Case("made_from of a run", leave, PRINT, first=BUILD_ONE, pairs=3),
    Case("byte code", edit_module, BUILD),
)
CHANGES = {edit_module: "one module edited", rename_somebody: "one name changed", leave: "nothing"}


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--without"]:
        run_without(sys.argv[2], sys.argv[3:])
        return
    print_machine("workshop-kit", "weasyprint")
    rows = [row_of(case) for case in CASES if sys.argv[1:] in ([], [case.keeping])]
    print_table(("kept", "changed", "command", "with, s", "without, s", "saves, s"), rows)


def row_of(case: Case) -> tuple[str, ...]:
    """Return the medians of pairs of runs, and of their differences."""
    pairs: list[tuple[float, float]] = []
    with workspace("modules") as usual, workspace("modules") as lacking:
        turns = [(usual, ""), (lacking, case.keeping)]
        for folder, without in turns:
            write_roster(folder, PEOPLE)
            for command in filter(None, (case.first, case.command, case.command)):
                start(folder, without, command)
        for number in range(case.pairs):
            seconds: dict[str, float] = {}
            for folder, without in turns if number % 2 else reversed(turns):
                case.change(folder)
                seconds[without] = taken(lambda f=folder, w=without: start(f, w, case.command))
            pairs.append((seconds[""], seconds[case.keeping]))
            say(f"{case.keeping}: {pairs[-1][0]:.2f} s with, {pairs[-1][1]:.2f} s without")
    ours, others = (f"{median(column):.2f}" for column in zip(*pairs, strict=True))
    saved = median(without - usual for usual, without in pairs)
    command = " ".join(word for word in case.command if word not in ("--client", CLIENT))
    return case.keeping, CHANGES[case.change], command, ours, others, f"{saved:.2f}"


def start(folder: Path, without: str, command: tuple[str, ...]) -> None:
    """Run the `workshop` command in a new process, in which one thing is not kept."""
    line = [sys.executable, "-m", "benchmarks.keepings", "--without", without, *command]
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr.decode())


def run_without(keeping: str, arguments: list[str]) -> None:
    """Run the command in this process, with one thing neither written nor found."""
    from workshop.cli import run

    sys.argv = ["workshop", *arguments]
    with lacking(keeping):
        run()


@contextmanager
def lacking(keeping: str) -> Iterator[None]:
    """Have the program do without one thing that it keeps."""
    with ExitStack() as stack:
        for place, instead in LACKING.get(keeping, dict)().items():
            stack.enter_context(patch(place, instead))
        yield


def no_entries(kind: str) -> dict[str, Any]:
    """Return a store that knows nothing of a kind."""
    from workshop.keeping.store import Store

    get, has, put = Store.get, Store.has, Store.put
    return {
        "workshop.keeping.store.Store.get": lambda store, its, key: (
            None if its == kind else get(store, its, key)
        ),
        "workshop.keeping.store.Store.has": lambda store, its, key: (
            its != kind and has(store, its, key)
        ),
        "workshop.keeping.store.Store.put": lambda store, its, key, body: (
            None if its == kind else put(store, its, key, body)
        ),
    }


def no_shelf(is_lacking: Callable[[str], bool]) -> dict[str, Any]:
    """Return a shelf without the values whose names begin so."""
    from workshop.composing.reuse.shelves import Shelf

    get, put = Shelf.get, Shelf.put

    def found(shelf: Shelf, *name: str, from_data: Callable[[Any], Any]) -> Any:
        return None if is_lacking(name[0]) else get(shelf, *name, from_data=from_data)

    def kept(shelf: Shelf, value: Any, *name: str, to_data: Callable[[Any], object]) -> Any:
        return value if is_lacking(name[0]) else put(shelf, value, *name, to_data=to_data)

    shelf = "workshop.composing.reuse.shelves.Shelf"
    return {f"{shelf}.get": found, f"{shelf}.put": kept}


LACKING: dict[str, Callable[[], dict[str, Any]]] = {
    "laid-out parts": lambda: no_entries("parts"),
    "linked documents": lambda: no_entries("linked"),
    "template runs": lambda: no_shelf(lambda name: name == "runs"),
    "views of modules": lambda: no_shelf(lambda name: name not in ("runs", "sound")),
    "sound parts": lambda: no_shelf(lambda name: name == "sound"),
    "what was read of texts": lambda: no_entries("texts"),
    "report of a build": lambda: {
        "workshop.building.build_client.earlier_report": lambda _request: None,
    },
    "notes of files": lambda: {
        "workshop.building.steps.kit_in_progress.note_files": lambda *_: None,
        "workshop.building.steps.kit_in_progress.unchanged_files": lambda *_: frozenset(),
    },
    "made_from of files": lambda: {
        # No file's is another's, nor what it was the last time.
        "workshop.building.steps.copies.made_from": lambda *_: uuid4().hex,
    },
    "made_from of a run": lambda: {"workshop.press.run._is_whole": lambda *_: False},
    "byte code": lambda: {
        "workshop.composing.language.bytecode.TemplateCode._stored": lambda *_: None,
        "workshop.composing.language.bytecode.is_ours": lambda _folder: False,
    },
}


if __name__ == "__main__":
    main()
