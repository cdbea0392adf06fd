"""A whole run on disk: what is in it, what it replaces, and whether the ticket says so too."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.assembly.reading import Place, Reading, accessibility_faults_of, syntax_faults_of
from tests.conftest import TextOf
from tests.press.conftest import Press
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents
from workshop.building.kit import manifest as manifests
from workshop.diagnostics import ContentError, EnvironmentFault, UsageError
from workshop.press import ticket as tickets
from workshop.press.run import PrintRun, behind

WORKSHOP = Path(sys.executable).with_name("workshop")
RunOf = Callable[[str], PrintRun]
PACKS = ["office-duplex", "office-simplex", "booklet", "booklet-full-size", "two-up", "press"]


def pages_in(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def pack_files(run: PrintRun) -> list[Path]:
    return sorted((run.folder / "packs").iterdir())


def test_everybody_on_the_roster_gets_one_pack_and_spares_have_no_name(
    run_of: RunOf, text_of: TextOf
) -> None:
    run = run_of("office-duplex")
    assert [path.name for path in pack_files(run)] == [
        "00-spare.pdf", "01-anna-berg.pdf", "02-bo-lindt.pdf",
    ]  # fmt: skip
    assert (run.packing.people, run.packing.spares, run.packing.count) == (2, 3, 5)
    texts = {path.name: text_of(path) for path in pack_files(run)}
    for name, (theirs, others) in {
        "01-anna-berg.pdf": (True, False),
        "02-bo-lindt.pdf": (False, True),
        "00-spare.pdf": (False, False),
    }.items():
        assert ("Anna Berg" in texts[name]) == theirs
        assert ("Bo Lindt" in texts[name]) == others


def test_a_pack_has_its_documents_in_the_client_s_order(built: Tiny, run_of: RunOf) -> None:
    manifest = manifests.read(built.kit)
    assert manifest is not None
    pages = {entry.path: entry.pages for entry in manifest.files}
    run = run_of("office-duplex")
    pack = Reading((run.folder / "packs" / "01-anna-berg.pdf").read_bytes())
    headings = [heading for heading in pack.outline() if heading.level == 0]
    titles = [heading.title for heading in headings]
    places = [heading.place.page for heading in headings]
    assert titles == ["Participant workbook", "Exercise sheets", "Badge"]
    workbook = pages["participant-workbook/01-anna-berg.pdf"]
    exercises = workbook + workbook % 2
    badge = exercises + pages["exercises.pdf"]
    assert places == [0, exercises, badge + badge % 2]


@pytest.mark.parametrize("profile", PACKS)
def test_the_ticket_s_totals_are_those_of_the_files(run_of: RunOf, profile: str) -> None:
    run = run_of(profile)
    ticket, duplex = run.ticket, profile != "office-simplex"
    sheets = faces = 0
    for pack in ticket.packs:
        path = run.folder / pack.file.path
        assert pages_in(path) == pack.file.pages
        assert hashlib.sha256(path.read_bytes()).hexdigest() == pack.file.sha256
        sheets += pack.copies * (-(-pack.file.pages // 2) if duplex else pack.file.pages)
        faces += pack.copies * pack.file.pages
    assert ticket.total.sheets == sheets
    assert ticket.total.sides + ticket.total.blank == faces
    assert ticket.total.colour + ticket.total.black == ticket.total.sides
    assert pages_in(run.folder / ticket.run.path) == ticket.run.pages == faces
    assert sum(pack.copies for pack in ticket.packs) == 5
    assert tickets.read(run.folder) == ticket


@pytest.mark.parametrize("profile", PACKS)
def test_blank_sides_are_those_on_which_nothing_is_seen(press: Press, profile: str) -> None:
    run = press.run(profile, spares=0)
    blank = coloured = 0
    pdf = pypdfium2.PdfDocument(run.folder / run.ticket.run.path)
    for page in pdf:
        picture = page.render(scale=1).to_pil().convert("RGB")
        if profile == "press":  # its marks are on every sheet, and no page’s ink
            edge = round(13 * 72 / 25.4)
            picture = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
        low = min(channel[0] for channel in picture.getextrema())
        blank += low > 249
        saturation = picture.convert("HSV").getextrema()[1][1]
        coloured += low <= 249 and saturation > 12
    pdf.close()
    assert run.ticket.total.blank == blank
    assert run.ticket.total.colour == coloured


def test_the_run_looks_like_its_packs_one_after_the_other(run_of: RunOf) -> None:
    run = run_of("booklet")
    whole = pypdfium2.PdfDocument(run.folder / "run.pdf")
    at = 0
    for pack in run.ticket.packs:
        own = pypdfium2.PdfDocument(run.folder / pack.file.path)
        for _ in range(pack.copies):
            for page in own:
                expected, printed = (face.render(scale=0.5).to_pil() for face in (page, whole[at]))
                assert printed.tobytes() == expected.tobytes()
                at += 1
        own.close()
    assert at == len(whole)
    whole.close()


def test_what_packs_share_is_in_the_run_once(press: Press) -> None:
    run = press.run(spares=9)
    size = (run.folder / run.ticket.packs[0].file.path).stat().st_size
    assert sum(pack.copies for pack in run.ticket.packs) == 11
    assert (run.folder / "run.pdf").stat().st_size < 2 * size


def test_packs_that_are_not_imposed_stay_accessible_and_everything_is_sound(run_of: RunOf) -> None:
    for profile in ("office-duplex", "press"):
        run = run_of(profile)
        for path in (*pack_files(run), run.folder / "run.pdf"):
            assert syntax_faults_of(path.read_bytes()) == []
    run = run_of("office-duplex")
    for path in (*pack_files(run), run.folder / "ticket.pdf"):
        assert accessibility_faults_of(path.read_bytes()) == []


def test_pages_left_out_are_not_in_the_file_at_all(press: Press) -> None:
    press.tiny.write("profiles/short.yaml", "title: Short\nleave-out: [sheet]\n")
    press.tiny.write("profiles/only.yaml", "title: Only\nparts: [sheet]\ndocuments: [exercises]\n")
    for profile in ("short", "only"):
        run = press.run(profile)
        path = pack_files(run)[-1]
        with pikepdf.open(path) as pdf:
            held = [
                entry
                for entry in pdf.objects
                if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/Page"
            ]
            assert len(held) == len(pdf.pages)
        assert accessibility_faults_of(path.read_bytes()) == []


def test_links_lead_where_they_led_before_the_documents_were_put_together(press: Press) -> None:
    order = "[participant-workbook, exercises, badge]"
    press.tiny.change(CLIENT, order, "[exercises, participant-workbook]")
    run = press.run()
    workbook = Reading((press.tiny.kit / "participant-workbook/01-anna-berg.pdf").read_bytes())
    pack = Reading((run.folder / "packs/01-anna-berg.pdf").read_bytes())
    # The back of its last leaf may be blank in the pack.
    pages = len(workbook.pdf.pages)
    begins = len(pack.pdf.pages) - pages - pages % 2
    moved = [
        (begins + link.page, begins + link.target.page, link.target.y)
        for link in workbook.links()
        if isinstance(link.target, Place)
    ]
    assert moved
    assert moved == [
        (link.page, link.target.page, link.target.y)
        for link in pack.links()
        if isinstance(link.target, Place)
    ]


def test_a_second_run_of_the_same_has_nothing_to_do(press: Press) -> None:
    first = press.run()
    before = contents(first.folder)
    again = press.run()
    assert (first.is_new, again.is_new) == (True, False)
    assert contents(again.folder) == before


def test_a_damaged_run_is_made_again_with_the_same_bytes(press: Press) -> None:
    first = press.run()
    before = contents(first.folder)
    (first.folder / "run.pdf").write_bytes(b"")
    assert press.run().is_new
    assert contents(first.folder) == before


def test_a_run_does_not_take_the_place_of_somebodys_folder(press: Press) -> None:
    folder = press.tiny.kit.parent / "autumn.print" / "office-duplex"
    folder.mkdir(parents=True)
    (folder / "run.pdf").write_bytes(b"mine")
    with pytest.raises(EnvironmentFault, match="nothing is written there"):
        press.run()
    assert contents(folder) == {"run.pdf": b"mine"}


def test_what_somebody_put_into_a_run_is_there_after_the_next(press: Press) -> None:
    folder = press.run().folder
    (folder / "order.txt").write_bytes(b"mine")
    (folder / "run.pdf").write_bytes(b"")
    assert press.run().is_new
    assert (folder / "order.txt").read_bytes() == b"mine"


def test_runs_of_an_earlier_kit_are_noticed_and_made_again(press: Press) -> None:
    press.run("booklet")
    press.run()
    assert behind(press.tiny.kit) == []
    press.tiny.change("modules/asking.md", "Count to seven", "Count to nine")
    press.tiny.change("modules/asking.md", "leave the silence alone", "wait")
    press.tiny.build()
    assert behind(press.tiny.kit) == ["booklet", "office-duplex"]
    assert press.run().is_new
    assert behind(press.tiny.kit) == ["booklet"]


def test_a_file_that_the_ticket_may_take_in_makes_the_run_anew(press: Press) -> None:
    assert press.run().is_new
    assert not press.run().is_new
    shared = press.tiny.write("clients/tiny/templates/_shared/texture.bin", "")
    shared.write_bytes(b"\xff\x00 no text")
    assert press.run().is_new
    assert not press.run().is_new


def test_a_kit_that_is_built_again_leaves_the_run_where_it_is(press: Press) -> None:
    run = press.run()
    before = contents(run.folder)
    press.tiny.build()
    assert contents(run.folder) == before


def test_without_a_kit_the_hint_says_how_to_make_one(press: Press) -> None:
    (press.tiny.kit / manifests.NAME).unlink()
    with pytest.raises(UsageError, match="no finished kit") as raised:
        press.run()
    assert raised.value.diagnostics[0].hint == (
        "Build it first: workshop build --client tiny --cohort autumn"
    )


def test_a_file_that_was_changed_is_not_printed(press: Press) -> None:
    path = press.tiny.kit / "exercises.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ContentError, match="This file is not the one that was built"):
        press.run()
    assert not list(press.tiny.kit.parent.glob("autumn.print/[!.]*"))


def test_a_roster_that_has_changed_since_is_told_with_names(press: Press) -> None:
    press.tiny.write(ROSTER, "name,email\nAnna Berg,anna@example.com\nCy Ode,cy@example.com\n")
    with pytest.raises(ContentError) as raised:
        press.run()
    messages = {fault.message for fault in raised.value.diagnostics}
    assert messages == {
        "The kit is not as the client file and the roster are now: badge has no copy for Cy Ode"
        " and has bo-lindt.pdf, which nobody is to get",
        "The kit is not as the client file and the roster are now: participant-workbook has no copy"
        " for Cy Ode and has 02-bo-lindt.pdf, which nobody is to get",
    }


def test_spares_without_a_nameless_copy_are_refused_with_a_hint(press: Press) -> None:
    press.tiny.change(CLIENT, "spares: 1\n", "")
    press.tiny.build()
    with pytest.raises(ContentError) as raised:
        press.run(spares=2)
    assert [fault.code for fault in raised.value.diagnostics] == ["no-spare"] * 1
    assert "Write `spares: 2`" in str(raised.value.diagnostics[0].hint)
    assert len(press.run(spares=0).ticket.packs) == 2


def test_without_a_roster_there_are_as_many_packs_as_people_expected(press: Press) -> None:
    press.tiny.change(CLIENT, "    roster: roster.csv\n", "    headcount: 5\n")
    press.tiny.build()
    run = press.run(spares=1)
    assert run.packing.people is None
    [pack] = run.ticket.packs
    assert (pack.name, pack.copies) == ("No name", 6)


def test_papers_of_another_audience_cannot_get_into_a_pack(press: Press) -> None:
    press.tiny.write(
        "profiles/leak.yaml",
        "title: Leak\ndocuments: [participant-workbook, manager-briefing]\n",
    )
    with pytest.raises(ContentError) as raised:
        press.run("leak")
    [fault] = raised.value.diagnostics
    assert fault.message == (
        "“manager-briefing/inés-ruiz.pdf” is for their managers and cannot be in a participant’s "
        "pack"
    )


def test_the_manifest_decides_the_audience_and_not_the_document_as_it_is_now(press: Press) -> None:
    path = press.tiny.kit / manifests.NAME
    data = json.loads(path.read_text("utf-8"))
    for entry in data["files"]:
        if entry["document"] == "exercises":
            entry["audience"] = "facilitator"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ContentError, match="is for the trainer"):
        press.run()


def test_a_killed_run_leaves_the_last_good_one(press: Press) -> None:
    run = press.run()
    before = contents(run.folder)
    command = [str(WORKSHOP), "print", "--client", "tiny", "--spares", "7"]
    started = time.monotonic()
    while True:
        process = subprocess.Popen(command, cwd=press.tiny.root, start_new_session=True)
        # Killed as soon as it has begun to write beside what is there.
        while process.poll() is None and not list(run.folder.parent.glob(".*.new-*/packs")):
            assert time.monotonic() - started < 120
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            break
    assert contents(run.folder) == before
    assert press.run(spares=7).is_new
    assert not list(run.folder.parent.glob(".*.new-*/packs"))
