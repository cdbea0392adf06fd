"""The functions that scripts may call: their names, and what they do with real files."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

import workshop
from tests.delivery.conftest import desk
from tests.delivery.office import INES, KEN, LEA, MANAGERS, ROWS, WANG, Office, planned
from tests.delivery.postbox import Postbox, make_certificate, serving_workspace
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part, tiny
from workshop.building.build_plan import BuildProgress
from workshop.delivery.email.ledger import State, Status
from workshop.delivery.email.send import Event, Outcome
from workshop.diagnostics import ContentError, Diagnostic, UsageError
from workshop.press.run import PackProgress, PrintRun

__all__ = ["tiny"]

BADGE = "templates/badge/document.html.j2"
TIGHT = in_part('<div style="height: 6mm"><p>one<p>two<p>three</div>')


def test_these_names_are_public_and_no_others() -> None:
    functions = (
        "build check clean count_layouts deliver load mailing open_memory pictures plan print"
    )
    assert workshop.__all__ == ["__version__", *functions.split()]
    assert set(workshop.__all__) <= set(dir(workshop))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("open_memory", "workspace"),
        ("load", "workspace client memory cohorts"),
        ("plan", "tailored cohorts documents editions"),
        ("count_layouts", "plan memory"),
        ("check", "workspace client cohorts * quick jobs strict on_progress memory"),
        (
            "build",
            "workspace client cohorts documents editions"
            " * output jobs cluster strict on_progress on_warnings memory",
        ),
        (
            "print",
            "workspace client cohorts profile"
            " * spares output on_progress on_warnings on_run memory",
        ),
        ("pictures", "workspace client cohorts * target output on_warnings memory"),
        ("mailing", "workspace client cohorts document * only output test_to memory"),
        ("deliver", "mailing * updates resend_unknown limit on_event"),
        ("clean", "workspace"),
    ],
)
def test_they_are_called_with_these_words(name: str, parameters: str) -> None:
    given = inspect.signature(getattr(workshop, name)).parameters.values()
    by_name = [parameter.name for parameter in given if parameter.kind is parameter.KEYWORD_ONLY]
    by_place = [parameter.name for parameter in given if parameter.name not in by_name]
    assert [*by_place, *(["*"] if by_name else []), *by_name] == parameters.split()


def test_the_version_is_the_package_s(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    assert workshop.__version__ == project["project"]["version"]


def test_importing_the_package_loads_nothing_else() -> None:
    script = "import sys, workshop; print([name for name in sys.modules if 'workshop.' in name])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_what_is_wrong_is_raised_with_every_fault(tmp_path: Path) -> None:
    (tmp_path / "clients" / "one").mkdir(parents=True)
    (tmp_path / "clients" / "one" / "client.yaml").write_text("nmae: One\npaper: A3\n")
    with pytest.raises(ContentError) as content:
        workshop.load(tmp_path, "one")
    assert len(content.value.diagnostics) >= 2
    with pytest.raises(UsageError, match="There is no client “two”"):
        workshop.load(tmp_path, "two")


@pytest.mark.slow
def test_layouts_are_counted_for_each_cohort_and_document(tiny: Tiny) -> None:
    tiny.change(CLIENT, "cohorts:\n", "cohorts:\n  spring: {headcount: 9}\n")
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), ["agenda", "badge"])
    assert [cohort.slug for cohort in plan.cohorts] == ["spring", "autumn"]
    efforts = [
        [(effort.document, effort.copies, effort.layouts, effort.kept) for effort in cohort]
        for cohort in workshop.count_layouts(plan)
    ]
    assert efforts == [
        [("agenda", 1, 1, 0), ("badge", 1, 1, 0)],
        [("agenda", 1, 1, 0), ("badge", 2, 2, 0)],
    ]
    workshop.build(tiny.root, "tiny", ["autumn"], ["agenda"], jobs=1)
    assert [cohort[0].kept for cohort in workshop.count_layouts(plan)] == [0, 1]


def test_a_build_reports_what_it_made_and_how_it_went_on(tiny: Tiny) -> None:
    steps: list[BuildProgress] = []
    report = workshop.build(
        tiny.root, "tiny", documents=["agenda"], jobs=1, on_progress=steps.append
    )
    [kit] = report.kits
    assert (kit.folder, kit.files, report.files, report.is_new) == (tiny.kit, 1, 1, True)
    assert (tiny.kit / "agenda.pdf").read_bytes().startswith(b"%PDF-")
    assert steps == [
        BuildProgress("lay out", "agenda", 1, 1),
        BuildProgress("write", "autumn/agenda.pdf", 1, 1),
    ]


class _Told(list[Diagnostic]):
    """Collects the warnings that a call tells of."""

    def __call__(self, warnings: Sequence[Diagnostic]) -> None:
        self.extend(warnings)


def test_a_second_build_has_nothing_to_do_and_tells_the_same(tiny: Tiny) -> None:
    tiny.write(ROSTER, "name\nAnna Berg\n")
    tiny.write(BADGE, TIGHT)
    told, told_again, steps = _Told(), _Told(), list[BuildProgress]()
    first = workshop.build(tiny.root, "tiny", documents=["badge"], jobs=1, on_warnings=told)
    again = workshop.build(
        tiny.root,
        "tiny",
        documents=["badge"],
        jobs=1,
        on_warnings=told_again,
        on_progress=steps.append,
    )
    assert (first.is_new, again.is_new) == (True, False)
    assert again.kits == first.kits
    assert again.warnings == first.warnings == tuple(told) == tuple(told_again)
    assert told[-1].code == "clipped-text"
    assert {warning.code for warning in told} == {"clipped-text", "roster-no-manager", "too-few"}
    assert steps == []


@pytest.mark.slow
def test_a_strict_build_does_not_take_a_warning_for_an_answer(tiny: Tiny) -> None:
    workshop.build(tiny.root, "tiny", documents=["badge"], jobs=1)
    last = contents(tiny.kit)
    tiny.write(BADGE, TIGHT)
    output = tiny.root / "elsewhere"
    workshop.build(tiny.root, "tiny", documents=["badge"], output=output, jobs=1)
    for folder in (output, None):
        with pytest.raises(ContentError, match="runs out of its box"):
            workshop.build(
                tiny.root, "tiny", documents=["badge"], output=folder, jobs=1, strict=True
            )
    assert contents(tiny.kit) == last


@pytest.mark.slow
def test_a_check_looks_at_files_or_at_pages_too(tiny: Tiny) -> None:
    tiny.change(CLIENT, "only: [agenda, badge, exercises, manager-briefing, participant-workbook]",
                "only: [badge]")  # fmt: skip
    tiny.write(BADGE, TIGHT)
    steps: list[BuildProgress] = []

    def check(*, quick: bool = False, strict: bool = False) -> tuple[list[str], list[str]]:
        """Return the codes of the warnings and of the faults."""
        report = workshop.check(
            tiny.root, "tiny", quick=quick, jobs=1, strict=strict, on_progress=steps.append
        )
        warnings = [warning.code for client in report.sound for warning in client.warnings]
        return warnings, [fault.code for fault in report.faults]

    assert check(quick=True) == ([], [])
    assert steps == []
    assert check() == (["clipped-text"], [])
    assert [step.stage for step in steps] == ["lay out"]
    assert check(strict=True) == ([], ["clipped-text"])
    assert not tiny.kit.exists()


def test_a_check_of_all_clients_hides_none_behind_another_s_faults(tiny: Tiny) -> None:
    tiny.write("clients/other/client.yaml", "nmae: Other\n")
    report = workshop.check(tiny.root, quick=True)
    assert [(client.client, client.cohorts, client.files) for client in report.sound] == [
        ("tiny", 1, 7)
    ]
    assert "Did you mean “name”?" in {fault.hint for fault in report.faults}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny workspace with a kit of badges and an agenda, and a warning about its roster."""
    tiny = Tiny.copied_to(tmp_path_factory.mktemp("finished") / "workspace")
    tiny.write(ROSTER, "name\nAnna Berg\nBo Lindt\n")
    tiny.change(CLIENT, "name: Tiny Ltd\n", "name: Tiny Ltd\npacks: [badge, agenda]\n")
    workshop.build(tiny.root, "tiny", documents=["badge", "agenda"], jobs=1)
    return tiny


