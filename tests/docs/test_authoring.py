"""The authoring guide names all there is to write, and its example can be built."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, TextOf, Workspace
from tests.tiny_workspace.workspace import CLIENT, Tiny
from tests.tiny_workspace.workspace import laid_out_before as tiny
from workshop.composing.composer import Composer
from workshop.content.clock import clock
from workshop.content.front_matter import FrontMatter, Material
from workshop.content.grammar.diagram_kinds import DIAGRAM_KINDS
from workshop.content.programme import ProgrammeFile, plural_of, read_programme, singular_of
from workshop.content.vocabulary import KINDS
from workshop.content.yaml.files import FileModel
from workshop.diagnostics import ContentError, Report
from workshop.planning.pack_order import USUAL_ORDER
from workshop.tailoring.client_file.client import ClientFile, CohortFile
from workshop.tailoring.client_file.look_and_papers import Options
from workshop.tailoring.documents import DocumentFile
from workshop.tailoring.look.looks import LookFile
from workshop.tailoring.profiles import ProfileFile

__all__ = ["tiny"]

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = [DOCS / "authoring.md", DOCS / "design.md", *sorted((DOCS / "authoring").glob("*.md"))]
GUIDE = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
# What a client file may begin with, so that an example that begins so can be put into one.
CLIENT_KEY = "|".join([*CohortFile.model_fields, *ClientFile.model_fields])
# Where files are shown that only their reader has.
OWN_FILES = re.compile(r"my-probing|first-question|logo\.svg|roster\.csv|sheet: |columns:|\.\.\.|…")
PRINTING = (DOCS / "printing.md").read_text(encoding="utf-8")


def keys(model: type[FileModel]) -> list[str]:
    """Return a model's keys as files write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def unnamed(words: Iterable[str], text: str) -> list[str]:
    """Return the words that stand nowhere in a text's code."""
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))
    return [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", code)]


@pytest.mark.parametrize(
    "model",
    [ClientFile, CohortFile, Options, DocumentFile, LookFile, FrontMatter, Material, ProgrammeFile],
)
def test_every_key_of_a_file_is_named(model: type[FileModel]) -> None:
    assert unnamed(keys(model), GUIDE) == []


def test_every_key_of_a_profile_is_named() -> None:
    assert unnamed(keys(ProfileFile), PRINTING) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_block_and_option_is_named(kind: str) -> None:
    words = {
        word for option in KINDS[kind].options.values() for word in getattr(option, "words", ())
    }
    assert unnamed([kind, *KINDS[kind].options, *words], GUIDE) == []


def test_every_kind_of_diagram_is_named_with_its_numbers() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\d(?: to \d| or \d)?) \|", GUIDE, re.MULTILINE))
    bounds = {name: kind.bounds.removesuffix(" items") for name, kind in DIAGRAM_KINDS.items()}
    assert {name: said.replace(" or ", " to ") for name, said in rows.items()} == bounds


def test_every_term_is_named_with_its_usual_word_and_its_plural() -> None:
    programme = read_programme(DOCS.parent / "modules/programme.yaml", Report())
    assert programme
    terms = programme.file.terms
    rows = {
        f"| `{term}` | {word} | "
        + (f"`{plural}`: {terms[plural]} |" if (plural := plural_of(term, terms)) else "none |")
        for term, word in terms.items()
        if singular_of(term, terms) is None
    }
    table = GUIDE.partition("| term | usual word | its plural |\n|---|---|---|\n")[2]
    assert set(table.partition("\n\n")[0].splitlines()) == rows


def test_the_usual_pack_is_the_one_that_is_named() -> None:
    assert f"`[{', '.join(USUAL_ORDER)}]`" in GUIDE


def test_every_word_a_template_can_use_is_named(tiny: Tiny) -> None:
    tailored = workshop.load(tiny.root, "tiny", READINGS)
    [cohort] = workshop.plan(tailored).cohorts
    composer = Composer(tailored, cohort.day)
    given = {
        name for document in tailored.documents for name in composer._templates.names_for(document)
    }
    assert unnamed(sorted(given), GUIDE) == []


