"""What is kept from one build to the next: whole parts and documents, and nothing of anybody."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import workshop
from tests.building.watched_executor import WatchedExecutor
from tests.raw_pdf import everything_in, spellings
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.building.build_plan import BuildProgress, build_plan
from workshop.building.check_clients import check_clients
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.workers.processes import worker_pool
from workshop.composing.compose_plan import compose_kits
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory
from workshop.keeping.store import FOLDER, Store
from workshop.typesetting.engine import engine
from workshop.typesetting.typeset import typeset

pytestmark = pytest.mark.slow

WORKBOOK = "participant-workbook"
BADGE = "templates/badge/document.html.j2"
OFFERING = "modules/offering.md"


def kept_parts(tiny: Tiny) -> list[Path]:
    """Return the files of parts that are kept."""
    return sorted((tiny.root / FOLDER / "parts").glob("*"))


def everything_kept(tiny: Tiny) -> dict[Path, bytes]:
    """Return all that is kept: parts, documents as composed and as linked, texts."""
    return {path: path.read_bytes() for path in sorted((tiny.root / FOLDER).glob("*/*"))}


def build(tiny: Tiny, *documents: str) -> WatchedExecutor:
    """Build as a new process does, and return what had to be laid out, linked and stamped."""
    executor = WatchedExecutor()
    tiny.build(*documents, executor=executor)
    return executor


def build_with(memory: Memory, tiny: Tiny, *documents: str) -> None:
    """Build in a process that goes on."""
    plan = workshop.plan(workshop.load(tiny.root, "tiny", memory), (), documents)
    build_plan(plan, tiny.root / "build", worker_pool(1), lambda _progress: None, memory)


def a_job(tiny: Tiny, document: str) -> RenderJob:
    """Return the job of a document's first part."""
    [kit] = compose_kits(workshop.plan(workshop.load(tiny.root, "tiny"), (), [document]))
    return kit.copies[0].composition.parts[0].job


def modules_of(jobs: list[RenderJob]) -> list[str]:
    return [name for name in ("Asking", "Offering") for job in jobs if f">{name}</h1>" in job.html]


def add_to_offering(tiny: Tiny, text: str) -> None:
    path = tiny.root / OFFERING
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_nothing_changed_is_nothing_laid_out_and_the_same_bytes(tiny: Tiny) -> None:
    assert len(build(tiny, WORKBOOK).laid_out) == 6
    first = contents(tiny.kit)
    assert build(tiny, WORKBOOK).submitted == []
    assert contents(tiny.kit) == first


def test_a_changed_roster_needs_no_layout_and_no_linking(tiny: Tiny) -> None:
    assert len(build(tiny, WORKBOOK).linked) == 1
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindqvist-Åström")
    tiny.change(ROSTER, "Anna Berg", "Δήμητρα Νίκα")
    executor = WatchedExecutor()
    kit = tiny.build(WORKBOOK, executor=executor)
    assert [entry.recipient.name for entry in kit.files if entry.recipient] == [
        "Δήμητρα Νίκα",
        "Bo Lindqvist-Åström",
    ]
    assert executor.laid_out == []
    assert executor.linked == []


def test_a_changed_module_costs_its_own_parts(tiny: Tiny) -> None:
    build(tiny, WORKBOOK)
    add_to_offering(tiny, "\nOne sentence more.\n")
    laid_out = build(tiny, WORKBOOK).laid_out
    assert len(laid_out) == 1
    assert modules_of(laid_out) == ["Offering"]


def test_cohorts_share_what_is_the_same(tiny: Tiny) -> None:
    tiny.write(CLIENT, "name: Tiny\ncohorts:\n  one: {venue: Leeds}\n  two: {venue: York}\n")
    told: list[BuildProgress] = []
    workshop.build(tiny.root, "tiny", (), [WORKBOOK], jobs=1, on_progress=told.append)
    laid_out = [step for step in told if step.stage == "lay out"]
    # Only the cover names the venue.
    assert Counter(step.what for step in laid_out)["cover"] == 2
    assert len(laid_out) == laid_out[-1].total == 7
    assert laid_out[-1].kept == 0


