"""Fixtures for all tests: workspaces to write into, and the sample clients' kits, built once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

import workshop
from tests.made_once import made_once
from tests.tiny_workspace.workspace import kept_results
from workshop.building.kit.manifest import KitFile, Manifest, read
from workshop.keeping.memory import KeptTable, Memory
from workshop.keeping.store import Store

__all__ = ["kept_results"]

REPOSITORY = Path(__file__).resolve().parent.parent
# To be handed to `workshop.load` by tests that only want what it returns: it knows files by their
# text, so that each process parses the library once and not for every test.
READINGS = Memory()


# What makes a test slow wherever it stands: fixtures that lay out pages, build kits, or start
# servers and processes, and folders whose tests do.
SLOW_FIXTURES = frozenset(("built", "kits", "postbox", "printer", "real_run", "table"))
# Begun first, the longest before all, so that no process is left alone with one at the end.
LONGEST = (
    "kits",
    "assembly/test_equal_to_the_slow_way.py",
    "hostile",
    "generated",
    "test_wheel.py",
    "docs/test_tutorial.py",
    "docs/test_library.py",
    "cli/test_damaged_files.py",
    "building",
)
SLOW_FOLDERS = (REPOSITORY / "tests" / "kits", REPOSITORY / "tests" / "viewers")


def pytest_configure() -> None:
    """Look for garbage seldom: each look goes through the whole library, which is read once.

    With Python's own thresholds, a tenth of the time of the tests that compose goes into it.
    """
    gc.set_threshold(700, 10, 500)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests as slow by their fixtures and folders, and put the longest files first.

    Others are marked as slow where they stand.
    """
    items.sort(key=_turn)
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        in_slow_folder = any(item.path.is_relative_to(folder) for folder in SLOW_FOLDERS)
        if in_slow_folder or not SLOW_FIXTURES.isdisjoint(fixtures):
            item.add_marker(pytest.mark.slow)


def _turn(item: pytest.Item) -> int:
    """Return when a test's file is begun."""
    tests = REPOSITORY / "tests"
    turns = (at for at, name in enumerate(LONGEST) if item.path.is_relative_to(tests / name))
    return next(turns, len(LONGEST))


# What is known by the texts or the files it was made from, and so is the same for all memories of
# a process.
_BY_TEXT = (
    "modules", "yaml_sources", "file_digests", "html", "text_code", "template_code", "sheets",
    "engine_sheets", "pictures", "subsets",
)  # fmt: skip


class _TextsReadBefore(KeptTable):
    """Finds also what other memories have read; what is saved is this memory's own."""

    def get(self, key: str) -> Any | None:
        own = super().get(key)
        if own is None and (read := READINGS.texts.get(key)) is not None:
            return self.put(key, read)
        return own

    def put(self, key: str, value: Any) -> Any:
        READINGS.texts.put(key, value)
        return super().put(key, value)


@pytest.fixture(scope="session", autouse=True)
def _library_parsed_once() -> Iterator[None]:
    """Let each memory find the texts that another of this process has parsed and converted.

    Below nearly every workspace of a test lies the whole library, and to parse it takes longer than
    what most of them test.
    """
    begin = Memory.__init__

    @wraps(begin)
    def begin_with_readings(memory: Memory, store: Store | None = None) -> None:
        begin(memory, store)
        memory.texts.__class__ = _TextsReadBefore
        for table in _BY_TEXT:
            setattr(memory, table, getattr(READINGS, table))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Memory, "__init__", begin_with_readings)
        yield


@pytest.fixture
def nothing_parsed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each memory begin with nothing, as in a process of its own."""
    monkeypatch.setattr(Memory, "__init__", unwrap(Memory.__init__))


@pytest.fixture
def repository() -> Path:
    """The checkout: a workspace with the sample clients acme and minimal."""
    return REPOSITORY


@dataclass(frozen=True)
class Workspace:
    """A workspace in a temporary folder, to be written into."""

    root: Path

    def write(self, path: str, text: str) -> Path:
        """Write a file below the workspace; folders are made as needed."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def client(self, text: str = "name: Test Client\n", slug: str = "test") -> Path:
        """Write a client file."""
        return self.write(f"clients/{slug}/client.yaml", text)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    workspace = Workspace(tmp_path / "workspace")
    workspace.write("workshop.yaml", "output: build\n")
    return workspace


@dataclass(frozen=True)
class Kits:
    """The kits of the sample clients, as `workshop build` writes them."""

    root: Path

    def manifest(self, client: str, cohort: str) -> Manifest:
        """Return a kit's manifest."""
        manifest = read(self.root / client / cohort)
        assert manifest is not None
        return manifest

    def files(self, document: str | None = None) -> list[tuple[Path, KitFile]]:
        """Return every file of every kit, or those of one document."""
        return [
            (path.parent / entry.path, entry)
            for path in sorted(self.root.glob("*/*/manifest.json"))
            for entry in self.manifest(path.parent.parent.name, path.parent.name).files
            if document in (None, entry.document)
        ]


@pytest.fixture(scope="session")
def kits(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Kits:
    """The kits of acme and minimal; built by whichever worker asks first."""

    def build(output: Path) -> None:
        for client in ("minimal", "acme"):
            workshop.build(REPOSITORY, client, output=output)

    return Kits(made_once(tmp_path_factory, worker_id, "kits", build))


TextOf = Callable[[Path], str]


@pytest.fixture(scope="session")
def text_of() -> TextOf:
    """Extract the text of a PDF, page after page."""
    import pypdfium2

    def extract(path: Path) -> str:
        pdf = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
        finally:
            pdf.close()

    return extract
