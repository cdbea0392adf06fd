"""Whatever people type: each word of it is printed as a word, or a message names its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from random import Random

import pytest

from tests.composing.conftest import FIRST, Desk, desk
from tests.generated.habits import Typed, type_text
from tests.generated.values import type_client, type_drawing, type_roster
from tests.typesetting.conftest import Table, table, text_of_pdf
from workshop.content.module import read_module
from workshop.content.yaml.files import read_yaml
from workshop.content.yaml.validation import validate
from workshop.diagnostics import ContentError, Diagnostic, Report, Severity
from workshop.keeping.memory import Memory
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.people.read_roster import read_roster
from workshop.typesetting.typeset import typeset

__all__ = ["desk", "table"]

SEED = 17
TEXTS, CLIENTS, ROSTERS, DRAWINGS = 1400, 250, 250, 100
IN_A_MODULE, ON_A_PAGE = 70, 25
PAGE = "{% for module in modules %}{{ module.intro }}{{ module.body }}{% endfor %}"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SHAPELESS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\ufeff]")


def shown(html: str) -> str:
    """Return what a piece of HTML shows, in one line, with spaces where elements meet."""
    text = unescape(_TAG.sub(" ", _COMMENT.sub("", html)))
    return " ".join(_SHAPELESS.sub(" ", text).split())


def missing(typed: Typed, text: str) -> list[str]:
    """Return the words that a text does not show as words, and the marks that it shows."""
    lost = [
        word
        for word in typed.words
        if not re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text)
    ]
    return [*lost, *(mark for mark in typed.marks if mark in text)]


@dataclass
class Batch:
    """Holds texts as the blocks of one module, with the lines that each stands on."""

    texts: Sequence[Typed]

    @property
    def body(self) -> str:
        """The blocks, each with a line before it by which its HTML is found."""
        return "".join(
            f"begin{at}end\n\n::: participant\n{typed.text}\n:::\n\n"
            for at, typed in enumerate(self.texts)
        )

    def told(self, faults: Sequence[Diagnostic]) -> set[int]:
        """Return the numbers of the texts that faults name the lines of."""
        lines = [fault.location.line for fault in faults if fault.location and fault.location.line]
        starts, line = [], FIRST
        for typed in self.texts:
            starts.append(line)
            line += len(re.split(r"\r\n|\r|\n", typed.text)) + 5
        return {
            max(at for at, start in enumerate(starts) if start <= line)
            for line in lines
            if line >= FIRST
        }

    def without(self, numbers: set[int]) -> Batch:
        """Return the batch less some texts."""
        return Batch([typed for at, typed in enumerate(self.texts) if at not in numbers])


def lost_in(desk: Desk, batch: Batch) -> Iterator[str]:
    """Yield a line for each text of which something is lost, and nothing told."""
    sound, html = composed(desk, batch)
    if not sound.texts:
        return
    pieces = re.split(r"<p>begin\d+end</p>", html)[1:]
    assert len(pieces) == len(sound.texts)
    told = sound.told(told_of(desk))
    for at, (typed, piece) in enumerate(zip(sound.texts, pieces, strict=True)):
        lost = missing(typed, shown(piece))
        if lost and at not in told:
            yield f"{lost} of {typed.text!r} in {piece.strip()!r}"


def composed(desk: Desk, batch: Batch) -> tuple[Batch, str]:
    """Return what of a batch composes without an error, and its HTML."""
    while batch.texts:
        desk.module(batch.body)
        try:
            # Most faults are found when the module is read, which is fast.
            errors_of(desk)
            return batch, desk.html()
        except ContentError as error:
            told = batch.told(error.diagnostics)
            if not told:
                raise
            batch = batch.without(told)
    return batch, ""


def errors_of(desk: Desk) -> None:
    """Raise `ContentError` if the module cannot be read."""
    errors = [fault for fault in told_of(desk) if fault.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)


def told_of(desk: Desk) -> list[Diagnostic]:
    """Return what is told of the module as it stands."""
    report = Report()
    read_module(desk.root / "modules/asking.md", None, report, Memory())
    return report.diagnostics


def batches() -> Iterator[Batch]:
    """Yield the texts in batches; an open comment reaches into other blocks, so it stands alone."""
    chance = Random(SEED)
    texts = [type_text(chance) for _ in range(TEXTS)]
    reaching = [typed for typed in texts if "<!--" in _COMMENT.sub("", typed.text)]
    yield from (Batch([typed]) for typed in reaching)
    others = [typed for typed in texts if typed not in reaching]
    for start in range(0, len(others), IN_A_MODULE):
        yield Batch(others[start : start + IN_A_MODULE])


@pytest.mark.slow
def test_no_word_typed_in_a_module_is_lost_in_silence(desk: Desk) -> None:
    desk.page(PAGE)
    lost = [line for batch in batches() for line in lost_in(desk, batch)]
    assert lost == []


def silently_lost(
    texts: Iterable[Typed], read: Callable[[Path, Report], str], path: Path
) -> list[str]:
    """Return those texts of which a word is neither read nor told, each written to `path`."""
    lost = []
    for typed in texts:
        path.write_bytes(typed.text.encode())
        report = Report()
        value = read(path, report)
        if not report.diagnostics and (words := missing(typed, value)):
            lost.append(f"{words} of {typed.text!r} in {value!r}")
    return lost


@pytest.mark.slow
def test_no_word_typed_in_a_client_file_is_lost_in_silence(tmp_path: Path) -> None:
    def read(path: Path, report: Report) -> str:
        source = read_yaml(path, report)
        client = validate(source, ClientFile, report) if source else None
        cohorts = client.cohorts.values() if client else ()
        return " ".join(
            str(value) for c in cohorts for value in (client and client.name, c.venue, c.trainer)
        )

    chance = Random(SEED)
    texts = [type_client(chance) for _ in range(CLIENTS)]
    assert silently_lost(texts, read, tmp_path / "client.yaml") == []


@pytest.mark.slow
def test_no_word_typed_in_a_roster_is_lost_in_silence(tmp_path: Path) -> None:
    def read(path: Path, report: Report) -> str:
        roster = read_roster(path, (), report)
        people = roster.participants if roster else ()
        return " ".join(
            text for person in people for text in (person.name, person.team, person.role)
        )

    chance = Random(SEED)
    texts = [type_roster(chance) for _ in range(ROSTERS)]
    assert silently_lost(texts, read, tmp_path / "people.csv") == []


@pytest.mark.slow
def test_no_word_in_a_drawing_is_lost_in_silence(table: Table) -> None:
    chance = Random(SEED)
    lost = []
    for _ in range(0, DRAWINGS, ON_A_PAGE):
        drawings = [type_drawing(chance) for _ in range(ON_A_PAGE)]
        for at, drawing in enumerate(drawings):
            (table.assets / f"{at}.svg").write_text(drawing.text)
        addresses = ((table.assets / f"{at}.svg").as_uri() for at in range(ON_A_PAGE))
        pictures = "".join(f"<img src='{address}' alt='x'>" for address in addresses)
        part = table.lay_out(pictures, "img { display: block; margin-bottom: 9mm }")
        told = " ".join(f"{finding.message} {finding.words}" for finding in part.findings)
        drawn = "".join(text_of_pdf(part.pdf).split()) + told + str(part.diagnostics)
        lost += [
            (word, typed.text) for typed in drawings for word in typed.words if word not in drawn
        ]
    assert lost == []


@pytest.mark.slow
def test_no_word_of_a_laid_out_text_is_lost_in_silence(desk: Desk) -> None:
    chance = Random(SEED)
    batch = Batch([type_text(chance) for _ in range(ON_A_PAGE)])
    desk.page(PAGE)
    sound, html = composed(desk, batch)
    [copy] = desk.copies("page")
    [part] = copy.composition.parts
    laid_out = typeset(part.job)
    told = " ".join(word for finding in laid_out.findings for word in finding.words)
    printed = "".join(f"{' '.join(laid_out.texts)} {told}".split())
    words = [word for typed in sound.texts for word in typed.words if word in shown(html)]
    assert len(words) > ON_A_PAGE
    assert [word for word in words if word not in printed] == []