@pytest.mark.slow
def test_packs_are_made_once(finished: Tiny) -> None:
    told, steps, runs = _Told(), list[PackProgress](), list[PrintRun]()
    [run] = workshop.print(
        finished.root,
        "tiny",
        on_progress=steps.append,
        on_warnings=told,
        on_run=runs.append,
    )
    assert runs == [run]
    assert run.is_new
    assert run.kit == finished.kit
    assert run.folder == finished.kit.with_name("autumn.print") / "office-duplex"
    assert (run.folder / run.ticket.run.path).is_file()
    assert (run.packing.people, run.packing.count, run.ticket.total.sheets) == (2, 2, 4)
    assert [(step.what, step.done, step.total) for step in steps] == [
        ("Anna Berg", 1, 2),
        ("Bo Lindt", 2, 2),
    ]
    assert [warning.location and warning.location.path.name for warning in told] == ["roster.csv"]
    [again] = workshop.print(finished.root, "tiny", on_run=runs.append)
    assert (again.is_new, again.ticket) == (False, run.ticket)
    assert runs == [run, again]
    [single] = workshop.print(finished.root, "tiny", ["autumn"], "office-simplex")
    assert single.is_new


@pytest.mark.slow
def test_packs_need_a_kit_and_a_profile(finished: Tiny) -> None:
    with pytest.raises(UsageError, match="There is no finished kit"):
        workshop.print(finished.root, "tiny", output=finished.root / "nowhere")
    with pytest.raises(UsageError, match="Did you mean “booklet”"):
        workshop.print(finished.root, "tiny", profile="boklet")


