"""What templates made is kept for the next build of the same files, whoever the people are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.raw_pdf import spellings
from tests.tiny_workspace.workspace import CLIENT, ROSTER, Tiny, contents, in_part
from workshop.composing.compose_plan import ComposedKit, PlanComposer, compose_kits
from workshop.composing.reuse import shelves
from workshop.diagnostics import ContentError
from workshop.keeping.memory import Memory
from workshop.keeping.store import FOLDER, Store
from workshop.planning.make_plan import Plan

pytestmark = pytest.mark.slow

WORKBOOK = "participant-workbook"
ASKING, OFFERING = "modules/asking.md", "modules/offering.md"
BADGE = "templates/badge/document.html.j2"
AGENDA = "templates/agenda/document.html.j2"
SLOTS_ALONE = in_part('<p>{{ participant.name | slot("name") }}</p>')


@pytest.fixture
def ran() -> list[str]:
    """The documents whose templates ran, as `composed` notes it."""
    return []


def composed(
    root: Path, client: str, ran: list[str] | None = None, *, kept: bool = True
) -> list[ComposedKit]:
    """Compose all of a client's documents in a process that has nothing in memory."""
    memory = Memory(Store(root) if kept else None)
    plan = workshop.plan(workshop.load(root, client, READINGS))
    composer = PlanComposer(plan, memory)
    for _ in composer.documents():
        pass
    composer.keep_composed()
    if ran is not None:
        work = [name.split(" ", 1) for name in memory.made_anew.elements()]
        ran += (name for kind, name in work if kind == "template")
    return composer.kits


def values(kits: list[ComposedKit]) -> list[object]:
    """Return all that composing says of every copy, as values."""
    return [
        (
            copy.job.file,
            copy.texts,
            copy.title,
            copy.composition.parts,
            copy.composition.info,
            copy.composition.counted,
            copy.composition.refers_to,
        )
        for kit in kits
        for copy in kit.copies
    ]


def printed(kits: list[ComposedKit]) -> str:
    """Return the HTML of all copies."""
    return "".join(
        part.job.html for kit in kits for copy in kit.copies for part in copy.composition.parts
    )


def entries(tiny: Tiny) -> list[Path]:
    return sorted((tiny.root / FOLDER).glob("composed/*"))


@pytest.mark.parametrize("client", ["acme", "minimal"])
def test_what_is_kept_is_what_was_composed(
    repository: Path, tmp_path: Path, client: str, ran: list[str]
) -> None:
    # The modules and templates are the repository's, the cache is not.
    for name in ("clients", "modules", "templates", "assets", "workshop.yaml"):
        if (repository / name).exists():
            (tmp_path / name).symlink_to(repository / name)
    first = composed(tmp_path, client, ran)
    assert ran
    ran.clear()
    again = composed(tmp_path, client, ran)
    assert ran == []
    assert values(again) == values(first)


def test_after_a_changed_roster_no_template_runs(tiny: Tiny, ran: list[str]) -> None:
    tiny.write(BADGE, SLOTS_ALONE)
    composed(tiny.root, "tiny", ran)
    assert ran
    ran.clear()
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindqvist-Åström")
    after = values(composed(tiny.root, "tiny", ran))
    assert ran == []
    assert after == values(composed(tiny.root, "tiny", kept=False))


def test_after_a_changed_colour_no_template_runs(tiny: Tiny, ran: list[str]) -> None:
    tiny.write(BADGE, SLOTS_ALONE)
    head = 'name: Tiny Ltd\ncolours: # of the brand\n  # in quotes\n  brand: "#0b5d4e"\n'
    tiny.change(CLIENT, "name: Tiny Ltd\n", head)
    first = composed(tiny.root, "tiny", ran)
    assert ran
    ran.clear()
    tiny.change(CLIENT, "#0b5d4e", "#ffd400")
    after = composed(tiny.root, "tiny", ran)
    assert ran == []
    assert values(after) == values(first)
    assert {copy.look.palette.accent for kit in after for copy in kit.copies} == {"#ffd400"}


