"""A workspace with one module and a bare page, for tests of what texts and templates print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, Workspace
from tests.tiny_workspace.workspace import tiny
from workshop.composing.composer import Composer
from workshop.composing.composition import ComposedCopy, Part
from workshop.diagnostics import ContentError

__all__ = ["desk", "tiny"]

PROGRAMME = """\
title: Asking
promise: Ask before you answer.
gains: [Better questions.]
segments: {keen: asked to come}
terms:
  {customer: internal customer, customers: internal customers, team: team, manager: manager,
   managers: managers, organisation: organisation, end customer: client, follow-up group: group}
variants:
  hour:
    title: An hour
    start: "09:00"
    finish: "10:00"
    items: [{module: asking}]
  short:
    title: Half an hour
    start: "09:00"
    finish: "09:30"
    pace: minimum
    items: [{module: asking}]
"""

HEAD = """\
---
title: Asking
summary: Ask, and wait.
minutes: {min: 30, ideal: 60, max: 60}
outcomes: [You can ask.]
suits: [keen]
---
"""

# The first line of a module's body.
FIRST = HEAD.count("\n") + 1

EXERCISE = """
::: exercise {#one-question title="One question" kind=pairs minutes=60 min=30}
::: purpose
To ask.
:::

1. {40 min} Ask.
2. {20 min} Change over.
:::
"""

# Everything a document could print of its modules.
EVERYTHING = """\
{% for module in modules %}
<h1>{{ module.title }}</h1> {{ module.summary }} {{ module.outcomes | join(" ") }}
{{ module.intro }}{{ module.body }}{{ module.note }}
{% for exercise in module.exercises %}
{% for set in exercise.cards %}
<div class="set">{{ set.title }}: {{ set.sets }}
{% for card in set.cards %}
<div class="one-card">{{ card.title }}{{ card.body }}</div>
{% endfor %}</div>
{% endfor %}
{% endfor %}{% endfor %}
"""


@dataclass(frozen=True)
class Desk:
    """The workspace: the module `asking`, the client `test`, a document `page`."""

    root: Path
    workspace: Workspace

    def write(self, path: str, text: str) -> Path:
        """Write a file below the workspace."""
        return self.workspace.write(path, text)

    def module(self, body: str, exercise: str = EXERCISE) -> None:
        """Write the module: a body, and an exercise below it."""
        self.write("modules/asking.md", HEAD + body + "\n" + exercise)

    def page(self, text: str, audience: str = "participant") -> None:
        """Write the document `page` with one part that prints `text`, from its second line on."""
        self.write(
            "templates/page/document.yaml",
            f"title: Page\naudience: {audience}\nper: cohort\nfile: page.pdf\n",
        )
        self.write("templates/page/document.html.j2", in_part(text))

    def client(self, text: str) -> None:
        """Write the client's file."""
        self.workspace.client(text)

    def copies(self, *documents: str, created: str | None = None) -> list[ComposedCopy]:
        """Compose every copy of documents, or of all of them."""
        tailored = workshop.load(self.root, "test", READINGS)
        [cohort] = workshop.plan(tailored, documents=documents).cohorts
        return Composer(tailored, cohort.day, created).compose_all(cohort.jobs)

    def html(self, document: str = "page") -> str:
        """Return the bodies of all parts of a document's first copy."""
        return html_of(self.copies(document)[0])

    def faults(self, *documents: str) -> list[str]:
        """Return what composing is told: "path:line: message hint" for each fault."""
        with pytest.raises(ContentError) as caught:
            self.copies(*documents or ("page",))
        told = []
        for fault in caught.value.diagnostics:
            place = str(fault.location).replace(f"{self.root.as_posix()}/", "")
            told.append(" ".join(filter(None, [f"{place}: {fault.message}", fault.hint])))
        return told


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    """A workspace whose page prints everything of its one module."""
    made = Desk(workspace.root, workspace)
    made.write("modules/programme.yaml", PROGRAMME)
    made.client("name: Test Ltd\n")
    made.module("")
    made.page(EVERYTHING)
    return made


def in_part(text: str) -> str:
    """Return a document's template with one part that prints `text`."""
    return '{% call part("only") %}\n' + text + "\n{% endcall %}\n"


def html_of(copy: ComposedCopy) -> str:
    """Return the bodies of all parts of a copy, the same for all who share it."""
    return "".join(_named(part).partition("<body")[2] for part in copy.composition.parts)


def _named(part: Part) -> str:
    """Return a part's HTML with the names its slots have in the document."""
    names = dict(part.slots)
    return re.sub(
        'alt="slot:([^"]*)"',
        lambda found: f'alt="slot:{escape(names.get(unescape(found[1]), unescape(found[1])))}"',
        part.job.html,
    )


_SLOT = re.compile('<img class="slot [^"]*" src="slot:[^"]*" alt="slot:([^"]*)">')


def as_read(copy: ComposedCopy) -> str:
    """Return a copy's title and bodies with the texts of its own in their slots."""

    def text(slot: re.Match[str]) -> str:
        return escape(copy.texts.get(unescape(slot[1]), ""))

    return escape(copy.title) + "\n<body" + _SLOT.sub(text, html_of(copy))


def visible_text(html: str) -> str:
    """Return the words of HTML, one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html.partition(">")[2])).split())
