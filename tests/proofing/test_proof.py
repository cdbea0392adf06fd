"""What proofreading finds, in which document and on which page; what a strict build does."""

from __future__ import annotations

import re

import pytest
from PIL import Image

import workshop
from tests.conftest import REPOSITORY, Kits
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from workshop.building.build_plan import build_plan
from workshop.building.steps.kit_in_progress import BuiltKit
from workshop.building.workers.processes import worker_pool
from workshop.diagnostics import ContentError, Diagnostic, Severity
from workshop.proofing.proof import CODES

pytestmark = pytest.mark.slow

BADGE = "templates/badge/document.html.j2"
TIGHT = '<div style="height: 6mm"><p>one<p>two<p>three</div>'
BREAK = '<p style="break-before: page">x</p>'
BARE = '<div style="break-before: page"></div>'


def two_parts(first: str, second: str) -> str:
    return in_part(first) + in_part(second).replace('"only"', '"second"')


def on_paper(fault: Diagnostic) -> str:
    return str(fault.printed)


def strict_build(tiny: Tiny, *documents: str) -> list[BuiltKit]:
    memory = workshop.open_memory(tiny.root)
    plan = workshop.plan(workshop.load(tiny.root, "tiny", memory), (), documents)
    pool = worker_pool(1)
    return build_plan(plan, tiny.root / "build", pool, lambda _progress: None, memory, strict=True)


def test_a_page_is_counted_from_the_beginning_of_the_document(tiny: Tiny) -> None:
    tiny.write(BADGE, two_parts(f"<p>x</p>{BREAK}", f"<p>x</p>{TIGHT}{BARE}"))
    tight, bare = tiny.build("badge").warnings
    assert (tight.code, on_paper(tight)) == ("clipped-text", "tiny autumn, badge, page 3")
    assert (bare.code, on_paper(bare)) == ("blank-page", "tiny autumn, badge, page 4")
    assert str(tight.location).endswith(BADGE)
    assert tight.severity is Severity.WARNING


def test_a_fault_on_several_pages_is_told_once_with_all_of_them(tiny: Tiny) -> None:
    tiny.write(BADGE, two_parts(TIGHT, f"{TIGHT}{BREAK}{BREAK}{TIGHT}"))
    [fault] = tiny.build("badge").warnings
    assert on_paper(fault) == "tiny autumn, badge, pages 1, 2, 4"


def test_copies_laid_out_apart_have_one_fault(tiny: Tiny) -> None:
    tiny.write(BADGE, in_part(TIGHT + "<p>{{ participant.name if participant }}</p>"))
    [fault] = tiny.build("badge").warnings
    assert on_paper(fault) == "tiny autumn, badge, page 1"


def test_a_fault_in_some_copies_alone_names_their_files(tiny: Tiny) -> None:
    some = f"{{% if participant and participant.name == 'Bo Lindt' %}}{TIGHT}{{% endif %}}<p>x</p>"
    tiny.write(BADGE, in_part(some))
    [fault] = tiny.build("badge").warnings
    assert fault.printed
    [file] = fault.printed.files
    assert "bo-lindt" in file
    assert on_paper(fault) == f"tiny autumn, badge ({file}), page 1"
    assert Diagnostic.from_data(fault.data) == fault


def test_what_was_found_is_found_again_in_what_was_kept(tiny: Tiny) -> None:
    tiny.write(BADGE, in_part(TIGHT))
    first = tiny.build("badge").warnings
    assert [fault.code for fault in first] == ["clipped-text"]
    assert tiny.build("badge").warnings == first
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    assert tiny.build("badge").warnings == first


def test_a_fault_in_a_module_names_its_exercise(tiny: Tiny) -> None:
    tiny.change("modules/asking.md", '{lines=2 label="What I heard"}', "{box=290}")
    faults = tiny.build("participant-workbook").warnings
    assert {fault.code for fault in faults} == {"off-page"}
    assert {str(fault.location).rpartition("workspace/")[2] for fault in faults} == {
        "modules/asking.md:12:1"
    }