def test_the_example_of_a_document_can_be_built(tiny: Tiny, text_of: TextOf) -> None:
    files = re.findall(r"`(templates/door-sign/[\w.]+)`.*?```\w+\n(.*?)```", GUIDE, re.DOTALL)
    assert [Path(path).suffix for path, _ in files] == [".yaml", ".j2", ".css"]
    for path, text in files:
        tiny.write(path, text)
    tiny.change(CLIENT, "only: [", "only: [door-sign, ")
    [entry] = tiny.build("door-sign").files
    assert "Door sign" in text_of(tiny.kit / entry.path)


def client_examples() -> list[str]:
    """Return all that the guide gives to type into a client file, in blocks and in lines."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
    blocks = [block for language, block in fence.findall(GUIDE) if language == "yaml"]
    lines = re.findall(r"`([^`\n]+)`", fence.sub("", GUIDE))
    typed = [*blocks, *(line for line in lines if ": " in line)]
    of_clients = [text for text in typed if re.match(rf"({CLIENT_KEY}): ?[{{\[\n]|name: ", text)]
    return list(dict.fromkeys(of_clients))


@pytest.mark.parametrize(
    "example", [text for text in client_examples() if not OWN_FILES.search(text)]
)
@pytest.mark.slow
def test_every_example_of_a_client_file_works_as_it_stands(
    workspace: Workspace, example: str
) -> None:
    head = "" if example.startswith("name:") else "name: Linden\n"
    workspace.client(f"{head}{example}\n", "linden")
    tailored = workshop.load(workspace.root, "linden", READINGS)
    days = workshop.plan(tailored)
    told = [fault for fault in [*tailored.warnings, *days.warnings] if fault.code != "no-timezone"]
    assert told == []


def test_the_module_of_the_guide_can_be_built_into_a_day(workspace: Workspace) -> None:
    [(path, text)] = re.findall(
        r"`(modules/first-\w+.md)`:\n\n```markdown\n(.*?)\n```", GUIDE, re.DOTALL
    )
    [line] = [example for example in client_examples() if "module: first-question" in example]
    workspace.write(path, text + "\n")
    workspace.client(f"name: Linden\n{line}\n", "linden")
    tailored = workshop.load(workspace.root, "linden", READINGS)
    plan = workshop.plan(tailored)
    assert [*tailored.warnings, *plan.warnings] == []
    assert "first-question" in [module.module.name for module in plan.cohorts[0].day.modules]


def test_the_faults_of_a_day_in_the_guide_are_what_is_told(workspace: Workspace) -> None:
    [shown] = re.findall(
        r"```\nclients/acme/client.yaml:\d+:\d+: (error: From .*?)```", GUIDE, re.DOTALL
    )
    client = 'name: Acme\ncohorts:\n  day-1:\n    times: {finish: "15:40"}\n'
    workspace.client(client, "acme")
    with pytest.raises(ContentError) as caught:
        workshop.plan(workshop.load(workspace.root, "acme", READINGS))
    assert str(caught.value.diagnostics[-1]).partition(": ")[2] == shown.strip()


@pytest.mark.slow
def test_messages_in_the_guide_have_the_codes_and_hints_of_the_program() -> None:
    fences = re.findall(
        r"^```\n(.*?)^```$", (DOCS / "authoring/checks.md").read_text(), re.M | re.S
    )
    shown = [
        text for fence in fences for text in re.findall(r"\[([a-z-]+)\]$|^  (\S.*)$", fence, re.M)
    ]
    nodes = [
        node
        for path in sorted(DOCS.parent.glob("workshop/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    assert len(shown) == 4
    assert [text for pair in shown for text in pair if text and text not in texts] == []


def test_the_whole_day_of_the_guide_can_be_planned(workspace: Workspace) -> None:
    [day] = [text for text in client_examples() if "order:\n" in text]
    workspace.client(f"name: Linden\n{day}", "linden")
    tailored = workshop.load(workspace.root, "linden", READINGS)
    [cohort] = workshop.plan(tailored).cohorts
    breaks = [entry for entry in cohort.day.schedule.entries if entry.module is None]
    assert [(clock(entry.start), entry.title) for entry in breaks] == [
        ("10:20", "Coffee"), ("12:10", "Lunch"), ("13:55", "Coffee"), ("15:29", "Tea"),
    ]  # fmt: skip
    assert tailored.warnings == ()
