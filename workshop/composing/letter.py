"""Write the words of an e-mail from a document's `email.md.j2`: plain text and HTML alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

from workshop.composing.allowed_names import document_words, shared_names
from workshop.composing.language.environment import make_environment
from workshop.composing.language.template_faults import faults_of
from workshop.composing.language.words import Words
from workshop.composing.views.records import ManagerView, manager
from workshop.content.markdown import to_html
from workshop.diagnostics import ContentError, Location
from workshop.keeping.memory import Memory
from workshop.planning.day import Day
from workshop.tailoring.documents import Document
from workshop.tailoring.roster import Managed
from workshop.tailoring.tailor import Tailored

# Private-use characters stand for inserted values, as in modules' texts: no name is ever Markdown.
_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# The message, and the calendar's two entries: the talk before the day, the ask card after it.
_BLOCKS = ("subject", "body", "talk_title", "talk_note", "ask_title", "ask_note")
_EMPHASIS = re.compile(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1")
_NEW_LINE = re.compile(r"\s*(?:[-*+]|\d+\.)\s+|\s*#|\s*>|\s*\|")


@dataclass(frozen=True)
class Written:
    """Holds a block of a letter, filled in: Markdown in which marks stand for `values`."""

    source: str
    values: tuple[object, ...]

    @property
    def line(self) -> str:
        """The words in one line, for a subject."""
        text = " ".join(self.text.split())
        return "".join(char for char in text if char.isprintable())

    @property
    def text(self) -> str:
        """The words as plain text: a paragraph or a list's item is one line, emphasis is left out.

        Mail programs break lines to the window's width.
        """
        lines: list[str] = []
        for line in self.source.strip().split("\n"):
            if lines and lines[-1] and line.strip() and not _NEW_LINE.match(line):
                lines[-1] += " " + line.strip()
            else:
                lines.append(line.strip())
        text = _EMPHASIS.sub(r"\2", "\n".join(lines))
        return self._put_back(text, lambda value: str(_bare(value)))

    @property
    def html(self) -> Markup:
        """The words as HTML; values are escaped."""
        html = to_html(self.source, 2, str)
        return Markup(self._put_back(html, escape))  # noqa: S704  # values are escaped

    def _put_back(self, text: str, write: Any) -> str:
        return _TOKEN.sub(lambda match: write(self.values[int(match[1])]), text)


class LetterWriter:
    """Writes the e-mails that go with one document of a client's cohort.

    `sender` is the name of whoever sends them, where the cohort names no trainer.
    """

    def __init__(self, tailored: Tailored, day: Day, document: Document, sender: str) -> None:
        memory = Memory()
        words = Words(tailored, day, memory)
        self._names = {
            **shared_names(tailored, day, words, document.file.audience).as_names(),
            "document": document_words(document.file),
            "sender": sender,
        }
        self._document = document
        self._overlay = tailored.overlay
        self._language = day.cohort.language.replace("-", "_")
        self._frames = make_environment(tailored.overlay, day.cohort.language, memory)
        self._blocks = make_environment(tailored.overlay, day.cohort.language, memory)
        self._printable = self._blocks.finalize or str
        self._blocks.finalize = self._as_mark
        self._values: list[object] = []

    def write(self, managed: Managed, conversations: tuple[object, ...]) -> dict[str, Written]:
        """Return the blocks of the letter to a manager, by name.

        `conversations` are those that the calendar file will hold.

        Raises `ContentError` with file and line where the template is at fault.
        """
        names = {
            **self._names,
            "manager": self._view(managed),
            "conversations": conversations,
        }
        name = f"{self._document.folder}/email.md.j2"
        with faults_of(lambda: names, self._blocks.list_templates):
            template = self._template(name)
            context = template.new_context(dict(names))
            # What stands outside of blocks sets the words they share, or names one to extend.
            for _ in template.root_render_func(context):
                pass
            return {block: self._written(template, context, block) for block in _BLOCKS}

    def page(self, subject: str, body: Markup, test: str) -> str:
        """Return the whole of an e-mail's HTML; `test` says that it is one, if it is."""
        names = {**self._names, "subject": subject, "body": body, "test": test}
        with faults_of(lambda: names, self._frames.list_templates):
            return self._frames.get_template("_shared/email.html.j2").render(names)

    def _template(self, name: str) -> Template:
        if self._overlay.find("templates", name) is None:
            message = f"The document “{self._document.name}” has no email.md.j2"
            hint = "Write it in this folder: the words of the e-mail it is attached to."
            raise ContentError.single("no-email-template", message, self._document.place, hint)
        return self._blocks.get_template(name)

    def _written(self, template: Template, context: Context, block: str) -> Written:
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
        return Written(source, tuple(self._values))

    def _view(self, managed: Managed) -> ManagerView:
        seen = manager(managed)
        names = [person.name for person in seen.people]
        return ManagerView(seen.name, format_list(names, locale=self._language), seen.people)

    def _as_mark(self, value: object) -> object:
        printable = self._printable(value)
        if isinstance(printable, Markup) and _OPEN in printable:
            return printable  # a macro's own words, with marks in them
        # A name that stands for nothing is told here, with its place.
        self._values.append(printable if isinstance(printable, Markup) else str(printable))
        return Markup(f"{_OPEN}{len(self._values) - 1}{_CLOSE}")  # noqa: S704  # a mark


def _bare(value: object) -> object:
    return value.striptags() if isinstance(value, Markup) else value
