"""Understand in which edition a person gets their papers, as people write it in five languages.

A column of remarks may hold much else: “Vegetarian” means nothing for the papers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from workshop.tailoring.client_file.look_and_papers import Edition


def _phrases(lines: str) -> re.Pattern[str]:
    joined = "".join(line.strip() for line in lines.splitlines())
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


# As `_plain` has them: small letters without accents, a space between words.
_PHRASES: Mapping[Edition, re.Pattern[str]] = {
    "large-print": _phrases(r"""
        (?:large|larger|big|bigger) (?:print\w*|type|typeface|fonts?|text|letters|copy|version)
        |largeprint|gross(?:druck|schrift)|grosse[rmn]? (?:druck|schrift|buchstaben)
        |(?:gros|grands) caracteres|grande police|(?:grosse|grande) (?:ecriture|impression)
        |letras? (?:grandes?|ampliadas?)|(?:texto|tipo|impresion) (?:grande|ampliad[oa])
        |grote (?:letters?|druk|tekst)|groot lettertype|grootletter(?:druk)?
        """),
    "fillable": _phrases(r"""
        fillable|fill (?:in|out)|on ?screen
        |ausfullbar\w*|(?:zum )?ausfullen|am (?:bildschirm|pc|computer)
        |remplissable|a remplir|a l ecran|sur ecran
        |rellenable|(?:para|a) rellenar|en pantalla
        |invulbaar|invulbare|in te vullen|op (?:het )?(?:beeld)?scherm
        """),
}
# Words that say it where they stand alone.
_ALONE: dict[str, Edition] = {
    **dict.fromkeys(("large", "larger", "big", "gross", "grosser", "gros", "grand"), "large-print"),
    **dict.fromkeys(("grande", "groot", "groter", "grote", "lp"), "large-print"),
    **dict.fromkeys(("digital", "digitaal", "numerique", "fill in", "form"), "fillable"),
}
_USUAL = frozenset(
    re.findall(
        r"\w+",
        "standard usual normal regular print printed small default none no n nein keine kein klein "
        "non aucun aucune petit normale nee geen gewoon normaal ninguna ninguno pequena false 0",
    )
)
_YES = frozenset(re.findall(r"\S+", "yes y ja j x oui o si true wahr vrai waar verdadero 1 ✓ ✔ ☑"))
_NOT = re.compile(
    r"(?<!\w)(?:no|not|non|pas|kein|keine|keinen|nicht|ohne|sans|sin|geen|niet|without)"
    r"(?: (?:need|need for|needs|de|besoin de|necesita))? $"
)
# Headings of a column of sizes, where a number is one of points.
_SIZES = re.compile(
    r"schrift(?:grosse|grad)|(?:font|print|type|text|letter) ?size|(?:taille|corps) .*"
    r"(?:police|caracteres|texte)|tamano .*(?:letra|fuente|texto)|lettergrootte|letter grootte"
)
_POINTS = re.compile(r"(\d{1,2})(?:[.,]\d)? ?(?:pt|pts|punkt|points?|puntos|punten)?")
# Usual papers are set in 10 to 12 points: whoever asks for more wants large print.
_MOST_USUAL_POINTS = 12


def edition_asked_for(cell: str, heading: str) -> Edition | Literal["standard"] | None:
    """Return the edition that a cell asks for below a heading, or None for one that says nothing.

    “standard” is the answer where the usual one is meant: an empty cell, “no”, 11 points.
    """
    words = _plain(cell)
    if not words or words in _USUAL:
        return "standard"
    of_heading = edition_of_heading(heading)
    if of_heading and words in _YES:
        return of_heading
    if _SIZES.search(_plain(heading)) and (points := _POINTS.fullmatch(words)):
        return "large-print" if int(points[1]) > _MOST_USUAL_POINTS else "standard"
    return _ALONE.get(words) or _phrase_in(words)


def edition_of_heading(heading: str) -> Edition | None:
    """Return the edition that a heading asks about: “Large print?”, “Schriftgröße”."""
    words = _plain(heading)
    return "large-print" if _SIZES.search(words) else _phrase_in(words)


def _phrase_in(words: str) -> Edition | None:
    for edition, phrase in _PHRASES.items():
        for match in phrase.finditer(words):
            if not _NOT.search(words[: match.start()]):
                return edition
    return None


def _plain(cell: str) -> str:
    spelt = unicodedata.normalize("NFKD", cell.casefold())
    letters = "".join(char for char in spelt if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+(?:[.,]\d)?|[✓✔☑]", letters.replace("_", " ")))
