"""What a client file may hold, and what each wrong word in one is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.tailoring.conftest import Small
from workshop.diagnostics import Report
from workshop.tailoring.client_file.client import ClientFile, CohortFile, read_client
from workshop.tailoring.client_file.day_keys import Include

FULL = """\
name: Acme & Sons
logo: logo.svg
colours: {brand: "#0b5d4e"}
fonts: {text: Lato, headings: EB Garamond}
terms: {customer: client}
variant: evening
paper: Letter
language: de
times: {start: "9:30", finish: "17:00", lunch: "12.15"}
breaks: {Lunch: 60}
modules:
  include: [lean, {module: swap, after: open}]
  exclude: [offer]
  replace: {ask: probe}
documents: {only: [agenda], exclude: [exercises]}
options: {follow-up: true, coaching: true, manager-briefings: false}
cohorts:
  leeds-1:
    date: 2027-02-11
    venue: Leeds
    trainer: Ruth
    roster: roster.csv
    headcount: 12
    paper: A4
    times: {start: 08:00}
    modules: {include: [], replace: {ask: listen}}
"""


WHOLE = (
    "Write it beside the client’s `name`. For other people of theirs who need it otherwise, make a "
    "client of its own: `workshop new NAME --from CLIENT`."
)


def read(tmp_path: Path, text: str) -> tuple[ClientFile | None, Report]:
    path = tmp_path / "client.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report()
    client_and_source = read_client(path, report)
    return client_and_source[0] if client_and_source else None, report


def test_a_client_file_may_hold_all_this(tmp_path: Path) -> None:
    client, report = read(tmp_path, FULL)
    assert list(report) == []
    assert client
    assert client.name == "Acme & Sons"
    assert (client.times.start, client.times.finish, client.times.lunch) == (570, 1020, 735)
    assert client.modules.include == ["lean", Include(module="swap", after="open")]
    assert client.options.taken == {"follow-up", "coaching"}
    cohort = client.cohorts["leeds-1"]
    assert (cohort.date, cohort.venue) == (datetime.date(2027, 2, 11), "Leeds")
    assert (cohort.trainer, cohort.roster, cohort.headcount) == ("Ruth", "roster.csv", 12)
    assert (cohort.paper, cohort.times.start, cohort.times.finish) == ("A4", 480, None)
    assert cohort.modules.model_fields_set == {"include", "replace"}
    assert (cohort.modules.include, cohort.modules.replace) == ([], {"ask": "listen"})


def test_only_the_name_must_be_there(tmp_path: Path) -> None:
    client, report = read(tmp_path, "name: Minimal Ltd\n")
    assert list(report) == []
    assert client
    assert client.options.taken == {"manager-briefings"}
    assert (client.cohorts, client.paper, client.modules.replace) == ({}, None, {})


CLOCK_HINT = 'Write it like "09:15".'
LANGUAGE_HINT = "Write it like “en-GB”, “en-US” or “de”."
FOLDER_HINT = "Use small letters, digits and hyphens, at most 80."
COLOUR_HINT = 'Write it like "#0b5d4e", in quotes: # and six digits from 0 to 9 and a to f.'
BAD_COHORTS = [
    "Leeds",
    "leeds march",
    "leeds_march",
    "../leeds",
    "-leeds",
    "leeds/1",
    "é",
    "x" * 81,
]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", ["1:1: “name” is missing [missing-key]"], id="an empty file"),
        pytest.param("nam: A", [
            "1:1: “name” is missing [missing-key]",
            "1:1: Unknown key “nam” [unknown-key] Did you mean “name”?",
        ], id="a misspelt key"),
        pytest.param("name: A\ncohorts: {a: {packs: [], trems: {}}, b: {terms: {team: crew}}}", [
            "2:15: “packs” is for the whole client: “a” cannot have its own [unknown-key] " + WHOLE,
            "2:26: Unknown key “trems” in “a” [unknown-key] Did you mean “trainers”?",
            "2:42: “terms” is for the whole client: “b” cannot have its own [unknown-key] " + WHOLE,
        ], id="keys of the client's under a cohort"),
        pytest.param("name: A\nroster: a b.csv\ndate: 2027-02-11\ncohorts:\n  a: {}\n  b: {}", [
            "2:1: “roster” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `roster: a b.csv` under “a”, which begins in line 5, or under "
            "another one.",
            "3:1: “date” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `date: 2027-02-11` under “a”, which begins in line 5, or under "
            "another one.",
        ], id="keys of a delivery's beside the name"),
        pytest.param("name: A\ncohorts: {a: {name: Leeds, cohorts: {b: {}}}}", [
            "2:15: “name” is for the whole client: “a” cannot have its own [unknown-key] "
            "A delivery goes by its key, “a”: take its `name` out.",
            "2:28: “cohorts” is for the whole client: “a” cannot have its own [unknown-key] "
            "Deliveries stand one below the other: set its entries in as far as “a”.",
        ], id="keys of the client's that no delivery has"),
        pytest.param('name: A\nvenue: "Room: 5"\ncohorts: {a: {venue: Leeds}, b: {}}', [
            "2:1: “venue” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `venue: \"Room: 5\"` under “b”, which begins in line 3.",
        ], id="a key of a delivery's that must be in quotes"),
        pytest.param("name: A\ndate: 2027-02-11\ncohorts: {a: {date: 2027-02-11}}", [
            "2:1: “date” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Each delivery has its own: take this one out.",
        ], id="a key of a delivery's that each has"),
        pytest.param("name: A\nvenue:\ncohorts: {a: {}}", [
            "2:1: “venue” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `venue`, with its value, under “a”, which begins in line 3.",
        ], id="a key of a delivery's without a value"),
        pytest.param('name: A\nvenue: Leeds\nroster: "a #1.csv"\ntrainer:', [
            "2:1: “venue” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `cohorts: {first-delivery: {venue: Leeds, roster: "
            '"a #1.csv"}}`, with your name for the delivery.',
            "3:1: “roster” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] It is in the line that is proposed for “venue”.",
            "4:1: “trainer” is for a single delivery: it belongs under one in `cohorts` "
            "[unknown-key] Write `trainer`, with its value, under a delivery in `cohorts`.",
        ], id="keys of a delivery's without one"),
        pytest.param("name: A\naccept: [{code: x, reason: in their words, as agreed, too}]", [
            "2:44: Unknown key “as agreed” in entry 1 of “accept” [unknown-key] A text with a "
            'comma in it must be in quotes here: `reason: "in their words, as agreed, too"`.',
            "2:55: Unknown key “too” in entry 1 of “accept” [unknown-key] A text with a "
            'comma in it must be in quotes here: `reason: "in their words, as agreed, too"`.',
        ], id="a comma in a text within braces"),
        pytest.param("name: A\nterms: {team: a crew, of ours}", [
            "2:23: “of ours” has no value [no-value] A text with a "
            'comma in it must be in quotes here: `team: "a crew, of ours"`.',
        ], id="a comma in a term"),
        pytest.param('name: ""', ["1:7: “name” must not be empty [wrong-length]"], id="no name"),
        pytest.param("name: A\npaper: a4", [
            "2:8: “paper” cannot be “a4” [unknown-value] Did you mean “A4”?",
        ], id="paper"),
        pytest.param("name: A\ncolours:\n  brand: #0b5d4e", [
            "3:3: “brand” has no value [no-value] "
            '“#” begins a comment; put the value in quotes: "#0b5d4e".',
        ], id="a colour that is a comment"),
        pytest.param("name: A\ncolours: {brand: red}", [
            f"2:18: “red” is not a colour [brand-malformed] {COLOUR_HINT}",
        ], id="a colour by name"),
        pytest.param("name: A\ntimes: {start: 9, lunch: noon}", [
            '2:16: “9” is not a time of day [wrong-value] Write it like "09:00".',
            f"2:26: “noon” is not a time of day [wrong-value] {CLOCK_HINT}",
        ], id="times"),
        pytest.param("name: A\ncohorts:\n  a: {times: {finish: 25:00}}", [
            f"3:23: “25:00” is not a time of day [wrong-value] {CLOCK_HINT}",
        ], id="a cohort's time"),
        pytest.param("name: A\ncohorts:\n  a: {date: 2027-02-30}\n  b: {date: 11.2.2027}", [
            "3:13: “date” must be a date such as 2026-05-31 [wrong-type]",
            "4:13: “date” must be a date such as 2026-05-31 [wrong-type] "
            "Write it as year-month-day: 2027-02-11.",
        ], id="dates"),
        pytest.param("name: A\nlanguage: english", [
            f"2:11: “english” is not a language [wrong-value] {LANGUAGE_HINT}",
        ], id="a language by name"),
        pytest.param("name: A\nlanguage: en_GB", [
            f"2:11: “en_GB” is not a language [wrong-value] {LANGUAGE_HINT}",
        ], id="a locale"),
        pytest.param("name: A\nlanguage: xx-YY", [
            f"2:11: “xx-YY” is not a language [wrong-value] {LANGUAGE_HINT}",
        ], id="a language nobody speaks"),
        pytest.param("name: A\nbreaks: {Coffee: 241, Lunch: 45 min}", [
            "2:18: “Coffee” must be a whole number from 0 to 240 [out-of-range]",
            "2:30: “Lunch” must be a whole number from 0 to 240 or a group of keys (minutes, "
            "after, at, back) [wrong-type] Write the number alone, without quotes: 45.",
        ], id="minutes"),
        pytest.param("name: A\noptions: {followup: true, coaching: yes}", [
            "2:11: Unknown key “followup” in “options” [unknown-key] Did you mean “follow-up”?",
            "2:37: “coaching” must be true or false [wrong-type] Write true.",
        ], id="options"),
        pytest.param("name: A\nmodules: {include: [{module: swap}]}", [
            "2:21: “after” is missing from entry 1 of “include” [missing-key]",
        ], id="an inclusion without its place"),
        pytest.param("name: A\nmodules: {exclude: offer}", [
            "2:20: “exclude” must be a list [wrong-type] "
            "Begin each entry with “- ” on a line of its own.",
        ], id="a word for a list"),
        pytest.param("name: A\nterms: {customer: }", [
            "2:9: “customer” has no value [no-value]",
        ], id="a term without a word"),
        *(
            pytest.param(f'name: A\ncohorts:\n  "{name}": {{venue: Leeds}}', [
                f"3:3: “{name}” cannot name a cohort’s folder [wrong-value] {FOLDER_HINT}",
            ], id=f"a cohort called {name[:15]}")
            for name in BAD_COHORTS
        ),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_a_wrong_word_is_named_with_its_place(small: Small, text: str, faults: list[str]) -> None:
    assert small.faults(text) == faults


def test_every_fault_of_a_file_is_said_in_one_run(small: Small) -> None:
    faults = small.faults("""\
