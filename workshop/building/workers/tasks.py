"""What other processes are asked to do: they load this, and no more than the work itself takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workshop.building.workers.error_notes import making

if TYPE_CHECKING:
    from workshop.assembly.values import Copy, Linked, LinkJob, Stamped
    from workshop.composing.pages.render_job import RenderJob
    from workshop.typesetting.laid_out import LaidOut


def lay_out(job: RenderJob) -> LaidOut:
    """Lay out a part."""
    from workshop.typesetting.typeset import typeset

    return typeset(job)


def put_together(
    name: str, job: LinkJob, copies: Mapping[str, Copy]
) -> tuple[Linked, list[Stamped]]:
    """Link a document, called `name` where it cannot be, and stamp copies of it."""
    from workshop.assembly.link import link

    with making(name):
        linked = link(job)
    return linked, personalise(linked, copies, job.like)


def personalise(linked: Linked, copies: Mapping[str, Copy], like: RenderJob) -> list[Stamped]:
    """Stamp copies, each by what it is called where one cannot be stamped."""
    from workshop.assembly.stamp import stamp

    try:
        return list(stamp(linked, list(copies.values()), like))
    except Exception:
        # Their texts are set together: whose it was shows when each is stamped by itself.
        for name, copy in copies.items():
            with making(name):
                list(stamp(linked, [copy], like))
        raise
