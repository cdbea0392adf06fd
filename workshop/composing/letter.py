"""Write the words of an e-mail from a document's `email.md.j2`: plain text and HTML alike."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from babel.lists import format_list
from jinja2 import Template, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from workshop.composing.allowed_names import document_words, shared_names
from workshop.composing.inserted_values import OPEN, mark_of, with_values
from workshop.composing.language.environment import make_environment, make_typed_environment
from workshop.composing.language.template_faults import faults_of
from workshop.composing.language.words import Words
from workshop.composing.letter_source import report_letter
from workshop.composing.pages.names_in_line import isolated
from workshop.composing.plain_letter import one_line, plain_text
from workshop.composing.views.records import ManagerView, manager
from workshop.content.grammar.comments import without_comments
from workshop.content.markdown import to_html
from workshop.diagnostics import ContentError, Diagnostic, Location, Report
from workshop.keeping.memory import Memory
from workshop.limits import TEMPLATE_FILE
from workshop.planning.day import Day
from workshop.tailoring.documents import Document
from workshop.tailoring.people.roster import Managed
from workshop.tailoring.tailored import Tailored
from workshop.user_files import read_source

# The message, and the calendar's two entries: the talk before the day, the ask card after it.
_BLOCKS = ("subject", "body", "talk_title", "talk_note", "ask_title", "ask_note")


@dataclass(frozen=True)
class Written:
    """Holds a block of a letter, filled in: Markdown in which marks stand for `values`."""

    source: str
    values: tuple[str, ...]

    @property
    def line(self) -> str:
        """The words in one line, for a subject."""
        return one_line(self.text)

    @property
    def text(self) -> str:
        """The words as plain text, which says what the HTML says."""
        return plain_text(self.html)

    @property
    def html(self) -> Markup:
        """The words as HTML; values are escaped."""
        return with_values(to_html(self.source, 2, str), self.values)


@dataclass(frozen=True)
class EarlierLetter:
    """Holds when an earlier letter was sent, and what it said of the day where that is known.

    Times are minutes after midnight.
    """

    sent: datetime.date
    date: datetime.date | None
    start: int | None
    finish: int | None
    venue: str


class LetterWriter:
    """Writes the e-mails that go with one document of a client's cohort.

    `sender` is the name of whoever sends them, where the cohort names no trainer. `title` is the
    document's, in the client's words.
    """

    def __init__(self, tailored: Tailored, day: Day, document: Document, sender: str) -> None:
        memory = Memory()
        self._frames = make_environment(tailored.overlay, day.cohort.language, memory)
        self._blocks = make_typed_environment(tailored.overlay, day.cohort.language, memory)
        words = Words(tailored, day, memory, self._blocks.effort)
        self.title = document.title
        self._names = {
            **shared_names(tailored, day, words, document.file.audience).as_names(),
            "document": document_words(document.file),
            "sender": sender,
        }
        self._document = document
        self._overlay = tailored.overlay
        self._language = day.cohort.language.replace("-", "_")
        self._printable = self._blocks.finalize
        self._blocks.finalize = self._as_mark
        self._values: list[str] = []
        self._looked_through: set[Path] = set()
        # What may be meant in the letters written so far, but would print as typed or run together.
        self.warnings: list[Diagnostic] = []

    def write(
        self,
        managed: Managed,
        conversations: tuple[object, ...],
        earlier: EarlierLetter | None = None,
    ) -> dict[str, Written]:
        """Return the blocks of the letter to a manager, by name.

        `conversations` are those that the calendar file will hold. `earlier` is the letter that
        this one replaces.

        Raises `ContentError` with file and line where the template is at fault.
        """
        names = {
            **self._names,
            "manager": self._view(managed),
            "conversations": conversations,
            "earlier": earlier,
        }
        name = f"{self._document.folder}/email.md.j2"
        with faults_of(self._blocks.effort, lambda: names, self._blocks.list_templates):
            template = self._template(name)
            context = template.new_context(dict(names))
            # What stands outside of blocks sets the words they share, or names one to extend.
            for _ in template.root_render_func(context):
                pass
            return {block: self._write_block(template, context, block) for block in _BLOCKS}

    def page(self, subject: str, body: Markup, test: str) -> str:
        """Return the whole of an e-mail's HTML; `test` says that it is one, if it is."""
        names = {**self._names, "subject": subject, "body": body, "test": test}
        with faults_of(self._frames.effort, lambda: names, self._frames.list_templates):
            return self._frames.get_template("_shared/email.html.j2").render(names)

    def _template(self, name: str) -> Template:
        if self._overlay.find("templates", name) is None:
            message = f"The document “{self._document.name}” has no email.md.j2"
            hint = "Write it in this folder: the words of the e-mail it is attached to."
            raise ContentError.single("no-email-template", message, self._document.place, hint)
        template = self._blocks.get_template(name)
        self._check_marks(Path(str(template.filename)))
        return template

    def _check_marks(self, path: Path) -> None:
        """Raise `ContentError` for what of the letter would not be written as it is meant."""
        if path in self._looked_through:
            return
        self._looked_through.add(path)
        report = Report()
        report_letter(read_source(path, TEMPLATE_FILE), path, _BLOCKS, report)
        if report.errors:
            raise ContentError(report.errors)
        self.warnings += report.warnings

    def _write_block(self, template: Template, context: Context, block: str) -> Written:
        if block not in context.blocks:
            message = f"The e-mail’s template has no block “{block}”"
            hint = f"Write {{% block {block} %}} … {{% endblock %}}."
            place = Location(Path(str(template.filename)))
            raise ContentError.single("no-email-block", message, place, hint)
        self._values = []
        source = "".join(context.blocks[block][0](context))
        if "![" in source:
            message = "An e-mail holds no pictures"
            place = Location(Path(str(template.filename)))
            raise ContentError.single("email-image", message, place, "Take it out.")
        return Written(without_comments(source), tuple(self._values))

    def _view(self, managed: Managed) -> ManagerView:
        seen = manager(managed)
        names = [isolated(person.name) for person in seen.people]
        return ManagerView(seen.name, format_list(names, locale=self._language), seen.people)

    # Both environments run the same compiled code, so this takes what the other's function takes.
    @pass_eval_context
    def _as_mark(self, _context: EvalContext, value: object) -> object:
        printable = self._printable(value)
        if isinstance(printable, Markup) and OPEN in printable:
            return printable  # a macro's own words, with marks in them
        # A name that stands for nothing is told here, with its place.
        self._values.append(printable if isinstance(printable, Markup) else str(printable))
        return Markup(mark_of(len(self._values) - 1))  # noqa: S704  # a mark
