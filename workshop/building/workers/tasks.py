"""Do what other processes are asked to: they load this, and no more than the work takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workshop.building.workers.error_notes import noting
from workshop.building.workers.process_memory import process_memory

if TYPE_CHECKING:
    from workshop.assembly.values import Copy, Linked, LinkJob, Stamped
    from workshop.composing.pages.render_job import RenderJob
    from workshop.typesetting.laid_out import LaidOut


def lay_out(job: RenderJob) -> LaidOut:
    """Lay out a part."""
    from workshop.typesetting.typeset import typeset

    return typeset(job, process_memory())


def put_together(
    name: str, job: LinkJob, copies: Mapping[str, Copy]
) -> tuple[Linked, list[Stamped]]:
    """Link a document, called `name` where it cannot be, and stamp copies of it."""
    from workshop.assembly.link import link

    with noting(name):
        linked = link(job, process_memory())
    return linked, personalise(linked, copies, job.fonts_from)


def personalise(linked: Linked, copies: Mapping[str, Copy], fonts_from: RenderJob) -> list[Stamped]:
    """Stamp copies; the keys name them in error messages."""
    from workshop.assembly.stamp import stamp

    try:
        return list(stamp(linked, list(copies.values()), fonts_from, process_memory()))
    except Exception:
        # Their texts are set together: whose it was shows when each is stamped by itself.
        for name, copy in copies.items():
            with noting(name):
                list(stamp(linked, [copy], fonts_from, process_memory()))
        raise
