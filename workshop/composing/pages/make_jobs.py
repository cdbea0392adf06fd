"""Make render jobs of HTML and CSS: with the files they ask for and the client's fonts."""

from __future__ import annotations

from pathlib import Path

from workshop.composing.pages.assets import Assets
from workshop.composing.pages.render_job import JobFile, RenderJob, Side, Start, Stylesheet
from workshop.keeping.memory import Memory
from workshop.limits import FONT_FILE
from workshop.tailoring.tailored import Tailored
from workshop.user_files import read_file


class JobMaker:
    """Makes the render jobs of one client; each file is read once."""

    def __init__(self, tailored: Tailored, memory: Memory) -> None:
        self._assets = Assets(tailored.overlay.roots, memory)
        self._families = tailored.typefaces.shipped
        self._seconds = tailored.layout_seconds
        own = tailored.typefaces.own
        self._fonts = tuple(JobFile(path.name, read_file(path, FONT_FILE)) for path in own)

    def with_its_files(self, path: Path) -> tuple[JobFile, ...]:
        """Return a file as jobs have it, and behind it every file that it asks for."""
        return self._assets.with_its_files(str(path.resolve()))

    def job_for(
        self,
        html: str,
        sheets: tuple[Stylesheet, ...],
        start: Side = "right",
        then: Start | None = None,
    ) -> RenderJob:
        """Return the job of one part, as `RenderJob` describes it."""
        return RenderJob(
            html=html,
            stylesheets=sheets,
            files=self._assets.files_for(html, sheets),
            families=self._families,
            fonts=self._fonts,
            start=start,
            then=then,
            seconds=self._seconds,
        )
