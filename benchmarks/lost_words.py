"""What it costs to look for lost words: layouts with and without it, in turns.

Run it with `.venv/bin/python benchmarks/lost_words.py`; it takes about ten minutes. Every part of
a kit is laid out with and without the look, one right after the other, and the order changes with
every part. What is measured is processor time, so that other work on the machine counts for little.
A cold build also composes, links and writes: of the whole, the share is smaller.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.common import print_table, say, workspace
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory
from workshop.typesetting import typeset as typesetting

KITS = (("minimal", "session"), ("acme", "leeds-february"))
ROUNDS = 3


def main() -> None:
    """Measure and print; arguments name the documents to measure, all without any."""
    rows = []
    with workspace() as folder:
        for client, cohort in KITS:
            jobs = jobs_of(folder, client, cohort, sys.argv[1:])
            shares = []
            for number in range(ROUNDS):
                say(f"{client}: {len(jobs)} parts, round {number + 1} of {ROUNDS}")
                shares.append(measured(jobs, number))
                say("without {:.2f} s, with {:.2f} s".format(*shares[-1]))
            without = median(plain for plain, _ in shares)
            more = [(looked - plain) / plain for plain, looked in shares]
            rows.append(
                (
                    f"{client} {cohort}",
                    f"{len(jobs)}",
                    f"{without:.1f} s",
                    f"{median(more):+.1%}",
                    f"{min(more):+.1%} to {max(more):+.1%}",
                )
            )
    print_table(("kit", "parts", "layout without", "the look", "in the rounds"), rows)


def jobs_of(folder: Any, client: str, cohort: str, documents: list[str]) -> list[RenderJob]:
    """Return the jobs of a cohort's parts, each once."""
    import workshop
    from workshop.composing.composer import Composer

    plan = workshop.plan(workshop.load(folder, client), [cohort], documents)
    [planned] = plan.cohorts
    copies = Composer(plan.tailored, planned.day).compose_all(planned.jobs)
    jobs = (part.job for copy in copies for part in copy.composition.parts)
    return list({job.digest: job for job in jobs}.values())


def measured(jobs: list[RenderJob], start: int) -> tuple[float, float]:
    """Return the processor time of all layouts without and with the look, in seconds."""
    memory = Memory()
    typesetting.typeset(jobs[0], memory)
    taken = {False: 0.0, True: 0.0}
    for number, job in enumerate(jobs, start):
        for looks in (True, False) if number % 2 else (False, True):
            with ExitStack() as stack:
                if not looks:
                    stack.enter_context(no_look())
                begun = process_time()
                typesetting.typeset(job, memory)
                taken[looks] += process_time() - begun
    return taken[False], taken[True]


@contextmanager
def no_look() -> Iterator[None]:
    """Have layouts look for no lost words while the block runs."""
    from workshop.typesetting.findings import overprints
    from workshop.typesetting.inside import boxes, drawing, element_texts

    with ExitStack() as stack:
        for module, name, instead in (
            (element_texts, "differing_texts", lambda *_: []),
            (drawing, "draw_at_every_scale", lambda _: None),
            (typesetting, "look_at_inline", lambda *_: ()),
            (boxes, "part_words", lambda laid, *_: (tuple(entry.words for entry in laid), ())),
            (boxes, "unseen_pictures", lambda *_: ()),
            (boxes, "Canvas", _NoCanvas),
            (overprints, "_run_together", lambda *_: ()),
        ):
            stack.enter_context(patch.object(module, name, instead))
        yield


class _NoCanvas:
    """Notes nothing of what is painted."""

    def __init__(self, _page: Any) -> None:
        pass

    def note_box(self, *_: Any) -> None:
        """Do nothing."""

    def note_picture(self, *_: Any) -> None:
        """Do nothing."""


if __name__ == "__main__":
    main()
