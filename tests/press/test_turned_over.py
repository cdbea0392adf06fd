"""The edge to turn sheets over on is the same in the PDF, on the ticket and for the printer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pytest

from tests.press.conftest import ORDER, Press
from tests.tiny_workspace.workspace import CLIENT, Tiny, in_part
from workshop.building.kit import manifest as manifests
from workshop.delivery.printing.printers import options
from workshop.press.run import PrintRun

pytestmark = pytest.mark.slow

PROFILES = sorted(path.stem for path in (Path(__file__).parents[2] / "profiles").glob("*.yaml"))
# How the three say it: the ticket, a PDF (ISO 32000-1, 12.2), a printer (RFC 8011, 5.2.8).
WORDS = {
    "none": ("/Simplex", "one-sided"),
    "long": ("/DuplexFlipLongEdge", "two-sided-long-edge"),
    "short": ("/DuplexFlipShortEdge", "two-sided-short-edge"),
}
# A landscape handout with something on both sides.
HANDOUT = """title: Handout
audience: participant
per: cohort
each: person
file: handout.pdf
page: landscape
sides: duplex
"""
# The short programme has no cards.
EXERCISES = "".join(
    f'{{% call part("{name}") %}}<h1>{name}</h1>{{% endcall %}}\n'
    for name in ("sheet", "cards", "card-backs")
)
LANDSCAPE = "title: Landscape\ndocuments: [handout]\nsides: duplex\n"
MIXED = "title: Mixed\ndocuments: [handout, exercises]\nsides: duplex\n"
# `agenda` has one upright page, on one side only.
AFTER_AN_AGENDA = "title: After\ndocuments: [agenda, handout]\nsides: duplex\n"
ON_UPRIGHT_SHEETS = "title: Cut\ndocuments: [handout]\nsides: duplex\nbleed: 3\n"
OWN = {"landscape": LANDSCAPE, "mixed": MIXED, "after": AFTER_AN_AGENDA, "cut": ON_UPRIGHT_SHEETS}


@pytest.fixture(scope="module", params=["A4", "Letter"])
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A kit on each paper, with landscape documents: slides, tents, certificates, a handout."""
    tiny = Tiny.copied_to(tmp_path_factory.mktemp("turned") / "workspace")
    tiny.change(
        CLIENT,
        "[agenda, badge,",
        "[agenda, badge, certificates, handout, name-tents, slides,",
    )
    Press(tiny).client(f"paper: {request.param}\nspares: 1\n" + ORDER)
    tiny.write("templates/handout/document.yaml", HANDOUT)
    page = '<h1>Handout</h1><p style="break-after: page">Front</p><p>Back</p>'
    tiny.write("templates/handout/document.html.j2", in_part(page))
    tiny.write("templates/exercises/document.html.j2", EXERCISES)
    for name, text in OWN.items():
        tiny.write(f"profiles/{name}.yaml", text)
    tiny.build()
    return tiny


@pytest.fixture
def printing(kit: Tiny, tmp_path: Path) -> Press:
    """The kit, to be printed from."""
    return Press(Tiny(Path(shutil.copytree(kit.root, tmp_path / "workspace"))))


def flips_of(run: PrintRun) -> set[str]:
    """Return on which edge the run is turned over, as each of its papers has it."""
    by_pdf = {in_pdf: flip for flip, (in_pdf, _) in WORDS.items()}
    by_option = {option: flip for flip, (_, option) in WORDS.items()}
    paths = [pack.file.path for pack in run.ticket.packs]
    return {
        run.ticket.flip,
        json.loads((run.folder / "ticket.json").read_text("utf-8"))["flip"],
        by_option[options(run.ticket)["sides"]],
        *(by_pdf[duplex_of(run.folder / path)] for path in (*paths, "run.pdf")),
    }


def duplex_of(path: Path) -> str:
    with pikepdf.open(path) as pdf:
        return str(pdf.Root.ViewerPreferences.Duplex)


def left_edge(path: Path) -> str:
    """Return whether the left edge of the first page is the long or the short one."""
    with pikepdf.open(path) as pdf:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[0].mediabox)
    return "short" if top - bottom < right - left else "long"


@pytest.mark.parametrize("profile", PROFILES)
def test_ticket_pdfs_and_printer_agree_for_every_profile(printing: Press, profile: str) -> None:
    run = printing.run(profile)
    [flip] = flips_of(run)
    simplex = profile in ("office-simplex", "tents")
    assert flip == ("none" if simplex else left_edge(run.folder / "run.pdf"))
    # What a profile tells people is the same.
    for note in run.ticket.notes:
        assert "Turn over" not in note or f"Turn over on the {flip} edge" in note


@pytest.mark.parametrize(
    ("profile", "flip"),
    [
        ("landscape", "short"),
        ("mixed", "long"),
        ("after", "short"),
        # Pages on their side are turned, and the sheets stand upright.
        ("cut", "long"),
    ],
)
def test_packs_with_landscape_pages_are_turned_over_so_that_both_sides_can_be_read(
    printing: Press, profile: str, flip: str
) -> None:
    assert flips_of(printing.run(profile)) == {flip}


def test_every_pdf_of_a_kit_is_turned_over_on_its_left_edge(kit: Tiny) -> None:
    manifest = manifests.read(kit.kit)
    assert manifest is not None
    flips = {entry.document: duplex_of(kit.kit / entry.path) for entry in manifest.files}
    simplex = {"agenda", "badge", "certificates", "name-tents", "slides"}
    assert {name for name, flip in flips.items() if flip == "/Simplex"} == simplex
    for entry in manifest.files:
        if entry.document not in simplex:
            edge = left_edge(kit.kit / entry.path)
            assert flips[entry.document] == WORDS[edge][0]
    assert flips["handout"] == "/DuplexFlipShortEdge"
    assert flips["participant-workbook"] == "/DuplexFlipLongEdge"
