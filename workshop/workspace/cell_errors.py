"""Tell what a spreadsheet left in a cell instead of a value: an error, a formula, a filler.

A list made with formulas is saved with their errors, in the language of the program: `#N/A` is
`#NV` in German, `#BEZUG!` in it is `#REF!` in English and `#¡REF!` in Spanish.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ERROR = re.compile(
    r"#[¡¿]?[^\W\d_][\w/.]*[!?]?"  # Excel, LibreOffice, Google Sheets and Numbers
    r"|#{3,}"  # a column too narrow for its number
    r"|(?:Err|Fehler|Erreur|Errore|Error)\s?:\s?\d{3}",  # LibreOffice
    re.IGNORECASE,
)
_FORMULA = re.compile(r"=.*|[+@-]\s*[A-Za-z][\w.]*\(.*|[+-]\$?[A-Z]{1,3}\$?\d+\b.*", re.DOTALL)
# What databases, programs and people write where there is nothing.
_WORDS_FOR_NOTHING = """
null (null) <null> none (none) nan <na> undefined n/a n.a. n/d n.d. n/b s/o k.a. n.v.t.
(blank) (empty) (leer) (vide) tba tbc tbd - -- --- – — ? ?? ??? . … / _ *
"""
_FILLERS = {*_WORDS_FOR_NOTHING.split(), "n. a.", "k. a.", "n. v.", "[object object]"}
# The only letters that nobody sees: fillers of Korean, and marks of Khmer.
_UNSEEN = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0")


@dataclass(frozen=True)
class CellError:
    """Says what stands in a cell instead of a value, and what to do; `is_filler` for “n/a”."""

    what: str
    hint: str
    is_filler: bool = False


_AS_VALUE = "Mend it in the spreadsheet and save the roster again; a cell may be empty."
_PASTE = "Copy the column in the spreadsheet, paste it as values, and save the roster again."
_EMPTY = "Leave the cell empty where nothing is known."


def cell_error(text: str) -> CellError | None:
    """Return what is wrong with a cell's text, without spaces around it; None for a value."""
    if _ERROR.fullmatch(text):
        return CellError("an error of the spreadsheet", _AS_VALUE)
    if _FORMULA.fullmatch(text):
        return CellError("a formula, not what it comes to", _PASTE)
    if text.casefold() in _FILLERS or text in ("NA", "NIL", "NV"):
        return CellError("a word for nothing", _EMPTY, is_filler=True)
    return None


def has_letter(text: str) -> bool:
    """Tell whether a text holds a letter that can be seen, in any script, as every name does."""
    return any(unicodedata.category(char)[0] == "L" and char not in _UNSEEN for char in text)