@pytest.mark.slow
def test_pictures_lie_beside_the_kit_or_where_they_are_asked_for(
    finished: Tiny, tmp_path: Path
) -> None:
    told = _Told()
    [catalogue] = workshop.pictures(finished.root, "tiny", on_warnings=told)
    assert catalogue.page == finished.kit.with_name("autumn.pictures") / "documents.html"
    assert catalogue.documents == 2
    assert len(told) == 1
    [elsewhere] = workshop.pictures(finished.root, "tiny", ["autumn"], target=tmp_path / "shown")
    beside = contents(catalogue.page.parent)
    assert contents(tmp_path / "shown") == {
        name: content for name, content in beside.items() if name != "documents.html"
    }
    assert elsewhere.page == tmp_path / "shown" / "documents.md"


@pytest.mark.slow
def test_after_cleaning_a_build_makes_the_same_again(tiny: Tiny) -> None:
    workshop.build(tiny.root, "tiny", documents=["agenda"], jobs=1)
    last = contents(tiny.kit)
    cleaned = workshop.clean(tiny.root)
    assert cleaned.folder == tiny.root / ".workshop-cache"
    assert cleaned.entries > 0
    assert cleaned.size > 0
    assert workshop.clean(tiny.root).entries == 0
    assert contents(tiny.kit) == last
    steps: list[BuildProgress] = []
    report = workshop.build(
        tiny.root, "tiny", documents=["agenda"], jobs=1, on_progress=steps.append
    )
    assert report.is_new
    assert (steps[0].stage, steps[0].kept) == ("lay out", 0)
    assert contents(tiny.kit) == last


@pytest.mark.slow
def test_of_a_changed_sentence_nothing_else_is_made_again(tiny: Tiny) -> None:
    # The badge prints a name outside of a slot, which is never kept.
    documents = ["agenda", "exercises", "manager-briefing", "participant-workbook"]
    memory = workshop.open_memory(tiny.root)
    tailored = workshop.load(tiny.root, "tiny", memory)
    assert workshop.load(tiny.root, "tiny", memory).modules["asking"] is tailored.modules["asking"]
    first = workshop.build(tiny.root, "tiny", documents=documents, jobs=1, memory=memory)
    memory.made_anew.clear()
    tiny.change("modules/offering.md", "An offer has a date.", "An offer has a day.")
    steps: list[BuildProgress] = []
    second = workshop.build(
        tiny.root, "tiny", documents=documents, jobs=1, on_progress=steps.append, memory=memory
    )
    assert second.is_new
    assert second.files == first.files == 5
    # For participants and for managers.
    assert memory.made_anew == Counter(
        {"module offering": 2, **{f"template {document}": 1 for document in documents}}
    )
    laid_out = [step for step in steps if step.stage == "lay out"]
    assert laid_out[-1].total - laid_out[-1].kept == 1
    pairs = pairwise([BuildProgress("lay out", "", 0, 0), *laid_out])
    assert [step.what for before, step in pairs if step.kept == before.kept] == ["module"]


