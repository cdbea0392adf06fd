"""What is kept from one build to the next: whole parts, and nothing of anybody."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown import Markdown

import workshop
from tests.raw_pdf import everything_in, spellings
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.assembly import link as linking
from workshop.assembly.values import LinkJob
from workshop.building.check_clients import check
from workshop.building.reuse import kept_parts
from workshop.building.reuse.kept_parts import FOLDER, Cache
from workshop.composing.compose_plan import compose_kits
from workshop.composing.pages.render_job import RenderJob
from workshop.content import markdown
from workshop.typesetting import typeset as typesetting
from workshop.typesetting.laid_out import LaidOut

WORKBOOK = "participant-workbook"
BADGE = "templates/badge/document.html.j2"


def noting(patch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[Any]:
    """Return what a function is asked for from now on, as it is."""
    asked: list[Any] = []
    function = getattr(module, name)

    def noted(job: object) -> object:
        asked.append(job)
        return function(job)

    patch.setattr(module, name, noted)
    return asked


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[RenderJob]:
    """The jobs that were laid out, as they are."""
    return noting(monkeypatch, typesetting, "typeset")


def entries(tiny: Tiny) -> list[Path]:
    """Return what is kept of parts."""
    return sorted((tiny.root / FOLDER).glob("??/*"))


def everything(tiny: Tiny) -> list[Path]:
    """Return all that is kept: parts, documents as composed and as linked, texts."""
    return sorted((tiny.root / FOLDER).glob("*/*"))


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[LinkJob]:
    """The documents that were linked, as they are."""
    return noting(monkeypatch, linking, "link")


def modules_of(jobs: list[RenderJob]) -> list[str]:
    return [name for name in ("Asking", "Offering") for job in jobs if f">{name}</h1>" in job.html]


def test_nothing_changed_is_nothing_laid_out_and_the_same_bytes(
    tiny: Tiny, laid_out: list[RenderJob]
) -> None:
    tiny.build(WORKBOOK)
    first = contents(tiny.kit)
    assert len(laid_out) == 5
    laid_out.clear()
    tiny.build(WORKBOOK)
    assert laid_out == []
    assert contents(tiny.kit) == first


def test_a_changed_roster_needs_no_layout_and_no_linking(
    tiny: Tiny, laid_out: list[RenderJob], linked: list[LinkJob]
) -> None:
    tiny.build(WORKBOOK)
    assert len(linked) == 1
    laid_out.clear()
    linked.clear()
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindqvist-Åström")
    with (tiny.root / ROSTER).open("a") as roster:
        roster.write("Δήμητρα Νίκα,d@example.com,Sales,Buyer,keen,Inés Ruiz,ines@example.com\n")
    kit = tiny.build(WORKBOOK)
    assert [one.recipient.name for one in kit.made if one.recipient] == [
        "Anna Berg",
        "Bo Lindqvist-Åström",
        "Δήμητρα Νίκα",
    ]
    assert laid_out == []
    assert linked == []


def test_a_changed_module_costs_its_own_parts(tiny: Tiny, laid_out: list[RenderJob]) -> None:
    tiny.build(WORKBOOK)
    laid_out.clear()
    path = tiny.root / "modules/offering.md"
    path.write_text(path.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
    tiny.build(WORKBOOK)
    assert len(laid_out) == 1
    assert modules_of(laid_out) == ["Offering"]


def test_cohorts_share_what_is_the_same(tiny: Tiny, laid_out: list[RenderJob]) -> None:
    tiny.write(CLIENT, "name: Tiny\ncohorts:\n  one: {venue: Leeds}\n  two: {venue: York}\n")
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), [WORKBOOK])
    workshop.build(plan, tiny.root / "build", 1)
    # Only the cover names the venue.
    assert len(laid_out) == 6
    assert sum('class="cover"' in job.html for job in laid_out) == 2


def test_an_entry_that_is_not_whole_is_made_again(tiny: Tiny, laid_out: list[RenderJob]) -> None:
    tiny.build(WORKBOOK)
    first = contents(tiny.kit)
    whole = {path: path.read_bytes() for path in entries(tiny)}
    damaged, cut, emptied, *_ = whole
    damaged.write_bytes(whole[damaged][:-9] + b"X" + whole[damaged][-8:])
    cut.write_bytes(whole[cut][:1000])
    emptied.write_bytes(b"")
    laid_out.clear()
    tiny.build(WORKBOOK)
    assert len(laid_out) == 3
    assert contents(tiny.kit) == first
    assert {path: path.read_bytes() for path in entries(tiny)} == whole


def test_any_other_entry_that_is_not_whole_is_made_again(tiny: Tiny, linked: list[LinkJob]) -> None:
    tiny.build(WORKBOOK)
    first = contents(tiny.kit)
    whole = {path: path.read_bytes() for path in everything(tiny)}
    [document] = (tiny.root / FOLDER).glob("linked/*")
    composed = (tiny.root / FOLDER).glob("composed/*")
    [texts] = (tiny.root / FOLDER).glob("texts/*")
    for path in (document, *composed, texts):
        path.write_bytes(whole[path].replace(b"a", b"b"))
    (tiny.kit / "manifest.json").unlink()
    linked.clear()
    tiny.build(WORKBOOK)
    assert len(linked) == 1
    assert contents(tiny.kit) == first
    assert {path: path.read_bytes() for path in everything(tiny)} == whole


def test_texts_are_converted_once(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    convert = markdown._converted

    def noted(converter: Markdown, shown: str) -> str:
        converted.append(shown)
        return convert(converter, shown)

    monkeypatch.setattr(markdown, "_converted", noted)
    tiny.build(WORKBOOK)
    assert converted
    assert len(set(converted)) == len(converted)
    converted.clear()
    path = tiny.root / "modules/offering.md"
    path.write_text(path.read_text("utf-8") + "\n::: participant\nOne sentence more.\n:::\n")
    tiny.build(WORKBOOK)
    assert [text.strip() for text in converted] == ["One sentence more."]


def test_a_check_keeps_all_that_the_next_build_needs(
    tiny: Tiny, laid_out: list[RenderJob], linked: list[LinkJob]
) -> None:
    with ThreadPoolExecutor(1) as executor:
        check(tiny.root, "tiny", executor)
    assert laid_out
    assert list((tiny.root / FOLDER).glob("texts/*"))
    laid_out.clear()
    linked.clear()
    tiny.build(WORKBOOK, "agenda")
    assert (laid_out, linked) == ([], [])


def test_another_engine_lays_everything_out_anew(
    tiny: Tiny, laid_out: list[RenderJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build(WORKBOOK)
    laid_out.clear()
    monkeypatch.setattr(kept_parts, "engine", lambda: "another version of Pango")
    tiny.build(WORKBOOK)
    assert len(laid_out) == 5


def test_a_person_s_name_is_never_kept(tiny: Tiny) -> None:
    tiny.change(BADGE, "</p>", '</p><p>{{ participant.name | slot("foot-name") }}</p>')
    tiny.build()
    people = ["Anna Berg", "Bo Lindt", "Inés Ruiz", "anna@example.com"]
    assert len(entries(tiny)) == 10
    # The badge has a name printed on it: neither its part nor its document is there. Two modules
    # are read by participants and managers. Of each document composed it is kept what it read; of
    # the kit, which parts are sound; and one file of texts.
    assert len(everything(tiny)) == 10 + 4 + 4 + 4 + 4 + 1 + 1
    for path in everything(tiny):
        said = everything_in(path.read_bytes())
        assert not [name for name in people for way in spellings(name) if way in said]


def test_what_a_layout_complained_of_is_told_again(tiny: Tiny, laid_out: list[RenderJob]) -> None:
    tiny.write("templates/agenda/document.css", "h1 { colour: red }\n")
    first = tiny.build("agenda").warnings
    assert len(first) == 1
    assert tiny.build("agenda").warnings == first
    assert len(laid_out) == 1


def test_the_oldest_are_dropped_when_there_is_too_much(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build(WORKBOOK)
    kept = everything(tiny)
    for age, path in enumerate(kept):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(kept_parts, "_MOST", sum(path.stat().st_size for path in kept[:2]))
    Cache(tiny.root).trim()
    assert everything(tiny) == sorted(kept[:2])


def test_what_was_used_last_is_kept_longest(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.build(WORKBOOK, "agenda")
    for path in everything(tiny):
        os.utime(path, (1_000_000, 1_000_000))
    tiny.build("agenda")
    monkeypatch.setattr(kept_parts, "_MOST", 60_000)
    Cache(tiny.root).trim()
    newest = max(everything(tiny), key=lambda path: path.stat().st_mtime)
    assert newest.stat().st_mtime > 1_000_000


def test_it_is_trimmed_once_an_hour(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_parts, "_MOST", 0)
    tiny.build("agenda")
    assert entries(tiny) == []
    tiny.build(WORKBOOK)
    kept = entries(tiny)
    assert kept
    tiny.write("templates/client.css", "p { color: #123456 }")
    tiny.build(WORKBOOK)
    assert set(kept) < set(entries(tiny))
    note = tiny.root / FOLDER / ".trimmed"
    os.utime(note, (0, note.stat().st_mtime - 3601))
    tiny.write("templates/client.css", "p { color: #654321 }")
    tiny.build(WORKBOOK)
    assert entries(tiny) == []


def test_a_workspace_that_cannot_be_written_to_is_built_all_the_same(
    tiny: Tiny, tmp_path: Path
) -> None:
    (tiny.root / FOLDER).write_text("in the way")
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), ["agenda"])
    [kit] = workshop.build(plan, tmp_path / "elsewhere", 1)
    assert len(kit.made) == 1
    assert (tiny.root / FOLDER).read_text() == "in the way"


def test_the_folder_keeps_out_of_version_control_and_backups(tiny: Tiny) -> None:
    tiny.build("agenda")
    assert (tiny.root / FOLDER / ".gitignore").read_text() == "*\n"
    tag = (tiny.root / FOLDER / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_two_may_write_and_read_the_same_entry_at_once(tiny: Tiny) -> None:
    tiny.build("agenda")
    [path] = entries(tiny)
    [kit] = compose_kits(workshop.plan(workshop.load(tiny.root, "tiny"), (), ["agenda"]))
    job = kit.copies[0].composition.parts[0].job
    cache = Cache(tiny.root)
    made = cache.get(job)
    assert made

    def write() -> None:
        for _ in range(200):
            cache.put(job, made)

    seen: set[LaidOut | None] = set()
    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seen.add(cache.get(job))
    assert seen <= {made}
    assert entries(tiny) == [path]