naem: Acme
logo: lgo.svg
colours: {brand: red}
fonts: {text: Latto}
terms: {custmer: client}
paper: a4
times: {start: 9}
breaks: {Cofee: 10}
modules: {exclude: [opn], replace: {ask: swpa}}
documents: {only: [agneda]}
cohorts:
  Leeds: {}
  bad: {date: tomorrow}
  good: {variant: mornin, roster: ../../../roster.csv}
""")
    places = {fault.split(": ")[0] for fault in faults}
    assert places == {
        "1:1", "2:7", "3:18", "4:15", "5:9", "6:8", "7:16", "8:10", "9:21", "9:42",
        "10:20", "12:3", "13:15", "14:19", "14:35",
    }  # fmt: skip
    assert len(faults) == len(places) + 1  # the name: one fault for what is missing, one for “naem”


def test_what_is_sound_is_kept_beside_what_is_not(tmp_path: Path) -> None:
    text = "name: 7\npaper: Letter\nlanguage: x\ncohorts: {a: {venue: Leeds}, b: {date: x}, C: {}}"
    client, report = read(tmp_path, text)
    assert len(report.errors) == 4
    assert client
    assert (client.paper, client.language) == ("Letter", None)
    assert client.cohorts == {"a": CohortFile(venue="Leeds")}


@pytest.mark.parametrize("text", ["name: [", "- name", "name: A\nname: B", "name: &a A"])
def test_what_is_no_such_yaml_is_not_read_further(tmp_path: Path, text: str) -> None:
    client, report = read(tmp_path, text)
    assert client is None
    assert len(report.errors) == 1
