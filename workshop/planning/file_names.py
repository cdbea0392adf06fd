"""Name the files of a kit after the people they are for, in each person's own script."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from workshop.tailoring.cohort import Trainer
from workshop.tailoring.documents import Document
from workshop.tailoring.people.roster import Managed, Participant

Recipient = Participant | Managed | Trainer | None
# In bytes of UTF-8; file systems allow a name 255.
_LONGEST_NAME = 120
BLANK = "blank"


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


def file_name(name: str) -> str:
    """Return a name as part of a file name, in its own script: "Zoë O'Hara" is "zoë-o-hara".

    Letters and digits stay, everything else becomes a hyphen; at most 120 bytes of UTF-8.
    """
    # Marks (category M) stay too: in some scripts they write the vowels.
    hyphenated = "".join(
        char if unicodedata.category(char)[0] in "LNM" else "-"
        for char in unicodedata.normalize("NFC", name).lower()
    )
    words = "-".join(part for part in hyphenated.split("-") if part)
    cut = words.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-")
    return unicodedata.normalize("NFC", cut) or BLANK


def as_disks_see(path: str) -> str:
    """Return a path as it is compared by disks that take capitals and small letters for one.

    Most also take for one what Unicode can write in two ways (The Unicode Standard 3.13, D145).
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())
    return str(PurePosixPath(folded))
