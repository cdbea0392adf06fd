"""Names written “Last, First” are turned round with all that belongs to them."""

from __future__ import annotations

import pytest

from tests.tailoring.people.conftest import Understand
from workshop.tailoring.people.last_first import turned

_TURNED = {
    "Reed, Tom": "Tom Reed",
    "Reed,Tom": "Tom Reed",
    "Groß, Dr. Sabine": "Dr. Sabine Groß",
    "Groß, Sabine Dr.": "Dr. Sabine Groß",
    "Prof. Dr. Groß, Sabine Maria": "Prof. Dr. Sabine Maria Groß",
    "Prof. Dr. med. Groß, Sabine": "Prof. Dr. med. Sabine Groß",
    "Dr. rer. nat. Groß, Anna Maria Eva": "Dr. rer. nat. Anna Maria Eva Groß",
    "Dr. von der Heydt, Karl-Theodor": "Dr. Karl-Theodor von der Heydt",
    "von der Heydt, Karl-Theodor": "Karl-Theodor von der Heydt",
    "Heydt, Karl-Theodor von der": "Karl-Theodor von der Heydt",
    "Heydt, Dr. Karl von der": "Dr. Karl von der Heydt",
    "de la Cruz, Inés": "Inés de la Cruz",
    "Berg, Jan van den": "Jan van den Berg",
    "Reed Jr., Tom": "Tom Reed Jr.",
    "Reed, Tom Jr.": "Tom Reed Jr.",
    "Reed, Tom Sr.": "Tom Reed Sr.",
    "Groß, Björn jun.": "Björn Groß jun.",
    "Groß jun., Björn": "Björn Groß jun.",
    "Groß, Dr. Björn Sen.": "Dr. Björn Groß Sen.",
    "Groß, Björn, jun.": "Björn Groß, jun.",
    "Reed, Tom jnr": "Tom Reed jnr",
    "Reed, Tom SNR.": "Tom Reed SNR.",
    "Reed, Tom J.R.": "Tom Reed J.R.",
    "Santos, Neymar Júnior": "Neymar Santos Júnior",
    "Heydt, Karl von der jun.": "Karl von der Heydt jun.",
    "Silva, Junior": "Junior Silva",
    "Li, Jun": "Jun Li",
    "Wang, Xiao Jun": "Xiao Jun Wang",
    "wang, xiao jun": "xiao jun wang",
    "li, jun": "jun li",
    "groß, björn jun.": "björn groß jun.",
    "Groß, Björn jun": "Björn Groß jun",
    "Groß, jun.": "Groß, jun.",
    "Reed, Dr. Tom PhD": "Dr. Tom Reed PhD",
    "Heydt, Karl von der Dr.": "Dr. Karl von der Heydt",
    "Reed, Tom, Jr.": "Tom Reed, Jr.",
    "Mrs Quist MBE, Ada": "Mrs Ada Quist MBE",
    "Quist, Ada, MBE, PhD": "Quist, Ada, MBE, PhD",
    "Sra. García López, Ana": "Sra. Ana García López",
    "Frau, Anna": "Anna Frau",
    "Sir, Douglas": "Douglas Sir",
    "Berg, PhD": "Berg, PhD",
    "Anna Berg, Ph.D.": "Anna Berg, Ph.D.",
    "Ada Quist, Director of all the Harbours": "Ada Quist, Director of all the Harbours",
    "Leeds, York, Hull": "Leeds, York, Hull",
}
_TITLES = "Dr. Prof. Mag. Ing. Dipl.-Ing. Sir Dame Mr Mrs Ms Herr Frau M. Mme Sr. Sra. Dhr. Mevr."


@pytest.mark.parametrize(("written", "said"), _TURNED.items())
def test_a_name_is_turned_with_all_that_belongs_to_it(written: str, said: str) -> None:
    assert turned(written) == said


@pytest.mark.parametrize("title", _TITLES.split())
def test_a_title_goes_before_the_first_name(title: str) -> None:
    assert turned(f"{title} de Groot, Sabine") == f"{title} Sabine de Groot"


def test_a_title_in_the_column_of_last_names_goes_first_too(understand: Understand) -> None:
    header = "Nachname;Vorname;Manager last name;Manager first name;Manager e-mail\n"
    row = "Dr. von der Heydt;Karl;Prof. Groß;Sabine;s@example.com\n"
    [person] = understand(header + row)[0].participants
    assert person.name == "Dr. Karl von der Heydt"
    assert person.manager
    assert person.manager.name == "Prof. Sabine Groß"


@pytest.mark.parametrize("suffix", ["jun.", "Jun.", "sen", "Jr", "JR.", "Sr.", "jnr", "Junior"])
def test_father_and_son_are_told_apart_behind_both_names(
    suffix: str, understand: Understand
) -> None:
    header = "Vorname;Nachname;Manager first name;Manager last name;Manager e-mail\n"
    row = f"Björn {suffix};Groß;Karl {suffix};Berg;k@example.com\n"
    [person] = understand(header + row)[0].participants
    assert person.name == f"Björn Groß {suffix}"
    assert person.manager
    assert person.manager.name == f"Karl Berg {suffix}"


@pytest.mark.parametrize("first", ["Xiao Jun", "Abdul MD", "Anh Sen", "xiao jun"])
def test_what_may_be_a_first_name_stays_one(first: str, understand: Understand) -> None:
    last = "groß" if first.islower() else "Groß"
    [person] = understand(f"Vorname;Nachname;Team\n{first};{last};Tax\n")[0].participants
    assert person.name == f"{first} {last}"