@pytest.mark.slow
def test_what_is_composed_to_count_or_to_check_is_remembered(tiny: Tiny) -> None:
    tiny.write(BADGE, in_part('<p>{{ participant.name | slot("name") }}</p>'))
    memory = workshop.open_memory(tiny.root)
    workshop.count_layouts(workshop.plan(workshop.load(tiny.root, "tiny", memory)), memory)
    memory.made_anew.clear()
    workshop.check(tiny.root, "tiny", quick=True, memory=memory)
    workshop.build(tiny.root, "tiny", jobs=1, memory=memory)
    assert memory.made_anew == Counter()


@pytest.fixture
def postbox() -> Postbox:
    """What the mail server gets."""
    return Postbox()


@pytest.fixture
def office(
    tiny: Tiny,
    postbox: Postbox,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    """The tiny workspace with a kit for four managers, and its server in workshop.yaml."""
    certificate = make_certificate(tmp_path_factory.mktemp("certificate"))
    with serving_workspace(tiny.root, postbox, certificate, monkeypatch):
        yield desk(tiny, planned(tiny, ROWS))


def test_a_mailing_is_written_and_then_sent_as_the_command_does(
    office: Office, postbox: Postbox
) -> None:
    mailing = workshop.mailing(office.tiny.root, "tiny")
    assert (mailing.client, mailing.output, mailing.faults) == (
        "tiny", office.tiny.root / "build", (),
    )  # fmt: skip
    assert [item.state for item in mailing.items] == [State.NEW] * 4
    assert postbox.received == []
    assert office.lines() == []

    events: list[Event] = []
    first = workshop.deliver(mailing, limit=1, on_event=events.append)
    assert events == first
    [outcome] = first
    assert (outcome.message.file.to.address, outcome.status) == (INES, Status.SENT)
    assert postbox.addresses == [INES]
    rest = workshop.deliver(mailing)
    assert {outcome.message.file.to.address for outcome in rest} == {KEN, LEA, WANG}
    assert sorted(postbox.addresses) == sorted(MANAGERS.values())

    again = workshop.mailing(office.tiny.root, "tiny")
    assert [item.state for item in again.items] == [State.SENT] * 4
    assert workshop.deliver(again) == []

    office.build(more="\n% another version")
    changed = workshop.mailing(office.tiny.root, "tiny", only=["Ken Ito"])
    assert workshop.deliver(changed) == []
    [update] = workshop.deliver(changed, updates=True)
    assert update.message.file.to.address == KEN
    assert postbox.addresses.count(KEN) == 2


def test_a_mailing_of_tests_goes_to_nobody_else_and_is_not_noted(
    office: Office, postbox: Postbox
) -> None:
    workshop.deliver(workshop.mailing(office.tiny.root, "tiny", only=["Ken Ito"]))
    tests = workshop.mailing(office.tiny.root, "tiny", test_to="Ruth <ruth@example.org>")
    events: list[Event] = []
    # Whoever has the real one, too: it is for looking at.
    outcomes = workshop.deliver(tests, on_event=events.append)
    assert len(outcomes) == 4
    assert all(isinstance(event, Outcome) for event in events)
    assert postbox.addresses == [KEN, *["ruth@example.org"] * 4]
    assert office.stands() == {KEN: Status.SENT}
    assert len(workshop.deliver(workshop.mailing(office.tiny.root, "tiny"))) == 3


def test_nothing_is_sent_while_anything_is_wrong(office: Office, postbox: Postbox) -> None:
    next(office.tiny.kit.glob("*/ken-ito.pdf")).write_bytes(b"%PDF-other")
    mailing = workshop.mailing(office.tiny.root, "tiny")
    assert [fault.code for fault in mailing.faults] == ["kit-file-changed"]
    with pytest.raises(ContentError, match="is not the one that was built"):
        workshop.deliver(mailing)
    office.tiny.write("workshop.yaml", "output: build\n")
    with pytest.raises(UsageError, match="does not say which mail server to use"):
        workshop.deliver(workshop.mailing(office.tiny.root, "tiny", only=["Lea Sommer"]))
    assert postbox.received == []
