"""What a workbook costs: laid out whole or in parts, linked, changed a little, for one more person.

Run it with `.venv/bin/python benchmarks/engine.py`; it takes about two minutes. Every figure is the
median of several runs in this process, the first of which is left out: what is measured is a warm
process, on whatever else the machine is doing.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import workshop
from workshop.assembly.link import Linked, LinkJob, link
from workshop.assembly.stamp import Copy, stamp
from workshop.composing.compose import Composer
from workshop.composing.composition import ComposedCopy
from workshop.composing.render_job import RenderJob
from workshop.typesetting.laid_out import LaidOut
from workshop.typesetting.typeset import typeset

REPOSITORY = Path(__file__).resolve().parent.parent
CLIENT, COHORT, DOCUMENT = "acme", "leeds-february", "participant-workbook"
FIRST = ("Ada", "Björn", "Chloé", "Dimitra", "Eilís", "Farid", "Grażyna", "Hugo", "Imke", "Jonas")
LAST = (
    "Abbott",
    "Brontë",
    "Castro",
    "Dvořák",
    "Eriksen",
    "Fischer",
    "Green",
    "Hălăucă",
    "Ito",
    "Jay",
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        shutil.copytree(REPOSITORY / "clients", workspace / "clients")
        (workspace / "workshop.yaml").write_text("output: build\n")
        copies = composed(workspace, 110)
        parts = copies[0].composition.parts
        laid_out = [typeset(part.job) for part in parts]
        linked = linked_from(copies[0], laid_out)
        report(workspace, copies, laid_out, linked)


def report(
    workspace: Path, copies: list[ComposedCopy], laid_out: list[LaidOut], linked: Linked
) -> None:
    """Print a line for each figure."""
    jobs = [part.job for part in copies[0].composition.parts]
    whole = timed(lambda: typeset(all_in_one(jobs)), 3)
    in_parts = timed(lambda: [typeset(job) for job in jobs], 3)
    linking = timed(lambda: linked_from(copies[0], laid_out), 9)
    # A module of middling length.
    number = sorted(range(2, len(jobs) - 1), key=lambda one: laid_out[one].pages)[len(jobs) // 2]

    def change() -> None:
        again = [*laid_out]
        again[number] = typeset(changed(jobs[number]))
        stamped(copies[:1], linked_from(copies[0], again), workspace)

    changing = timed(change, 5)
    ten, many = (
        timed(lambda count=count: stamped(composed(workspace, count), linked, workspace), 5)
        for count in (10, 110)
    )
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


def timed(action: Callable[[], object], times: int) -> float:
    """Return the median time of an action in seconds, after a first time that does not count."""
    action()
    taken = []
    for _ in range(times):
        start = perf_counter()
        action()
        taken.append(perf_counter() - start)
    return median(taken)


def composed(workspace: Path, people: int) -> list[ComposedCopy]:
    """Read, plan and compose a workbook for so many people."""
    rows = (
        f"{FIRST[n % 10]} {LAST[n // 10 % 10]} {n},p{n}@example.com,Team,high-flier,,"
        for n in range(people)
    )
    roster = "\n".join(["name,email,team,segment,manager,manager_email", *rows])
    (workspace / "clients" / CLIENT / "rosters" / "leeds-february.csv").write_text(roster)
    plan = workshop.plan(workshop.load(workspace, CLIENT), [COHORT], [DOCUMENT])
    [cohort] = plan.cohorts
    return Composer(plan.tailored, cohort.day).compose_all(cohort.jobs)


def linked_from(copy: ComposedCopy, laid_out: list[LaidOut]) -> Linked:
    """Link the parts of a workbook."""
    composition = copy.composition
    return link(LinkJob(tuple(laid_out), composition.front, composition.parts[0].job))


def stamped(copies: list[ComposedCopy], linked: Linked, folder: Path) -> None:
    """Stamp copies and write them, with their checksums, as a build does."""
    like = copies[0].composition.parts[0].job
    texts = [Copy(copy.title, copy.texts) for copy in copies]
    shared = hashlib.sha256(linked.pdf)
    for copy, made in zip(copies, stamp(linked, texts, like), strict=True):
        path = folder / copy.job.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(linked.pdf)
            file.write(made.update)
        whole = shared.copy()
        whole.update(made.update)
        whole.hexdigest()


def all_in_one(jobs: list[RenderJob]) -> RenderJob:
    """Return one job with the pages of all."""
    bodies = []
    for job in jobs:
        head, _, body = job.html.partition("<body")
        inside = body.partition(">")[2].rpartition("</body>")[0]
        bodies.append(f'<div style="break-before: {job.start}">{inside}</div>')
    files = {file.address: file for job in jobs for file in job.files}
    html = f"{head}<body>{''.join(bodies)}</body></html>"
    return replace(jobs[0], html=html, files=tuple(files.values()), then=None)


def changed(job: RenderJob) -> RenderJob:
    """Return a job with a sentence more."""
    return replace(
        job, html=job.html.replace("</section>", "<p>One sentence more.</p></section>", 1)
    )


if __name__ == "__main__":
    main()
