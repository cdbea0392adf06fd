"""What a workbook costs: laid out whole or in parts, linked, changed a little, for one more person.

Run it with `.venv/bin/python benchmarks/engine.py`; it takes about two minutes. Every figure is the
median of several runs in this process, the first of which is left out: what is measured is a warm
process, on whatever else the machine is doing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from benchmarks.common import all_in_one, composed, timed, workspace
from workshop.assembly.link import link
from workshop.assembly.stamp import stamp
from workshop.assembly.values import Copy, Linked, LinkJob
from workshop.composing.composition import ComposedCopy
from workshop.composing.pages.render_job import RenderJob
from workshop.keeping.memory import Memory
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

# What is measured is a warm process: it has read style sheets and fonts before.
MEMORY = Memory()


def main() -> None:
    """Measure and print."""
    with workspace() as folder:
        copies = composed(folder, 110)
        parts = copies[0].composition.parts
        laid_out = [typeset(part.job, MEMORY) for part in parts]
        linked = linked_from(copies[0], laid_out)
        report(folder, copies, laid_out, linked)


def report(
    folder: Path, copies: list[ComposedCopy], laid_out: list[LaidOut], linked: Linked
) -> None:
    """Print a line for each figure."""
    jobs = [part.job for part in copies[0].composition.parts]
    whole = timed(lambda: typeset(all_in_one(jobs), MEMORY), 3)
    in_parts = timed(lambda: [typeset(job, MEMORY) for job in jobs], 3)
    linking = timed(lambda: linked_from(copies[0], laid_out), 9)
    # A module of middling length.
    number = sorted(range(2, len(jobs) - 1), key=lambda one: laid_out[one].pages)[len(jobs) // 2]

    def change() -> None:
        again = [*laid_out]
        again[number] = typeset(changed(jobs[number]), MEMORY)
        stamped(copies[:1], linked_from(copies[0], again), folder)

    changing = timed(change, 5)
    ten = timed(lambda: stamped(composed(folder, 10), linked, folder), 5)
    many = timed(lambda: stamped(composed(folder, 110), linked, folder), 5)
    print(f"workbook: {linked.pages} pages, {len(jobs)} parts, {len(linked.pdf) / 1000:.0f} kB")
    print(f"laid out whole                      {whole:8.2f} s")
    print(
        f"laid out in parts, one after another{in_parts:8.2f} s   {in_parts / whole:6.2f} × whole"
    )
    print(f"linked                              {linking:8.3f} s")
    print(
        f"one module changed, and the workbook{changing:8.3f} s   {changing / whole:6.1%} of whole"
    )
    print(f"one further participant             {(many - ten) * 10:8.2f} ms")


def linked_from(copy: ComposedCopy, laid_out: list[LaidOut]) -> Linked:
    """Link the parts of a workbook."""
    composition = copy.composition
    return link(LinkJob(tuple(laid_out), composition.info, composition.parts[0].job), MEMORY)


def stamped(copies: list[ComposedCopy], linked: Linked, folder: Path) -> None:
    """Stamp copies and write them, with their checksums, as a build does."""
    fonts_from = copies[0].composition.parts[0].job
    texts = [Copy(copy.title, copy.texts) for copy in copies]
    shared = hashlib.sha256(linked.pdf)
    for copy, made in zip(copies, stamp(linked, texts, fonts_from, MEMORY), strict=True):
        path = folder / copy.job.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(linked.pdf)
            file.write(made.update)
        whole = shared.copy()
        whole.update(made.update)
        whole.hexdigest()


def changed(job: RenderJob) -> RenderJob:
    """Return a job with a sentence more."""
    return replace(
        job, html=job.html.replace("</section>", "<p>One sentence more.</p></section>", 1)
    )


if __name__ == "__main__":
    main()
