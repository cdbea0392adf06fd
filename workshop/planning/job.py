"""Describe a PDF to make: a document, whom it is for, and its place in the kit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from workshop.planning.file_names import Recipient
from workshop.tailoring.documents import Document
from workshop.tailoring.people.roster import Managed


@dataclass(frozen=True, slots=True)
class Job:
    """Describes one PDF to make; `file` is its path below the kit's folder for the cohort."""

    document: Document
    recipient: Recipient
    # Not a `Path`, which takes four times as much memory: there may be thousands of people.
    file: str

    @property
    def path(self) -> PurePosixPath:
        """The PDF's path below the kit's folder for the cohort."""
        return PurePosixPath(self.file)

    @property
    def name(self) -> str:
        """The recipient's name, or "" if the PDF is for nobody in particular."""
        person = self.recipient.person if isinstance(self.recipient, Managed) else self.recipient
        return person.name if person else ""
