"""A client read whole: what tailoring changes, and what is wrong in the files it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

import workshop
from tests.tailoring.conftest import PROGRAMME, Small, module_text
from workshop.content.block_tree import Text
from workshop.diagnostics import UsageError
from workshop.workspace.clients import client_names, find_client

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
CASE = "---\ntitle: {title}\n---\n\n{title}.\n"
ROSTER = "name,email\nAnna Berg,anna@example.com\nBo Lindt,bo@example.com\n"


def with_case(small: Small) -> None:
    """Make the module `ask` call for the case `story`, which the workspace has."""
    body = "\n::: case {name=story}\n:::\n"
    small.write("modules/ask.md", module_text("ask", "ask-it", body=body))
    small.write("modules/cases/story.md", CASE.format(title="Any firm"))


def test_a_clients_terms_stand_over_the_programmes(small: Small) -> None:
    tailored = small.load("name: Test\nterms: {manager: team lead}\n")
    assert tailored.terms == {"customer": "internal customer", "manager": "team lead"}


def test_a_clients_module_stands_over_the_workspaces(small: Small) -> None:
    own = small.write("clients/test/modules/ask.md", module_text("question", "ask-it"))
    tailored = small.load()
    assert tailored.modules["ask"].path == own
    assert tailored.modules["ask"].front.title == "Question"
    assert tailored.modules["open"].path == small.root / "modules/open.md"


def test_a_clients_case_stands_over_the_one_of_its_name(small: Small) -> None:
    with_case(small)
    assert small.load().cases["story"].title == "Any firm"
    small.write("clients/test/cases/story.md", CASE.format(title="Your firm"))
    case = small.load().cases["story"]
    assert case.title == "Your firm"
    assert [node.source.strip() for node in case.body if isinstance(node, Text)] == ["Your firm."]


def test_a_case_no_module_calls_for_is_not_read(small: Small) -> None:
    with_case(small)
    small.write("modules/cases/other.md", "no case at all")
    assert set(small.load().cases) == {"story"}
    assert small.load("name: Test\nmodules: {exclude: [ask]}\n").cases == {}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("documents: {exclude: [exercises, agenda]}", {"agenda", "exercises"}),
        ("options: {manager-briefings: false}", {"manager-briefing"}),
    ],
)
def test_a_client_gets_all_documents_but_those_it_does_not_want(
    small: Small, text: str, lost: set[str]
) -> None:
    every = {one.name for one in small.load().documents}
    assert every >= {"agenda", "exercises", "manager-briefing", "participant-workbook"}
    assert {
        document.name for document in small.load(f"name: Test\n{text}\n").documents
    } == every - lost


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{only: [exercises, agenda]}", ["agenda", "exercises"]),
        ("{only: [agenda, exercises], exclude: [agenda]}", ["exercises"]),
    ],
)
def test_a_client_gets_only_the_documents_it_names(
    small: Small, text: str, expected: list[str]
) -> None:
    tailored = small.load(f"name: Test\ndocuments: {text}\n")
    assert [document.name for document in tailored.documents] == expected


def test_a_clients_folder_may_be_a_link_to_elsewhere(small: Small) -> None:
    elsewhere = small.root.parent / "elsewhere"
    (elsewhere / "assets").mkdir(parents=True)
    (elsewhere / "assets/logo.svg").write_text(SVG, encoding="utf-8")
    (elsewhere / "people.csv").write_text(ROSTER, encoding="utf-8")
    (small.root / "clients").mkdir()
    (small.root / "clients/test").symlink_to(elsewhere)
    tailored = small.load("name: Test\nlogo: logo.svg\ncohorts: {a: {roster: people.csv}}\n")
    assert tailored.cohorts[0].headcount == 2


@pytest.mark.parametrize("slug", ["Acme", "Acme Ltd", "Ärzte_2"])
def test_a_clients_folder_may_be_called_anything(small: Small, slug: str) -> None:
    small.workspace.client(slug=slug)
    assert client_names(small.root) == [slug]
    assert workshop.load(small.root, slug).slug == slug


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("acne", "Did you mean “acme”?"),
        ("Acme", "Did you mean “acme”?"),
        ("zzz", "Known here: acme, other."),
        ("../../etc", "Known here: acme, other."),
        ("", "Known here: acme, other."),
        ("acme/../acme", "Known here: acme, other."),
        (
            "half-made",
            "The folder {clients}/half-made has no client.yaml. Write one, with a line `name: …`.",
        ),
    ],
)
def test_an_unknown_client_is_told_the_nearest(small: Small, slug: str, hint: str) -> None:
    small.workspace.client(slug="acme")
    small.workspace.client(slug="other")
    (small.root / "clients/half-made").mkdir()
    with pytest.raises(UsageError) as caught:
        find_client(small.root, slug)
    [fault] = caught.value.diagnostics
    clients = (small.root / "clients").as_posix()
    assert fault.message == f"There is no client “{slug}” in {clients}"
    assert fault.hint == hint.format(clients=clients)


def test_a_workspace_without_clients_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        workshop.load(tmp_path, "acme")
    assert (
        caught.value.diagnostics[0].hint == "Write clients/NAME/client.yaml with a line `name: …`."
    )


def test_a_fault_in_a_module_is_said_once_however_many_cohorts_have_it(small: Small) -> None:
    small.write("modules/ask.md", module_text("ask", "ask-it").replace("{30 min}", "{20 min}"))
    [fault] = small.faults("name: Test\ncohorts: {a: {}, b: {}, c: {variant: evening}}\n")
    assert fault.startswith("modules/ask.md:9:1: The steps of “Ask it” add up to 20 minutes")


def test_a_fault_in_a_module_is_said_once_however_often_it_is_named(small: Small) -> None:
    small.write("modules/lean.md", module_text("lean", "lean-it", "before: ask\n"))
    text = "name: Test\nmodules: {include: [lean], replace: {open: lean}}\n"
    [fault] = small.faults(text)
    assert fault.startswith("modules/lean.md:7:1: Unknown key “before”")


def test_an_exercise_in_two_modules_of_one_client(small: Small) -> None:
    small.write("modules/offer.md", module_text("offer", "ask-it"))
    [fault] = small.faults("name: Test\n")
    assert fault == (
        f"modules/offer.md:9:1: The exercise “ask-it” is also in {small.root}/modules/ask.md:9:1 "
        "[duplicate-id] An exercise has one number in every document, so its id must be its own."
    )
    tailored = small.load("name: Test\nmodules: {exclude: [ask]}\n")
    assert set(tailored.modules) == {"open", "offer"}


def test_an_exercise_may_be_in_two_modules_that_no_day_has_together(small: Small) -> None:
    small.write("modules/swap.md", module_text("swap", "ask-it"))
    cohorts = "cohorts: {a: {}, b: {modules: {replace: {ask: swap}}}}\n"
    assert {"ask", "swap"} < set(small.load(f"name: Test\n{cohorts}").modules)
    both = "{include: [{module: swap, after: open}]}"
    [fault] = small.faults(
        f"name: Test\ncohorts: {{a: {{modules: {both}}}, b: {{modules: {both}}}}}\n"
    )
    assert fault.startswith("modules/ask.md:9:1: The exercise “ask-it” is also in ")


def test_a_case_that_is_not_there(small: Small) -> None:
    with_case(small)
    (small.root / "modules/cases/story.md").rename(small.root / "modules/cases/storey.md")
    [fault] = small.faults("name: Test\n")
    assert fault == (
        "modules/ask.md:9:1: There is no case “story” [unknown-case] Did you mean “storey”?"
    )


def test_a_fault_in_a_case_and_one_in_the_client_file_are_said_together(small: Small) -> None:
    with_case(small)
    small.write("clients/test/cases/story.md", "---\ntitel: Your firm\n---\n")
    faults = small.faults("name: Test\npaper: A5\nterms: {x: y}\n")
    assert [fault.split(": ")[0] for fault in faults] == [
        "2:8", "3:9", "clients/test/cases/story.md:2:1", "clients/test/cases/story.md:2:1"
    ]  # fmt: skip


def test_a_fault_in_the_programme_is_not_followed_by_others(small: Small) -> None:
    small.write("modules/programme.yaml", PROGRAMME.replace("segments:", "segmants:"))
    faults = small.faults("name: Test\nvariant: nonsense\n")
    assert [fault.split(": ")[0] for fault in faults] == [
        "modules/programme.yaml:1:1",
        "modules/programme.yaml:4:1",
    ]


def test_the_sample_clients_are_read_without_a_fault_or_a_warning(repository: Path) -> None:
    for slug in client_names(repository):
        assert workshop.load(repository, slug).warnings == ()


def test_acme_replaces_a_module_and_a_case_by_name(repository: Path) -> None:
    acme = workshop.load(repository, "acme")
    own = repository / "clients/acme"
    assert acme.modules["opportunity-hunt"].path == own / "modules/opportunity-hunt.md"
    assert acme.cases["upward-case"].path == own / "cases/upward-case.md"
    assert acme.cases["fact-sheet"].path == repository / "modules/cases/fact-sheet.md"


def test_a_text_may_name_an_exercise_of_a_module_that_is_left_out(small: Small) -> None:
    tailored = small.load("name: Test\nvariant: evening\n")
    assert "offer" not in tailored.modules
    assert [exercise.title for exercise in tailored.left_out["offer"].exercises] == ["Offer it"]


def test_a_fault_in_a_module_that_no_day_has_is_nobodys_concern(small: Small) -> None:
    small.write("modules/offer.md", "no front matter")
    assert "offer" not in small.load("name: Test\nvariant: evening\n").left_out


def test_apostrophes_in_a_client_s_words_are_those_of_texts(small: Small) -> None:
    tailored = small.load("name: O'Shea's\nterms: {manager: coordinators' \"lead\"}\n")
    assert tailored.terms["manager"] == "coordinators’ “lead”"
    assert tailored.client.name == "O'Shea's"