def test_a_part_that_is_not_whole_is_laid_out_again(tiny: Tiny) -> None:
    build(tiny, WORKBOOK)
    first = contents(tiny.kit)
    whole = {path: path.read_bytes() for path in kept_parts(tiny)}
    damaged, cut, emptied, *_ = whole
    damaged.write_bytes(whole[damaged][:-9] + b"X" + whole[damaged][-8:])
    cut.write_bytes(whole[cut][:1000])
    emptied.write_bytes(b"")
    assert len(build(tiny, WORKBOOK).laid_out) == 3
    assert contents(tiny.kit) == first
    assert {path: path.read_bytes() for path in kept_parts(tiny)} == whole


def test_parts_that_have_changed_places_are_laid_out_again(tiny: Tiny) -> None:
    build(tiny, WORKBOOK)
    first = contents(tiny.kit)
    whole = {path: path.read_bytes() for path in kept_parts(tiny)}
    one_part, another, *_ = whole
    one_part.write_bytes(whole[another])
    another.write_bytes(whole[one_part])
    assert len(build(tiny, WORKBOOK).laid_out) == 2
    assert contents(tiny.kit) == first
    assert {path: path.read_bytes() for path in kept_parts(tiny)} == whole


@pytest.mark.usefixtures("nothing_parsed_before")
def test_any_other_entry_that_is_not_whole_is_made_again(tiny: Tiny) -> None:
    build(tiny, WORKBOOK)
    first = contents(tiny.kit)
    whole = everything_kept(tiny)
    [document] = (tiny.root / FOLDER / "linked").iterdir()
    composed = list((tiny.root / FOLDER / "composed").iterdir())
    [texts] = (tiny.root / FOLDER / "texts").iterdir()
    assert composed
    for path in (document, *composed, texts):
        path.write_bytes(whole[path].replace(b"a", b"b"))
    (tiny.kit / "manifest.json").unlink()
    assert len(build(tiny, WORKBOOK).linked) == 1
    assert contents(tiny.kit) == first
    assert everything_kept(tiny) == whole


def test_texts_are_converted_once(tiny: Tiny) -> None:
    memory = workshop.open_memory(tiny.root)
    build_with(memory, tiny, WORKBOOK)
    texts = len(memory.html)
    assert texts
    build_with(memory, tiny, WORKBOOK)
    assert len(memory.html) == texts
    add_to_offering(tiny, "\n::: participant\nOne sentence more.\n:::\n")
    build_with(memory, tiny, WORKBOOK)
    assert len(memory.html) == texts + 1


@pytest.mark.usefixtures("nothing_parsed_before")
def test_another_process_converts_the_texts_of_what_has_changed(tiny: Tiny) -> None:
    first, unchanged, changed = (workshop.open_memory(tiny.root) for _ in range(3))
    build_with(first, tiny, WORKBOOK)
    build_with(unchanged, tiny, WORKBOOK)
    assert len(unchanged.html) == 0
    add_to_offering(tiny, "\nOne sentence more.\n")
    build_with(changed, tiny, WORKBOOK)
    assert 0 < len(changed.html) < len(first.html)


def test_a_check_keeps_all_that_the_next_build_needs(tiny: Tiny) -> None:
    executor = WatchedExecutor()
    memory = workshop.open_memory(tiny.root)
    check_clients(tiny.root, "tiny", executor, lambda _progress: None, memory)
    assert executor.laid_out
    assert list((tiny.root / FOLDER / "texts").iterdir())
    built = build(tiny, WORKBOOK, "agenda")
    assert (built.laid_out, built.linked) == ([], [])


