"""Know what people call the columns of a list of people, in five languages.

Headings are compared without capitals, accents, spaces and punctuation: “E-Mail-Adresse”,
“e-mail adresse” and “EMAIL ADRESSE” are the same. The first of each list is its name in the normal
form. “Category”, “Ward” and other words that may mean anything are not here: the client file says
what they are.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from itertools import chain, product

# In the order of the normal form.
NORMAL_FORM = ("name", "email", "team", "role", "segment", "manager", "manager_email", "edition")
# What the parts of a name are joined in this order.
PARTS = ("first_name", "middle_name", "last_name", "second_last_name")

LAST_NAMES = frozenset({"last_name", "second_last_name", "manager_last_name"})
_SEPARATE = ("manager_first_name", "manager_last_name")
COLUMNS = (*NORMAL_FORM, *PARTS, *_SEPARATE)

_FIRST = "first name, forename, given name, vorname, rufname, prénom, nombre de pila, voornaam"
_LAST = """
last name, surname, family name, nachname, familienname, zuname, nom de famille, apellido,
apellidos, primer apellido, achternaam, familienaam
"""
_EMAIL = """
email, mail, email address, mail address, work email, business email, company email, email id,
mailadresse, emailadresse, email adresse, dienstliche email, courriel, adresse mail, adresse email,
adresse courriel, adresse électronique, mél, correo, correo electrónico, dirección de correo,
dirección de correo electrónico, emailadres, mailadres, email adres
"""
_MANAGER = """
manager, line manager, direct manager, reporting manager, supervisor, boss, superior, reports to,
reporting to, team leader, team lead, vorgesetzter, vorgesetzte, vorgesetzten, vorgesetzte r,
vorgesetzter in, direkter vorgesetzter, direkte vorgesetzte, führungskraft, teamleiter,
teamleiterin, teamleitung, leitung, responsable, responsable hiérarchique, supérieur, supérieure,
supérieur hiérarchique, n 1, n+1, chef, jefe, jefa, jefe directo, superior directo, supervisora,
gerente, encargado, encargada, leidinggevende, direct leidinggevende, teamleider, managers
"""
_NAME = """
name, full name, complete name, display name, participant, participants, participant name, employee,
employee name, attendee, attendee name, delegate, delegate name, person, staff member,
first and last name, vollständiger name, teilnehmer, teilnehmerin, teilnehmende, teilnehmer in,
mitarbeiter, mitarbeiterin, mitarbeitende, mitarbeiter in, vor und nachname, nom, nom complet,
nom et prénom, prénom et nom, prénom nom, participante, employé, salarié, collaborateur, nombre,
nombre completo, nombre y apellidos, nombre y apellido, participantes, empleado, empleada, naam,
volledige naam, deelnemer, medewerker, voornaam en achternaam
"""
# Headings that say that the last name comes first.
_TURNED = """
last first, last name first name, surname first name, surname forename, surname given name,
family name given name, nachname vorname, name vorname, familienname vorname, nom prénom,
nom de famille prénom, apellidos nombre, apellidos y nombre, apellido nombre, achternaam voornaam,
naam voornaam
"""
_TEAM = """
team, department, dept, unit, business unit, org unit, organisational unit, organizational unit,
division, team name, abteilung, bereich, équipe, service, département, equipo, departamento, área,
afdeling
"""
_ROLE = """
role, job title, job, job role, position, function, job position, rolle, funktion, stelle,
stellenbezeichnung, berufsbezeichnung, tätigkeit,
aktuelle tätigkeit, tätigkeitsbezeichnung, jobtitel, rôle, fonction, poste, intitulé du poste, rol,
puesto, cargo, función, functie, functietitel, functienaam
"""
_SEGMENT = "segment, participant segment, segmento"
_EDITION = "edition, print edition, ausgabe, fassung, édition, edición, editie, uitgave"
# Headings that ask for large type, or for what somebody needs so as to take part.
_NEEDS = """
large print, large type, large print edition, large print needed, needs large print, print size,
font size, text size, type size, access needs, access requirements, accessibility,
accessibility needs, accessibility requirements, schriftgröße, schriftgrad, großdruck,
große schrift, barrierefreiheit, taille de police, taille de caractères, taille des caractères,
gros caractères, besoins d accessibilité, accessibilité, tamaño de letra, tamaño de fuente,
letra grande, accesibilidad, necesidades de accesibilidad, lettergrootte, grote letters,
toegankelijkheid
"""
_MIDDLE = "middle name, middle names, tussenvoegsel, tussenvoegsels"
_SECOND_LAST = "second last name, segundo apellido, apellido materno"
# Words that only join others: “Name of manager”, “Courriel du responsable”.
_JOINING = frozenset(re.findall(r"\w+", "of the s de du des d del la le l el der die van"))
# Words that say that a column holds numbers of people, not people.
_NUMBERS = frozenset(
    re.findall(
        r"\w+",
        "no nr nrs num number numbers nummer numero id ids ident identifier kennung kennziffer "
        "code matricule matricula ref payroll staff personal personnel",
    )
)
_OF_A_PERSON = "name, full name, nom, nombre, naam"
_PERSON = """
participant, employee, attendee, delegate, teilnehmer, mitarbeiter, employé, salarié, participante,
empleado, deelnemer, medewerker
"""


def squeezed(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits, without accents."""
    return "".join(_words(heading))


