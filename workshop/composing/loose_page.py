"""Compose a page that belongs to no kit: in the client's look, of values handed over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.allowed_names import document_words, shared_names
from workshop.composing.composition import DocumentInfo
from workshop.composing.language.called_parts import Parts
from workshop.composing.language.environment import make_environment
from workshop.composing.language.slots import SlotBook
from workshop.composing.language.template_faults import faults_of
from workshop.composing.language.words import Words
from workshop.composing.pages.make_jobs import JobMaker
from workshop.composing.pages.render_job import RenderJob
from workshop.composing.pages.stylesheets import Stylesheets
from workshop.diagnostics import Location
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.tailoring.documents import Document, DocumentFile
from workshop.tailoring.tailored import Tailored


def compose_page(
    tailored: Tailored, day: Day, name: str, title: str, values: Mapping[str, Any]
) -> tuple[RenderJob, DocumentInfo]:
    """Run the template `<name>/document.html.j2`, whose one part may use `values`.

    Raises `ContentError` with file and line where the template or a style sheet is at fault.
    """
    memory = Memory()
    environment = make_environment(tailored.overlay, day.cohort.language, memory)
    # Templates that documents share have slots, and do not load where the filter is not known.
    environment.filters["slot"] = _value_of_slot
    file = DocumentFile(
        title=title, audience="facilitator", per="cohort", file=f"{name}.pdf", sides="simplex"
    )
    document = Document(name, file, Location(Path(f"{name}.pdf")))
    words, parts = Words(tailored, day, memory, environment.effort), Parts(SlotBook())
    names = {
        **shared_names(tailored, day, words, file.audience).as_names(),
        "edition": document.edition,
        "document": document_words(file),
        "part": parts.part,
        **values,
    }
    with faults_of(environment.effort, lambda: names, environment.list_templates):
        environment.get_template(f"{name}/document.html.j2").render(names)
        stylesheets = Stylesheets(
            environment, tailored.overlay, tailored.look, document.edition, memory
        )
        sheets = stylesheets.sheets_for(document, names)
        frame = environment.get_template("_shared/frame.html.j2")
        [called] = parts.called
        html = frame.render({**names, "body": Markup(called.html)})  # noqa: S704  # autoescaped
    job = JobMaker(tailored, memory).job_for(html, sheets)
    client = tailored.client.name
    info = DocumentInfo(
        f"{title} – {client}", client, day.cohort.language, file.sides, has_cover=False
    )
    return job, info


# With the context as in documents: the code of a template is the same for both.
@pass_context
def _value_of_slot(_context: Context, value: object, *_how: object, **_more: object) -> object:
    """Return what a slot is for: there are no copies that could differ in it."""
    return value