def test_what_is_sound_in_one_colour_is_so_in_another(tiny: Tiny) -> None:
    head = 'name: Tiny Ltd\ncolours:\n  brand: "#0b5d4e"\n'
    tiny.change(CLIENT, "name: Tiny Ltd\n", head)
    names = []
    for old, new in (("#0b5d4e", "#ffd400"), ("Tiny Ltd", "Tiny & Sons")):
        memory = workshop.open_memory(tiny.root)
        names.append(shelves.Shelves(workshop.load(tiny.root, "tiny", memory), memory).for_client())
        tiny.change(CLIENT, old, new)
    memory = workshop.open_memory(tiny.root)
    names.append(shelves.Shelves(workshop.load(tiny.root, "tiny", memory), memory).for_client())
    first, recoloured, renamed = (shelf.made_from for shelf in names)
    assert first == recoloured != renamed


def test_whether_segments_are_spoken_of_is_the_roster_s_to_say(tiny: Tiny) -> None:
    tiny.change(CLIENT, "only: [agenda,", "only: [outline, agenda,")
    head = "title: Outline\naudience: sponsor\nper: cohort\nfile: outline.pdf\n"
    tiny.write("templates/outline/document.yaml", head)
    told = "{{ programme.segments | join }}"
    tiny.write("templates/outline/document.html.j2", in_part(told))
    assert "asked to come" in printed(composed(tiny.root, "tiny"))
    for segment in ("keen", "sent"):
        tiny.change(ROSTER, f",{segment},", ",,")
    after = composed(tiny.root, "tiny")
    assert values(after) == values(composed(tiny.root, "tiny", kept=False))
    assert "asked to come" not in printed(after)


SCRIPT = """\
import sys
from pathlib import Path
import workshop
from workshop.composing.compose_plan import PlanComposer
composer = PlanComposer(
    workshop.plan(workshop.load(Path(), "tiny"), (), ["agenda"]), workshop.open_memory(Path())
)
for _ in composer.documents():
    pass
composer.keep_composed()
print("jinja2" in sys.modules)
"""


def test_where_all_is_kept_jinja_is_not_loaded(tiny: Tiny) -> None:
    def loaded() -> str:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=tiny.root,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert [loaded(), loaded()] == ["True\n", "False\n"]