def _words(heading: str) -> list[str]:
    return [word for word in plain_words(heading) if word not in _JOINING]


def plain_words(text: str) -> list[str]:
    """Return the words of a heading or a cell in small letters and digits, without accents."""
    plain = text.casefold() if text.isascii() else _without_accents(text)
    return re.findall(r"[^\W_]+", plain)


def _without_accents(heading: str) -> str:
    spelt = unicodedata.normalize("NFKD", heading.replace("ß", "ss").replace("ø", "o").casefold())
    return "".join(char for char in spelt if not unicodedata.combining(char))


def _headings(*lists: str) -> list[str]:
    """Return the headings that lists have, or that two lists have together in either order."""
    parts = [[squeezed(heading) for heading in text.split(",")] for text in lists]
    together = chain(product(*parts), product(*reversed(parts)) if parts[1:] else ())
    return ["".join(heading) for heading in together]


_ONE_WORD: tuple[tuple[str, str], ...] = (
    ("name", _NAME),
    ("name", _TURNED),
    ("first_name", _FIRST),
    ("middle_name", _MIDDLE),
    ("last_name", _LAST),
    ("second_last_name", _SECOND_LAST),
    ("email", _EMAIL),
    ("team", _TEAM),
    ("role", _ROLE),
    ("segment", _SEGMENT),
    ("edition", _EDITION),
    ("edition", _NEEDS),
    ("manager", _MANAGER),
)
_TOGETHER: tuple[tuple[str, str, str], ...] = (
    ("manager", _MANAGER, _OF_A_PERSON),
    ("manager_email", _MANAGER, _EMAIL),
    ("manager_first_name", _MANAGER, _FIRST),
    ("manager_last_name", _MANAGER, _LAST),
    ("name", _PERSON, _OF_A_PERSON),
    ("email", _PERSON, _EMAIL),
    ("first_name", _PERSON, _FIRST),
    ("last_name", _PERSON, _LAST),
)


def _known(*meanings: tuple[str, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for column, *lists in meanings:
        for heading in _headings(*lists):
            known.setdefault(heading, column)
    return known


_KNOWN: Mapping[str, str] = _known(*_ONE_WORD, *_TOGETHER)
# Slips are looked for in these alone: in all, each heading would take a hundredth of a second.
_USUAL: Mapping[str, str] = {
    **_known(*_ONE_WORD),
    **{squeezed(column.replace("_", " ")): column for column in COLUMNS},
}
_LAST_FIRST = frozenset(_headings(_TURNED))
_EDITIONS_ALONE = frozenset(_headings(_EDITION))
# Two words must be as alike as this for one to be a slip of the other, and differ in no more than
# one place; long ones in two.
_ALIKE = 0.8
_LONG = 12


def column_of(heading: str) -> str | None:
    """Return which column a heading names, in any spelling of it; None for one that is unknown."""
    return _KNOWN.get(squeezed(heading))


def in_usual_words(heading: str, own: Mapping[str, str]) -> str:
    """Return a heading with a usual word for each of a client's `own`, whose meaning these have.

    Where a branch is a team, “Branch name” is “team name”; a word that is a part of another one,
    such as “ward” of “ward sister”, stands for itself alone.
    """
    terms: dict[str, str] = {}
    for term, word in own.items():
        if words := " ".join(_words(word)):
            terms.setdefault(words, term)
    if not terms:
        return " ".join(_words(heading))
    longest_first = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    its_words = re.compile(rf"(?<!\S)(?:{longest_first})(?!\S)")
    return its_words.sub(lambda match: terms[match[0]], " ".join(_words(heading)))


def is_last_first(heading: str) -> bool:
    """Tell whether a heading says that the names below it begin with the last name."""
    return squeezed(heading) in _LAST_FIRST


def is_of_editions(heading: str) -> bool:
    """Tell whether a heading says that only editions stand below it, and no other remarks."""
    return squeezed(heading) in _EDITIONS_ALONE


def meant_column(heading: str) -> str | None:
    """Return the column of which a heading is a slip of the pen: “emial” is “email”."""
    word = squeezed(heading)
    if len(word) < 4 or _is_of_numbers(heading):
        return None
    close = difflib.get_close_matches(word, _USUAL, cutoff=_ALIKE)
    return next((_USUAL[usual] for usual in close if _is_slip(word, usual)), None)


def _is_slip(word: str, usual: str) -> bool:
    longer = max(len(word), len(usual))
    blocks = difflib.SequenceMatcher(None, word, usual).get_matching_blocks()
    return longer - sum(block.size for block in blocks) <= (2 if longer >= _LONG else 1)


def _is_of_numbers(heading: str) -> bool:
    """Tell whether a heading is of numbers: “Pers. No.”, “Employee ID”, “Personalnummer”."""
    words = _words(heading)
    return any(word in _NUMBERS or word.endswith(("nummer", "nr")) for word in words)