def test_lost_words_are_an_error_at_their_line_and_leave_the_last_kit(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", "p { max-lines: 1; continue: discard }")
    tiny.write(BADGE, in_part("<p>{{ modules[0].summary }}<br>A mansion<br>of rooms</p>"))
    tiny.change("modules/asking.md", "summary: ", "summary: A mansion of rooms and ")
    with pytest.raises(ContentError) as caught:
        tiny.build("badge")
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.severity) == ("lost-text", Severity.ERROR)
    assert fault.message == "“A mansion of rooms” are on no page"
    assert str(fault.location).rpartition("workspace/")[2] == "modules/asking.md:3"
    assert not list((tiny.root / "build").rglob("*.pdf"))
    report = workshop.check(tiny.root, "tiny", jobs=1)
    assert [fault.code for fault in report.faults] == ["lost-text"]


@pytest.mark.parametrize(
    ("file", "before", "place"),
    [
        ("modules/asking.md", "title: ", "modules/asking.md:2:8"),
        ("modules/asking.md", "::: purpose\n", "modules/asking.md:14:1"),
        (CLIENT, "name: ", f"{CLIENT}:1:7"),
        (ROSTER, "Anna ", f"{ROSTER}:2:6"),
    ],
)
def test_a_character_that_no_font_has_is_told_where_it_is_typed(
    tiny: Tiny, file: str, before: str, place: str
) -> None:
    tiny.change(file, before, f"{before}\U0001319f")
    faults = [fault for fault in tiny.build("agenda").warnings if fault.code == "missing-glyph"]
    faults += tiny.build("participant-workbook").warnings
    places = {str(fault.location).rpartition("workspace/")[2] for fault in faults}
    assert places == {place}


@pytest.mark.parametrize(
    "text",
    [
        f"Alpha{'x' * 9_000}",
        f"| {'| '.join(f'word{number} ' for number in range(400))}|\n{'|---' * 400}|\n",
    ],
    ids=["a long word", "a table of many columns"],
)
def test_what_runs_off_the_paper_is_an_error_at_its_line(tiny: Tiny, text: str) -> None:
    path = tiny.root / "modules/asking.md"
    before = path.read_text().rstrip("\n")
    path.write_text(f"{before}\n\n::: participant\nAs we said:\n\n{text}\n:::\n")
    line = before.count("\n") + 6
    with pytest.raises(ContentError) as caught:
        tiny.build("participant-workbook")
    lost = [fault for fault in caught.value.diagnostics if "off the paper" in fault.message]
    assert {(fault.code, fault.severity) for fault in lost} == {("lost-text", Severity.ERROR)}
    assert {str(fault.location).rpartition("workspace/")[2] for fault in lost} == {
        f"modules/asking.md:{line}"
    }


