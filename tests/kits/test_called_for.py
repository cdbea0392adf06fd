"""The shipped papers name nothing that a kit lacks: tried without modules, without documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS, REPOSITORY
from workshop.composing.compose_plan import compose_kits
from workshop.composing.language.references import OTHER_WORDS, notes_in
from workshop.content.module import read_module
from workshop.diagnostics import Report

pytestmark = pytest.mark.slow

MODULES = REPOSITORY / "modules"
DAY = [
    "open", "run-your-own-firm", "customer-map", "probing", "outside-in", "opportunity-hunt",
    "alliances", "sell-by-helping", "lead-upwards", "coaching-trios", "plan-30-60-90", "close",
]  # fmt: skip
CLIENT = "name: Linden\noptions: {follow-up: true, coaching: true}\n"
# What only these papers would still say of a module that is not in the day.
MENTIONS = {
    "customer-map": r"three rings|three stars|your map\b|customer map|map of the people",
    "probing": r"interviewed a colleague|customer interview|five words|interview round",
    "opportunity-hunt": r"value sentence|question storm|radar",
    "sell-by-helping": r"five-line|five lines|drafted an offer|cringe|one small offer",
    "lead-upwards": r"four moves|pressure cards",
    "plan-30-60-90": r"(?:your|my) plan\b(?! (?:accepted|to be))|ask card|72 hours|witness swap",
    "close": r"At the close|until the close|What remains is short",
    "open": r"rated yourself on five|this \w+\. Since",
}
WITHOUT_DOCUMENT = {
    "participant-workbook": r"\bworkbook",
    "exercises": r"(?:role|pressure|complaint|success) cards?\b|cut cards",
    "evaluation": r"separate sheet|evaluation form|evaluation in the|another sheet|shorter form",
    "evaluation-90-days": r"follows at about ninety|another sheet|later one can|evaluation for day",
    "posters": r"\bposter",
    "slides": r"on the screen|to the screen|this slide",
    "certificates": r"\bcertificates?\b",
    "manager-briefing": r"have been briefed|who have a briefing|gets a briefing|Briefings? for",
    "follow-up-kit": r"their kit|your kit|kits at the first|in the kit says",
}


def texts(root: Path, client: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of each part of a client’s papers."""
    path = root / "clients/linden/client.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(client, "utf-8")
    plan = workshop.plan(workshop.load(root, "linden", READINGS))
    for kit in compose_kits(plan, READINGS):
        for copy in kit.copies:
            for part in copy.composition.parts:
                yield copy.job.document.name, part.job.html


def words(html: str) -> str:
    text = re.sub(r"<[^>]*>", " ", html.partition("<body")[2].partition(">")[2])
    return re.sub(r"\s+", " ", unescape(text))


def day_without(modules: Collection[str]) -> str:
    """Return the programme with one day, which has all other modules at their ideal minutes."""
    rest = [name for name in DAY if name not in modules]
    total = -5
    items = ""
    for name in rest:
        read = read_module(MODULES / f"{name}.md", None, Report(), READINGS)
        assert read
        total += read.minutes.ideal + 5
        items += f"      - module: {name}\n"
        items += "      - {break: Pause, minutes: 5}\n" if name != rest[-1] else ""
    head, _, _ = (MODULES / "programme.yaml").read_text("utf-8").partition("variants:")
    finish = f"{6 + total // 60:02}:{total % 60:02}"
    day = f'  day:\n    title: Day\n    start: "06:00"\n    finish: "{finish}"\n'
    return f"{head}variants:\n{day}    pace: ideal\n    items:\n{items}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "workshop.yaml").touch()
    (tmp_path / "modules").mkdir()
    return tmp_path


# Of those left out together, none speaks of another, and nothing speaks of two in one sentence.
@pytest.mark.parametrize(
    "left_out",
    [
        ("customer-map", "lead-upwards"),
        ("probing", "opportunity-hunt"),
        ("sell-by-helping",),
        ("open", "plan-30-60-90"),
        ("close",),
    ],
    ids=str,
)
def test_no_paper_speaks_of_a_module_that_the_day_has_not(
    root: Path, left_out: tuple[str, ...]
) -> None:
    (root / "modules/programme.yaml").write_text(day_without(left_out), "utf-8")
    mentions = re.compile("|".join(MENTIONS[module] for module in left_out), re.IGNORECASE)
    found, told = set(), set()
    for document, html in texts(root, CLIENT):
        found |= {(document, match[0]) for match in mentions.finditer(words(html))}
        told |= {str(note.location) for note in notes_in(html)}
    assert found == set()
    # The exercise in the close that compares with the open is told, not put in other words.
    places = {place.rpartition(":")[0][-16:] for place in told}
    assert places == ({"modules/close.md"} if "open" in left_out else set())


@pytest.mark.parametrize(
    "left_out",
    [
        ("participant-workbook", "evaluation", "follow-up-kit"),
        ("exercises", "evaluation-90-days", "manager-briefing"),
        ("posters", "slides", "certificates"),
    ],
    ids=str,
)
def test_no_paper_speaks_of_a_document_that_the_kit_has_not(
    root: Path, left_out: tuple[str, ...]
) -> None:
    forms = (WITHOUT_DOCUMENT[document] for document in left_out)
    mentions = re.compile("|".join(forms), re.IGNORECASE)
    found, codes = set(), set()
    for name, html in texts(root, f"{CLIENT}documents: {{exclude: [{', '.join(left_out)}]}}\n"):
        found |= {(name, match[0]) for match in mentions.finditer(words(html))}
        codes |= {note.code for note in notes_in(html)}
    assert found == set()
    assert codes <= {OTHER_WORDS}