@pytest.fixture
def another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Return what puts another version of the layout engine in the place of the installed one."""

    def install() -> None:
        installed = tmp_path / "packages" / "weasyprint-1000.0.dist-info"
        installed.mkdir(parents=True)
        metadata = "Metadata-Version: 2.1\nName: weasyprint\nVersion: 1000.0\n"
        (installed / "METADATA").write_text(metadata, encoding="utf-8")
        monkeypatch.syspath_prepend(installed.parent)
        # As for a process that begins now.
        engine.cache_clear()

    yield install
    monkeypatch.undo()
    engine.cache_clear()


def test_another_engine_lays_everything_out_anew(
    tiny: Tiny, another_engine: Callable[[], None]
) -> None:
    build(tiny, WORKBOOK)
    another_engine()
    executor = build(tiny, WORKBOOK)
    assert len(executor.laid_out) == 6
    assert len(executor.linked) == 1


def test_a_person_s_name_is_never_kept(tiny: Tiny) -> None:
    tiny.change(BADGE, "</p>", '</p><p>{{ participant.name | slot("foot-name") }}</p>')
    tiny.build()
    people = ["Anna Berg", "Bo Lindt", "Inés Ruiz", "anna@example.com"]
    kinds = Counter(path.parent.name for path in everything_kept(tiny))
    # The badge has a name printed on it: neither its parts nor its document nor its template's run
    # is there. Of the four others there are, and three views of modules; and one file of texts.
    assert kinds["parts"] == 11
    assert kinds["linked"] == 4
    assert kinds["texts"] == 1
    assert set(kinds) == {"parts", "linked", "composed", "texts"}
    for path, content in everything_kept(tiny).items():
        readable = everything_in(content) + path.name.encode()
        assert not [name for name in people for way in spellings(name) if way in readable]


def test_what_a_layout_complained_of_is_told_again(tiny: Tiny) -> None:
    tiny.write("templates/agenda/document.css", "h1 { colour: red }\n")
    first = tiny.build("agenda").warnings
    assert len(first) == 1
    executor = WatchedExecutor()
    assert tiny.build("agenda", executor=executor).warnings == first
    assert executor.laid_out == []


def test_a_build_that_keeps_something_new_trims_what_is_kept_once_an_hour(tiny: Tiny) -> None:
    build(tiny, "agenda")
    # They take no room on the disk but are long: together longer than may be.
    too_much = [tiny.root / FOLDER / "parts" / key for key in ("a" * 64, "b" * 64)]
    for path in too_much:
        path.touch()
        os.truncate(path, 300_000_000)
        os.utime(path, (1_000_000, 1_000_000))
    tiny.write("templates/client.css", "p { color: #123456 }")
    build(tiny, "agenda")
    assert all(path.exists() for path in too_much)
    tag = tiny.root / FOLDER / "CACHEDIR.TAG"
    os.utime(tag, (0, tag.stat().st_mtime - 3601))
    build(tiny, "agenda")
    assert all(path.exists() for path in too_much)
    tiny.write("templates/client.css", "p { color: #654321 }")
    build(tiny, "agenda")
    assert [path.exists() for path in too_much].count(True) == 1


def test_a_workspace_that_cannot_be_written_to_is_built_all_the_same(
    tiny: Tiny, tmp_path: Path
) -> None:
    (tiny.root / FOLDER).write_text("in the way")
    report = workshop.build(
        tiny.root, "tiny", (), ["agenda"], output=tmp_path / "elsewhere", jobs=1
    )
    assert report.files == 1
    assert (tiny.root / FOLDER).read_text() == "in the way"


@pytest.mark.parametrize("is_on_disk", [True, False])
def test_parts_and_documents_are_given_back_as_they_were(tiny: Tiny, is_on_disk: bool) -> None:
    job = a_job(tiny, "agenda")
    part = typeset(job)
    memory = Memory(Store(tiny.root) if is_on_disk else None)
    first = KeptParts(memory)
    assert first.part(job) is None
    assert not first.has_part(job)
    first.keep_part(job, part)
    again = KeptParts(workshop.open_memory(tiny.root) if is_on_disk else memory)
    assert again.has_part(job)
    assert again.part(job) == part