CHANGES: dict[str, Callable[[Tiny], object]] = {
    "a module": lambda tiny: tiny.change(OFFERING, "title: Offering", "title: New"),
    "a module's text": lambda tiny: tiny.change(OFFERING, "An offer has", "Any offer has"),
    "an exercise's title": lambda tiny: tiny.change(ASKING, "One question", "Another question"),
    "a template": lambda tiny: tiny.write(BADGE, in_part("<p>Other</p>")),
    "a template of another document": lambda tiny: tiny.write(AGENDA, in_part("<p>Other</p>")),
    "a style sheet": lambda tiny: tiny.write("templates/client.css", "p { color: red }"),
    "the client's name": lambda tiny: tiny.change(CLIENT, "Tiny Ltd", "Tiny Inc"),
    "a cohort's date": lambda tiny: tiny.change(CLIENT, "2027-10-05", "2027-10-06"),
    "one person more": lambda tiny: tiny.write(
        ROSTER, (tiny.root / ROSTER).read_text("utf-8") + "Cy Dahl,c@example.com,,,,,\n"
    ),
    "another manager": lambda tiny: tiny.write(
        ROSTER,
        "name,email,team,role,manager,manager_email\n"
        "Anna Berg,a@example.com,Sales,Buyer,Inés Ruiz,i@example.com\n"
        "Bo Lindt,b@example.com,Stores,Clerk,Jo Katz,j@example.com\n",
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_shows(tiny: Tiny, change: Callable[[Tiny], object]) -> None:
    before = values(composed(tiny.root, "tiny"))
    change(tiny)
    after = values(composed(tiny.root, "tiny"))
    assert after == values(composed(tiny.root, "tiny", kept=False))
    assert after != before


REFERRING = """
Look back at {{ ref("one-question") }}.
"""
BEFORE = """\
::: exercise {#first title="First" kind=pairs minutes=5 min=5}
::: purpose
Begin.
:::

1. {5 min} Begin.
:::
"""


def test_a_module_s_text_shows_what_others_have_become(tiny: Tiny, ran: list[str]) -> None:
    tiny.write(OFFERING, (tiny.root / OFFERING).read_text("utf-8") + REFERRING)
    assert "exercise\u00a01.1" in printed(composed(tiny.root, "tiny", ran))
    tiny.change(ASKING, "{min: 15, ideal: 25, max: 30}", "{min: 20, ideal: 30, max: 40}")
    tiny.change(ASKING, "::: exercise", f"{BEFORE}\n::: exercise")
    after = composed(tiny.root, "tiny", ran)
    assert "exercise\u00a01.2" in printed(after)
    assert values(after) == values(composed(tiny.root, "tiny", kept=False))
    # On another day the module before has gone: its exercise has a title, and no number.
    tiny.change("modules/programme.yaml", "      - module: asking\n", "")
    tiny.change("modules/programme.yaml", '"15:00"', '"14:40"')
    assert "“One question”" in printed(composed(tiny.root, "tiny", ran))
    tiny.change(ASKING, 'title="One question"', 'title="The question"')
    after = composed(tiny.root, "tiny", ran)
    assert "“The question”" in printed(after)
    assert values(after) == values(composed(tiny.root, "tiny", kept=False))


def test_of_a_changed_module_others_are_not_written_again(tiny: Tiny) -> None:
    def written() -> list[str]:
        memory = workshop.open_memory(tiny.root)
        composer = PlanComposer(workshop.plan(workshop.load(tiny.root, "tiny")), memory)
        list(composer.documents())
        composer.keep_composed()
        return sorted(name for name in memory.made_anew.elements() if name.startswith("module"))

    # For participants and for managers.
    assert written() == ["module asking"] * 2 + ["module offering"] * 2
    tiny.change(OFFERING, "An offer has", "Any offer has")
    assert written() == ["module offering"] * 2


def test_what_a_process_remembers_is_neither_read_nor_made_again(tiny: Tiny) -> None:
    tiny.write(BADGE, SLOTS_ALONE)
    memory = workshop.open_memory(tiny.root)
    plan = workshop.plan(workshop.load(tiny.root, "tiny", memory))
    composer = PlanComposer(plan, memory)
    list(composer.documents())
    composer.keep_composed()
    shutil.rmtree(tiny.root / FOLDER)
    memory.made_anew.clear()
    again = PlanComposer(workshop.plan(workshop.load(tiny.root, "tiny", memory)), memory)
    list(again.documents())
    assert memory.made_anew.total() == 0
    assert values(again.kits) == values(composer.kits)


def test_what_shows_a_person_is_not_kept(tiny: Tiny, ran: list[str]) -> None:
    tiny.write(BADGE, in_part("<p>{{ participant.name }}</p>"))
    tiny.build()
    ran.clear()
    composed(tiny.root, "tiny", ran)
    assert ran == ["badge", "badge"]
    people = ["Anna Berg", "Bo Lindt", "Inés Ruiz", "anna@example.com"]
    assert entries(tiny)
    for path in entries(tiny):
        data = path.read_bytes()
        assert not [name for name in people for way in spellings(name) if way in data]


def test_people_in_their_order_are_kept_as_numbers(tiny: Tiny, ran: list[str]) -> None:
    sorted_by_name = '{% for one in participants | sort(attribute="name") %}'
    text = sorted_by_name + '{{ one.name | slot("person") }}{% endfor %}'
    tiny.write(BADGE, SLOTS_ALONE)
    tiny.write(AGENDA, in_part(text))
    composed(tiny.root, "tiny", ran)
    ran.clear()
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    composed(tiny.root, "tiny", ran)
    assert ran == []
    # Now he is the first.
    tiny.change(ROSTER, "Bo Lindh", "Aaron Lindh")
    [kit] = composed(tiny.root, "tiny", ran)
    assert ran == ["agenda"]
    [agenda] = [copy for copy in kit.copies if copy.job.document.name == "agenda"]
    assert list(agenda.texts.values()) == ["Aaron Lindh", "Anna Berg"]


def test_what_was_changed_while_it_was_composed_is_not_kept(tiny: Tiny) -> None:
    composer = PlanComposer(
        workshop.plan(workshop.load(tiny.root, "tiny")), workshop.open_memory(tiny.root)
    )
    for _ in composer.documents():
        tiny.write("templates/badge/document.css", "p { color: red }")
    composer.keep_composed()
    assert entries(tiny) == []


def test_another_program_keeps_its_own(
    tiny: Tiny, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.write(BADGE, SLOTS_ALONE)
    composed(tiny.root, "tiny", ran)
    ran.clear()
    composed(tiny.root, "tiny", ran)
    assert ran == []
    monkeypatch.setattr(shelves, "program", lambda: "another version")
    composed(tiny.root, "tiny", ran)
    assert ran


def test_what_is_kept_of_an_edition_or_a_date_is_its_own(tiny: Tiny) -> None:
    plan = workshop.plan(workshop.load(tiny.root, "tiny"), (), [WORKBOOK])
    large = workshop.plan(plan.tailored, (), [WORKBOOK], ["large-print"])

    def kits(plan: Plan, created: str | None) -> list[object]:
        composer = PlanComposer(plan, workshop.open_memory(tiny.root), created)
        list(composer.documents())
        composer.keep_composed()
        return values(composer.kits)

    for other, created in ((plan, None), (large, None), (plan, "2027-01-01T00:00:00Z")):
        first = kits(other, created)
        assert first == kits(other, created)
        assert first == values(compose_kits(other, created=created))


def test_what_is_not_whole_is_composed_again(tiny: Tiny, ran: list[str]) -> None:
    first = values(composed(tiny.root, "tiny", ran))
    for path in entries(tiny):
        path.write_bytes(path.read_bytes().replace(b"Tiny", b"Fine"))
    ran.clear()
    assert values(composed(tiny.root, "tiny", ran)) == first
    assert ran


def test_where_it_cannot_be_told_what_is_read_nothing_is_kept(tiny: Tiny) -> None:
    (tiny.root / "linked").mkdir()
    (tiny.root / "modules" / "more").symlink_to(tiny.root / "linked")
    composed(tiny.root, "tiny")
    assert entries(tiny) == []


def test_where_templates_could_take_in_a_roster_nothing_is_kept(tiny: Tiny) -> None:
    roster = tiny.write("clients/tiny/templates/people.csv", (tiny.root / ROSTER).read_text())
    tiny.change(CLIENT, "roster: roster.csv", "roster: templates/people.csv")
    tiny.write(AGENDA, in_part('{% include "people.csv" %}'))
    assert "Bo Lindt" in printed(composed(tiny.root, "tiny"))
    tiny.build()
    assert entries(tiny) == []
    roster.write_text(roster.read_text().replace("Bo Lindt", "Bo Lindh"))
    assert "Bo Lindh" in printed(composed(tiny.root, "tiny"))


def test_a_fault_is_told_again(tiny: Tiny) -> None:
    tiny.build("badge")
    tiny.write(AGENDA, in_part("{{ nothing }}"))
    for _ in range(2):
        with pytest.raises(ContentError, match="nothing"):
            composed(tiny.root, "tiny")


def test_a_kit_of_what_was_kept_is_the_one_made_anew(tiny: Tiny) -> None:
    tiny.build()
    tiny.change(ROSTER, "Bo Lindt", "Bo Lindh")
    tiny.build()
    mixed = contents(tiny.kit)
    for path in entries(tiny):
        path.unlink()
    tiny.kit.rename(tiny.kit.with_name("elsewhere"))
    tiny.build()
    assert contents(tiny.kit) == mixed
