"""Read the cells of a row of people: texts that can be printed, addresses, segments, editions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from workshop.content.hidden_characters import described
from workshop.diagnostics import Location, Report, nearest
from workshop.limits import CELL_LENGTH
from workshop.tailoring.client_file.look_and_papers import Edition
from workshop.tailoring.people.columns import Columns
from workshop.tailoring.people.editions import edition_asked_for
from workshop.tailoring.people.headings import is_of_editions
from workshop.tailoring.people.quoting import shown, unprintable_in
from workshop.tailoring.people.segment_names import SegmentNames
from workshop.tailoring.people.tables.encodings import repaired
from workshop.tailoring.people.tables.strange_signs import other_letter_in, unseen_in
from workshop.tailoring.people.tables.table import PeopleTable, TableRow
from workshop.workspace.cell_errors import cell_error, has_letter
from workshop.workspace.mailbox import checked_address

_SAVE_AGAIN = "Save the roster again as “CSV UTF-8” or as an XLSX workbook, or type it again."
# What is lost is in no file any more, in whatever way that is saved.
_TYPE_AGAIN = "Type it again, and save the roster as “CSV UTF-8” or as an XLSX workbook."
# A letter that the encoding of a file could not hold was written as a question mark.
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|\?[^\W\d_]{2}|\?{2}")
# Most texts: nothing in them has to be looked at closely.
_PLAIN = re.compile(r"[\w .,’'()/-]*", re.ASCII)
_OF_PEOPLE = frozenset({"name", "first_name", "middle_name", "last_name", "second_last_name"})
_MANAGERS_NAMES = frozenset({"manager", "manager_first_name", "manager_last_name"})
_OF_MANAGERS = _MANAGERS_NAMES | {"manager_email"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Holds a row of a table, whose cells go by what their columns are read as."""

    table: PeopleTable
    columns: Columns
    row: TableRow

    def place(self, column: str | None = None) -> Location:
        """Return the place of the row or of a cell in it."""
        cell = self.columns.at.get(column) if column else None
        return self.table.place(self.row.number, cell)

    def typed(self, column: str) -> str:
        """Return what stands in a cell, "" where the table lacks the column."""
        cell = self.columns.at.get(column)
        return "" if cell is None or cell >= len(self.row.cells) else self.row.cells[cell]

    def squeezed(self, index: int) -> str:
        """Return what stands in a cell, by its number, with single spaces; "" where none is."""
        cells = self.row.cells
        return " ".join(cells[index].split()) if index < len(cells) else ""

    def text(self, column: str, report: Report) -> str:
        """Return a cell's text as it is printed; what cannot be printed is reported.

        What a spreadsheet left in the place of a manager is nothing: `managers` tells it.
        """
        raw = self.typed(column).strip()
        text = " ".join(raw.split()) if raw.isascii() else _composed(raw)
        if not text or (column in _OF_MANAGERS and cell_error(text)):
            return ""
        if self._is_printable(raw, column, report) and self.is_value(text, column, report):
            self._check_letters(text, column, report)
        return text

    def _is_printable(self, raw: str, column: str, report: Report) -> bool:
        """Tell whether a cell’s text is as it was written and can be printed; if not, say why."""
        if len(raw) <= CELL_LENGTH.most and _PLAIN.fullmatch(raw):
            return True
        label, place = _label(column), self.place(column)
        if mended := repaired(raw):
            message = f"The {label} “{shown(raw)}” was probably “{shown(mended)}”"
            report.error("roster-mojibake", message, place, _SAVE_AGAIN)
        elif (bad := next(unprintable_in(raw), None)) is not None:
            message = f"The {label} holds {described(raw[bad])}: it cannot be printed"
            report.error("roster-character", message, place, "Type it again instead of pasting it.")
        elif (length := len(_composed(raw))) > CELL_LENGTH.most:
            message = f"The {label} has {length} characters; there may be {CELL_LENGTH.most}"
            report.error("roster-too-long", message, place)
        else:
            return True
        return False

    def is_value(self, text: str, column: str, report: Report) -> bool:
        """Tell whether a cell holds a value; report what a spreadsheet left there instead.

        Words for nothing are printed where they stand as a team or role.
        """
        error = cell_error(text)
        if error is None:
            return True
        message = f"The {_label(column)} is “{shown(text)}”: {error.what}"
        if error.is_filler and column in ("team", "role"):
            message = f"{message}, printed as it is"
            report.warn("roster-no-value", message, self.place(column), error.hint)
        else:
            report.error("roster-no-value", message, self.place(column), error.hint)
        return False

    def _check_letters(self, text: str, column: str, report: Report) -> None:
        names = _OF_PEOPLE | _MANAGERS_NAMES
        if "\ufffd" in text or (column in names and "?" in text and _LOST.search(text)):
            message = f"The {_label(column)} is “{shown(text)}”: letters of it are lost"
            report.error("roster-lost-letters", message, self.place(column), _TYPE_AGAIN)
        elif column in names and not has_letter(text):
            message = f"The {_label(column)} holds no letter that can be seen"
            hint = "Write the name as it is to be printed."
            report.error("roster-no-letter", message, self.place(column), hint)
        elif column in names:
            self._ask_about_signs(text, column, report)

    def _ask_about_signs(self, text: str, column: str, report: Report) -> None:
        """Ask about signs of a name or an address that nobody sees, or that look like others."""
        label, place = _label(column), self.place(column)
        if unseen := next(unseen_in(text), None):
            message = f"The {label} “{shown(text)}” holds {described(unseen)}, which nobody sees"
            hint = "Type it again: it is another than it looks."
            report.warn("roster-unseen", message, place, hint)
        if letter := other_letter_in(text, of_address=column in ("email", "manager_email")):
            message = (
                f"The {label} “{shown(text)}” has letters of two alphabets: “{letter}” is "
                f"{described(letter)}"
            )
            hint = "Type it again, if it is to be the letter that it looks like."
            report.warn("roster-look-alike", message, place, hint)

    def email(self, column: str, report: Report) -> str | None:
        """Return the address in a cell; None, with the fault reported, for what is none."""
        typed = self.typed(column).strip()
        if not typed or (column in _OF_MANAGERS and cell_error(typed)):
            return None
        if not self.is_value(typed, column, report):
            return None
        self._ask_about_signs(typed, column, report)
        try:
            return checked_address(typed)[0]
        except ValueError as error:
            message = f"“{shown(typed)}” is not an e-mail address"
            report.error("roster-email", message, self.place(column), str(error))
            return None

    def segment(self, segments: SegmentNames, report: Report) -> str | None:
        """Return the programme's segment that a cell names, in any capitals and spaces.

        A slip of the pen is taken for the only one that is near, and told.
        """
        typed = self.typed("segment").strip()
        if not typed:
            return None
        segment = segments.named(typed)
        if segment is not None or not self.is_value(typed, "segment", report):
            return segment
        near = segments.near(typed)
        if len(near) == 1:
            [segment] = near
            message = f"“{shown(typed)}” is taken for the segment “{segment}”"
            hint = f"If it is that, write “{segment}” there; if not, the segment that is meant."
            report.warn("roster-segment-near", message, self.place("segment"), hint)
        else:
            message, valid = f"Unknown segment “{shown(typed)}”", segments.names
            report.error("roster-segment", message, self.place("segment"), nearest(typed, valid))
        return segment

    def edition(self, report: Report) -> str | None:
        """Return the edition in which a person gets their papers; None for the usual one.

        Below a heading of remarks, what names no edition is no fault: `remark` has it.
        """
        typed = self.typed("edition").strip()
        asked = self._edition_asked_for(typed)
        if asked is None and not self._has_remarks and self.is_value(typed, "edition", report):
            message = f"Unknown edition “{shown(typed)}”"
            hint = nearest(typed, [*get_args(Edition), "standard"])
            report.error("roster-edition", message, self.place("edition"), hint)
        return None if asked == "standard" else asked

    def remark(self) -> str | None:
        """Return what a column of remarks says that names no edition."""
        typed = self.typed("edition").strip()
        return typed if self._edition_asked_for(typed) is None and self._has_remarks else None

    @property
    def _has_remarks(self) -> bool:
        return not is_of_editions(self.columns.heading("edition"))

    def _edition_asked_for(self, typed: str) -> Edition | Literal["standard"] | None:
        error = cell_error(typed) if typed else None
        if not typed or (error and error.is_filler):
            return "standard"
        return edition_asked_for(typed, self.columns.heading("edition"))


def _composed(raw: str) -> str:
    return " ".join(unicodedata.normalize("NFC", raw).split())


def _label(column: str) -> str:
    """Return what a column is called in a sentence: "manager’s e-mail"."""
    label = column.replace("manager_", "manager’s ").replace("_", " ")
    return label.replace("email", "e-mail") if column == "manager_email" else label
