"""What is laid out part by part, linked and stamped is what one layout of the whole would be."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import workshop
from tests.assembly.comparing import Pair, differences
from tests.assembly.reading import Reading, faults_of
from tests.conftest import READINGS, REPOSITORY
from tests.slow_way import SlowWay
from workshop.assembly.document import Assembled
from workshop.assembly.link import link
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy, Linked, LinkJob, Stamped
from workshop.building.reuse.kept_parts import KeptParts
from workshop.building.steps.layouts import LayingOut, Layout
from workshop.composing.compose_plan import ComposedKit, PlanComposer
from workshop.composing.composition import ComposedCopy, Composition
from workshop.composing.pages.late_colours import in_own_colours
from workshop.keeping.memory import Memory
from workshop.keeping.store import Store

pytestmark = pytest.mark.slow

# A book takes long in the slow way: one is looked at, in one copy, and on Letter the sheets with
# its exercises.
BOOK = "participant-workbook"
PAPERS = ("agenda", "manager-briefing", "name-tents")
COHORTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("acme", "leeds-february"): (*PAPERS, "exercises", BOOK),
    ("acme", "boston-march"): (*PAPERS, "exercises"),
    ("minimal", "session"): PAPERS,
}

# The whole is what WeasyPrint writes: compressed, its objects in one stream.
LARGER = 1.2
# Bytes: the letters that names may need, a form for each slot, what a copy says of itself. They
# weigh the same in a book and on a page.
MORE = 18_000
# And the drawings of a part that is there once more.
AGAIN = 1_500


@dataclass(frozen=True)
class Kit:
    """A cohort's documents, laid out part by part."""

    composed: ComposedKit
    layouts: dict[Composition, tuple[Layout, ...]]

    def copy(self, document: str) -> ComposedCopy:
        """Return the copy with the longest name; of a workbook, the one in Greek."""
        own = [copy for copy in self.composed.copies if copy.job.document.name == document]
        if document == BOOK:
            return next(copy for copy in own if "Ελένη" in copy.title)
        return max(own, key=lambda copy: len(copy.title))

    def pair(self, copy: ComposedCopy) -> Pair:
        """Make a copy both ways."""
        layouts = self.layouts[copy.composition]
        numbers = {
            name: Assembled(tuple(layout.laid_out for layout in self.layouts[composition])).numbers
            for name, composition in self.composed.referred_to.items()
        }
        parts = tuple(layout.laid_out for layout in layouts)
        linked = link(LinkJob(parts, copy.composition.info, layouts[0].job, numbers))
        [stamped] = stamp(linked, [Copy(copy.title, copy.look.palette, copy.texts)], layouts[0].job)
        assert no_complaint(layouts, linked, stamped)
        # As wide as the page numbers in sentences came out to be.
        pairs = zip(copy.composition.parts, layouts, strict=True)
        settled = tuple(
            replace(part, job=in_own_colours(layout.job, copy.look.palette))
            for part, layout in pairs
        )
        whole = SlowWay(replace(copy.composition, parts=settled), copy.texts, numbers).pdf()
        return Pair(copy.job.document.name, Reading(linked.pdf + stamped.update), Reading(whole))


def no_complaint(layouts: tuple[Layout, ...], linked: Linked, stamped: Stamped) -> bool:
    return not (linked.diagnostics or stamped.diagnostics) and not any(
        layout.laid_out.diagnostics for layout in layouts
    )


@pytest.fixture(scope="module")
def kit(request: pytest.FixtureRequest) -> Kit:
    """A cohort's documents. Parts that another test has laid out are taken from the store."""
    client, cohort = request.param
    papers = COHORTS[client, cohort]
    plan = workshop.plan(workshop.load(REPOSITORY, client, READINGS), [cohort], papers)
    with ThreadPoolExecutor(1) as executor:
        memory = Memory(Store(REPOSITORY))
        laying = LayingOut(executor, KeptParts(memory), lambda _name, _kept, _left: None)
        composer = PlanComposer(plan, memory)
        for _cohort, copies in composer.documents():
            laying.add(copies)
        for _ in laying.rest():
            pass
        [composed] = composer.kits
        return Kit(composed, laying.layouts)


@pytest.mark.parametrize(
    ("kit", "document"),
    [(names, document) for names, papers in COHORTS.items() for document in papers],
    indirect=["kit"],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_copy_is_what_one_layout_of_the_whole_would_be(
    kit: Kit, document: str, tmp_path: Path
) -> None:
    copy = kit.copy(document)
    pair = kit.pair(copy)
    assert [
        *differences(pair, tmp_path),
        *sizes_apart(pair, repeated(copy)),
        *faults_of(pair.fast.data),
    ] == []


def repeated(copy: ComposedCopy) -> int:
    """Return how many parts repeat another one: name tents, which differ in their texts alone."""
    parts = copy.composition.parts
    return len(parts) - len({part.job.digest for part in parts})


def sizes_apart(pair: Pair, again: int) -> Iterator[str]:
    fast, slow = len(pair.fast.data), len(pair.slow.data)
    if fast > LARGER * slow + MORE + AGAIN * again:
        yield f"the file has {fast} bytes, and the whole {slow}"