def test_a_style_sheet_that_hides_words_is_named(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", "p { margin: 0 }\n.b { opacity: 0 }\n")
    tiny.write(BADGE, in_part("<p class='b'>{{ modules[0].summary }} A mansion of rooms</p>"))
    with pytest.raises(ContentError) as caught:
        tiny.build("badge")
    [fault] = caught.value.diagnostics
    assert fault.code == "lost-text"
    assert str(fault.location).rpartition("workspace/")[2] == "modules/asking.md:3"
    assert fault.hint
    assert re.match(r"It is set in \S*templates/badge/document\.css:2:6\. ", fault.hint)


IN_A_TEMPLATE = {
    "words of the template alone": "<p style='font-size: 0'>Write it down</p>",
    "a single word": "<p style='font-size: 0'>Alone</p>",
    "a place": "<p style='opacity: 0'>{{ slot(client.name, \"firm\") }}</p>",
    "a place for a number": "<p style='opacity: 0'>{{ page_number() }}</p>",
    "words off the paper": "<p style='margin-left: -90mm; white-space: nowrap'>Beside here</p>",
    "words that a drawing hides": "<svg viewBox='0 0 9 9'>"
    "<text display='none'>not seen</text></svg>",
    "words outside a drawing": "<svg viewBox='0 0 90 9' width='90' height='9'>"
    "<text y='90'>outside it</text></svg>",
    "what a drawing takes from elsewhere": "<svg viewBox='0 0 9 9'><use href='o.svg#x'/></svg>",
    "a file of the system": "<img src='file:///etc/passwd' alt='x'>",
    "a picture without an address": "<img src='x.png' alt='x'>",
    "a picture from the web": "<img src='http://example.org/x.png' alt='x'>",
}


@pytest.mark.parametrize("what", IN_A_TEMPLATE)
def test_what_a_template_loses_is_told_at_its_line(tiny: Tiny, what: str) -> None:
    tiny.write(BADGE, in_part(f"<p>First</p>\n{IN_A_TEMPLATE[what]}\n<p>Last</p>"))
    report = workshop.check(tiny.root, "tiny", jobs=1)
    told = [*report.faults, *(warning for sound in report.sound for warning in sound.warnings)]
    assert {(fault.location and fault.location.line) for fault in told} == {3}
    assert {str(fault.location and fault.location.path) for fault in told} == {
        str(tiny.root / BADGE)
    }


def test_an_element_s_own_style_is_not_taken_for_a_rule_of_a_sheet(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", "p { font-size: 9pt }")
    tiny.write(BADGE, in_part("<p>First</p><p style='font-size: 0'>Alone</p>"))
    [fault] = workshop.check(tiny.root, "tiny", jobs=1).faults
    assert "It is set in" not in (fault.hint or "")


def test_a_coarse_picture_is_named_by_its_file(tiny: Tiny) -> None:
    path = tiny.root / "clients/tiny/assets/map.png"
    path.parent.mkdir()
    Image.new("L", (100, 100)).save(path)
    tiny.write(BADGE, in_part('<img alt="Map" style="width: 50mm" src="{{ asset("map.png") }}">'))
    [fault] = tiny.build("badge").warnings
    assert fault.code == "low-resolution"
    assert fault.location is not None
    assert fault.location.path == path


def test_a_coarse_picture_is_told_once_where_it_is_coarsest(tiny: Tiny) -> None:
    path = tiny.root / "clients/tiny/assets/map.png"
    path.parent.mkdir()
    Image.new("L", (100, 100)).save(path)
    for document, width in (("agenda", 40), ("badge", 60), ("exercises", 50)):
        image = f'<img alt="Map" style="width: {width}mm" src="{{{{ asset("map.png") }}}}">'
        tiny.write(f"templates/{document}/document.html.j2", in_part(image))
    papers = ("agenda", "badge", "exercises")
    [fault] = [fault for fault in tiny.build(*papers).warnings if fault.code == "low-resolution"]
    assert fault.printed
    assert fault.printed.document == "badge"
    assert fault.message == (
        "The picture map.png has 42 pixels an inch at the size it is printed; 200 are the least "
        "that looks sharp; it is too coarse in agenda and exercises as well"
    )


def test_a_coarse_picture_that_is_accepted_in_one_document_is_told_of_the_others(
    tiny: Tiny,
) -> None:
    path = tiny.root / "clients/tiny/assets/map.png"
    path.parent.mkdir()
    Image.new("L", (100, 100)).save(path)
    for document in ("agenda", "badge"):
        image = '<img alt="Map" style="width: 50mm" src="{{ asset("map.png") }}">'
        tiny.write(f"templates/{document}/document.html.j2", in_part(image))
    entry = "accept: [{code: low-resolution, file: badge, reason: It is small.}]\ncohorts:\n"
    tiny.change("clients/tiny/client.yaml", "cohorts:\n", entry)
    [told, accepted] = [
        fault for fault in tiny.build("agenda", "badge").warnings if fault.code == "low-resolution"
    ]
    assert (told.severity, accepted.severity) == (Severity.WARNING, Severity.ACCEPTED)
    assert "as well" not in told.message


def test_a_name_that_does_not_fit_is_a_warning_with_its_file(tiny: Tiny) -> None:
    name = "Incomprehensibilia"
    tiny.change(ROSTER, "Bo Lindt", name)
    slot = "{{ (participant.name if participant else none) | slot('n', smallest=1) }}"
    tiny.write(BADGE, in_part(slot))
    tiny.write("templates/badge/document.css", ".slot-n { width: 6mm; height: 4mm }")
    [fault] = [fault for fault in tiny.build("badge").warnings if name in fault.message]
    assert fault.code == "slot-too-small"
    assert f"(in badges/{name.lower()}.pdf)" in fault.message


def test_words_are_found_on_their_page(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: North Works\n")
    tiny.write(BADGE, two_parts(f"<p>x</p>{BREAK}", f"<p>x</p>{BREAK}<p>at North Works</p>"))
    [fault] = tiny.build("badge").warnings
    assert (fault.code, on_paper(fault)) == ("other-client", "tiny autumn, badge, page 4")


def test_a_line_of_a_text_is_told_once_for_all_papers_that_print_it(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: North Works\n")
    tiny.change("modules/asking.md", "summary: ", "summary: As at North Works. ")
    for document in ("agenda", "badge"):
        page = in_part("<p>{{ modules[0].summary }}</p>")
        tiny.write(f"templates/{document}/document.html.j2", page)
    [fault] = [fault for fault in tiny.build().warnings if fault.code == "other-client"]
    assert str(fault.location).rpartition("workspace/")[2].startswith("modules/asking.md:3")
    assert "; it stands in badge" in fault.message


def test_words_read_out_alone_are_in_their_part(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "name: North Works\n")
    drawing = '<img alt="At North Works" src="data:image/svg+xml,SVG" style="width: 9mm">'
    svg = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/%3E"
    tiny.write(BADGE, in_part(drawing.replace("SVG", svg)))
    [fault] = tiny.build("badge").warnings
    assert on_paper(fault) == "tiny autumn, badge, part “only”"


def test_a_strict_build_leaves_the_last_kit_and_tells_of_every_cohort(tiny: Tiny) -> None:
    tiny.write(CLIENT, "name: Tiny Ltd\ncohorts:\n  autumn: {}\n  winter: {venue: Leeds}\n")
    assert len(strict_build(tiny, "badge")) == 2
    last = contents(tiny.root / "build/tiny")
    tiny.write(BADGE, in_part(TIGHT))
    with pytest.raises(ContentError) as caught:
        strict_build(tiny, "badge")
    faults = caught.value.diagnostics
    assert [fault.severity for fault in faults] == [Severity.ERROR] * 2
    assert [on_paper(fault) for fault in faults] == [
        "tiny autumn, badge, page 1",
        "tiny winter, badge, page 1",
    ]
    assert contents(tiny.root / "build/tiny") == last


def test_what_is_no_fault_of_a_page_stays_a_warning(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", "h1 { colour: red }\n")
    [kit] = strict_build(tiny, "badge")
    assert [fault.severity for fault in kit.warnings] == [Severity.WARNING]
    assert not {fault.code for fault in kit.warnings} & CODES


def test_checking_lays_out_and_writes_no_kit(tiny: Tiny) -> None:
    tiny.write(BADGE, in_part(TIGHT))
    [client] = workshop.check(tiny.root, "tiny", jobs=1).sound
    assert [fault.code for fault in client.warnings] == ["clipped-text"]
    assert client.on_pages == 1
    assert not (tiny.root / "build").exists()
    [fault] = workshop.check(tiny.root, "tiny", jobs=1, strict=True).faults
    assert fault.severity is Severity.ERROR
    # Without pages only what can be read is looked through.
    [client] = workshop.check(tiny.root, "tiny", quick=True).sound
    assert client.warnings == ()


def test_checking_tells_of_names_that_do_not_fit_as_long_as_they_do_not(tiny: Tiny) -> None:
    tiny.write("templates/badge/document.css", ".slot { width: 6mm; height: 4mm }")
    tiny.write(BADGE, in_part("{{ (participant.name if participant else none) | slot('n') }}"))
    [client] = workshop.check(tiny.root, "tiny", jobs=1).sound
    assert {fault.code for fault in client.warnings} == {"slot-too-small"}
    tiny.build("badge")
    [client] = workshop.check(tiny.root, "tiny", jobs=1).sound
    assert {fault.code for fault in client.warnings} == {"slot-too-small"}


def test_the_sample_kits_pass(kits: Kits) -> None:
    # What they are made of was laid out for the fixture, and is kept.
    assert kits.root.exists()
    report = workshop.check(REPOSITORY, None, jobs=1, strict=True)
    assert [str(fault) for fault in report.faults] == []
    assert {client.client for client in report.sound} == {"acme", "minimal"}
    assert [client.on_pages for client in report.sound] == [0, 0]
