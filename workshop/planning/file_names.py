"""Name the files of a kit after the people they are for, in each person's own script."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from workshop.tailoring.cohort import Trainer
from workshop.tailoring.documents import BLANK, Document, file_name
from workshop.tailoring.people.roster import Managed, Participant

Recipient = Participant | Managed | Trainer | None


def file_for(document: Document, recipient: Recipient, again: int = 0) -> str:
    """Return the path of a recipient's file; with `again`, that number tells it from namesakes."""
    if isinstance(recipient, Trainer):
        # The file has a name for all of them, which becomes that of their folder.
        folder, name = document.file.file.removesuffix(".pdf"), file_name(recipient.name)
        return f"{folder}/{name}-{again}.pdf" if again else f"{folder}/{name}.pdf"
    if isinstance(recipient, Participant):
        number, name = f"{recipient.number:02}", file_name(recipient.name)
    elif isinstance(recipient, Managed):
        number, name = "", file_name(recipient.person.name)
    else:
        number, name = "00", BLANK
    name = f"{name}-{again}" if again else name
    return str(PurePosixPath(document.file.file.format(number=number, name=name)))


def as_disks_see(path: str) -> str:
    """Return a path as it is compared by disks that take capitals and small letters for one.

    Most also take for one what Unicode can write in two ways (The Unicode Standard 3.13, D145).
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())
    return str(PurePosixPath(folded))
