"""A module's file: what is read from it, and what each wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.content.block_tree import Block
from workshop.content.exercises.exercise import Step
from workshop.content.exercises.minute_bounds import Minutes, Timed
from workshop.content.module import Module, read_module
from workshop.diagnostics import Report
from workshop.keeping.memory import Memory
from workshop.keeping.store import Store

SEGMENTS = {"high-flier", "solid-performer"}
NAMES = {"unknown-segment", "unknown-exercise"}
MODULE = """\
---
title: Listening
summary: Hear what is meant, not only what is said.
minutes: {min: 10, ideal: 20, max: 30}
outcomes: [You have listened twice.]
suits: [high-flier]
materials:
  - {item: Pen, for: listen, each: pair, count: 1}
---

Text for everyone.

::: input {title="Why twice" minutes=4 min=3}
:::

::: exercise {#listen title="Twice" kind=pairs rounds=2 round-minutes=5 setup-minutes=2 min=7}
::: purpose
Hear the feeling too.
:::

1. {2 min} Pair up.
2. {4 min each round} One speaks.
3. {1 min each round} The other says it back.

- Nothing is written.
:::

::: exercise {#note title="Note it" kind=individual minutes=3 min=0 if-cut=own-time}
::: purpose
Keep it.
:::

1) {3 min} Write it down.
:::

::: debrief {minutes=1 min=0}
- What did you hear?
:::
"""


def read(tmp_path: Path, text: str = MODULE) -> tuple[Module | None, Report]:
    path = tmp_path / "listening.md"
    path.write_text(text, encoding="utf-8")
    report = Report()
    return read_module(path, SEGMENTS, report), report


def faults_in(tmp_path: Path, text: str) -> list[str]:
    """Read what must be wrong; "line:column: message [code]" and the hint, for each fault."""
    module, report = read(tmp_path, text)
    # Wrong names in front matter leave a module, of which other faults can be told with them.
    assert (module is None) == (not {fault.code for fault in report} <= NAMES)
    texts = [str(fault).replace("error: ", "").replace("\n ", "") for fault in report]
    return [fault.removeprefix(f"{tmp_path.as_posix()}/listening.md:") for fault in texts]


def test_a_material_may_be_spare_reusable_and_printed(tmp_path: Path) -> None:
    more = "count: 1, spare: 2, reusable: true, printed: true}"
    module, _ = read(tmp_path, MODULE.replace("count: 1}", more))
    plain, _ = read(tmp_path)
    assert module
    assert plain
    [full], [short] = module.front.materials, plain.front.materials
    assert (full.item, full.part, full.each, full.count) == ("Pen", "listen", "pair", 1)
    assert (full.spare, full.reusable, full.printed) == (2, True, True)
    assert (short.spare, short.reusable, short.printed) == (0, False, False)


def test_a_module_is_its_front_matter_and_its_timed_parts(tmp_path: Path) -> None:
    module, report = read(tmp_path)
    assert list(report) == []
    assert module
    assert module.name == "listening"
    assert module.front.title == "Listening"
    assert module.minutes == Minutes(10, 20, 30)
    timed = [part.timed for part in module.parts]
    assert timed == [Timed(4, 3), Timed(12, 7), Timed(3, 0), Timed(1, 0)]
    assert [part.block.kind for part in module.parts] == [
        "input", "exercise", "exercise", "debrief"
    ]  # fmt: skip


def test_an_exercise_knows_its_rounds_and_steps(tmp_path: Path) -> None:
    module, _ = read(tmp_path)
    assert module
    listen, note = module.exercises
    assert (listen.id, listen.title, listen.kind) == ("listen", "Twice", "pairs")
    assert (listen.rounds, listen.round_minutes, listen.setup_minutes) == (2, 5, 2)
    assert (listen.ideal, listen.minimum, listen.own_time_if_cut) == (12, 7, False)
    assert listen.steps == (Step(2, False), Step(4, True), Step(1, True))
    assert (note.ideal, note.minimum, note.own_time_if_cut) == (3, 0, True)
    assert note.steps == (Step(3, False),)


def test_numbers_in_blocks_inside_an_exercise_are_no_steps(tmp_path: Path) -> None:
    inner = "::: facilitator\n1. Ring the bell.\n:::\n\n1. {2 min} Pair up."
    module, report = read(tmp_path, MODULE.replace("1. {2 min} Pair up.", inner))
    assert list(report) == []
    assert module
    assert len(module.exercises[0].steps) == 3


def test_text_and_blocks_keep_their_order(tmp_path: Path) -> None:
    module, _ = read(tmp_path)
    assert module
    kinds = [node.kind if isinstance(node, Block) else "text" for node in module.body]
    assert kinds == ["text", "input", "exercise", "exercise", "debrief"]


STEPS_HINT = "Change the minutes of its steps, or its options."
PARTS_HINT = "Change the parts’ own minutes, or the front matter’s."
MINUTES_HINT = "Write `1. {3 min} …` or `2. {5 min each round} …`; other lists take bullets."


@pytest.mark.parametrize(
    ("right", "wrong", "faults"),
    [
        pytest.param(
            "{2 min} Pair", "Pair",
            ["21:4: A numbered step of an exercise must begin with its minutes [step-minutes] "
             + MINUTES_HINT],
            id="a step without minutes",
        ),
        pytest.param(
            "{4 min each round}", "{4 mins}",
            ["22:4: A numbered step of an exercise must begin with its minutes [step-minutes] "
             + MINUTES_HINT],
            id="minutes in another spelling",
        ),
        pytest.param(
            "{2 min} Pair", "{0 min} Pair",
            ["21:4: A numbered step of an exercise must begin with its minutes [step-minutes] "
             + MINUTES_HINT],
            id="a step that takes no time",
        ),
        pytest.param(
            "{2 min} Pair", "{3 min} Pair",
            ["16:1: The steps of “Twice” taken once add up to 3 minutes, "
             f"its options say 2 [minutes] {STEPS_HINT}"],
            id="a set-up that does not add up",
        ),
        pytest.param(
            "{4 min each round}", "{5 min each round}",
            ["16:1: The steps of “Twice” taken each round add up to 6 minutes, "
             f"its options say 5 [minutes] {STEPS_HINT}"],
            id="a round that does not add up",
        ),
        pytest.param(
            "{3 min} Write", "{2 min} Write",
            ["28:1: The steps of “Note it” add up to 2 minutes, "
             f"its options say 3 [minutes] {STEPS_HINT}"],
            id="steps that do not add up",
        ),
        pytest.param(
            "{3 min} Write", "{3 min each round} Write",
            ["28:1: “Note it” has steps for each round, but no rounds [minutes] "
             "Write rounds=… and round-minutes=… in the braces, or `{5 min}` at the step."],
            id="rounds without rounds",
        ),
        pytest.param(
            "1) {3 min} Write", "- Write",
            ["28:1: The exercise “Note it” has no numbered steps [no-steps] "
             "Write them as a numbered list: `1. {3 min} …`."],
            id="no steps",
        ),
        pytest.param(
            "::: purpose\nKeep it.\n:::\n", "",
            ["28:1: The exercise “Note it” does not say its purpose [no-purpose] "
             "Add a block “::: purpose” of one or two sentences."],
            id="no purpose",
        ),
        pytest.param(
            "setup-minutes=2 min=7}", "setup-minutes=2 min=3}",
            ["4:16: The parts of “Listening” add up to 6 minutes, "
             f"its front matter says 10 (min) [minutes] {PARTS_HINT}",
             "16:1: “Twice” has no minute left for each round at its minimum [minutes] "
             "Write min=4 or more, or min=0 to have it dropped."],
            id="a minimum too short for the rounds",
        ),
        pytest.param(
            "minutes=4 min=3", "minutes=5 min=2",
            ["4:16: The parts of “Listening” add up to 9 minutes, "
             f"its front matter says 10 (min) [minutes] {PARTS_HINT}",
             "4:27: The parts of “Listening” add up to 21 minutes, "
             f"its front matter says 20 (ideal) [minutes] {PARTS_HINT}"],
            id="parts that do not add up",
        ),
        pytest.param(
            "suits: [high-flier]", "suits: [hi-flyer, solid-performer]",
            ["6:9: There is no segment “hi-flyer” [unknown-segment] Did you mean “high-flier”?"],
            id="an unknown segment",
        ),
        pytest.param(
            "for: listen,", "for: lisen,",
            ["8:22: This module has no exercise “lisen” [unknown-exercise] "
             "Did you mean “listen”?"],
            id="material for an unknown exercise",
        ),
        pytest.param(
            "{min: 10, ideal: 20, max: 30}", "{min: 10, ideal: 40, max: 30}",
            ["4:31: Minutes must rise from min over ideal to max [wrong-value] "
             "Write {min: 20, ideal: 30, max: 45}; two or all of them may be equal."],
            id="minutes out of order",
        ),
        pytest.param(
            "title: Listening", 'title: ""',
            ["2:8: “title” must not be empty [wrong-length]"],
            id="an empty title",
        ),
        pytest.param(
            "[You have listened twice.]", "[a, b, c, d]",
            ["5:11: “outcomes” must have at most 3 entries [wrong-length]"],
            id="too many outcomes",
        ),
        pytest.param(
            "summary: Hear", "sumary: Hear",
            ["2:1: “summary” is missing [missing-key]",
             "3:1: Unknown key “sumary” [unknown-key] Did you mean “summary”?"],
            id="a key misspelt",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_once_with_its_place(
    tmp_path: Path, right: str, wrong: str, faults: list[str]
) -> None:
    assert MODULE.count(right) == 1
    worded = faults_in(tmp_path, MODULE.replace(right, wrong))
    assert sorted(worded) == sorted(faults)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        pytest.param("::: input", "::: imput", "13:5: There is no block “imput”", id="kind"),
        pytest.param(" minutes=4 ", " minuts=4 ", "13:30: “input” has no option", id="option"),
        pytest.param("{#listen ", "{", "16:5: “exercise” needs an id", id="no id"),
        pytest.param("#note", "#listen", "28:15: The id “listen” is used twice", id="id twice"),
        pytest.param("round-minutes=5 ", "", "16:5: “exercise” with “rounds” needs", id="rounds"),
    ],
)
def test_a_misspelt_block_is_not_followed_by_sums_that_fail_for_want_of_it(
    tmp_path: Path, right: str, wrong: str, fault: str
) -> None:
    worded = faults_in(tmp_path, MODULE.replace(right, wrong))
    assert any(sentence.startswith(fault) for sentence in worded)
    assert not any(
        "[minutes]" in sentence or "[unknown-exercise]" in sentence for sentence in worded
    )


def test_faults_of_texts_are_told_with_those_of_blocks_and_minutes(tmp_path: Path) -> None:
    text = MODULE.replace("::: input", "<b>Wait\n\n[so](two words.pdf)\n\n::: input")
    text = text.replace("::: purpose", "::: purpos", 1).replace("Pair up.", "Pair up ==now==.")
    module, report = read(tmp_path, text)
    assert module is None
    codes = {fault.code for fault in report}
    assert codes == {"unclosed-tag", "no-link", "unknown-block", "no-mark"}


def test_what_is_wrong_in_texts_alone_leaves_a_module(tmp_path: Path) -> None:
    module, report = read(tmp_path, MODULE.replace("Pair up.", "<b>Pair up."))
    assert module
    assert [fault.code for fault in report] == ["unclosed-tag"]


@pytest.mark.parametrize("between", [" ", "  ", "\n", "\n  "])
def test_an_article_that_is_typed_before_a_term_is_told_with_what_to_write(
    tmp_path: Path, between: str
) -> None:
    text = f'Be a{between}{{{{ term("customer") }}}}, or {{{{ term("team") | an }}}}.'
    text = MODULE.replace("Pair up.", text)
    _, report = read(tmp_path, text)
    [fault] = report
    assert (fault.code, fault.hint) == (
        "article-before-term",
        'Write {{ term("customer") | an }}: it prints the article that fits.',
    )
    place = fault.location
    assert place
    assert place.line
    assert place.column
    line = text.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith("a {{" if between == " " else "a")
    assert fault.message.startswith("“a {{ term(")


def test_faults_of_front_matter_and_blocks_are_said_in_one_run(tmp_path: Path) -> None:
    text = MODULE.replace("title: Listening", "titel: Listening")
    text = text.replace("{2 min} Pair", "Pair").replace("{3 min} Write", "{2 min} Write")
    places = [sentence.split(": ")[0] for sentence in faults_in(tmp_path, text)]
    assert places == ["2:1", "2:1", "21:4", "28:1"]
    text = MODULE.replace("high-flier", "hi-flyer").replace("::: input", "::: imput")
    places = [sentence.split(": ")[0] for sentence in faults_in(tmp_path, text)]
    assert sorted(places) == ["13:5", "6:9"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: The file does not begin with front matter"),
        ("title: Listening\n", "1:1: The file does not begin with front matter"),
        ("---\ntitle: Listening\n", "1:1: The front matter that opens here is not closed"),
    ],
)
def test_a_file_that_is_no_module(tmp_path: Path, text: str, fault: str) -> None:
    [sentence] = faults_in(tmp_path, text)
    assert sentence.startswith(fault)


def test_a_module_need_not_suit_the_programme_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "other.md"
    path.write_text(MODULE.replace("high-flier", "somebody-else"), encoding="utf-8")
    report = Report()
    assert read_module(path, None, report)
    assert list(report) == []


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    report = Report()
    assert read_module(tmp_path / "gone.md", SEGMENTS, report) is None
    assert [fault.code for fault in report] == ["file-missing"]


def test_lines_are_counted_alike_whatever_ends_them(tmp_path: Path) -> None:
    # Word processors paste U+2028, which is no line of the file.
    text = MODULE.replace("Pair up.", "Pair up,\u2028side by side.").replace("{4 min", "{5 min")
    [sentence] = faults_in(tmp_path, text.replace("{1 min each round} The", "The"))
    assert sentence.startswith("23:4: A numbered step")
    windows = MODULE.replace("\n", "\r\n").replace("{3 min} Write", "Write")
    [sentence] = faults_in(tmp_path, windows)
    assert sentence.startswith("33:4: A numbered step")


@pytest.mark.usefixtures("nothing_parsed_before")
def test_a_doubt_is_told_each_time_and_what_is_sound_is_kept(tmp_path: Path) -> None:
    """In a later process, of which the memory has nothing but what is kept."""
    doubtful = MODULE.replace("Text for everyone.", "Text for **everyone.")
    path, store = tmp_path / "listening.md", Store(tmp_path)

    def told(text: str) -> list[str]:
        path.write_text(text, encoding="utf-8")
        report, memory = Report(), Memory(store)
        assert read_module(path, SEGMENTS, report, memory)
        memory.texts.save()
        return [fault.code for fault in report]

    assert told(MODULE) == []
    assert told(doubtful) == told(doubtful) == ["no-emphasis"]
    assert told(MODULE) == []
    # The data of the front matter, which both have, and that one of them is sound.
    assert len(Memory(store).texts) == 2
